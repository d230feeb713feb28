"""Files, work trees and reports on another file system than the git directory."""

import subprocess
import sys
from pathlib import Path

import pytest
from acting import Company, padctl_process
from rooms import NEW, OLD, file, mode, names

from padctl.errors import Refused, RepositoryError
from padctl.store.kept import digest
from padctl.store.replacing import create_file, remove_file, replace_file, write_back


def test_a_file_on_another_file_system_than_the_git_directory(elsewhere: Path, aside: Path) -> None:
    path = file(elsewhere, bits=0o640)
    put_back = replace_file(path, NEW, old=OLD, aside=aside)
    assert (path.read_bytes(), mode(path)) == (NEW, 0o640)
    assert names(aside) == []
    put_back()
    assert (path.read_bytes(), mode(path)) == (OLD, 0o640)
    put_back = remove_file(path, old=OLD, aside=aside)
    assert names(elsewhere) == []
    put_back()
    assert (path.read_bytes(), mode(path)) == (OLD, 0o640)
    write_back(path, NEW, over=digest(OLD), aside=aside)
    with pytest.raises(Refused):
        write_back(path, OLD, over=digest(OLD), aside=aside)
    assert path.read_bytes() == NEW
    create_file(elsewhere, "new.md", NEW, aside=aside)
    assert (elsewhere / "new.md").read_bytes() == NEW
    with pytest.raises(RepositoryError, match="exists already"):
        create_file(elsewhere, "new.md", OLD, aside=aside)
    assert names(elsewhere) == ["new.md", "pad.md"]
    assert names(aside) == []


def test_a_file_that_cannot_be_created_across_file_systems_leaves_nothing(elsewhere: Path, aside: Path) -> None:
    """A limit on the size of files lets the draft be written, but not twice: it is set between the two."""
    script = (
        "import os, resource, signal, sys; from pathlib import Path\n"
        "from padctl.errors import RepositoryError; from padctl.store.replacing import create_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "def look(event, given):\n"
        "    if event == 'os.link': resource.setrlimit(resource.RLIMIT_FSIZE, (3, 3))\n"
        "sys.addaudithook(look)\n"
        f"try: create_file(Path({str(elsewhere)!r}), 'new.md', b'four', aside=Path({str(aside)!r}))\n"
        "except RepositoryError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == f"{elsewhere}/new.md cannot be written: File too large\n"
    assert names(elsewhere) == []
    assert names(aside) == []


def test_a_linked_work_tree_on_another_file_system(company: Company, elsewhere: Path) -> None:
    company.in_status("draft")
    company.git("worktree", "add", "--quiet", "-b", "side", str(elsewhere / "side"))
    side = Company(root=elsewhere / "side")
    side.ok("submit", "1", "--meeting", "2026-11-26")
    side.ok("new", "Another", "--owner", "pm")
    assert side.git("status", "--porcelain").startswith("?? pads/PAD-0002")
    assert not list((company.root / ".git/worktrees/side").glob("padctl-*"))


def test_an_output_on_another_file_system(company: Company, elsewhere: Path) -> None:
    company.submitted()
    report = elsewhere / "agenda.md"
    for _ in range(2):
        said = padctl_process("--today", company.today, "agenda", "--output", str(report), cwd=company.root)
        assert said.code == 0
    assert names(elsewhere) == ["agenda.md"]
