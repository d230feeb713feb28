"""The agenda as a calendar: read back by two libraries."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from acting import MEETING, TODAY, Company
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Component

SETTINGS = """
[meeting]
name = "Product meeting"
time = "14:00"
timezone = "Europe/Lisbon"
minutes = 90
required = ["sam", "growth", "ghost"]
optional = ["rui", "sam", "ana@example.com"]
organizer = "noor"
closures = [2026-12-24, 2026-12-31]

[people]
sam = {name = "Sam Verhoof, Head", email = "sam@example.com"}
noor = {name = "Noor Halversen", email = "noor@example.com"}
rui = {name = "Rui Falcato", email = "rui@example.com"}
dana = {name = "Dana Ito", email = "dana@example.com"}
mika = {name = "Mika Lindell"}
pm = {name = "Pia Madsen", email = "pia@example.com"}
"""
LATER = "2026-12-03"


@pytest.fixture
def invited(company: Company) -> Company:
    """Return a repository whose meeting has people, a team and an organizer."""
    company.write("teams/growth.md", "---\nname: growth\nlead: dana\nmembers: [dana, mika]\n---\n# Growth\n")
    company.edit_settings(SETTINGS)
    return company


def read(text: str) -> list[Component]:
    """Return the events of a calendar that both libraries read alike, in its order."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not re.search(r"[^\r]\n|[\x00-\x08]", text)
    events = list(Calendar.from_ical(text).walk("VEVENT"))
    second = IcsCalendarStream.calendar_from_ics(text).events
    assert [str(event["uid"]) for event in events] == [event.uid for event in second]
    for event, other in zip(events, second, strict=True):
        assert (str(event["summary"]), str(event["description"])) == (other.summary, other.description)
        mine, its = event["dtstart"].dt, other.dtstart
        assert mine == its if not isinstance(mine, datetime) else mine.astimezone(UTC) == its.astimezone(UTC)  # type: ignore[union-attr]
    return events


def events(company: Company, *words: str, today: str = TODAY) -> list[Component]:
    return read(company.ok("agenda", *words, "--format", "ics", today=today).out)


def submitted(company: Company, day: str = MEETING, today: str = TODAY) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", day, "--ask", "Können wir das schaffen? 🎉 " * 6, today=today)


def test_a_meeting_and_its_agenda(invited: Company) -> None:
    submitted(invited)
    said = invited.ok("agenda", "--format", "ics")
    (event,) = read(said.out)
    assert "METHOD:PUBLISH" in said.out
    assert str(event["uid"]) == f"meeting-{MEETING}@padctl.invalid"
    assert event["dtstart"].dt.isoformat() == "2026-11-26T14:00:00+00:00"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=90)
    assert event["dtstart"].params["TZID"] == "Europe/Lisbon"
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Lisbon" in said.out
    assert "PAD-0001 Team gallery (problem framing, Pia Madsen, 30 minutes)" in event["description"]
    assert "Können wir das schaffen? 🎉" in event["description"]
    assert str(event["status"]) == "CONFIRMED"


def test_attendees_and_their_roles(invited: Company) -> None:
    submitted(invited)
    said = invited.ok("agenda", "--format", "ics")
    (event,) = read(said.out)
    roles = {str(address): address.params["ROLE"] for address in event["attendee"]}
    assert roles == {
        "mailto:sam@example.com": "REQ-PARTICIPANT",
        "mailto:dana@example.com": "REQ-PARTICIPANT",
        "mailto:pia@example.com": "REQ-PARTICIPANT",
        "mailto:rui@example.com": "OPT-PARTICIPANT",
        "mailto:ana@example.com": "OPT-PARTICIPANT",
    }
    assert event["attendee"][0].params["CN"] == "Sam Verhoof, Head"
    assert "no email: Mika Lindell, ghost" in said.err
    assert str(event["organizer"]) == "mailto:noor@example.com"
    assert "Required: Sam Verhoof, Head, Dana Ito, Mika Lindell, ghost, Pia Madsen" in event["description"]


def test_an_invitation_is_a_request_that_nobody_sent(invited: Company) -> None:
    submitted(invited)
    said = invited.ok("agenda", "--format", "ics", "--invite")
    (event,) = read(said.out)
    assert "METHOD:REQUEST" in said.out
    assert "nothing was sent" in said.err
    assert event["attendee"][0].params["RSVP"] == "TRUE"


def test_an_invitation_needs_an_organizer(invited: Company) -> None:
    for organizer in ("", 'organizer = "mika"'):
        invited.edit_settings(SETTINGS.replace('organizer = "noor"', organizer))
        said = invited.padctl("agenda", "--format", "ics", "--invite")
        assert (said.code, said.out) == (2, "")
        assert "organizer" in said.err
        assert "[people]" in said.err
        assert invited.ok("agenda", "--format", "ics").code == 0


