"""Reading files safely: regular files inside the root, not too large, nothing followed out of it."""

import os
import posixpath
import stat
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from pathlib import Path, PurePosixPath

from padctl.errors import UsageError

Stat = tuple[int, int, int, int]  # size, mtime_ns, ctime_ns, inode


def read_regular(root: Path, path: str, *, limit: int = -1) -> bytes:
    """Return a file's bytes, at most `limit` of them.

    Raises:
        UsageError: it is a link, a device or a folder, or a link on the way leads out of the root.
        OSError: it cannot be read.
    """
    full = os.path.join(root, path)
    status = os.lstat(full)
    if not stat.S_ISREG(status.st_mode):
        raise UsageError("the file is a symbolic link" if stat.S_ISLNK(status.st_mode) else "this is no regular file")
    if not _lies_inside(str(root), os.path.dirname(full)):
        raise UsageError("the file lies outside the repository")
    size = status.st_size if limit < 0 else min(limit, status.st_size)
    with open(full, "rb", buffering=0) as file:
        content = file.read(size + 1)  # a larger number would make room for as much
        rest = b"" if len(content) <= size else file.read()
    return (content + rest)[: limit if limit >= 0 else None]


def exists(root: Path, path: str) -> bool:
    """Say whether there is a file or folder at a path from the root; what lies outside of it is not there."""
    try:
        return not path.startswith("..") and os.path.exists(os.path.join(root, path))
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _lies_inside(root: str, folder: str) -> bool:
    """Say whether a folder, links on the way to it resolved, is the root or below it."""
    return Path(folder).resolve().is_relative_to(Path(root).resolve())


def documents(root: Path, folder: str) -> Iterator[tuple[str, Stat]]:
    """Yield the Markdown files below a folder, without hidden ones and READMEs: paths from the root, sorted.

    Each comes with its state by `lstat`. A folder that is not there is empty.

    Raises:
        OSError: a folder cannot be read.
    """
    found: list[tuple[str, Stat]] = []
    folder = posixpath.normpath(folder)
    folders = [(os.path.join(root, folder), "" if folder == "." else f"{folder}/")]
    while folders:
        full, prefix = folders.pop()
        try:
            entries = os.scandir(full)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{prefix}{name}/"))
                elif _is_document_name(name):
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # it went while we looked
                    state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
                    found.append((prefix + name, state))
    found.sort(key=itemgetter(0))
    yield from found


def is_document(path: str) -> bool:
    """Say whether a path is that of a Markdown file which is neither hidden nor a README."""
    *folders, name = path.split("/")
    return not any(part.startswith(".") for part in (*folders, name)) and _is_document_name(name)


def _is_document_name(name: str) -> bool:
    return name[-3:].lower() == ".md" and name.lower() != "readme.md"


def relative(root: Path, path: Path) -> str:
    """Return a path from the root with forward slashes.

    Raises:
        UsageError: the path lies outside the root.
    """
    try:
        return str(PurePosixPath(path.relative_to(root)))
    except ValueError:
        raise UsageError(f"{path} lies outside {root}", fix="name a file of this repository, or use --root") from None
