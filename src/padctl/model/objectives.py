"""Goals of a year and objectives of a quarter, read from the pages that hold them."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from padctl.model.body import Block, Heading, Table
from padctl.model.document import Document

_OBJECTIVE = re.compile(r"(\d{4}(?:-Q[1-4])?-[GO]\d{1,3})\b[\s:.\u2013\u2014-]*(.*)")
_SERVES = re.compile(r"Serves:\s*(\S+)", re.IGNORECASE)
_READINGS = "readings"
_COLUMNS = ("KR", "Metric", "Baseline", "Target", "Owner")


@dataclass(frozen=True, kw_only=True)
class KeyResult:
    """One row of an objective's table, all texts as written."""

    name: str
    metric: str
    baseline: str
    target: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class Objective:
    """A goal (`2026-G1`) or an objective (`2026-Q4-O1`); `serves` is a goal's id or empty."""

    id: str
    title: str
    serves: str
    key_results: tuple[KeyResult, ...]
    path: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What an objectives page declares at a heading, with offsets; `serves_at` is that of the goal's id, else 0."""

    id: str
    title: str
    start: int
    serves: str
    serves_at: int
    tables: tuple[Table, ...]


def read_objectives(document: Document) -> tuple[Objective, ...]:
    """Return what an objectives page declares, in its order; headings of another form are prose."""
    return tuple(
        Objective(
            id=one.id,
            title=one.title,
            serves=one.serves,
            key_results=tuple(row for table in one.tables for row in _rows(table)),
            path=document.path,
            line=document.line_of(one.start),
        )
        for one in declared(document)
    )


def declared(document: Document) -> Iterator[Declared]:
    """Yield the goals and objectives of a page in its order."""
    for heading, blocks in _parts(document):
        if match := _OBJECTIVE.match(heading.text):
            served = next((found[1] for block in blocks if (found := _SERVES.search(block.text))), "").rstrip(".,;")
            yield Declared(
                id=match[1],
                title=match[2],
                start=heading.start,
                serves=served,
                serves_at=document.text.find(served, heading.end) if served else 0,
                tables=tuple(block.table for block in blocks if block.table),
            )


def reading_tables(document: Document) -> Iterator[Table]:
    """Yield the tables below the heading Readings."""
    for heading, blocks in _parts(document):
        if heading.key == _READINGS:
            yield from (block.table for block in blocks if block.table)


def _parts(document: Document) -> Iterator[tuple[Heading, Sequence[Block]]]:
    """Yield the headings of the first two levels, each with the blocks below it."""
    headings = [heading for heading in document.body.headings if heading.level <= 2]  # noqa: PLR2004  # as Markdown counts
    starts = [block.start for block in document.body.blocks]
    for position, heading in enumerate(headings):
        end = headings[position + 1].start if position + 1 < len(headings) else len(document.text)
        yield heading, document.body.blocks[bisect(starts, heading.start) : bisect_left(starts, end)]


def _rows(table: Table) -> Iterator[KeyResult]:
    columns = [table.column(name) for name in _COLUMNS]
    if columns[0] is None:
        return
    for row in table.rows:
        texts = [row[index].text if index is not None else "" for index in columns]
        yield KeyResult(name=texts[0], metric=texts[1], baseline=texts[2], target=texts[3], owner=texts[4])
