"""A git that fails while it is only asked something: a writer stops before it writes, and no id is given twice."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MEETING, Company

NEW = ("new", "Another", "--owner", "pm")
Broken = Callable[[int], Path]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """Return what makes the n-th git that only reads fail, counted from 1, and returns where their words are put.

    Each takes the next number for itself, as several run at once.
    """
    folder, called = tmp_path / "bin", tmp_path / "called"
    folder.mkdir()
    program = folder / "git"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def arrange(n: int) -> Path:
        shutil.rmtree(called, ignore_errors=True)
        called.mkdir()
        program.write_text(
            f'#!/bin/sh\nif [ "$1" = --no-optional-locks ]; then\ni=1\n'
            f'while ! mkdir "{called}/$i" 2>/dev/null; do i=$((i + 1)); done\necho "$*" >"{called}/$i/words"\n'
            f'if [ $i = {n} ]; then echo "fatal: unable to read tree" >&2; exit 128; fi\nfi\n'
            f'exec "{shutil.which("git", path=os.defpath)}" "$@"\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        return called

    return arrange


def test_no_id_is_given_where_a_branch_cannot_be_read(company: Company) -> None:
    company.draft()
    company.commit_all()
    company.git("switch", "--quiet", "-c", "other")
    company.write("pads/PAD-0002-other.md", "x")
    company.commit_all()
    company.git("switch", "--quiet", "main")
    tree = company.git("rev-parse", "other:pads").strip()
    (company.root / ".git/objects" / tree[:2] / tree[2:]).unlink()

    said = company.padctl(*NEW)

    assert (said.code, said.out) == (2, "")
    assert "git ls-tree failed" in said.err
    assert not list(company.root.glob("pads/*another*"))


@pytest.mark.parametrize(
    "words",
    [
        NEW,
        ("submit", "1", "2", "--meeting", MEETING),
        ("undo", "3"),
        ("renumber", "1"),
        ("decide", "3", "proceed", "--by", "sponsor"),
    ],
    ids=" ".join,
)
def test_a_writer_stops_where_git_fails_to_answer(cloned: Company, broken: Broken, words: tuple[str, ...]) -> None:
    """Whichever answer is missing: nothing is written, or all is as without the fault and the commit says so."""
    cloned.draft("Second")
    cloned.draft("Third")
    cloned.commit_all()
    cloned.ok("submit", "3", "--meeting", MEETING)
    n, asked = 0, 0
    while asked >= n:
        n += 1
        one = Company(root=cloned.root.parent / f"clone-{n}")
        shutil.copytree(cloned.root, one.root, symlinks=True)
        before = one.snapshot()
        called = broken(n)
        said = one.padctl(*words)
        asked = len(list(called.iterdir()))
        without = called / str(n) / "words"
        what = f"without {without.read_text(encoding='utf-8') if asked >= n else 'a fault'}: {said.all}"
        broken(0)
        if asked >= n and said.code:
            assert "unable to read tree" in said.err, what
            assert one.snapshot() == before, what
        elif asked >= n:
            assert "the commit was made" in said.err, what
            one.ok("new", "Fourth", "--owner", "pm")
        assert one.git("status", "--porcelain", "--untracked-files=no") == ""
    assert said.code == 0


def test_a_repository_that_git_will_not_read_is_no_missing_one(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # how git's own tests play somebody else's folder
    for words in (("init",), NEW, ("doctor",)):
        said = company.padctl(*words)
        assert said.code in {1, 2}
        text = " ".join(said.all.split())
        assert "git will not work in" in text
        assert "safe.directory" in text
        assert "padctl init makes" not in text
