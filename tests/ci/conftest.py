"""A company's repository on its host's default branch, with git pinned and no CI system around."""

import os
from pathlib import Path

import pytest
from hosting import ENVIRONMENT, PAD, SETTINGS, UNWANTED, Clone, pad_text


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in filter(UNWANTED.match, [*os.environ]):
        monkeypatch.delenv(name)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def host(tmp_path: Path) -> Clone:
    """Return a repository with one PAD, a draft of problem framing, on main."""
    root = tmp_path / "host"
    root.mkdir()
    clone = Clone(root)
    clone.git("init", "--quiet", "--initial-branch=main")
    clone.write("padctl.toml", SETTINGS)
    clone.write(PAD, pad_text())
    clone.commit("Start")
    return clone
