"""A lock on git's index is removed where a killed git of ours left it, and never where it may be somebody else's."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from shell import IDENTITY, git, hook, run

MOVE = ("decide", "8", "proceed", "--by", "sam")
PATIENCE = ("PADCTL_GIT_TIMEOUT", "2")


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def killed_after_its_commit(repository: Path) -> None:
    """Kill padctl alone while its commit goes on: the commit stands, and its note."""
    script = hook(repository, "pre-commit", "kill -9 $(ps -o ppid= -p $PPID); sleep 0.5")
    before = git("rev-parse", "HEAD", cwd=repository)
    assert run(*MOVE, cwd=repository).returncode < 0
    until(lambda: git("rev-parse", "HEAD", cwd=repository) != before)
    until(lambda: not (repository / ".git/index.lock").exists())
    script.unlink()
    assert (repository / ".git/padctl-journal.json").exists()


@contextmanager
def open_editor(repository: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let a colleague commit all edits, in an editor that stays open until the block ends."""
    (repository / ".git/hold").touch()
    editor = "sh -c 'while [ -e .git/hold ]; do sleep 0.05; done; echo Words > $1' x"
    call = ["git", "commit", "--quiet", "--all"]
    colleague = subprocess.Popen(call, cwd=repository, env={**os.environ, **IDENTITY, "GIT_EDITOR": editor})
    try:
        until(lambda: (repository / ".git/COMMIT_EDITMSG").exists() and (repository / ".git/index.lock").exists())
        yield colleague
    finally:
        (repository / ".git/hold").unlink()
        colleague.wait()


def test_a_colleagues_lock_survives_the_healing_of_a_commit_that_stands(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_after_its_commit(repository)
    page = repository / "teams/growth.md"
    page.write_text(page.read_text(encoding="utf-8") + "An hour of work.\n", encoding="utf-8")
    monkeypatch.setenv(*PATIENCE)
    lock = repository / ".git/index.lock"

    with open_editor(repository) as colleague:
        done = run("new", "Exports", "--owner", "dana", cwd=repository)
        assert done.returncode == 2
        assert f"another program has held {lock} for 2 s" in done.stderr
        assert lock.exists()
        assert "index.lock keeps git from" in " ".join(run("doctor", cwd=repository).stdout.split())

    assert colleague.returncode == 0
    done = run("new", "Exports", "--owner", "dana", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert "had committed pads/PAD-0008" in done.stderr
    assert git("status", "--porcelain", cwd=repository).startswith("?? pads/")
    assert "An hour of work." in git("show", "HEAD:teams/growth.md", cwd=repository)


def test_healing_waits_for_a_colleague_who_comes_to_an_end(repository: Path) -> None:
    killed_after_its_commit(repository)
    (repository / "teams/growth.md").write_text("An hour of work.\n", encoding="utf-8")

    with open_editor(repository) as colleague:
        call = ["python3", "-c", "import os, time; time.sleep(1); os.rename('.git/hold', '.git/held')"]
        waiting = subprocess.Popen(call, cwd=repository)
        done = run("new", "Exports", "--owner", "dana", cwd=repository)
        waiting.wait()
        (repository / ".git/hold").touch()

    assert done.returncode == 0, done.stderr
    assert colleague.returncode == 0
    assert git("show", "HEAD:teams/growth.md", cwd=repository) == "An hour of work.\n"


@pytest.mark.parametrize("name", ["pre-commit", "post-index-change", "reference-transaction"])
def test_the_locks_of_a_killed_git_of_ours_go(repository: Path, name: str) -> None:
    script = hook(repository, name, "kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    run(*MOVE, cwd=repository)
    script.unlink()
    assert (repository / ".git/index.lock").exists()

    done = run(*MOVE, cwd=repository)

    assert done.returncode == 0, done.stderr
    assert [path.name for path in (repository / ".git").glob("*.lock")] in ([], ["padctl.lock"])
    assert not (repository / ".git/padctl-git.trace").exists()
    assert git("status", "--porcelain", cwd=repository) == ""


@pytest.fixture
def killed_before_it_wrote(repository: Path) -> Path:
    """Return the empty lock of a git of ours that was killed, with padctl, before it wrote the index."""
    (repository / ".git/killing").touch()
    attributes = repository / ".git/info/attributes"
    attributes.write_text("*.md filter=deadly\n", encoding="utf-8")
    fatal = "if test -e .git/killing -a -e .git/index.lock; then kill -9 $(ps -o ppid= -p $PPID) $PPID; fi; exec cat"
    git("config", "filter.deadly.clean", fatal, cwd=repository)
    assert run(*MOVE, cwd=repository).returncode < 0
    (repository / ".git/killing").unlink()
    attributes.unlink()
    lock = repository / ".git/index.lock"
    assert lock.stat().st_size == 0
    return lock


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system says that nobody has a file open")
def test_an_empty_lock_of_a_killed_git_of_ours_goes(repository: Path, killed_before_it_wrote: Path) -> None:
    assert "keeps git from" not in run("doctor", cwd=repository).stdout

    done = run(*MOVE, cwd=repository)

    assert done.returncode == 0, done.stderr
    assert not killed_before_it_wrote.exists()
    assert git("status", "--porcelain", cwd=repository) == ""


def test_an_empty_lock_that_somebody_holds_stays(
    repository: Path, killed_before_it_wrote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody took the lock in the moment in which ours was killed: what is said to do about it works."""
    monkeypatch.setenv(*PATIENCE)
    with killed_before_it_wrote.open("rb"):
        done = run(*MOVE, cwd=repository)
        doctor = " ".join(run("doctor", cwd=repository).stdout.split())

    command = f"rm {killed_before_it_wrote}"
    assert (done.returncode, killed_before_it_wrote.exists()) == (2, True)
    assert done.stderr.endswith(f"if no git runs here, one was killed and left that file:\n       {command}\n")
    assert f"then delete the file: {command}" in doctor
    subprocess.run(command, shell=True, check=True)
    assert run(*MOVE, cwd=repository).returncode == 0


def test_a_lock_that_follows_the_one_of_a_killed_git_of_ours_stays(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody deletes the lock that git complains about, and commits: the new one bears another time."""
    monkeypatch.setenv(*PATIENCE)
    script = hook(repository, "pre-commit", "kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    run(*MOVE, cwd=repository)
    script.unlink()
    lock = repository / ".git/index.lock"
    lock.unlink()
    time.sleep(0.1)
    lock.touch()

    done = run("new", "Exports", "--owner", "dana", cwd=repository)

    assert done.returncode == 2
    assert lock.exists()
