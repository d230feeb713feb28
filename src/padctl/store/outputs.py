"""Where a report may be written: not over a file by which padctl itself goes, nor out of the repository by a link."""

import os
import posixpath
from pathlib import Path

from padctl.errors import PadctlError, UsageError
from padctl.model.baseline import BASELINE
from padctl.model.settings import Settings
from padctl.model.shell import shell_word
from padctl.report.saved_minutes import may_hold_minutes
from padctl.store.files import lists
from padctl.store.loading import load_settings
from padctl.store.roots import PYPROJECT, SETTINGS
from padctl.store.trees import WorkTree
from padctl.store.whereabouts import top_around

_OWN = {SETTINGS: "settings", PYPROJECT: "settings", BASELINE: "baseline"}
_RECAP = "recap-"


def check_output(root: Path, target: Path) -> None:
    """Refuse to write a report over a file that padctl reads from a repository, or outside of it unawares.

    Raises:
        UsageError: it is such a file, and is read as what; or a link in the repository leads elsewhere, and where.
    """
    full, top = target.resolve(), root.resolve()
    _check_inside(top_around(root), target, full)
    if not full.is_file() or not full.is_relative_to(top):
        return
    if kind := _kind(top, full.relative_to(top).as_posix()):
        raise UsageError(f"--output: {target} is read as {kind}", fix="give the report a name of its own")


def _check_inside(top: Path, target: Path, full: Path) -> None:
    """Refuse a path that lies in the work tree as it is typed and out of it once its links are followed."""
    typed = Path(os.path.abspath(target))  # noqa: PTH100  # as typed: no link is followed
    if not full.is_relative_to(top) and any(folder.resolve() == top for folder in typed.parents):
        what = f"--output: {target} would be written to {full}, outside of the repository"
        raise UsageError(what, fix=f"if that is meant, name that place: --output {shell_word(str(full))}")


def _kind(root: Path, path: str) -> str:
    """Return as what padctl reads a file; empty for one that it does not read."""
    try:
        paths = load_settings(WorkTree(root)).paths
    except PadctlError:
        paths = Settings().paths
    folder, name = posixpath.split(path)
    if path in _OWN:
        return f"padctl's {_OWN[path]}"
    if paths.templates != "." and f"{folder}/".startswith(f"{paths.templates}/"):
        return "a template"
    if lists(root, paths.meetings, path) and (may_hold_minutes(path) or name.startswith(_RECAP)):
        return "a saved report"
    kinds = {paths.pads: "a PAD", paths.objectives: "an objective", paths.teams: "a team's charter"}
    found = (kind for at, kind in kinds.items() if lists(root, at, path))
    return next(found, "") if _has_front_matter(root / path) else ""


def _has_front_matter(full: Path) -> bool:
    with full.open("rb") as file:
        return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
