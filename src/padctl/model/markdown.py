"""Markdown text to a Body: the CommonMark parser's events folded into blocks with positions."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyromark

from padctl.model.body import Block, Body, Cell, Comment, Heading, Link, Table
from padctl.model.pieces import pieces, plain_heading, plain_table, plain_words
from padctl.model.wording import heading_key, html_text, says_something, shows_image, skip_reason

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_STRIKETHROUGH
_ANCHOR = re.compile(r"""<\w+\s[^<>]*?\b(?:id|name)\s*=\s*["']?([^"'\s<>]+)""")
_NO_MARKUP = re.compile(r"(?:[^\W_]|[ ,.:;'()/-])+")
_CONTINUATION = bytes(range(0x80, 0xC0))


def read_body(text: str, *, start: int) -> Body:
    """Parse the Markdown that stands in a document from offset `start` on."""
    found = _Found()
    for kind, first, last in pieces(text):
        piece, place = text[first:last], start + first
        if kind == "heading":
            found.headings.append(plain_heading(piece, place))
        elif kind == "words":
            block, links = plain_words(piece, place)
            found.blocks.append(block)
            found.links += links
        elif kind == "comment":
            found.raw(piece, place)
            found.blocks.append(Block(place, start + last, False, "", None, ""))
        elif kind == "table" and (table := plain_table(piece, place)):
            found.blocks.append(table)
        else:
            _parse(piece, place, found)
    return found.body()


def parse_body(text: str, *, start: int) -> Body:
    """Parse as `read_body` does, all of it by the parser."""
    found = _Found()
    _parse(text, start, found)
    return found.body()


def title_key(title: str) -> str:
    """Return the key that a title has as a heading, where `code`, *stars* and the like are markup."""
    if _NO_MARKUP.fullmatch(title):
        return heading_key(title)
    headings = read_body(f"# {title}", start=0).headings
    return headings[0].key if headings else heading_key(title)


class _Characters:
    """Turns byte offsets of UTF-8 into character offsets of the document, counting on from the last one."""

    def __init__(self, text: str, start: int) -> None:
        self._bytes = text.encode()
        self._last = 0
        self._character = start

    def at(self, offset: int) -> int:
        if offset >= self._last:
            self._character += self._count(self._last, offset)
        else:
            self._character -= self._count(offset, self._last)
        self._last = offset
        return self._character

    def _count(self, first: int, last: int) -> int:
        return len(self._bytes[first:last].translate(None, _CONTINUATION))


class _Found:
    """What was found in a body so far."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.comments: list[Comment] = []
        self.anchors: list[str] = []
        self.inner_headings: list[str] = []

    def raw(self, markup: str, start: int) -> None:
        """Take what raw HTML holds."""
        self.comments.extend(_comments(markup, start))
        self.anchors.extend(_ANCHOR.findall(markup))

    def body(self) -> Body:
        return Body(
            headings=tuple(self.headings),
            blocks=tuple(self.blocks),
            links=tuple(self.links),
            comments=tuple(self.comments),
            anchors=frozenset(self.anchors),
            inner_headings=tuple(self.inner_headings),
        )


def _parse(text: str, start: int, found: _Found) -> None:
    _Reader(text, start, found).fold(pyromark.events_with_range(text, options=OPTIONS, merge_text=True))


class _Reader:
    """Folds the parser's events into headings, blocks, tables and links.

    The parser gives some three hundred events a page, so the loop itself keeps the words; what a tag means when it
    opens or closes stands in two tables.
    """

    def __init__(self, text: str, start: int, found: _Found) -> None:
        self._found = found
        self._text = text
        self._shift = start
        self._at = start.__add__ if text.isascii() else _Characters(text, start).at
        self._words: list[str] = []
        self._markup: list[str] = []
        self._leaves: list[str] = []
        self._evident = False  # an image or code: it fills, whatever the words say
        self._evident_before = False
        self._code_from = 0
        self._head: tuple[Cell, ...] = ()
        self._rows: list[tuple[Cell, ...]] = []
        self._cells: list[Cell] = []

    def fold(self, events: Iterable[tuple[Any, Any]]) -> None:
        words = self._words
        opening: dict[str, Callable[[Any, Any], None]] = {
            "Item": self._end_leaf,
            "Paragraph": self._end_leaf,
            "Table": self._open_table,
            "Link": self._open_link,
            "Image": self._open_link,
            "CodeBlock": self._open_code,
        }
        closing: dict[str, Callable[[Any, Any], None]] = {
            "Item": self._end_leaf,
            "Paragraph": self._end_leaf,
            "TableCell": self._close_cell,
            "TableRow": self._close_row,
            "TableHead": self._close_head,
            "Table": self._close_table,
            "CodeBlock": self._close_code,
            "HtmlBlock": self._close_html,
        }
        depth = 0
        for event, span in events:
            if event.__class__ is str:
                if event in {"SoftBreak", "HardBreak"}:
                    words.append("\n")
                continue
            kind, value = event.popitem()
            if kind == "Text":
                words.append(value)
            elif kind == "Start":
                depth += 1
                tag = value if value.__class__ is str else next(iter(value))
                if tag in opening:
                    opening[tag](value, span)
            elif kind == "End":
                depth -= 1
                tag = value if value.__class__ is str else next(iter(value))
                if tag in closing:
                    closing[tag](value, span)
                if not depth:
                    self._end_block(tag, value, span)
                elif tag == "Heading":
                    self._found.inner_headings.append(" ".join("".join(words).split()))
            else:
                self._take_inline(kind, value, span)

    def _take_inline(self, kind: str, value: Any, span: Any) -> None:
        if kind == "Code":
            self._words.append(value)
            self._evident = self._evident or bool(value.strip())
        elif kind == "Html":
            self._markup.append(value)
        elif kind == "InlineHtml":
            self._markup.append(value)
            self._found.raw(value, self._at(span["start"]))

    def _end_leaf(self, _tag: Any = None, _span: Any = None) -> None:
        if self._words:
            self._leaves.append("".join(self._words))
            self._words.clear()

    def _open_link(self, tag: Any, span: Any) -> None:
        ((name, link),) = tag.items()
        target = link["dest_url"]
        scheme = "mailto:" if link["link_type"] == "Email" else ""
        self._found.links.append(Link(self._at(span["start"]), scheme + target))
        self._evident = self._evident or (name == "Image" and bool(target))

    def _open_code(self, _tag: Any, _span: Any) -> None:
        self._code_from = len(self._words)

    def _close_code(self, _tag: Any, _span: Any) -> None:
        self._evident = self._evident or bool("".join(self._words[self._code_from :]).strip())

    def _close_html(self, _tag: Any, span: Any) -> None:
        first = self._at(span["start"])
        self._found.raw(self._text[first - self._shift : self._at(span["end"]) - self._shift], first)

    def _open_table(self, _tag: Any, _span: Any) -> None:
        self._end_leaf()
        self._evident_before, self._evident = self._evident, False

    def _close_cell(self, _tag: Any, span: Any) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        start = self._at(span["start"])
        while text and self._text[start - self._shift] in " \t|":
            start += 1
        filled = self._evident or says_something(text)
        self._evident = False
        if self._markup:
            filled = filled or shows_image("".join(self._markup))
            self._markup.clear()
        self._cells.append(Cell(text, start, filled))

    def _close_head(self, _tag: Any, span: Any) -> None:
        self._head = self._row(span)

    def _close_row(self, _tag: Any, span: Any) -> None:
        self._rows.append(self._row(span))

    def _row(self, span: Any) -> tuple[Cell, ...]:
        """Return the row's cells; those that the parser adds to a short row stand at the row's end."""
        cells, self._cells = self._cells, []
        if cells and not cells[-1].text:
            first = self._at(span["start"])
            source = self._text[first - self._shift : self._at(span["end"]) - self._shift]
            last = first + max(len(source.rstrip()) - 1, 0)
            cells = [cell if cell.start <= last else Cell(cell.text, last, cell.filled) for cell in cells]
        return tuple(cells)

    def _close_table(self, _tag: Any, _span: Any) -> None:
        self._evident = self._evident_before

    def _end_block(self, name: str, tag: Any, span: Any) -> None:
        start, end = self._at(span["start"]), self._at(span["end"])
        self._end_leaf()
        if name == "Heading":
            level = int(tag["Heading"][1])
            plain = " ".join(" ".join(self._leaves).split())
            self._found.headings.append(Heading(start, end, level, plain, heading_key(plain)))
        elif name == "Table":
            keys = tuple([heading_key(cell.text) for cell in self._head])
            table = Table(start, end, self._head, tuple(self._rows), keys)
            self._found.blocks.append(Block(start, end, self._tables_say_something(), "", table, ""))
        else:
            self._found.blocks.append(self._block(start, end))
        self._clear()

    def _block(self, start: int, end: int) -> Block:
        leaves = self._leaves
        filled = self._evident or self._tables_say_something()
        if self._markup:
            markup = "".join(self._markup)
            leaves.append(html_text(markup))
            filled = filled or shows_image(markup)
        filled = filled or any(map(says_something, leaves))
        text = "\n".join(leaves).strip()
        return Block(start, end, filled, skip_reason(text), None, text)

    def _tables_say_something(self) -> bool:
        return any(cell.filled for row in self._rows for cell in row)

    def _clear(self) -> None:
        self._leaves.clear()
        self._markup.clear()
        self._evident = False
        self._rows.clear()
        self._cells.clear()


def _comments(markup: str, start: int) -> Iterator[Comment]:
    position = 0
    while (opening := markup.find("<!--", position)) >= 0:
        closing = markup.find("-->", opening + 2)
        if closing < 0:
            return
        position = closing + 3
        yield Comment(start + opening, start + position, markup[opening + 4 : closing])
