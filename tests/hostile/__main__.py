"""Write what every case gives now beside it: `python -m tests.hostile`; read the difference before you commit it."""

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from padctl.cli.app import run

from .casebook import Case, all_cases, told


def given(case: Case, folder: Path) -> str:
    """Return what the case gives in a fresh repository in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(case.words(case.place(folder)))
    return told(code, out.getvalue(), err.getvalue())


for case in all_cases():
    with TemporaryDirectory() as folder, TemporaryDirectory() as memory:
        os.environ["PADCTL_CACHE_DIR"] = memory
        case.expected_file.write_text(given(case, Path(folder)), encoding="utf-8")
