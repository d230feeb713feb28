"""Rows for spreadsheets: CSV in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from padctl.render.console import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV under a header line; several values of a cell are put behind each other, None is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    text = visible(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
