"""The calendar of the quarter: how many events, which are cancelled, and at what time across the clocks' change."""

from collections import Counter
from datetime import UTC, date, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Component

from .conftest import END, Quarter
from .counting import STREAMS, Count
from .diary import moves
from .table import agendas
from .test_quarter_minutes import waiting
from .writing import facts

CLOSED = {
    "riders": {"2026-12-08", "2026-12-29"}, "fleet": {"2026-12-30"}, "common": {"2026-12-24", "2026-12-31"}
}  # fmt: skip


def events(quarter: Quarter, *words: str, today: date = END) -> list[Component]:
    """Return the events of a calendar, which two libraries have to read alike."""
    text = quarter.ask("agenda", *words, "--format", "ics", today=today)
    found = list(Calendar.from_ical(text).walk("VEVENT"))
    assert [str(event["uid"]) for event in found] == [
        one.uid for one in IcsCalendarStream.calendar_from_ics(text).events
    ]
    return found


def of_days(found: list[Component]) -> dict[str, str]:
    """Return the status of each event of a meeting by its day."""
    return {
        str(event["dtstart"].dt.date()): str(event["status"]) for event in found if "recap" not in str(event["uid"])
    }


@pytest.mark.parametrize("meeting", ["riders", "fleet", "common"])
def test_the_feed(quarter: Quarter, meeting: str) -> None:
    theirs = [(day, line) for day, line in moves() if STREAMS[facts()[line.pad]["team"]] == meeting]
    asked = {line.one("--meeting") for _, line in theirs if line.verb == "submit"} - CLOSED[meeting]
    decided = {str(day.date) for day, line in theirs if line.verb == "decide"}
    weekday = {"riders": 1, "fleet": 2, "common": 3}[meeting]
    first = min(date.fromisoformat(life.created.isoformat()) for life in Count(END).of(meeting).values())
    days = [first + timedelta(days=days) for days in range((END - first).days)]
    weekly = {str(day) for day in days if day.weekday() == weekday}
    assert asked & {str(day) for day in days} <= weekly
    behind = weekly - CLOSED[meeting]
    nearest = END + timedelta(days=weekday)
    words = [] if meeting == "common" else ["--meeting", meeting]
    said = of_days(events(quarter, *words, "--all"))
    assert set(said) == behind | {str(nearest + timedelta(weeks=week)) for week in range(13)}
    waited = {day for day in behind if waiting(date.fromisoformat(day), meeting)}
    met = behind & (decided | waited) - {str(one.date) for one in agendas() if one.cancelled}
    assert {day for day in behind if said[day] == "CONFIRMED"} == met
    assert {day for day in behind if said[day] == "CANCELLED"} == behind - met
    ahead = Counter(status for day, status in said.items() if day > str(nearest))
    assert ahead == {"TENTATIVE": 12}
    assert said[str(nearest)] == ("CONFIRMED" if meeting == "riders" else "TENTATIVE")


@pytest.mark.parametrize("day", ["2026-10-14", "2026-12-02"])
def test_a_cancelled_week_is_cancelled_in_the_calendar(quarter: Quarter, day: str) -> None:
    words = (day, "--meeting", "fleet")
    [event] = events(quarter, *words, today=date.fromisoformat(day))
    assert (str(event["status"]), str(event["summary"])) == ("CANCELLED", "Cancelled: Fleet review")
    said = quarter.ask("agenda", *words, "--format", "ics", "--invite", today=date.fromisoformat(day))
    assert "METHOD:CANCEL" in said


def test_the_holiday_is_cancelled_and_its_pads_are_on_the_next_one(quarter: Quarter) -> None:
    gone, kept = events(quarter, "2026-12-08", "--meeting", "riders", today=date(2026, 12, 8))
    assert (str(gone["status"]), gone["dtstart"].dt.date()) == ("CANCELLED", date(2026, 12, 8))
    assert kept["dtstart"].dt.date() == date(2026, 12, 15)


def test_the_time_stays_across_the_change_of_the_clocks(quarter: Quarter) -> None:
    starts = {
        str(event["dtstart"].dt.date()): event["dtstart"].dt
        for event in events(quarter, "--meeting", "riders", "--all")
    }
    assert {f"{start:%H:%M}" for start in starts.values()} == {"10:00"}
    hours = {day: starts[day].astimezone(UTC).hour for day in ("2026-10-20", "2026-10-27", "2027-03-23", "2027-03-30")}
    assert hours == {"2026-10-20": 8, "2026-10-27": 9, "2027-03-23": 9, "2027-03-30": 8}


def test_the_recap_session_follows_the_last_common_meeting(quarter: Quarter) -> None:
    [session] = events(quarter, "2026-12-01", "--recap")
    start = session["dtstart"].dt
    assert (start.date(), f"{start:%H:%M}") == (date(2026, 12, 17), "16:00")
    assert str(session["description"]).count("launched ") == 14 + 1
