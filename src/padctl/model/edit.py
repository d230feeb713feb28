"""Edits of front matter and body that change only the lines they mean to, and prove it.

Every edit is a splice at a node's position. The result is read again and compared with what was asked for, so
a case that the splicer gets wrong is refused instead of written.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date

import yaml

from padctl.errors import PadctlError
from padctl.model.document import Document, read_document
from padctl.model.header import EMPTY, Mapping, Node, Plain, Scalar, Sequence, last_offset, plain

Value = str | int | date | None | list["Value"] | dict[str, "Value"]

FIELD_ORDER = (
    "id", "title", "owner", "team", "template", "stage", "status", "created", "classification", "objectives",
    "proposes_objective", "sponsors", "reviewers", "related", "formerly", "links", "slot", "launched",
    "feedback", "history", "actions",
)  # fmt: skip
_COMMENT = re.compile(r"(?<![^ \t,\[\]{}])#.*")


class EditError(PadctlError):
    """The file is written in a way in which this edit cannot be made safely."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class _Splice:
    start: int
    end: int
    text: str


def with_fields(document: Document, changes: Map[str, Value]) -> Document:
    """Return the document with top-level fields set, or removed where the value is None.

    Lists that grow get new items, block lists that shrink lose the lines of theirs, mappings only their changed keys;
    comments, order, quotes and line endings stay. The caller passes whole values; the smallest splices that lead
    there are found here.

    Raises:
        EditError: the front matter cannot be read, or holds a style that cannot be edited in place.
    """
    header = document.header
    if header is None or any(fault.slug == "not-utf-8" for fault in document.faults):
        raise EditError(f"{document.path}: the file cannot be read, so it is not edited", fix="see `padctl lint`")
    wanted = dict(document.values)
    splices: list[_Splice] = []
    for key in sorted(changes, key=_rank):
        value = changes[key]
        entry = header.entry(key)
        if value is None:
            if entry:
                splices.append(_removal(document, header, key))
            wanted.pop(key, None)
            continue
        wanted[key] = as_plain(value)
        if entry:
            splices.extend(_changes(document, entry[0], entry[1], value, indent=0))
        else:
            splices.append(_insertion(document, header, key, value))
    edited = _spliced(document, splices)
    body = document.text[document.body_start :]
    if edited.values != wanted or edited.text[edited.body_start :] != body or edited.header is None:
        changed = ", ".join(changes)
        raise EditError(
            f"{document.path}: {changed} cannot be changed without touching other lines",
            fix="write the front matter as plain `key: value` lines",
        )
    return edited


def with_insertion(document: Document, offset: int, text: str) -> Document:
    """Return the document with text put into its body at an offset, in the document's line ending."""
    return with_text(document, offset, offset, text.replace("\r\n", "\n").replace("\n", document.newline))


def with_text(document: Document, start: int, end: int, text: str) -> Document:
    """Return the document with the characters from `start` to `end` replaced by a text, which is taken as it is."""
    return _spliced(document, [_Splice(start, end, text)])


def as_plain(value: Value) -> Plain:
    """Return a value as reading it back gives it: everything is text."""
    if isinstance(value, dict):
        return {key: as_plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_plain(item) for item in value]
    return None if value is None else str(value)


def flow(value: Value, *, style: str | None = None) -> str:
    """Return a value as YAML on one line, quoted where any YAML reader would otherwise misread it."""
    text = yaml.dump(  # the pure dumper: libyaml's escapes everything beyond U+FFFF
        [value], Dumper=_Dumper, default_flow_style=True, default_style=style, sort_keys=False,
        allow_unicode=True, width=sys.maxsize,
    )  # fmt: skip
    return text.strip()[1:-1]


class _Dumper(yaml.SafeDumper):
    """Keeps every text on one line: what holds a line break is written with escapes; never writes an anchor."""

    def ignore_aliases(self, data: object) -> bool:
        """Write a value that stands in two places twice, such as one date of a move."""
        del data
        return True


def _represented(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    broken = any(mark in text for mark in "\n\r\x85\u2028\u2029")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if broken else None)


_Dumper.add_representer(str, _represented)


def _rank(key: str) -> int:
    return FIELD_ORDER.index(key) if key in FIELD_ORDER else len(FIELD_ORDER)


def _spliced(document: Document, splices: list[_Splice]) -> Document:
    text = document.text
    for splice in sorted(splices, key=lambda splice: splice.start)[::-1]:
        text = text[: splice.start] + splice.text + text[splice.end :]
    try:
        raw = (("\ufeff" if document.bom else "") + text).encode()
    except UnicodeEncodeError:
        raise EditError(f"{document.path}: the new text is no Unicode", fix="give the value as UTF-8") from None
    return read_document(raw, path=document.path, limit=max(len(raw), 1))


def _changes(document: Document, key: Scalar, node: Node, value: Value, *, indent: int) -> Iterator[_Splice]:
    """Yield the splices that turn the node under `key` into the value; `indent` is the key's own."""
    if plain(node) == as_plain(value):
        return
    if isinstance(node, Sequence) and isinstance(value, list) and len(value) >= len(node.items):
        for item, new in zip(node.items, value, strict=False):
            yield from _changes(document, key, item, new, indent=_column(document, item))
        if len(value) > len(node.items):
            yield _extension(document, node, value[len(node.items) :], indent)
    elif isinstance(node, Sequence) and isinstance(value, list) and value and not node.flow:
        yield from _item_removals(document, node, value)
    elif isinstance(node, Mapping) and isinstance(value, dict) and set(plain_keys(node)) <= set(value):
        for name, child in node.entries:
            yield from _changes(document, name, child, value[name.text or ""], indent=_column(document, name))
        if fresh := {name: item for name, item in value.items() if name not in plain_keys(node)}:
            yield _entries(document, node, fresh)
    elif isinstance(node, Scalar) and node.text is None:
        colon = document.text.index(":", key.end) + 1
        newline = _break_at(document, _line_end(document, colon))
        yield _Splice(colon, colon, _written(newline, value, indent))
    elif isinstance(node, Scalar) and node.style in {"|", ">"}:
        raise EditError(f"{document.path}: {key.text} is a block text", fix="write it on one line")
    elif not isinstance(node, Scalar) and "\n" in document.text[node.start : last_offset(node)]:
        raise EditError(f"{document.path}: {key.text} stands on several lines", fix="write it on one line")
    else:
        style = node.style if isinstance(node, Scalar) and isinstance(value, str) else None
        yield _Splice(node.start, last_offset(node), flow(value, style=style or None))


