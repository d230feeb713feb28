"""Make the company of examples/quarter with its commits in a new folder: `python -m tests.quarter FOLDER`."""

import sys
import tempfile
from pathlib import Path

from .play import play

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
with tempfile.TemporaryDirectory() as seen:
    play(folder.resolve(), Path(seen))
