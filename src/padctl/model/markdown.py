"""Markdown text to a Body: the CommonMark parser's events folded into blocks with positions."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import pyromark

from padctl.model.body import Block, Body, Cell, Comment, Heading, Link, Table
from padctl.model.wording import heading_key, html_text, says_something, shows_image, skip_reason

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_STRIKETHROUGH
_ANCHOR = re.compile(r"""<\w+\s[^<>]*?\b(?:id|name)\s*=\s*["']?([^"'\s<>]+)""")
_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 4096


def read_body(text: str, *, start: int) -> Body:
    """Parse the Markdown that stands in a document from offset `start` on."""
    reader = _Reader(text, start)
    for event, span in pyromark.events_with_range(text, options=_OPTIONS, merge_text=True):
        reader.take(event, span)
    return Body(
        headings=tuple(reader.headings),
        blocks=tuple(reader.blocks),
        links=tuple(reader.links),
        comments=tuple(reader.comments),
        anchors=frozenset(reader.anchors),
        inner_headings=tuple(reader.inner_headings),
    )


def title_key(title: str) -> str:
    """Return the key that a title has as a heading, where `code`, *stars* and the like are markup."""
    headings = read_body(f"# {title}", start=0).headings
    return headings[0].key if headings else heading_key(title)


class _Characters:
    """Turns byte offsets of UTF-8 into character offsets of the document."""

    def __init__(self, text: str, start: int) -> None:
        self._start = start
        self._bytes = b"" if text.isascii() else text.encode()
        steps = range(0, len(self._bytes), _STEP)
        self._sums = [0, *accumulate(self._count(step, step + _STEP) for step in steps)]

    def at(self, offset: int) -> int:
        if not self._bytes:
            return self._start + offset
        step = offset // _STEP
        return self._start + self._sums[step] + self._count(step * _STEP, offset)

    def _count(self, first: int, last: int) -> int:
        return len(self._bytes[first:last].translate(None, _CONTINUATION))


class _Reader:
    """Folds the parser's events into headings, blocks, tables and links."""

    def __init__(self, text: str, start: int) -> None:
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.comments: list[Comment] = []
        self.anchors: list[str] = []
        self.inner_headings: list[str] = []
        self._text = text
        self._shift = start
        self._at = _Characters(text, start).at
        self._depth = 0
        self._evident = False
        self._in_code = False
        self._clear()

    def take(self, event: Any, span: Any) -> None:
        if event.__class__ is str:
            if event in {"SoftBreak", "HardBreak"}:
                self._words.append("\n")
            return
        ((name, value),) = event.items()
        if name == "Text":
            self._words.append(value)
            self._evident = self._evident or (self._in_code and bool(value.strip()))
        elif name == "Start":
            self._open(value, span)
        elif name == "End":
            self._close(value, span)
        elif name == "Code":
            self._words.append(value)
            self._evident = self._evident or bool(value.strip())
        elif name in {"Html", "InlineHtml"}:
            self._markup.append(value)
            if name == "InlineHtml":
                self._raw(value, self._at(span["start"]))

    def _clear(self) -> None:
        self._words: list[str] = []
        self._markup: list[str] = []
        self._leaves: list[str] = []
        self._evident = False  # an image or code: it fills, whatever the words say
        self._evident_before = False
        self._in_code = False
        self._head: tuple[Cell, ...] = ()
        self._rows: list[tuple[Cell, ...]] = []
        self._cells: list[Cell] = []

    def _open(self, tag: Any, span: Any) -> None:
        if self._depth == 0:
            self._clear()
        self._depth += 1
        if tag.__class__ is str:
            if tag in {"Item", "Paragraph"}:
                self._end_leaf()
            elif tag == "TableCell":
                self._end_leaf()
                self._evident_before, self._evident = self._evident, False
            return
        ((name, value),) = tag.items()
        if name in {"Link", "Image"}:
            target = value["dest_url"]
            scheme = "mailto:" if value["link_type"] == "Email" else ""
            self.links.append(Link(self._at(span["start"]), scheme + target))
            self._evident = self._evident or (name == "Image" and bool(target))
        elif name == "CodeBlock":
            self._in_code = True

    def _close(self, tag: Any, span: Any) -> None:
        self._depth -= 1
        name = tag if tag.__class__ is str else next(iter(tag))
        if name == "TableCell":
            self._cells.append(self._cell(span))
        elif name == "TableRow":
            self._rows.append(self._row(span))
        elif name == "TableHead":
            self._head = self._row(span)
        elif name in {"Paragraph", "Item"}:
            self._end_leaf()
        elif name == "CodeBlock":
            self._in_code = False
        elif name == "HtmlBlock":
            first, last = self._at(span["start"]), self._at(span["end"])
            self._raw(self._text[first - self._shift : last - self._shift], first)
        elif name == "Heading" and self._depth:
            self.inner_headings.append(" ".join("".join(self._words).split()))
        if self._depth == 0:
            self._end_block(name, tag, self._at(span["start"]), self._at(span["end"]))

    def _raw(self, markup: str, start: int) -> None:
        self.comments.extend(_comments(markup, start))
        self.anchors.extend(_ANCHOR.findall(markup))

    def _end_leaf(self) -> None:
        if self._words:
            self._leaves.append("".join(self._words))
            self._words = []

    def _cell(self, span: Any) -> Cell:
        text = " ".join("".join(self._words).split())
        filled = self._evident or says_something(text) or (bool(self._markup) and shows_image("".join(self._markup)))
        first = self._at(span["start"])
        source = self._text[first - self._shift : self._at(span["end"]) - self._shift]
        self._words, self._markup, self._evident = [], [], self._evident_before
        return Cell(text, first + len(source) - len(source.lstrip(" \t|")) if text else first, filled)

    def _row(self, span: Any) -> tuple[Cell, ...]:
        """Return the row's cells; those that the parser adds to a short row stand at the row's end."""
        first = self._at(span["start"])
        source = self._text[first - self._shift : self._at(span["end"]) - self._shift]
        last = first + max(len(source.rstrip()) - 1, 0)
        cells = tuple(cell if cell.start <= last else Cell(cell.text, last, cell.filled) for cell in self._cells)
        self._cells = []
        return cells

    def _end_block(self, name: str, tag: Any, start: int, end: int) -> None:
        self._end_leaf()
        if name == "Heading":
            level = int(tag["Heading"][1])
            plain = " ".join(" ".join(self._leaves).split())
            self.headings.append(Heading(start, end, level, plain, heading_key(plain)))
            return
        filled = any(cell.filled for row in self._rows for cell in row)
        if name == "Table":
            keys = tuple(heading_key(cell.text) for cell in self._head)
            table = Table(start, end, self._head, tuple(self._rows), keys)
            self.blocks.append(Block(start, end, filled, "", table, ""))
            return
        leaves = self._leaves
        if self._markup:
            markup = "".join(self._markup)
            leaves.append(html_text(markup))
            filled = filled or shows_image(markup)
        filled = filled or self._evident or any(map(says_something, leaves))
        text = "\n".join(leaves).strip()
        self.blocks.append(Block(start, end, filled, skip_reason(text), None, text))


def _comments(markup: str, start: int) -> Iterator[Comment]:
    position = 0
    while (opening := markup.find("<!--", position)) >= 0:
        closing = markup.find("-->", opening + 2)
        if closing < 0:
            return
        position = closing + 3
        yield Comment(start + opening, start + position, markup[opening + 4 : closing])
