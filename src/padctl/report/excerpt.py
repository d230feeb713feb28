"""Text and tables cut to a number of lines: at a sentence or a row, with a pointer to where the rest stands."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from padctl.model.prose import Point
from padctl.model.wording import heading_key

_SENTENCE = re.compile(r"[.!?…]+[\"')\]”’»]*(?=\s+[^a-z\s])|[。！？]")
_WIDE = frozenset("WF")
_WEIGHTS = {
    "metric": 6, "risk": 6, "mitigation": 6, "direction": 8, "impact": 2, "milestone": 5, "audience": 5,
    "by": 4, "date": 4, "kind": 4,
}  # fmt: skip
_WEIGHT = 3  # of any other column
_GAP = 0.35  # lines between two points
_PADDING = 0.6  # lines between two rows
_TALLEST = 5  # lines of a cell
_SLACK = 0.9  # what is left of a line once words are wrapped


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """What fits of a text; `more` says that something was left out, `lines` how many it takes with the pointer."""

    points: tuple[Point, ...]
    more: bool
    lines: float = 0


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What fits of a table; `shares` are the columns' parts of the width in percent.

    `left` counts the rows that were left out, `more` says that those or a part of a cell were.
    """

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int
    more: bool


def excerpt(points: Sequence[Point], *, lines: float, width: int) -> Excerpt:
    """Return the points that fit into a number of lines of `width` cells; the last one may end at a sentence."""
    shown: list[Point] = []
    room = lines if _height(points, width) <= lines else lines - 1  # the pointer takes one
    for point in points:
        needed = _lines(point.text, width)
        if needed > room:
            if text := _cut(point.text, int(room * width * _SLACK), anyway=not shown):
                shown.append(Point(text, "", point.bullet))
            return Excerpt(points=tuple(shown), more=True, lines=_height(shown, width) + 1)
        shown.append(point)
        room -= needed + _GAP
    return Excerpt(points=tuple(shown), more=False, lines=_height(shown, width))


def table_excerpt(table: Table, *, lines: float, width: int) -> Rows:
    """Return the rows that fit into a number of lines of `width` cells, each of their cells cut to a few lines."""
    weights = [_WEIGHTS.get(heading_key(name), _WEIGHT) for name in table.columns]
    cells = [width * weight // sum(weights) for weight in weights]
    cut = [
        tuple(clipped(text, int(_TALLEST * size * _SLACK)) for text, size in zip(row, cells, strict=True))
        for row in table.rows
    ]
    heights = [max(_lines(text, size) for text, size in zip(row, cells, strict=True)) + _PADDING for row in cut]
    room = lines if sum(heights) <= lines else lines - 1  # the pointer takes one
    kept = sum(height <= room for height in accumulate(heights))
    return Rows(
        columns=table.columns,
        shares=tuple(100 * weight // sum(weights) for weight in weights),
        rows=tuple(cut[:kept]),
        left=len(cut) - kept,
        more=cut[:kept] != list(table.rows),
    )


def clipped(text: str, cells: int) -> str:
    """Return a text cut at a word to a number of cells, with an ellipsis where it was longer."""
    if _cells(text) <= cells:
        return text
    kept = text[:cells]
    while kept and _cells(kept) > cells - 2:
        kept = kept[: len(kept) - max(1, (_cells(kept) - cells + 2) // 2)]
    head, space, _ = kept.rpartition(" ")
    return f"{head if space and len(head) > len(kept) // 2 else kept} …"


def _height(points: Iterable[Point], width: int) -> float:
    return sum(_lines(point.text, width) + _GAP for point in points) - _GAP


def _lines(text: str, width: int) -> int:
    return max(1, ceil(_cells(text) / (width * _SLACK)))


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text)


def _cut(text: str, cells: int, *, anyway: bool) -> str:
    """Return the whole sentences that fit, or nothing; `anyway` cuts the first one at a word where none fits."""
    ends = (match.end() for match in _SENTENCE.finditer(text, 0, cells + 2))  # no text of more characters fits
    fitting = [end for end in ends if _cells(text[:end]) <= cells]
    if fitting:
        return text[: fitting[-1]]
    return clipped(text, cells) if anyway else ""
