"""The share of the fault harness that runs with every test run, in parts that can run side by side."""

import subprocess
import sys
from pathlib import Path

import pytest

POINTS, PARTS = 800, 2


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_no_fault_loses_anything(part: int) -> None:
    call = [sys.executable, str(Path(__file__).parent), "--points", str(POINTS), "--shard", f"{part}/{PARTS}"]
    done = subprocess.run([*call, "--verbose"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{POINTS // PARTS} points" in done.stdout
