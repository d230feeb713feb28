"""A command that fails takes the folders away that it made; those in which something is by then stay."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl, padctl_process
from shell import hook

LATER = "2026-11-27"
SAVE = ("minutes", MEETING, "--save")
FULL = 'ulimit -f 0; exec "$@"'  # no file may hold anything, as on a full disk


@pytest.fixture
def reviewed(company: Company) -> Company:
    """Return a repository with something to take minutes of, and no folder for them."""
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.git("rm", "-r", "--quiet", "--ignore-unmatch", "meetings")
    company.commit_all()
    shutil.rmtree(company.root / "meetings", ignore_errors=True)
    return company


def test_a_new_pad_that_cannot_be_written_leaves_no_folder(company: Company) -> None:
    company.edit_settings('[paths]\nnew = "pads/2026/autumn"\n')
    call = [sys.executable, "-m", "padctl", "new", "One", "--owner", "dana", "--today", TODAY]
    done = subprocess.run(["sh", "-c", FULL, "x", *call], cwd=company.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr
    assert not (company.root / "pads/2026").exists()
    assert (company.root / "pads").exists()


def test_a_repository_that_git_will_not_make_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "none")
    (tmp_path / "there").mkdir()
    for folder in ("one/two", "there/two"):
        said = padctl("init", folder, cwd=tmp_path)
        assert said.code == 2
        assert "git would not make a repository" in said.err
    assert [path.name for path in tmp_path.rglob("*") if path.name != "home"] == ["there"]


def test_a_report_that_a_hook_refuses_leaves_no_folder(reviewed: Company) -> None:
    script = hook(reviewed.root, "pre-commit", "exit 1")
    reviewed.refused(*SAVE, today=LATER)
    assert not (reviewed.root / "meetings").exists()

    script.write_text("#!/bin/sh\ntouch meetings/notes.txt; exit 1\n", encoding="utf-8")
    assert reviewed.padctl(*SAVE, today=LATER).code == 1
    assert [path.name for path in (reviewed.root / "meetings").iterdir()] == ["notes.txt"]


def test_the_folder_of_a_killed_run_goes_with_what_it_wrote(reviewed: Company) -> None:
    script = hook(reviewed.root, "pre-commit", "kill -9 $(ps -o ppid= -p $PPID) $PPID")
    assert padctl_process(*SAVE, "--today", LATER, cwd=reviewed.root).code < 0
    script.unlink()
    assert (reviewed.root / "meetings").exists()
    reviewed.ok("new", "Another", "--owner", "dana")
    assert not (reviewed.root / "meetings").exists()