def plain_keys(node: Mapping) -> list[str]:
    """Return the mapping's keys in order."""
    return [key.text or "" for key, _ in node.entries]


def _written(newline: str, value: Value, indent: int) -> str:
    """Return what follows `key:`: lists of mappings one item a line, everything else on the key's line."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        lead = newline + " " * (indent + 2) + "- "
        return "".join(lead + flow(item) for item in value)
    return " " + flow(value)


def _extension(document: Document, node: Sequence, items: list[Value], indent: int) -> _Splice:
    if node.flow and node.items:
        end = last_offset(node.items[-1])
        return _Splice(end, end, "".join(", " + flow(item) for item in items))
    if node.flow:
        start = node.start
        while any(isinstance(item, dict) for item in items) and document.text[start - 1] == " ":
            start -= 1
        text = _written(_break_at(document, _line_end(document, node.end)), items, indent)
        return _Splice(start, node.end, text if start < node.start else text.strip())
    end = _line_end(document, last_offset(node))
    margin = _break_at(document, end) + " " * _dash_column(document, node) + "- "
    return _Splice(end, end, "".join(margin + flow(item) for item in items))


def _item_removals(document: Document, node: Sequence, kept: list[Value]) -> Iterator[_Splice]:
    """Yield the splices that take out the lines of those items that are not kept; what is kept is in its order."""
    left = [as_plain(item) for item in kept]
    for item in node.items:
        if left and plain(item) == left[0]:
            left.pop(0)
            continue
        start = document.line_starts[document.line_of(item.start) - 1]
        end = _line_end(document, last_offset(item))
        yield _Splice(start, min(end + len(_break_at(document, end)), document.header_end), "")


def _entries(document: Document, node: Mapping, fresh: dict[str, Value]) -> _Splice:
    if node.flow:
        end = last_offset(node.entries[-1][1]) if node.entries else node.start + 1
        return _Splice(end, end, (", " if node.entries else "") + flow(fresh)[1:-1])
    end = _line_end(document, last_offset(node))
    margin = " " * _column(document, node.entries[0][0])
    newline = _break_at(document, end)
    lines = (f"{margin}{key}:{_written(newline, value, len(margin))}" for key, value in fresh.items())
    return _Splice(end, end, "".join(newline + line for line in lines))


def _insertion(document: Document, header: Mapping, key: str, value: Value) -> _Splice:
    """Put a new key after the last one that the field order has before it."""
    if header.flow:
        return _entries(document, header, {key: value})
    before = [entry for entry in header.entries if _rank(entry[0].text or "") < _rank(key)]
    after = max((_line_end(document, last_offset(node)) for _, node in before), default=None)
    newline = document.newline if after is None else _break_at(document, after)
    line = f"{key}:" + _written(newline, value, 0)
    if after is None:
        start = document.line_starts[1]
        return _Splice(start, start, line + newline)
    return _Splice(after, after, newline + line)


def _removal(document: Document, header: Mapping, key: str) -> _Splice:
    entry = header.entry(key) or (Scalar(0, 0, key, ""), EMPTY)
    start = document.line_starts[document.line_of(entry[0].start) - 1]
    end = _line_end(document, max(last_offset(entry[1]), entry[0].end))
    if header.flow:
        raise EditError(f"{document.path}: the front matter is one flow mapping", fix="write one key a line")
    ending = _break_at(document, end)
    kept = "".join(comment + ending for comment in _comments(document, start, end, entry))
    return _Splice(start, min(end + len(ending), document.header_end), kept)


def _comments(document: Document, start: int, end: int, nodes: tuple[Node, ...]) -> Iterator[str]:
    """Yield the author's comments between two offsets: what follows a `#` that stands in no scalar of the nodes."""
    edge = start
    for scalar in (*sorted(_scalars(nodes), key=lambda scalar: scalar.start), Scalar(end, end, None, "")):
        for line in document.text[edge : scalar.start].split("\n"):
            if found := _COMMENT.search(line):
                yield found[0].rstrip("\r")
        edge = max(edge, scalar.end)


def _scalars(nodes: Iterable[Node]) -> Iterator[Scalar]:
    for node in nodes:
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            yield from _scalars(node.items)
        else:
            yield from _scalars(part for entry in node.entries for part in entry)


def _column(document: Document, node: Node) -> int:
    return document.column_of(node.start) - 1


def _dash_column(document: Document, node: Sequence) -> int:
    line = document.source(document.line_of(node.items[-1].start))
    return len(line) - len(line.lstrip(" "))


def _break_at(document: Document, offset: int) -> str:
    """Return the line break that stands at an offset: in a file that mixes them each line keeps its own."""
    return "\r\n" if document.text.startswith("\r\n", offset) else "\n"


def _line_end(document: Document, offset: int) -> int:
    """Return where the line of the offset ends, before its line ending."""
    end = document.text.find("\n", offset)
    end = len(document.text) if end < 0 else end
    return end - 1 if end > offset and document.text[end - 1] == "\r" else end
