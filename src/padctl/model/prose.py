"""Markdown prose as a list of points: its paragraphs and list items, each plain and as inline Markdown."""

from dataclasses import dataclass
from typing import Any

import pyromark

from padctl.model.body import Block
from padctl.model.markdown import OPTIONS, read_body
from padctl.model.pad import Pad, Placed
from padctl.model.wording import without_comments

_LEAVES = frozenset({"Paragraph", "Heading", "Item", "List", "BlockQuote", "CodeBlock", "TableHead", "TableRow"})


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph or list item on one line: plain text, and its Markdown where that reads the same on its own."""

    text: str
    source: str
    bullet: bool


def prose_of(pad: Pad, placed: Placed) -> tuple[Point, ...]:
    """Return what a section says, without the table that its template asks for."""
    table = placed.table if placed.section.columns else None
    said = [block for block in placed.blocks if block.filled and (table is None or block.table is not table)]
    return tuple(point for block in said for point in _points_of(pad, block))


def points(markdown: str) -> tuple[Point, ...]:
    """Return the paragraphs, list items and table rows of Markdown in their order; comments and HTML say nothing."""
    reader = _Reader("".join(without_comments(markdown)))
    return tuple(reader.points)


def _points_of(pad: Pad, block: Block) -> tuple[Point, ...]:
    """Return a block's points; a block of HTML is one, by its words."""
    words = " ".join(block.text.split())
    return points(pad.document.text[block.start : block.end]) or ((Point(words, "", False),) if words else ())


class _Reader:
    """Folds the parser's events into points; offsets are bytes of the text."""

    def __init__(self, text: str) -> None:
        self.points: list[Point] = []
        self._raw = text.encode(errors="replace")
        self._words: list[str] = []
        self._from, self._to = len(self._raw), 0
        self._items = 0
        for event, span in pyromark.events_with_range(text, options=OPTIONS, merge_text=True):
            self._take(event, span)
        self._end()

    def _take(self, event: Any, span: Any) -> None:
        if isinstance(event, str):
            self._words.append(" ")
            return
        ((kind, value),) = event.items()
        if kind in {"Text", "Code"}:
            self._words.append(value)
            self._reach(span)
        elif kind in {"Start", "End"}:
            tag = value if isinstance(value, str) else next(iter(value))
            if tag in _LEAVES:
                self._end()
                self._items += (tag == "Item") * (1 if kind == "Start" else -1)
            elif tag == "TableCell":
                self._words.append(" · " if self._words and kind == "Start" else "")
            elif tag != "Table":
                self._reach(span)

    def _reach(self, span: Any) -> None:
        self._from, self._to = min(self._from, span["start"]), max(self._to, span["end"])

    def _end(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            source = " ".join(self._raw[self._from : self._to].decode(errors="replace").split())
            self.points.append(Point(text, source if _plain(source) == text else "", bool(self._items)))
        self._words.clear()
        self._from, self._to = len(self._raw), 0


def _plain(source: str) -> str:
    """Return what a line of Markdown says where it is one paragraph."""
    body = read_body(source, start=0)
    return body.blocks[0].text if len(body.blocks) == 1 and not body.headings else ""
