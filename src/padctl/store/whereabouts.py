"""Where the latest moves of PADs are: on the default branch, or only on the one that is checked out.

Which branches these are, and when git last fetched, is read from the git directory's own files, without starting git.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from padctl.model.pad import Pad

_USUAL = ("main", "master")
_BRANCH = "ref: refs/heads/"
_ORIGIN = "ref: refs/remotes/origin/"


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """The branch checked out, the default one, and the paths of PADs whose latest move is on the former only.

    The branches are empty where they are not known.
    """

    branch: str = ""
    default: str = ""
    alone: frozenset[str] = frozenset()

    def only_on(self, pad: Pad) -> str:
        """Return the branch that alone has the PAD's latest move, or an empty text."""
        return self.branch if pad.path in self.alone else ""

    def words(self, pad: Pad) -> str:
        """Say where the PAD's latest move is; empty where it has none, or where that is not known."""
        if not self.default or not (pad.header and pad.header.history):
            return ""
        return f"only on branch {self.branch}" if pad.path in self.alone else f"on {self.default}"


def checked_out(root: Path, configured: str | None) -> tuple[str, str]:
    """Return the branch that is checked out and the default one; empty where the files do not say."""
    git_dir = git_dir_around(root)
    if git_dir is None:
        return "", ""
    branch = _after(_BRANCH, git_dir / "HEAD")
    default = configured or _after(_ORIGIN, _common(git_dir) / "refs/remotes/origin/HEAD")
    return branch, default or (branch if branch in _USUAL else "")


def last_fetch(root: Path) -> datetime | None:
    """Return when git last fetched; a linked work tree and its repository each note their own."""
    git_dir = git_dir_around(root)
    notes = {folder / "FETCH_HEAD" for folder in (git_dir, _common(git_dir))} if git_dir else ()
    times = [note.stat().st_mtime for note in notes if note.is_file()]
    return datetime.fromtimestamp(max(times)).astimezone() if times else None


def folder_in_git(root: Path) -> str:
    """Return the path of a folder from the top one of its git work tree; empty for that one, or outside of any."""
    found = _dot_git(root)
    path = root.resolve().relative_to(found.parent.resolve()).as_posix() if found else "."
    return "" if path == "." else path


def _dot_git(root: Path) -> Path | None:
    return next((at / ".git" for at in (root, *root.resolve().parents) if (at / ".git").exists()), None)


def top_around(root: Path) -> Path:
    """Return the top folder of the git work tree around a folder, without links; outside of any, that folder."""
    found = _dot_git(root)
    return (found.parent if found else root).resolve()


def git_dir_around(root: Path) -> Path | None:
    """Return the git directory around a folder; in a linked work tree, `.git` is a file that names it."""
    found = _dot_git(root)
    if found is None or found.is_dir():
        return found
    return found.parent / _after("gitdir: ", found)


def _common(git_dir: Path) -> Path:
    """Return the git directory that all linked work trees share."""
    return git_dir / _after("", git_dir / "commondir")


def _after(start: str, file: Path) -> str:
    """Return a small file's one line after what it starts with; empty where it is not so."""
    try:
        text = file.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""
    return text.removeprefix(start) if text.startswith(start) else ""
