"""Another number for a PAD: which of two gets it, and every place that names the PAD by the old one."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, unquote

from padctl.model.document import Document
from padctl.model.edit import Value, with_fields, with_text
from padctl.model.ids import path_under
from padctl.model.links import relative_targets
from padctl.model.pad import Pad

_URL = re.compile(
    r"""(?:[A-Za-z][A-Za-z0-9+.-]{0,30}://|mailto:)(?:[^\s<>()\[\]"'`|]|\([^\s<>()]*\))*"""
    r"""|(?:(?<=\]\()|(?<=\]:[ ]))<?[^\s()<>#]+"""
)
_OUTSIDE_PATH = re.compile(r"[\s()<>\[\]\"'`|]")


@dataclass(frozen=True, kw_only=True)
class Renumbering:
    """A PAD's old and new id and path.

    `shared` says that another PAD keeps the old id: then only what names the file is known to mean this one.
    `unique` says that no other file has the old name in another folder. `base` is what this repository's own addresses
    start with, empty where that is not known.
    """

    old_id: str
    new_id: str
    old_path: str
    new_path: str
    shared: bool
    unique: bool
    base: str = ""


@dataclass(frozen=True, kw_only=True)
class Left:
    """A mention that stays: where, and whether it is a link that leads nowhere now, or the id in other letters."""

    path: str
    line: int
    dead_link: bool = False
    loose: bool = False


def younger(pads: Sequence[Pad], published: frozenset[str]) -> Pad:
    """Return the youngest of PADs of one id: created last; else not on the default branch; else the last by path.

    `published` holds the paths that the default branch has.
    """
    return max(pads, key=lambda pad: (pad.created or date.min, pad.path not in published, pad.path))


def renumbering(pad: Pad, new_id: str, pads: Sequence[Pad], *, base: str = "") -> Renumbering:
    """Return what the new id means for a PAD among all PADs."""
    name = posixpath.basename(pad.path)
    return Renumbering(
        old_id=pad.id,
        new_id=new_id,
        old_path=pad.path,
        new_path=path_under(pad.path, new_id),
        shared=any(other.id == pad.id and other.path != pad.path for other in pads),
        unique=all(posixpath.basename(other.path) != name or other.path == pad.path for other in pads),
        base=base,
    )


def renumbered(pad: Pad, change: Renumbering) -> Document:
    """Return the PAD's own document: id, `formerly`, title and heading, and what it says of itself, under its new path.

    Raises:
        EditError: the front matter is written in a way in which it cannot be edited.
    """
    former = [name for name in pad.former_ids if name != change.new_id]
    fields: dict[str, Value] = {"id": change.new_id, "formerly": [*former, change.old_id]}
    title = pad.document.values.get("title")
    if isinstance(title, str) and (named := _with_new_id(title, change)) != title:
        fields["title"] = named
    document = pad.document
    for heading in document.body.headings[:1]:
        if heading.level == 1:
            line = _with_new_id(document.text[heading.start : heading.end], change)
            document = with_text(document, heading.start, heading.end, line)
    return replace(with_fields(referring(document, change), fields), path=change.new_path)


def referring(document: Document, change: Renumbering) -> Document:
    """Return a document with every reference to the PAD under its new id and name; the same one where it has none.

    Its history, and all that other moves wrote, stays as it was.
    """
    related = document.values.get("related")
    fields: dict[str, Value] = {}  # below, a list or mapping of values is a value, which mypy does not see
    if isinstance(related, list) and change.old_id in related and not change.shared:
        fields["related"] = [change.new_id if name == change.old_id else name for name in related]  # type: ignore[misc]
    facts = document.values.get("facts")  # of saved minutes, by id
    if isinstance(facts, dict) and change.old_id in facts and not change.shared:
        fields["facts"] = {change.new_id if name == change.old_id else name: fact for name, fact in facts.items()}  # type: ignore[misc]
    links = document.values.get("links")
    if isinstance(links, dict):
        texts = {name: target for name, target in links.items() if isinstance(target, str)}
        moved = {name: _with_new_name(target, document.path, change) for name, target in texts.items()}
        if moved != texts:
            fields["links"] = {**links, **moved}  # type: ignore[dict-item]
    body = document.text[document.body_start :]
    said = _with_new_name(body, document.path, change)
    if not change.shared:
        said = _with_new_id(said, change)
    if said != body:
        document = with_text(document, document.body_start, len(document.text), said)
    return with_fields(document, fields) if fields else document


