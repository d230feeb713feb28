"""Where documents are read from: the work tree, or the tree of a commit; both give the same to what reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from padctl.errors import UsageError
from padctl.model.diagnostic import Fault
from padctl.model.document import MAX_DOCUMENT, Document, read_document, too_large
from padctl.store.files import documents, exists, read_regular
from padctl.store.roots import text_at


class Tree(Protocol):
    """A repository's files at one moment; paths are from the root, with forward slashes."""

    def markdown(self, folder: str) -> Iterator[str]:
        """Yield the Markdown files below a folder, sorted, without hidden ones and READMEs."""

    def strays(self, folder: str) -> Iterator[str]:
        """Yield the text files below a folder that have another ending than a document, sorted, without hidden ones."""

    def document(self, path: str) -> Document:
        """Read a document; a file that cannot be read becomes one with that fault."""

    def text(self, path: str) -> str | None:
        """Return a small text file, or None where there is none."""

    def exists(self, path: str) -> bool:
        """Say whether there is a file or folder."""


@dataclass(frozen=True)
class Files:
    """The files and folders of a tree, looked up when somebody asks."""

    tree: Tree

    def __contains__(self, path: object) -> bool:
        """Say whether there is a file or folder at a path from the root."""
        return isinstance(path, str) and self.tree.exists(path)


@dataclass(frozen=True)
class WorkTree:
    """The files on disk."""

    root: Path

    def markdown(self, folder: str) -> Iterator[str]:
        """Yield the Markdown files below a folder, sorted, without hidden ones and READMEs."""
        return (path for path, _ in documents(self.root, folder))

    def strays(self, folder: str) -> Iterator[str]:
        """Yield the text files below a folder that have another ending than a document, sorted, without hidden ones."""
        found: list[str] = []
        list(documents(self.root, folder, strays=found))
        yield from sorted(found)

    def document(self, path: str) -> Document:
        """Read a document; a file that cannot be read becomes one with that fault."""
        return document_of(path, self.content(path))

    def content(self, path: str) -> bytes | Fault:
        """Return a document's bytes, or why they cannot be read."""
        try:
            raw = read_regular(self.root, path, limit=MAX_DOCUMENT + 1)
            size = len(raw) if len(raw) <= MAX_DOCUMENT else (self.root / path).lstat().st_size
        except (OSError, UsageError) as error:
            return unreadable(error.message if isinstance(error, UsageError) else (error.strerror or str(error)))
        return raw if size <= MAX_DOCUMENT else too_large(size)

    def text(self, path: str) -> str | None:
        """Return a small text file, or None where there is none."""
        return text_at(self.root / path)

    def exists(self, path: str) -> bool:
        """Say whether there is a file or folder."""
        return exists(self.root, path)


def unreadable(why: str) -> Fault:
    """Return the fault of a file that cannot be read."""
    fix = "put a regular file here that you may read"
    return Fault(slug="unreadable-file", offset=0, message=why, fix=fix)


def document_of(path: str, content: bytes | Fault) -> Document:
    """Return the document of a file's bytes, or the one that stands for a file that cannot be read."""
    if isinstance(content, Fault):
        return Document(path=path, text="", faults=(content,))
    return read_document(content, path=path)
