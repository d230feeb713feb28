"""The case folders: how one is read, placed in a repository, and what lint should say of it.

A case is `cases/<CODE>/<name>/` with `expected.txt` and either `input.md`, `input.b64` (bytes that an editor or git
would change), or a tree `repo/`, in which a file `NAME.b64` becomes NAME. Where there is a tree `base/` too, it is
committed first, and lint compares what is in `repo/` with it. An optional `case.toml` may hold

    path = "pads/2026/PAD-0001-case.md"     where the input is placed
    today = 2026-12-01                      instead of 2026-11-24
    args = ["--strict"]                     further words of the command line
    size = 70000                            FILL in the input becomes as many x as give the file so many bytes
    [links]                                 symbolic links to make: path from the root = what it points to
"""

import base64
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
KINDS = ("bad", "good", "tricky")
_PLACE = "pads/PAD-0001-case.md"
_TODAY = "2026-11-24"
_GIT = ("git", "-c", "user.name=Noor", "-c", "user.email=noor@example.com", "-c", "commit.gpgsign=false")


@dataclass(frozen=True)
class Case:
    """One folder of a document that lint judges by one rule."""

    code: str
    folder: Path

    @property
    def name(self) -> str:
        """The folder's name; its first word says what kind of case it is."""
        return self.folder.name

    @property
    def kind(self) -> str:
        """bad, good or tricky."""
        return self.name.partition("-")[0]

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What `case.toml` says; empty where there is none."""
        path = self.folder / "case.toml"
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    @property
    def expected_path(self) -> Path:
        """Where the rendered findings are kept."""
        return self.folder / "expected.txt"

    @property
    def expected(self) -> str:
        """The rendered findings; empty where they were never written."""
        return self.expected_path.read_text(encoding="utf-8") if self.expected_path.is_file() else ""

    @property
    def arguments(self) -> list[str]:
        """The words after `padctl` without `--root`."""
        today = str(self.settings.get("today", _TODAY))
        base = ["--base", "HEAD"] if self._base.is_dir() else []
        return ["lint", "--today", today, "--select", self.code, *base, *self.settings.get("args", [])]

    @property
    def _base(self) -> Path:
        return self.folder / "base"

    def place(self, root: Path) -> Path:
        """Write the case's documents below a folder and return the folder."""
        root.mkdir(parents=True, exist_ok=True)
        if self._base.is_dir():
            _commit(root, _tree(self._base))
        _write(root, self._files())
        for path, points_to in self.settings.get("links", {}).items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(points_to)
        return root

    def _files(self) -> dict[str, bytes]:
        tree = self.folder / "repo"
        if tree.is_dir():
            return _tree(tree)
        source = next(path for name in ("input.md", "input.b64") if (path := self.folder / name).is_file())
        content = _content(source)
        if size := self.settings.get("size"):
            content = content.replace(b"FILL", b"x" * (size - len(content) + len(b"FILL")))
        return {self.settings.get("path", _PLACE): content}


def all_cases() -> list[Case]:
    """Return every case in the order of codes and names."""
    folders = sorted(path for path in CASES.glob("*/*") if path.is_dir())
    return [Case(folder.parent.name, folder) for folder in folders]


def cases_of(code: str, kind: str) -> list[Case]:
    """Return the cases of one rule and kind."""
    return [case for case in all_cases() if case.code == code and case.kind == kind]


def _tree(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix().removesuffix(".b64"): _content(path) for path in found}


def _write(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _commit(root: Path, files: dict[str, bytes]) -> None:
    """Commit files and leave the work tree without them."""
    _write(root, files)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "The base")):
        subprocess.run([*_GIT, "-C", str(root), *words], check=True, capture_output=True, timeout=60)
    for path in {path.partition("/")[0] for path in files}:
        shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink()


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return base64.b64decode(content) if path.suffix == ".b64" else content
