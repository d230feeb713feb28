"""Edits of the front matter: a mistyped key."""

from collections.abc import Iterator

from padctl.fix.surroundings import Surroundings, offset_of
from padctl.model.diagnostic import Diagnostic
from padctl.model.document import Document
from padctl.model.edit import FIELD_ORDER, with_text
from padctl.model.header import plain
from padctl.model.pad import Pad
from padctl.model.spelling import meant

_TEMPLATE = "template"


def renamed(pad: Pad, found: Diagnostic, _: Surroundings) -> Iterator[Document]:
    """Yield the document with a mistyped key written as the one field that it must mean."""
    document = pad.document
    entries = document.header.entries if document.header else ()
    known = (*FIELD_ORDER, *pad.template.fields) if pad.template else FIELD_ORDER
    keys = [key.text or "" for key, _ in entries]
    meanings = [key if key in known else meant(key, known) for key in keys]
    at = next((n for n, (key, _) in enumerate(entries) if key.start == offset_of(document, found)), None)
    field = meanings[at] if at is not None else None
    if at is None or not field or meanings.count(field) > 1 or (pad.template is None and field != _TEMPLATE):
        return
    key = entries[at][0]
    quote = key.style if key.style in {"'", '"'} else ""
    after = with_text(document, key.start, key.end, f"{quote}{field}{quote}")
    same_body = after.text[after.body_start :] == document.text[document.body_start :]
    keys[at] = field
    wanted = [(name, plain(value)) for name, (_, value) in zip(keys, entries, strict=True)]
    read = after.header.entries if after.header else ()
    if same_body and [(name.text or "", plain(value)) for name, value in read] == wanted:
        yield after
