"""Documents made of a header, and a header after an edit."""

from padctl.model.document import Document, read_document
from padctl.model.edit import Value, with_fields


def document_of(text: str) -> Document:
    return read_document(text.encode(), path="pads/x.md")


def edited(header: str, **changes: Value) -> str:
    """The header after an edit; the body and the fences must be as they were."""
    text = with_fields(document_of(f"---\n{header}\n---\n# T\n"), changes).text
    assert text.startswith("---\n")
    assert text.endswith("\n---\n# T\n")
    return text[4:-9]
