"""Goals of a year and objectives of a quarter, read from the pages that hold them."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from padctl.model.body import Table
from padctl.model.document import Document

_OBJECTIVE = re.compile(r"(\d{4}(?:-Q[1-4])?-[GO]\d{1,3})\b[\s:.\u2013\u2014-]*(.*)")
_SERVES = re.compile(r"Serves:\s*(\S+)", re.IGNORECASE)
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


def read_objectives(document: Document) -> tuple[Objective, ...]:
    """Return what an objectives page declares, in its order; headings of another form are prose."""
    return tuple(_objectives(document))


def _objectives(document: Document) -> Iterator[Objective]:
    headings = [heading for heading in document.body.headings if heading.level <= 2]  # noqa: PLR2004  # as Markdown counts
    starts = [block.start for block in document.body.blocks]
    for position, heading in enumerate(headings):
        match = _OBJECTIVE.match(heading.text)
        if not match:
            continue
        end = headings[position + 1].start if position + 1 < len(headings) else len(document.text)
        blocks = document.body.blocks[bisect(starts, heading.start) : bisect_left(starts, end)]
        served = next((found[1] for block in blocks if (found := _SERVES.search(block.text))), "")
        rows = [row for block in blocks if block.table for row in _rows(block.table)]
        line = document.line_of(heading.start)
        yield Objective(
            id=match[1],
            title=match[2],
            serves=served.rstrip(".,;"),
            key_results=tuple(rows),
            path=document.path,
            line=line,
        )


def _rows(table: Table) -> Iterator[KeyResult]:
    columns = [table.column(name) for name in _COLUMNS]
    if columns[0] is None:
        return
    for row in table.rows:
        texts = [row[index].text if index is not None else "" for index in columns]
        yield KeyResult(name=texts[0], metric=texts[1], baseline=texts[2], target=texts[3], owner=texts[4])
