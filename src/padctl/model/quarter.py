"""Quarters of a fiscal year that starts in any month."""

from datetime import date, timedelta

_MONTHS = 12
_QUARTER = 3


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
