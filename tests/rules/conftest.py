"""Fixtures of the rule tests: the real command in this process, and a repository in a temporary folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from padctl.cli.app import run

TODAY = "2026-11-24"


@dataclass(frozen=True)
class Outcome:
    """What one run of padctl gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Padctl = Callable[..., Outcome]
Repository = Callable[[Mapping[str, str]], Path]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PADCTL_TODAY", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def padctl(capsys: pytest.CaptureFixture[str]) -> Padctl:
    """Run padctl as a user does, and return what it gave."""

    def call(*words: str | Path) -> Outcome:
        capsys.readouterr()
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        return Outcome(code, shown.out, shown.err)

    return call


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Write files, given by their paths from the root, and return the root."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "repository"
        for path, text in {"padctl.toml": "", **files}.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        return root

    return write
