"""On which days a meeting is held, and to which of them a date that is no meeting day rolls."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from padctl.model.corpus import Corpus
from padctl.model.meeting import Meeting
from padctl.model.pad import Pad
from padctl.model.terms import Status

_WEEK = timedelta(days=7)
_WEEKS = 104


def next_meeting(corpus: Corpus, today: date, stream: str | None = None) -> date | None:
    """Return the next day on which the meeting is held, today included; None where the closures cover two years."""
    return first_from(corpus.meeting(stream), today)


def first_from(meeting: Meeting, day: date) -> date | None:
    """Return the first meeting day that is not before a day, or None where there is none in two years."""
    return next((found for found in _weekly(meeting, day, 1) if found not in meeting.closures), None)


def last_before(meeting: Meeting, day: date) -> date | None:
    """Return the last meeting day before a day, or None where there is none in two years."""
    return next((found for found in _weekly(meeting, day, -1) if found < day and found not in meeting.closures), None)


def held_on(corpus: Corpus, day: date, *, today: date, stream: str | None = None) -> date | None:
    """Return the day on which the meeting of a date is held: that date, or the next meeting day where it is none.

    A past date for which PADs were submitted and on which some were decided was a meeting, whatever the weekday is now.
    """
    if day < today and day in _decided_for(corpus, stream):
        return day
    return first_from(corpus.meeting(stream), day)


def why_not_held(meeting: Meeting, day: date) -> str:
    """Return in words why a day is no meeting day; empty where it is one."""
    if day in meeting.closures:
        return "it is among the closures"
    return "" if meeting.holds_on(day) else f"it is a {day:%A}; the meeting is on {meeting.weekday.capitalize()}s"


def pads_of(corpus: Corpus, stream: str | None) -> Iterator[Pad]:
    """Yield the PADs that a meeting reviews now."""
    yield from (pad for pad in corpus.pads if corpus.stream_of(pad) == stream)


def pads_then(corpus: Corpus, stream: str | None) -> Iterator[Pad]:
    """Yield the PADs that a meeting reviewed on the day as of which the corpus stands."""
    for pad in corpus.pads:
        asked = next((entry for entry in reversed(pad.header.history) if entry.meeting), None) if pad.header else None
        if (corpus.stream_at(pad, asked) if asked else corpus.stream_of(pad)) == stream:
            yield pad


def days_of_the_feed(corpus: Corpus, *, today: date, weeks: int, stream: str | None = None) -> list[date]:
    """Return the meeting's days, behind and ahead: where PADs were to be reviewed, and each of the weeks to come."""
    meeting = corpus.meeting(stream)
    until = min(today, date.max - weeks * _WEEK) + weeks * _WEEK
    days = {day for day in _weekly(meeting, today, 1) if day <= until and day not in meeting.closures}
    asked: set[date] = set()
    for _, entry in corpus.entries.get(stream, ()):
        if entry.meeting:
            asked.add(entry.meeting)
        elif entry.outcome and meeting.holds_on(entry.date):
            asked.add(entry.date)
    held = {day for day in (held_on(corpus, day, today=today, stream=stream) for day in asked) if day}
    weeks_held = {day.isocalendar()[:2] for day in held}  # the weekday may have been another one then
    empty = {day for day in days_behind(corpus, today, stream) if day.isocalendar()[:2] not in weeks_held}
    return sorted(days | held | empty)


def days_behind(corpus: Corpus, before: date, stream: str | None) -> list[date]:
    """Return the meeting's days before a day, the latest first, back to the first PAD that it could review."""
    meeting, pads = corpus.meeting(stream), [pad.header for pad in pads_of(corpus, stream) if pad.header]
    first = min((min([header.created, *(e.date for e in header.history[:1])]) for header in pads), default=before)
    weekly = takewhile(lambda day: day >= first, _weekly(meeting, before, -1))
    days = {day for day in weekly if day not in meeting.closures}
    days |= _decided_for(corpus, stream)
    return sorted((day for day in days if day < before), reverse=True)


def is_meeting_day(corpus: Corpus, day: date, stream: str | None) -> bool:
    """Say whether a day is one of the meeting's, closures included, or was one before the weekday changed."""
    weekday = day.weekday() == corpus.meeting(stream).weekday_number
    return weekday or day in _decided_for(corpus, stream)


def _decided_for(corpus: Corpus, stream: str | None) -> set[date]:
    """Return the days for which PADs were submitted and on which some were decided."""
    entries = [entry for _, entry in corpus.entries.get(stream, ())]
    return {e.date for e in entries if e.outcome} & {e.meeting for e in entries if e.meeting}


def slot_day(pad: Pad, meeting: Meeting) -> date | None:
    """Return the day on which a PAD in review is due for its decision; None where it is not in review."""
    header = pad.header
    if header is None or header.slot is None or header.status is not Status.IN_REVIEW:
        return None
    return first_from(meeting, header.slot.date) or header.slot.date


def _weekly(meeting: Meeting, day: date, step: int) -> Iterator[date]:
    """Yield the meeting's weekday from a day on, forwards or backwards, for two years or to the end of time."""
    ahead = (meeting.weekday_number - day.weekday()) * step % 7
    for weeks in range(_WEEKS):
        days = timedelta(days=ahead + 7 * weeks)
        if days > (date.max - day if step > 0 else day - date.min):
            return
        yield day + step * days
