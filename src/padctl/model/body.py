"""A Markdown body as blocks: headings, tables, links, and whether each block says anything."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import pyromark

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_STRIKETHROUGH
_PLACEHOLDER = re.compile(r"(?<!\w)(?:TBD|TBA|TODO|N/A)(?!\w)", re.IGNORECASE)
_TASK_BOX = re.compile(r"^\s*\[[ xX]?\]")
_SKIP = re.compile(r"^\s*N/A\s*[:\u2013\u2014-]\s*", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\d{1,9}[.):]){1,9}(?:\d{1,9}(?=\s))?(?!\d)\s*")
_TAG = re.compile(r"<[^<>]*>")
_IMAGE_TAG = re.compile(r"<img\s[^<>]*src", re.IGNORECASE)
_BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0|")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_EMOJI_MARKS = frozenset("\ufe0e\ufe0f\u20e3")
_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 4096


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its plain text, where it starts, and whether it says anything."""

    text: str
    start: int
    filled: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A GFM table: the header's cells and each body row's, as many cells a row as the header has.

    `keys` are the header's texts as headings are compared.
    """

    start: int
    end: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]

    def column(self, name: str) -> int | None:
        """Return the index of the column of that name, names compared as headings are."""
        wanted = heading_key(name)
        return self.keys.index(wanted) if wanted in self.keys else None


@dataclass(frozen=True, slots=True)
class Heading:
    """A top-level heading: `level` 1 to 6, `text` plain, `key` for comparing."""

    start: int
    end: int
    level: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block that is no heading; `skipped` is the reason in `N/A: reason`, or empty."""

    start: int
    end: int
    filled: bool
    skipped: str
    table: Table | None
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image: where it points and where it stands."""

    start: int
    target: str


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment: where it starts and ends, and the text between its marks."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """All that a body holds, in the order of the file; offsets are in characters of the document."""

    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return what makes two headings equal: NFC, case folded, no numbering, emoji or edge punctuation."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _KEYCAP.sub(" ", text)
        text = "".join(char for char in text if unicodedata.category(char) != "Cf" and char not in _EMOJI_MARKS)
    text = _strip_edges(" ".join(text.split()))
    text = _strip_edges(_NUMBERING.sub("", text, count=1)) or text
    return text.casefold()


def says_something(text: str) -> bool:
    """Say whether a letter, digit or symbol is left of plain text without placeholders and task boxes."""
    rest = _PLACEHOLDER.sub("", _TASK_BOX.sub("", text, count=1))
    return any(unicodedata.category(char)[0] in "LNS" and char not in _BLANK_LETTERS for char in rest)


def read_body(text: str, *, start: int) -> Body:
    """Parse the Markdown that stands in a document from offset `start` on."""
    reader = _Reader(text, start)
    for event, span in pyromark.events_with_range(text, options=_OPTIONS, merge_text=True):
        reader.take(event, span)
    return Body(tuple(reader.headings), tuple(reader.blocks), tuple(reader.links), tuple(reader.comments))


def without_comments(markup: str) -> Iterator[str]:
    """Yield the pieces of a text that stand outside HTML comments; an open comment hides all that follows."""
    position = 0
    while (opening := markup.find("<!--", position)) >= 0:
        yield markup[position:opening]
        closing = markup.find("-->", opening + 2)  # `<!-->` is a whole comment
        if closing < 0:
            return
        position = closing + 3
    yield markup[position:]


def _strip_edges(text: str) -> str:
    first, last = 0, len(text)
    while first < last and not text[first].isalnum():
        first += 1
    while last > first and not _is_word(text[last - 1]):
        last -= 1
    return text[first:last]


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


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
        self._text = text
        self._shift = start
        self._characters = _Characters(text, start)
        self._depth = 0
        self._clear()

    def take(self, event: Any, span: Any) -> None:
        if isinstance(event, dict):
            ((name, value),) = event.items()
            if name == "Start":
                self._open(value, span)
            elif name == "End":
                self._close(value, span)
            else:
                self._leaf(name, value, span)
        elif event in {"SoftBreak", "HardBreak"}:
            self._words.append("\n")

    def _clear(self) -> None:
        self._words: list[str] = []
        self._markup: list[str] = []
        self._evident = False  # an image or code: it fills, whatever the words say
        self._leaves: list[str] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._cells: list[Cell] = []
        self._in_code = False

    def _open(self, tag: Any, span: Any) -> None:
        if self._depth == 0:
            self._clear()
        self._depth += 1
        if not isinstance(tag, dict):
            if tag in {"TableCell", "Item", "Paragraph"}:
                self._end_leaf()
            return
        ((name, value),) = tag.items()
        if name in {"Link", "Image"}:
            self.links.append(Link(self._characters.at(span["start"]), value["dest_url"]))
            self._evident = self._evident or (name == "Image" and bool(value["dest_url"]))
        elif name == "CodeBlock":
            self._in_code = True

    def _close(self, tag: Any, span: Any) -> None:
        self._depth -= 1
        name = next(iter(tag)) if isinstance(tag, dict) else tag
        first, last = self._characters.at(span["start"]), self._characters.at(span["end"])
        if name == "TableCell":
            self._cells.append(self._cell(first))
        elif name in {"TableRow", "TableHead"}:
            self._rows.append(tuple(self._cells))
            self._cells = []
        elif name in {"Paragraph", "Item"}:
            self._end_leaf()
        elif name == "CodeBlock":
            self._in_code = False
        elif name == "HtmlBlock":
            self.comments.extend(_comments(self._text[first - self._shift : last - self._shift], first))
        if self._depth == 0:
            self._end_block(name, tag, first, last)

    def _leaf(self, name: str, value: Any, span: Any) -> None:
        if name in {"Html", "InlineHtml"}:
            self._markup.append(value)
            if name == "InlineHtml":
                self.comments.extend(_comments(value, self._characters.at(span["start"])))
        elif name == "Code" or (name == "Text" and self._in_code):
            self._words.append(value)
            self._evident = self._evident or bool(value.strip())
        elif name == "Text":
            self._words.append(value)

    def _end_leaf(self) -> None:
        if self._words:
            self._leaves.append("".join(self._words))
            self._words = []

    def _cell(self, start: int) -> Cell:
        text = "".join(self._words).strip()
        filled = self._evident or says_something(text) or _shows_image(self._markup)
        self._words, self._markup, self._evident = [], [], False
        return Cell(text, start, filled)

    def _end_block(self, name: str, tag: Any, start: int, end: int) -> None:
        self._end_leaf()
        if name == "Heading":
            level = int(tag["Heading"][1])
            plain = " ".join(" ".join(self._leaves).split())
            self.headings.append(Heading(start, end, level, plain, heading_key(plain)))
        elif name == "Table":
            head, *rows = self._rows
            table = Table(start, end, head, tuple(rows), tuple(heading_key(cell.text) for cell in head))
            filled = any(cell.filled for row in table.rows for cell in row)
            self.blocks.append(Block(start, end, filled, "", table, ""))
        else:
            leaves = [*self._leaves, _html_text("".join(self._markup))]
            filled = self._evident or any(map(says_something, leaves)) or _shows_image(self._markup)
            text = "\n".join(leaves).strip()
            self.blocks.append(Block(start, end, filled, _skip_reason(text), None, text))


def _skip_reason(text: str) -> str:
    match = _SKIP.match(text)
    reason = text[match.end() :].strip() if match else ""
    return " ".join(reason.split()) if says_something(reason) else ""


def _comments(markup: str, start: int) -> Iterator[Comment]:
    position = 0
    while (opening := markup.find("<!--", position)) >= 0:
        closing = markup.find("-->", opening + 2)
        if closing < 0:
            return
        position = closing + 3
        yield Comment(start + opening, start + position, markup[opening + 4 : closing])


def _shows_image(markup: list[str]) -> bool:
    return any(_IMAGE_TAG.search(piece) for piece in without_comments("".join(markup)))


def _html_text(markup: str) -> str:
    return html.unescape(" ".join(_TAG.sub(" ", piece) for piece in without_comments(markup)))
