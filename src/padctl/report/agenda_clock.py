"""Where the items of an agenda stand on the clock, and which of them do not fit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from padctl.model.meeting import Meeting
from padctl.report.agenda_item import Item


def placed(items: Iterable[Item], meeting: Meeting, day: date, used: int = 0) -> tuple[Item, ...]:
    """Return items with their times in the meeting's time zone; those that do not fit come last, with the reason.

    A shorter item takes the place of a longer one that does not fit before it. `used` are the minutes of the meeting
    that have passed already.
    """
    fitting: list[Item] = []
    left_out: list[Item] = []
    for item in items:
        left = meeting.minutes - used
        if item.minutes > left:
            reason = f"it needs {item.minutes} minutes and {left} of {meeting.minutes} are left"
            left_out.append(replace(item, no_room=reason))
            continue
        fitting.append(replace(item, starts=at(meeting, day, used), ends=at(meeting, day, used + item.minutes)))
        used += item.minutes
    return (*fitting, *left_out)


def moment(meeting: Meeting, day: date, minutes: int = 0) -> datetime | None:
    """Return the moment some minutes into a meeting, in its time zone; None where the meeting has no time.

    The minutes are those that pass, whatever the clocks do in between.
    """
    if meeting.time is None:
        return None
    zone = ZoneInfo(meeting.timezone)
    start = datetime.combine(day, meeting.time, tzinfo=zone).astimezone(UTC)
    return (start + timedelta(minutes=minutes)).astimezone(zone)


def at(meeting: Meeting, day: date, minutes: int = 0) -> str:
    """Return the time of day some minutes into a meeting as HH:MM; empty where the meeting has no time."""
    found = moment(meeting, day, minutes)
    return f"{found:%H:%M}" if found else ""
