"""Who holds the repository's lock, what they are called, and what is told when it goes."""

import fcntl
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from acting import Company
from rooms import MINE, NOBODY, OLD, opened

from padctl.errors import RepositoryError
from padctl.store.kept import keep
from padctl.store.locking import holder, left_unfinished, locked, locked_around


@contextmanager
def held(company: Company) -> Iterator[None]:
    """Hold the repository's lock as another program would."""
    with (company.root / ".git/padctl.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("signed", "message", "fix"),
    [
        (
            f"{os.getppid()} padctl decide 1",
            f"process {os.getppid()} (padctl decide 1) is writing in this repository",
            "wait for it",
        ),
        (
            f"{NOBODY} padctl hold 1",
            f"a git that process {NOBODY} (padctl hold 1) started before it was killed is still at work here",
            "wait for it, or end it and its hook",
        ),
        (None, "another process is writing in this repository", "wait for it"),
        ("word", "another process is writing in this repository", "wait for it"),
    ],
)
def test_who_holds_the_lock_is_named(two: Company, signed: str | None, message: str, fix: str) -> None:
    if signed is not None:
        (two.root / ".git/padctl.holder").write_text(signed)
    with held(two), pytest.raises(RepositoryError) as caught, locked(opened(two)):
        pytest.fail("not reached")
    assert caught.value.message == message
    assert caught.value.fix.startswith(fix)
    assert caught.value.fix.endswith("then run the command again")


@pytest.mark.usefixtures("impatient")
def test_a_holder_that_signs_late_is_named(two: Company) -> None:
    signed = two.root / ".git/padctl.holder"
    timer = threading.Timer(0.6, signed.write_text, [f"{os.getppid()} padctl undo"])
    timer.start()
    with held(two), pytest.raises(RepositoryError, match=r"\(padctl undo\) is writing"), locked(opened(two)):
        pytest.fail("not reached")
    timer.join()


@pytest.mark.parametrize("length", [0, 45, 46, 47, 60])
def test_the_holder_signs_with_its_process_and_the_start_of_its_command(
    two: Company, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/padctl", "decide", *(["x" * length] if length else [])])
    with locked(opened(two)):
        command = f"padctl decide {'x' * length}".rstrip()[:60]
        assert holder(opened(two)) == (str(os.getpid()), command)
    assert holder(opened(two)) == ("", "")
    with locked(opened(two)):
        assert holder(opened(two))[1] == command


def test_a_lock_that_cannot_be_taken(two: Company) -> None:
    lock = two.root / ".git/padctl.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with pytest.raises(RepositoryError) as caught, locked(opened(two)):
        pytest.fail("not reached")
    assert caught.value.message == f"the lock {lock} cannot be taken: Is a directory"
    assert caught.value.fix == "make the git directory writable"


def test_a_holders_file_that_cannot_be_written_stands_in_nobodys_way(two: Company) -> None:
    (two.root / ".git/padctl.holder").mkdir()
    with locked(opened(two)):
        assert holder(opened(two)) == ("", "")
    assert (two.root / ".git/padctl.holder").is_dir()


def test_a_lock_around_a_folder(two: Company, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with locked_around(outside) as git_dir:
        assert git_dir is None
    assert not left_unfinished(outside)
    (two.root / "a/b").mkdir(parents=True)
    for folder in (two.root, two.root / "a/b"):
        with locked_around(folder) as git_dir:
            assert git_dir == two.root / ".git"
            assert holder(opened(two))[0] == str(os.getpid())
    (two.root / ".git/padctl-batch.json").touch()
    assert left_unfinished(two.root / "a/b")


def saved_into_kept(company: Company, error: Exception | None = None) -> None:
    """Stand for an editor that had a replaced file open and saves into it, before an error."""
    kept = keep(company.root / "a.md", OLD, company.root / ".git")
    assert kept
    kept.unlink()
    kept.write_bytes(MINE)
    if error:
        raise error


def test_what_is_saved_into_a_replaced_file_is_told_when_the_lock_goes(two: Company) -> None:
    words = r"a\.md was saved by an editor while it was written; that text is in .*padctl-saved-"
    with pytest.raises(RepositoryError, match=words) as caught, locked(opened(two)):
        saved_into_kept(two)
    assert caught.value.fix == "take from it what you need, then delete it"
    with pytest.raises(RepositoryError, match=rf"^first\n{words}2-a\.md$") as caught, locked(opened(two)):
        saved_into_kept(two, RepositoryError("first", fix="mend it"))
    assert caught.value.fix == "mend it"
    with pytest.raises(ZeroDivisionError), locked(opened(two)):
        saved_into_kept(two, ZeroDivisionError())
    saved_into_kept(two)
    with locked(opened(two)) as healed:
        assert "padctl-saved-4-a.md" in healed
    assert sorted(path.read_bytes() for path in (two.root / ".git").glob("padctl-saved-*")) == [MINE] * 4
