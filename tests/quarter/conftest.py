"""The quarter, played once for all tests that look at it, whichever process they run in."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from .play import padctl, play, quiet
from .table import Expected

END = date(2027, 1, 4)


@dataclass(frozen=True)
class Quarter:
    """The company's repository at the end, and what its meetings had before them on their day."""

    root: Path
    seen: Path

    def kept(self, report: str, expected: Expected) -> Any:
        """Return the agenda of a meeting's morning, or the minutes of its evening."""
        page = self.seen / f"{report}-{expected.name}.json"
        return json.loads(page.read_text(encoding="utf-8"))["data"]

    def ask(self, *words: str, today: date = END) -> str:
        return padctl(*words, root=self.root, today=today)

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", *words], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def data(self, *words: str, today: date = END) -> Any:
        """Return what a report says as JSON."""
        return json.loads(self.ask(*words, "--format", "json", today=today))["data"]


@pytest.fixture(scope="session")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    """Play the quarter where no other process has done it yet."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "quarter"
    with FileLock(f"{shared}.lock"):
        if not (shared / "played").exists():
            for name in ("company", "seen"):
                (shared / name).mkdir(parents=True)
            play(shared / "company", shared / "seen")
            (shared / "played").touch()
    return Quarter(shared / "company", shared / "seen")


@pytest.fixture(autouse=True)
def _quiet(tmp_path: Path) -> Iterator[None]:
    with quiet(tmp_path):
        yield
