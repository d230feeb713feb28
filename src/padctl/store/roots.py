"""Where a repository of PADs starts: the nearest folder with settings, else git's top level."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from padctl.errors import RepositoryError, SettingsError, UsageError
from padctl.model.toml import loads

SETTINGS = "padctl.toml"
PYPROJECT = "pyproject.toml"
_MOST = 8 * 1024 * 1024  # far more than is read as TOML, so that too large a file is seen to be one


def open_root(start: Path, given: Path | None) -> Path:
    """Return the root that was given, else the one around a path.

    Raises:
        RepositoryError: there is none.
        UsageError: the given one is no folder.
    """
    found = given.resolve() if given else find_root(start)
    if given and not given.is_dir():
        raise UsageError(f"there is no folder {given}", fix="--root names the folder that holds padctl.toml or .git")
    if found is None:
        raise RepositoryError(f"{start} is not inside a git repository", fix="padctl init makes a repository here")
    return found


def find_root(start: Path) -> Path | None:
    """Return the nearest folder upwards with settings, else the git top level, else None."""
    for folder in (start.resolve(), *start.resolve().parents):
        if holds_settings(partial(_text_in, folder)) or (folder / ".git").exists():
            return folder
    return None


def text_at(path: Path) -> str | None:
    """Return a small text file, or None where there is none.

    Raises:
        SettingsError: it is padctl's own settings, and a folder, a link to nowhere or the like.
    """
    if not path.is_file():
        if path.name == SETTINGS and os.path.lexists(path):
            what = "a link that leads to no file" if path.is_symlink() else "no file"
            raise SettingsError(f"{SETTINGS} is {what}", fix="put the settings there, or take it away")
        return None
    with path.open("rb") as file:
        return file.read(_MOST).decode(errors="replace").removeprefix("\ufeff")


def _text_in(folder: Path, name: str) -> str | None:
    return text_at(folder / name)


def holds_settings(read: Callable[[str], str | None]) -> bool:
    """Say whether a folder, whose files `read` gives by name, holds settings of padctl."""
    return read(SETTINGS) is not None or holds_table(read(PYPROJECT) or "")


def holds_table(text: str) -> bool:
    """Say whether the text of a pyproject.toml has a table for padctl."""
    try:
        return "padctl" in text and "padctl" in loads(text).get("tool", {})
    except (ValueError, RecursionError):
        return False