def test_a_cancelled_meeting_is_cancelled_in_the_calendar(invited: Company) -> None:
    (open_,) = events(invited)
    assert str(open_["status"]) == "TENTATIVE"
    assert "It takes place if a PAD is submitted by 25 Nov 2026." in open_["description"]
    (event,) = events(invited, today=MEETING)
    assert (str(event["status"]), str(event["summary"])) == ("CANCELLED", "Cancelled: Product meeting")
    assert "Nothing submitted" in event["description"]
    assert event["sequence"] > open_["sequence"]
    assert "METHOD:CANCEL" in invited.ok("agenda", "--format", "ics", "--invite", today=MEETING).out


def test_a_cancellation_by_the_day_is_a_newer_version(invited: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    invited.edit_settings(SETTINGS.replace("[people]", 'cancel_when = ["overdue-actions"]\n[people]'))
    invited.draft()
    invited.ok("submit", "1", "--meeting", MEETING)
    invited.ok("decide", "1", "rework", "--by", "sponsor", "--action", "pm: count by 2026-12-01", today=MEETING)
    invited.ok("submit", "1", "--meeting", LATER, "--override", "--reason", "in parallel", today=MEETING)
    asked, kept, gone = (events(invited, LATER, today=today)[0] for today in ("2026-11-30", "2026-12-01", "2026-12-02"))
    assert [str(one["status"]) for one in (asked, kept, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert asked["uid"] == gone["uid"]
    assert (asked["sequence"], asked["dtstamp"]) == (kept["sequence"], kept["dtstamp"])
    assert kept["sequence"] < gone["sequence"]
    assert kept["dtstamp"].dt < gone["dtstamp"].dt
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-02T09:00:00+00:00")
    invited.ok("action", "done", "1", "A1", today="2026-12-02")
    (back,) = events(invited, LATER, today="2026-12-02")
    assert str(back["status"]) == "CONFIRMED"
    assert gone["sequence"] < back["sequence"]
    assert gone["dtstamp"].dt < back["dtstamp"].dt


def test_an_overdue_action_cancels_the_next_meeting_of_the_feed_alone(invited: Company) -> None:
    invited.edit_settings(SETTINGS.replace("[people]", 'cancel_when = ["any-overdue-action"]\n[people]'))
    invited.draft()
    invited.commit_all()
    invited.ok("action", "add", "1", "pm: book a room by 2026-11-25")
    invited.draft("Second")
    invited.ok("submit", "2", "--meeting", "2026-12-10")
    found = {str(event["dtstart"].dt.date()): str(event["status"])
             for event in events(invited, "--all", today="2026-11-27")}  # fmt: skip
    assert [found[day] for day in (LATER, "2026-12-10", "2026-12-17")] == ["CANCELLED", "CONFIRMED", "TENTATIVE"]
    assert invited.ok("agenda", "2026-12-10", today="2026-11-27").out.count("the meeting is\ncancelled") == 1


def test_submissions_that_wait_on_a_merge_are_named(invited: Company) -> None:
    invited.draft()
    invited.commit_all()
    invited.ok("submit", "1", "--meeting", MEETING, "--branch", "gallery")
    invited.git("update-ref", "refs/remotes/origin/gallery", "gallery")
    invited.git("switch", "--quiet", "main")
    for words in ((MEETING,), ("--all",)):
        event = next(one for one in events(invited, *words) if one["dtstart"].dt.date() == date(2026, 11, 26))
        assert str(event["status"]) == "TENTATIVE"
        waits = "Submitted, waiting on a merge: PAD-0001 Team gallery (Pia Madsen, origin/gallery)"
        assert waits in event["description"]


def test_a_closed_day_is_cancelled_and_the_next_one_published(invited: Company) -> None:
    submitted(invited, LATER)
    invited.edit_settings(SETTINGS.replace("2026-12-31", LATER))
    first, second = events(invited, LATER)
    assert (str(first["status"]), first["dtstart"].dt.date()) == ("CANCELLED", date(2026, 12, 3))
    assert (str(second["status"]), second["dtstart"].dt.date()) == ("CONFIRMED", date(2026, 12, 10))
    said = invited.ok("agenda", LATER, "--format", "ics", "--invite").out
    assert "METHOD:CANCEL" in said
    assert [event["dtstart"].dt.date() for event in read(said)] == [date(2026, 12, 3)]
    assert len(events(invited, "2026-12-01")) == 1


def test_a_newer_commit_is_a_newer_version(invited: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(hour: int) -> None:
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-11-24T{hour}:00:00+00:00")

    at(10)
    submitted(invited)
    minutes = int((datetime(2026, 11, 24, 10, tzinfo=UTC) - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds() / 60)
    (event,) = events(invited)
    assert event["sequence"] // 64 == minutes
    assert events(invited) == [event]
    at(11)
    invited.ok("submit", "1", "--meeting", MEETING, "--minutes", "20")
    (changed,) = events(invited)
    assert (str(changed["uid"]), changed["sequence"]) == (str(event["uid"]), event["sequence"] + 60 * 64)
    at(12)
    invited.draft("Another one")
    invited.commit_all()
    assert events(invited)[0]["sequence"] == changed["sequence"]
    at(13)
    invited.ok("recall", "1")
    (gone,) = events(invited)
    assert (str(gone["status"]), gone["sequence"]) == ("TENTATIVE", event["sequence"] + 180 * 64)


def test_the_feed_reaches_behind_and_ahead(invited: Company) -> None:
    submitted(invited)
    invited.ok("decide", "1", "rework", "--by", "sponsor", "--action", "pm: count by 2026-12-01", today=MEETING)
    found = {str(event["uid"]): event for event in events(invited, "--all", today="2026-12-08")}
    days = sorted(re.findall(r"meeting-(\S+)@", " ".join(found)))
    assert days[:3] == [MEETING, LATER, "2026-12-10"]
    assert days[-1] == "2027-03-04"
    assert not {"2026-12-24", "2026-12-31"} & set(days)
    assert [str(found[f"meeting-{day}@padctl.invalid"]["status"]) for day in days[:3]] == [
        "CONFIRMED", "CANCELLED", "TENTATIVE"]  # fmt: skip
    assert "Decided: PAD-0001 Team gallery: Not approved" in found[f"meeting-{MEETING}@padctl.invalid"]["description"]


def test_what_was_not_decided_is_on_the_next_meeting_of_the_feed_alone(invited: Company) -> None:
    submitted(invited)
    found = {event["dtstart"].dt.date(): event for event in events(invited, "--all", today="2026-11-30")}
    named = [str(day) for day, event in found.items() if "PAD-0001" in event["description"]]
    assert named == ["2026-11-26", "2026-12-03"]
    assert str(found[date(2026, 12, 10)]["status"]) == "TENTATIVE"


def test_times_hold_over_the_change_of_the_clocks(invited: Company) -> None:
    found = {str(event["uid"])[:18]: event["dtstart"].dt for event in events(invited, "--all", today="2027-03-10")}
    assert found["meeting-2027-03-25"].astimezone(UTC).hour == 14
    assert found["meeting-2027-04-01"].astimezone(UTC).hour == 13


def test_the_recap_session_ends_the_quarter(tessaly: Company) -> None:
    (session,) = events(tessaly, "--recap")
    assert session["dtstart"].dt.isoformat() == "2026-12-17T15:30:00+00:00"
    assert "PAD-0003 Guest links without an account (Mika Lindell, launched 3 Nov 2026)" in session["description"]
    assert session in events(tessaly, "--all")
    assert "METHOD:REQUEST" in tessaly.ok("agenda", "--format", "ics", "--recap", "--invite").out
    tessaly.ok("agenda", "2026-09-01", "--format", "ics", "--recap")


def test_no_recap_session(company: Company) -> None:
    company.edit_settings("[recap]\nminutes = 0\n")
    assert company.padctl("agenda", "--format", "ics", "--recap").code == 2
    assert "recap" not in company.ok("agenda", "--format", "ics", "--all").out


def test_a_meeting_without_a_time_takes_the_day(company: Company) -> None:
    submitted(company)
    (event,) = events(company)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 11, 26), date(2026, 11, 27))
    assert "VTIMEZONE" not in company.ok("agenda", "--format", "ics").out


def test_a_document_cannot_write_the_calendar(invited: Company) -> None:
    invited.draft()
    invited.edit("title: Team gallery", "title: 'x\\nEND:VEVENT;a,b:c \u202e'")
    invited.ok("submit", "1", "--meeting", MEETING)
    (event,) = events(invited)
    assert "\\nEND:VEVENT;a,b:c <U+202E>" in event["description"]


@pytest.mark.parametrize(
    "words", [("--all",), ("--invite",), ("--recap",), ("--format", "ics", "--all", "--invite"),
              ("--format", "ics", "--all", MEETING)]
)  # fmt: skip
def test_options_that_do_not_go_together(company: Company, words: tuple[str, ...]) -> None:
    assert company.padctl("agenda", *words).code == 2


def test_uids_are_of_the_meeting_and_not_of_who_invites(invited: Company) -> None:
    (before,) = events(invited)
    invited.edit_settings(SETTINGS.replace('organizer = "noor"', "") + "[meetings.meeting]\nname = 'Stream'\n")
    (after,) = events(invited)
    (other,) = events(invited, "--meeting", "meeting")
    assert str(before["uid"]) == str(after["uid"]) == f"meeting-{MEETING}@padctl.invalid"
    assert str(other["uid"]) == f"stream-meeting-{MEETING}@padctl.invalid"
    invited.edit_settings(SETTINGS + '[calendar]\ndomain = "pads.example.com"\n')
    assert str(events(invited)[0]["uid"]) == f"meeting-{MEETING}@pads.example.com"


def test_two_people_with_one_address_are_invited_once(invited: Company) -> None:
    invited.edit_settings(SETTINGS.replace('email = "rui@', 'email = "SAM@'))
    (event,) = events(invited)
    addresses = [str(one).lower() for one in event["attendee"]]
    assert addresses.count("mailto:sam@example.com") == 1
