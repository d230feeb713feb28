"""Where documents are read from: the work tree, or the tree of a commit; both give the same to what reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from padctl.model.document import MAX_DOCUMENT, Document
from padctl.store.files import load_document, markdown_files

_LARGEST = 8 * MAX_DOCUMENT  # so that what is larger is still seen to be too large


class Tree(Protocol):
    """A repository's files at one moment; paths are from the root, with forward slashes."""

    def markdown(self, folder: str) -> Iterator[str]:
        """Yield the Markdown files below a folder, sorted, without hidden ones and READMEs."""

    def document(self, path: str) -> Document:
        """Read a document; a file that cannot be read becomes one with that fault."""

    def text(self, path: str) -> str | None:
        """Return a small text file, or None where there is none."""

    def exists(self, path: str) -> bool:
        """Say whether there is a file or folder."""


@dataclass(frozen=True)
class WorkTree:
    """The files on disk."""

    root: Path

    def markdown(self, folder: str) -> Iterator[str]:
        """Yield the Markdown files below a folder, sorted, without hidden ones and READMEs."""
        return markdown_files(self.root, folder)

    def document(self, path: str) -> Document:
        """Read a document; a file that cannot be read becomes one with that fault."""
        return load_document(self.root, path)

    def text(self, path: str) -> str | None:
        """Return a small text file, or None where there is none."""
        full = self.root / path
        if not full.is_file():
            return None
        with full.open("rb") as file:
            return file.read(_LARGEST).decode(errors="replace").removeprefix("\ufeff")

    def exists(self, path: str) -> bool:
        """Say whether there is a file or folder."""
        try:
            return (self.root / path).exists()
        except (OSError, ValueError):
            return False