def left(document: Document, change: Renumbering) -> Iterator[Left]:
    """Yield what still names the old id or file in a document that was edited."""
    for offset, target, _ in relative_targets(document):
        if target == change.old_path:
            yield Left(path=document.path, line=document.line_of(offset), dead_link=True)
    places = list(_mentions(document.text[document.body_start :], change))
    exact = [start + document.body_start for start, written in places if written == change.old_id]
    loose = [start + document.body_start for start, written in places if written != change.old_id]
    if change.shared:
        related = document.values.get("related")
        exact += [document.offset_of(("related",))] if isinstance(related, list) and change.old_id in related else []
        yield from (Left(path=document.path, line=line) for line in sorted({*map(document.line_of, exact)}))
    yield from (Left(path=document.path, line=line, loose=True) for line in sorted({*map(document.line_of, loose)}))


def _mentions(text: str, change: Renumbering) -> Iterator[tuple[int, str]]:
    """Yield where a text names the old id, as `PAD-0008` or loosely as `pad-8`, and how; other sites' addresses aside.

    It is a word of its own: neither the start of a file's name nor a part of what a link leads to is one.
    """
    own = f"{change.base.rstrip('/')}/" if change.base else ""
    foreign = [match.span() for match in _URL.finditer(text) if not (own and match[0].startswith(own))]
    prefix, _, number = change.old_id.rpartition("-")
    tail = r"(?!-?[^\W_]|\.(?-i:[a-z][a-z0-9]{1,3})(?![^\W_]))"
    word = rf"(?<![^\W_])(?<!-){re.escape(prefix)}-0*{number.lstrip('0')}{tail}"
    spans = iter(foreign)
    start, end = next(spans, (len(text), len(text)))
    for match in re.finditer(word, text, re.IGNORECASE):
        while end <= match.start() and end < len(text):
            start, end = next(spans, (len(text), len(text)))
        if not start <= match.start() < end:
            yield match.start(), match[0]


def _with_new_id(text: str, change: Renumbering) -> str:
    """Return a text with the new id in place of the old one."""
    parts, done = [], 0
    for start, written in _mentions(text, change):
        if written == change.old_id:
            parts += [text[done:start], change.new_id]
            done = start + len(written)
    return "".join([*parts, text[done:]])


def _with_new_name(text: str, path: str, change: Renumbering) -> str:
    """Return a text of the document at a path with the old file's name replaced where it means that file."""
    old, new = (posixpath.basename(name) for name in (change.old_path, change.new_path))

    def renamed(match: re.Match[str]) -> str:
        folder = ""
        for char in reversed(text[max(match.start() - 1000, 0) : match.start()]):
            if _OUTSIDE_PATH.match(char):
                break
            folder = char + folder
        means_it = (change.unique and "/" not in folder) or _leads_to(unquote(folder) + old, path, change.old_path)
        return (quote(new) if match[0] != old else new) if means_it else match[0]

    spellings = "|".join(sorted({re.escape(old), re.escape(quote(old))}))
    return re.sub(rf"(?<![\w-])(?:{spellings})(?![\w-])", renamed, text)


def _leads_to(written: str, path: str, target: str) -> bool:
    """Say whether a path as written in a document is a file: from the document, from the root, or behind a host."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    return beside == target or f"/{written}".endswith(f"/{target}")
