"""Many PADs are judged by several processes, which end without a word."""

import subprocess
import sys
from pathlib import Path

from .test_memory_laws import pad_text


def test_processes_that_are_over_say_nothing(tmp_path: Path) -> None:
    pads = tmp_path / "pads"
    pads.mkdir()
    for number in range(1, 301):
        text = pad_text(number, f"Title {number}", None, "#why", "", "")
        (pads / f"PAD-{number:04}-x.md").write_text(text, encoding="utf-8")
    words = [sys.executable, "-m", "padctl", "lint", "--no-cache", "--root", str(tmp_path), "--today", "2026-11-24"]
    for _ in range(3):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        assert "300 documents checked" in done.stdout
