"""Reading files safely: regular files inside the root, not too large, nothing followed out of it."""

import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from padctl.errors import UsageError
from padctl.model.diagnostic import Fault
from padctl.model.document import MAX_DOCUMENT, Document, oversized_document, read_document


def load_document(root: Path, path: str) -> Document:
    """Read a document at a path from the root; a file that may not be read becomes a document with that fault."""
    try:
        details = os.lstat(root / path)
        if stat.S_ISREG(details.st_mode) and details.st_size > MAX_DOCUMENT:
            return oversized_document(path, details.st_size)
        return read_document(read_regular(root, path), path=path)
    except (OSError, UsageError) as error:
        text = error.message if isinstance(error, UsageError) else (error.strerror or str(error))
        fix = "put a regular file here that you may read"
        return Document(path=path, text="", faults=(Fault(slug="unreadable-file", offset=0, message=text, fix=fix),))


def read_regular(root: Path, path: str) -> bytes:
    """Return a file's bytes, at most one more than a document may have.

    Raises:
        UsageError: it is a link, a device or a folder, or a link on the way leads out of the root.
        OSError: it cannot be read.
    """
    full = os.path.join(root, path)  # noqa: PTH118  # pathlib costs more here than the reading itself
    kind = os.lstat(full).st_mode
    if not stat.S_ISREG(kind):
        raise UsageError("the file is a symbolic link" if stat.S_ISLNK(kind) else "this is no regular file")
    if not _lies_inside(str(root), os.path.dirname(full)):  # noqa: PTH120
        raise UsageError("the file lies outside the repository")
    with open(full, "rb") as file:  # noqa: PTH123
        return file.read(MAX_DOCUMENT + 1)


@lru_cache(maxsize=1024)
def _lies_inside(root: str, folder: str) -> bool:
    """Say whether a folder, links on the way to it resolved, is the root or below it."""
    return Path(folder).resolve().is_relative_to(Path(root).resolve())


def markdown_files(root: Path, folder: str) -> Iterator[str]:
    """Yield the Markdown files below a folder as sorted paths from the root, without hidden ones and READMEs."""
    base = root / folder
    found: list[str] = []
    for parent, folders, names in os.walk(base, followlinks=False, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [relative(root, Path(parent) / name) for name in names if is_document(name)]
    yield from sorted(found)


def _refuse(error: OSError) -> None:
    """Let a folder that cannot be read be an error, not an empty folder; one that is not there is none."""
    if not isinstance(error, FileNotFoundError):
        raise error


def is_document(path: str) -> bool:
    """Say whether a path is that of a Markdown file which is neither hidden nor a README."""
    *folders, name = path.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    return name.lower().endswith(".md") and name.lower() != "readme.md" and not hidden


def relative(root: Path, path: Path) -> str:
    """Return a path from the root with forward slashes.

    Raises:
        UsageError: the path lies outside the root.
    """
    try:
        return str(PurePosixPath(path.relative_to(root)))
    except ValueError:
        raise UsageError(f"{path} lies outside {root}", fix="name a file of this repository, or use --root") from None
