"""Calendar files (RFC 5545, RFC 5546): a feed to subscribe to, or an invitation to mail."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Timezone, vCalAddress
from icalendar import Event as Entry

from padctl.render.console import visible
from padctl.report.meeting_events import Event, Guest

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_TURNS = 64  # more than an event has days on which it turns; the product fits 31 bits until 2083
_YEAR = timedelta(days=366)
_KNOWN = (date(1971, 6, 1), date(2100, 1, 1))  # the years whose changes of the clock are written out


def to_ics(events: Iterable[Event], *, method: str, name: str, made: Mapping[str, datetime], today: date) -> str:
    """Return events as one calendar with the time zones that they use; `method` is PUBLISH, REQUEST or CANCEL.

    `made` says by UID when the newest commit was made that an event depends on. SEQUENCE comes from it and from the
    days that went by: the minutes since 2020, 64 times, and how many days have passed after which the event may read
    otherwise. So a newer commit and a passed day both make a newer version, and nothing needs to be stored.
    """
    listed = list(events)
    calendar = Calendar()
    calendar.add("prodid", "-//padctl//padctl//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if method == "PUBLISH":
        calendar.add("x-wr-calname", _plain(name))
    for event in listed:
        calendar.add_component(_entry(event, method, made.get(event.uid), today))
    zones = {str(event.starts.tzinfo) for event in listed if event.starts} - {"UTC"}
    for zone in sorted(zones):
        first, last = (_within(edge(event.day for event in listed)) for edge in (min, max))
        timezone = Timezone.from_tzid(zone, first_date=first - _YEAR, last_date=last + _YEAR)
        calendar.subcomponents.insert(0, timezone)
    return bytes(calendar.to_ical()).decode()


def _entry(event: Event, method: str, made: datetime | None, today: date) -> Entry:
    entry = Entry()
    passed = [turn for turn in event.turns if turn < today]
    turned = [datetime.combine(turn, time(), UTC) + timedelta(days=1) for turn in passed[-1:]]
    stamps = [*([made.astimezone(UTC)] if made else []), *turned]
    minutes = max(0, int((made - _EPOCH).total_seconds()) // 60) if made else 0
    entry.add("uid", event.uid)
    entry.add("dtstamp", max(stamps, default=datetime.combine(today, time(), UTC)))
    entry.add("sequence", minutes * _TURNS + min(len(passed), _TURNS - 1))
    entry.add("dtstart", event.starts or event.day)
    entry.add("dtend", event.ends or event.day + timedelta(days=1))
    entry.add("summary", _plain(event.title))
    entry.add("description", "\n".join(map(_plain, event.description.split("\n"))))
    entry.add("status", event.status)
    entry.add("transp", "TRANSPARENT" if event.status == "CANCELLED" else "OPAQUE")
    if event.organizer:
        entry.add("organizer", _address(event.organizer))
    for guest in event.guests:
        address = _address(guest)
        address.params["ROLE"] = "REQ-PARTICIPANT" if guest.required else "OPT-PARTICIPANT"
        if method == "REQUEST":
            address.params["PARTSTAT"] = "NEEDS-ACTION"
            address.params["RSVP"] = "TRUE"
        entry.add("attendee", address)
    return entry


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = _plain(guest.name).replace('"', "'")
    return address


def _within(day: date) -> date:
    return min(max(day, _KNOWN[0]), _KNOWN[1])


def _plain(text: str) -> str:
    """Return text in which nothing steers what reads the calendar."""
    return visible(text)
