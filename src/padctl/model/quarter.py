"""Quarters of a fiscal year that starts in any month."""

import re
from datetime import date, timedelta

_MONTHS = 12
_QUARTER = 3
_NAME = re.compile(r"([0-9]{4})-?Q([1-4])", re.IGNORECASE)


def quarter_start(day: date, *, starts: int) -> date:
    """Return the first day of the quarter that a day lies in; `starts` is the fiscal year's first month, 1 to 12."""
    passed = (day.month - starts) % _QUARTER
    months = max(day.year * _MONTHS + day.month - 1 - passed, _MONTHS)
    return date(months // _MONTHS, months % _MONTHS + 1, 1)


def quarter_end(day: date, *, starts: int) -> date:
    """Return the last day of the quarter that a day lies in; `starts` is the fiscal year's first month, 1 to 12."""
    first = quarter_start(day, starts=starts)
    months = first.year * _MONTHS + first.month - 1 + _QUARTER
    if months // _MONTHS > date.max.year:
        return date.max
    return date(months // _MONTHS, months % _MONTHS + 1, 1) - timedelta(days=1)


def quarter_name(day: date, *, starts: int) -> str:
    """Return the name of the quarter that a day lies in: 2026-Q4, after the year in which the fiscal year starts."""
    first = quarter_start(day, starts=starts)
    year = first.year - (first.month < starts)
    return f"{year:04}-Q{(first.month - starts) % _MONTHS // _QUARTER + 1}"


def quarter_named(name: str, *, starts: int) -> date:
    """Return the first day of the quarter of a name such as 2026-Q4.

    Raises:
        ValueError: it is no such name, or lies outside the calendar.
    """
    match = _NAME.fullmatch(name)
    if not match:
        raise ValueError(name)
    months = int(match[1]) * _MONTHS + starts - 1 + (int(match[2]) - 1) * _QUARTER
    return date(months // _MONTHS, months % _MONTHS + 1, 1)
