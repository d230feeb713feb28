"""The edges of `padctl lint`: what it refuses, what it says when nothing is there, and how it ends early."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import HEAD, Shelf
from .test_fix import body

WRONG = HEAD + body(Audience="#### Audience")


def test_a_patch_has_no_other_format(shelf: Shelf) -> None:
    shelf.write(WRONG)
    said = shelf.padctl("lint", "--diff", "--format", "json")
    assert (said.code, said.out) == (2, "")
    assert "error: --diff shows a patch" in said.err


@pytest.mark.parametrize("name", ["PAD-0001-gallery.md", "PAD-0003-last.md"])
def test_a_file_that_cannot_be_written_keeps_no_other_from_being_fixed(
    shelf: Shelf, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"PAD-000{n}-{word}.md": WRONG.replace("0001", f"000{n}").replace("Gallery", word) for n, word in
             ((1, "gallery"), (2, "exports"), (3, "last"))}  # fmt: skip
    for path, text in texts.items():
        shelf.write(text, f"pads/{path}")
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if target.name == name:
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    said = shelf.padctl("lint", "--fix")
    assert said.code == 2
    assert f"pads/{name}: left alone: " in said.err
    assert "fixed 2 places in 2 files" in said.err
    assert {path: "####" in shelf.read(f"pads/{path}") for path in texts} == {path: path == name for path in texts}
    assert "3 documents checked" in said.out


def test_settings_that_are_no_file_are_an_error(shelf: Shelf) -> None:
    shelf.write(WRONG)
    settings = shelf.root / "padctl.toml"
    settings.unlink()
    settings.symlink_to("nowhere.toml")
    said = shelf.padctl("lint")
    assert (said.code, said.out) == (2, "")
    assert "error: padctl.toml is a link that leads to no file" in said.err
    settings.unlink()
    settings.mkdir()
    assert "error: padctl.toml is no file" in shelf.padctl("lint").err
    settings.rmdir()
    (shelf.root / "settings.toml").touch()
    settings.symlink_to("settings.toml")
    assert shelf.padctl("lint").code == 0


@pytest.mark.parametrize("word", ["pads/PAD-0009-gone.md", "gone.md", "docs/gone.txt"])
def test_a_file_that_is_not_there_is_called_that(shelf: Shelf, word: str) -> None:
    shelf.write(WRONG)
    for command in ("lint", "show"):
        said = shelf.padctl(command, word)
        assert said.code == 2
        assert f"error: there is no file {word}\n" in said.err


@pytest.mark.parametrize("words", [("--changed",), ("--base", "main"), ("--base", "auto"), ("--fix", "--changed")])
def test_a_comparison_outside_of_git_says_that_there_is_none(shelf: Shelf, words: tuple[str, ...]) -> None:
    shelf.write(WRONG)
    said = shelf.padctl("lint", *words)
    assert said.code == 2
    wrong = f"{shelf.root} is not inside a git repository"
    assert said.err == f"error: {wrong}\n  fix: padctl init makes a repository here\n"


def test_nothing_to_check_is_said_and_no_error(shelf: Shelf) -> None:
    said = shelf.padctl("lint")
    assert (said.code, said.out) == (0, "nothing to check: no documents found\n")
    assert shelf.padctl("lint", "--strict").code == 1


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for child processes in /proc")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_processes_that_judge_end_without_a_word(shelf: Shelf, name: str) -> None:
    if len(os.sched_getaffinity(0)) == 1:
        pytest.skip("one process judges alone")
    for number in range(1000, 1600):
        shelf.write((HEAD + body()).replace("0001", str(number)), f"pads/PAD-{number}-x.md")
    command = [sys.executable, "-m", "padctl", "lint", "--root", str(shelf.root), "--no-cache"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while run.poll() is None and not children.read_text():
        pass
    os.killpg(run.pid, getattr(signal, name))
    try:
        _, err = run.communicate(timeout=60)
    finally:
        run.kill()
    assert (run.returncode, err) == (130, "interrupted\n")
