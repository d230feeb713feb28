"""A repository to lint: the real command in this process, files written byte by byte, git where it matters."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from padctl.cli.app import run

TODAY = "2026-11-24"
HEAD = """---
id: PAD-0001
title: Gallery
owner: dana
template: standard
stage: problem-framing
status: draft
created: 2026-01-01
classification: differentiator
proposes_objective: Plan in one sitting
sponsors: [sam]
---
# Gallery
"""


@dataclass(frozen=True)
class Said:
    """What one run of padctl gave."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shelf:
    """A repository's root and the ways in which a test uses it."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def padctl(self, *words: str) -> Said:
        self.capsys.readouterr()
        code = run(["--root", str(self.root), "--today", TODAY, *words])
        shown = self.capsys.readouterr()
        assert "Traceback" not in shown.err
        return Said(code, shown.out, shown.err)

    def write(self, text: str, path: str = "pads/PAD-0001-gallery.md") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def read(self, path: str = "pads/PAD-0001-gallery.md") -> str:
        return (self.root / path).read_bytes().decode()

    def fixed(self, text: str, *words: str) -> str:
        """Return a PAD's text after `lint --fix`."""
        self.write(text)
        self.padctl("lint", "--fix", *words)
        return self.read()

    def git(self, *words: str) -> str:
        call = ["git", "-c", "user.name=Noor", "-c", "user.email=noor@example.com", *words]
        env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(call, cwd=self.root, capture_output=True, text=True, check=True, env=env)
        return done.stdout

    def committed(self) -> None:
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "Start")

    def committed_again(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "Go on")


@pytest.fixture
def shelf(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shelf:
    for name in ("PADCTL_TODAY", "COLUMNS", "FORCE_COLOR", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    made = Shelf(tmp_path / "repository", capsys)
    made.write("", "padctl.toml")
    return made
