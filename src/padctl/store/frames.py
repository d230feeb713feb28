"""The frames as they were before somebody edited their pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from padctl.model.document import Document, read_document
from padctl.model.template import Template, read_template
from padctl.store.repository import Repository
from padctl.store.templates import shipped_templates


def edited_frames(root: Path, pages: Sequence[tuple[Document, str]]) -> Iterator[tuple[str, Template]]:
    """Yield the names of templates whose pages are not as the last commit has them, with the frame they had there.

    `pages` are template pages and their names. A page that was never committed hides the shipped one of its name;
    what was no frame then, or is there for the first time, is left out.

    Raises:
        RepositoryError: git is missing, or an object is.
    """
    repository = Repository(root)
    committed = bool(repository.head)
    for document, name in pages:
        raw = repository.blob("HEAD", document.path) if committed else None
        if raw is None:
            old = shipped_templates().get(name)
        elif raw == document.encoded():
            old = None
        else:
            old, _ = read_template(read_document(raw, path=document.path))
        if old:
            yield name, old
