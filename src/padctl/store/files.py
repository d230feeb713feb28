"""Reading files safely: regular files inside the root, not too large, nothing followed out of it."""

import os
import posixpath
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from operator import itemgetter
from pathlib import Path, PurePosixPath

from padctl.errors import UsageError

A_LINK = "the file is a symbolic link"
_OTHER_ENDINGS = (".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".text")

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
        raise UsageError(A_LINK if stat.S_ISLNK(status.st_mode) else "this is no regular file")
    if not _lies_inside(str(root), os.path.dirname(full)):
        raise UsageError("the file lies outside the repository")
    size = status.st_size if limit < 0 else min(limit, status.st_size)
    with open(full, "rb", buffering=0) as file:
        content = file.read(size + 1)  # a larger number would make room for as much
        rest = b"" if len(content) <= size else file.read()
    return (content + rest)[: limit if limit >= 0 else None]


def exists(root: Path, path: str) -> bool:
    """Say whether there is a file or folder at a path from the root; what lies outside of the repository is not there.

    The root may be a folder of a git work tree: then `../` leads to the rest of it.
    """
    full = os.path.normpath(os.path.join(root, path))
    outside = path == ".." or path.startswith("../")
    try:
        return (not outside or _below(full, _git_top(str(root)))) and os.path.exists(full)
    except ValueError:
        return False


def _below(full: str, top: str) -> bool:
    return full == top or full.startswith(os.path.join(top, ""))


@lru_cache(maxsize=16)
def _git_top(root: str) -> str:
    """Return git's top folder around a root, else the root."""
    folders = (root, *map(str, Path(root).parents))
    return next((folder for folder in folders if os.path.lexists(os.path.join(folder, ".git"))), root)


@lru_cache(maxsize=1024)
def _lies_inside(root: str, folder: str) -> bool:
    """Say whether a folder, links on the way to it resolved, is the root or below it."""
    return Path(folder).resolve().is_relative_to(Path(root).resolve())


def documents(root: Path, folder: str, *, strays: list[str] | None = None) -> Iterator[tuple[str, Stat]]:
    """Yield the Markdown files below a folder, without hidden ones and READMEs: paths from the root, sorted.

    Each comes with its state by `lstat`. A folder that is not there is empty. `strays` takes the paths of text files
    with another ending, in no order.

    Raises:
        OSError: a folder cannot be read.
    """
    found: list[tuple[str, Stat]] = []
    folder = posixpath.normpath(folder)
    folders = [(os.path.join(root, folder), "" if folder == "." else f"{folder}/")]
    while folders:
        full, prefix = folders.pop()
        with suppress(FileNotFoundError), _entries(full) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((os.path.join(full, name), f"{prefix}{name}/"))
                elif _is_document_name(name):
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # it went while we looked
                    state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
                    found.append((prefix + name, state))
                elif strays is not None and name.lower().endswith(_OTHER_ENDINGS):
                    strays.append(prefix + name)
    found.sort(key=itemgetter(0))
    yield from found


@contextmanager
def _entries(full: str) -> "Iterator[Iterator[os.DirEntry[str]]]":
    """Yield what a folder holds, opened where it can be: each file's state is then asked for without the way to it."""
    if os.scandir not in os.supports_fd:
        with os.scandir(full) as entries:
            yield entries
        return
    handle = os.open(full, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(handle) as entries:
            yield entries
    finally:
        os.close(handle)


def lists(root: Path, folder: str, path: str) -> bool:
    """Say whether `documents` yields a path, without looking at all others."""
    folder = posixpath.normpath(folder)
    inside = path if folder == "." else path.removeprefix(f"{folder}/")
    if not is_document(inside) or (folder != "." and inside == path):
        return False
    *folders, _ = inside.split("/")
    kinds = [_kind(os.path.join(root, folder, *folders[: i + 1])) for i in range(len(folders))]
    return all(map(stat.S_ISDIR, kinds)) and not stat.S_ISDIR(_kind(os.path.join(root, path)) or stat.S_IFDIR)


def _kind(full: str) -> int:
    """Return the mode of a file or folder, links not followed; 0 where there is none."""
    try:
        return os.lstat(full).st_mode
    except OSError:
        return 0


def is_document(path: str) -> bool:
    """Say whether a path is that of a Markdown file which is neither hidden nor a README."""
    return not _is_hidden(path) and _is_document_name(path.rpartition("/")[2])


def is_stray(path: str) -> bool:
    """Say whether a path is that of a text file which is not hidden and has another ending than a document."""
    return not _is_hidden(path) and path.lower().endswith(_OTHER_ENDINGS)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


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
