"""The minutes of each meeting on its evening and at the quarter's end, and those that were saved."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from .conftest import END, Quarter
from .counting import Count
from .diary import diary
from .table import Expected, agendas

ALL = agendas()


@pytest.fixture(params=ALL, ids=lambda one: one.name)
def expected(request: pytest.FixtureRequest) -> Expected:
    return request.param  # type: ignore[no-any-return]


def decided(day: date, meeting: str, *, by: date) -> tuple[dict[str, set[str]], set[str]]:
    """Return the PADs of a day's decisions by outcome, and those whose decision was taken back by a later day."""
    count = Count(by)
    standing: dict[str, set[str]] = {}
    taken_back: set[str] = set()
    for pad in count.of(meeting):
        for one in count.moves[pad]:
            if one.date == day and one.verb in ("decide", "advance"):
                pads = taken_back if one.undone_by else standing.setdefault(one.outcome or "advance", set())
                pads.add(pad)
    return standing, taken_back


def waiting(day: date, meeting: str) -> set[str]:
    """Return the PADs that a day left in review for a meeting that was due."""
    lives = Count(day).of(meeting)
    return {pad for pad, life in lives.items() if life.status == "in-review" and life.meeting and life.meeting <= day}


def pads(found: Iterable[dict[str, Any]]) -> set[str]:
    return {one["pad"] for one in found}


def test_evening(quarter: Quarter, expected: Expected) -> None:
    said = quarter.kept("minutes", expected)
    standing, taken_back = decided(expected.date, expected.meeting, by=expected.date)
    assert {group["outcome"]: pads(group["decisions"]) for group in said["outcomes"]} == standing
    assert said["decided"] == sum(map(len, standing.values()))
    assert pads(said["taken_back"]) == taken_back
    assert pads(said["undecided"]) == waiting(expected.date, expected.meeting)


def test_nothing_of_the_agenda_is_lost(quarter: Quarter, expected: Expected) -> None:
    said = quarter.kept("minutes", expected)
    met = {pad for group in said["outcomes"] for pad in pads(group["decisions"])}
    assert {row.pad for row in expected.rows if expected.held == expected.date} <= met | pads(said["undecided"])


def test_at_the_end(quarter: Quarter) -> None:
    for one in ALL:
        words = [] if one.meeting == "common" else ["--meeting", one.meeting]
        said = quarter.data("minutes", str(one.date), *words)
        standing, taken_back = decided(one.date, one.meeting, by=END)
        assert {group["outcome"]: pads(group["decisions"]) for group in said["outcomes"]} == standing, one.name
        assert pads(said["taken_back"]) == taken_back, one.name


def test_an_undone_decision_is_named_with_its_reason(quarter: Quarter) -> None:
    said = quarter.data("minutes", "2026-11-04", "--meeting", "fleet")
    assert [(one["pad"], one["taken_back"], one["taken_back_why"]) for one in said["taken_back"]] == [
        ("PAD-0013", "2026-11-05", "The correction was left out of the record")
    ]


def test_actions_and_who_decided(quarter: Quarter) -> None:
    said = quarter.data("minutes", "2026-11-05")
    [group] = said["outcomes"]
    assert group["decisions"][0]["by"] == ["Runa Feld"]
    assert group["decisions"][0]["override"] == "Both sponsors were ill and agreed by telephone"
    agreed = [
        (action["id"], action["name"], action["who"], action["due"])
        for group in quarter.data("minutes", "2026-10-06", "--meeting", "riders")["outcomes"]
        for decision in group["decisions"]
        for action in decision["actions"]
    ]
    assert agreed == [
        ("A2", "Follow-up", "Nils Aurich", "2026-10-23"),
        ("A1", "Rework", "Lars Okonjo", "2026-10-13"),
    ]


def test_those_that_were_saved(quarter: Quarter) -> None:
    asked = [line.words for day in diary() for line in day.lines if line.verb == "minutes"]
    paths = {f"{words[3]}/{words[1]}.md" if "--meeting" in words else f"{words[1]}.md" for words in asked}
    saved = {page.relative_to(quarter.root / "meetings").as_posix() for page in quarter.root.glob("meetings/**/*.md")}
    assert saved == paths | {"recap-2026-Q4.md"}
    for path in paths:
        page = (quarter.root / "meetings" / path).read_text(encoding="utf-8")
        day, meeting = path[-13:-3], path.partition("/")[0] if "/" in path else "common"
        standing, taken_back = decided(date.fromisoformat(day), meeting, by=END)
        facts = re.search(r"^facts: \{(.*)\}$", page, re.MULTILINE)
        assert facts
        met = {pad for found in standing.values() for pad in found} | taken_back
        left = waiting(date.fromisoformat(day), meeting)
        assert set(re.findall(r"PAD-\d+", facts[1])) == met | left, path


def test_a_holiday_is_no_meeting_at_which_nothing_was_decided(quarter: Quarter) -> None:
    said = quarter.data("minutes", "2026-12-08", "--meeting", "riders")["summary"]
    assert said.startswith("The Riders' review of 8 Dec 2026 did not take place: the day is among the closures.")
    assert "2 PADs were not decided and are carried over" in said
    empty = quarter.data("minutes", "2026-10-14", "--meeting", "fleet")["summary"]
    assert empty == "The Fleet review of 14 Oct 2026 did not take place: nothing was submitted."
    blocked = quarter.data("minutes", "2026-12-02", "--meeting", "fleet")["summary"]
    why = "no PAD could be reviewed before its overdue actions were done"
    assert blocked.startswith(f"The Fleet review of 2 Dec 2026 did not take place: {why}.")


def test_as_text(quarter: Quarter) -> None:
    text = quarter.ask("minutes", "2026-10-20", "--meeting", "riders")
    assert "took 4 decisions: 3 approved and 1 follow-up\nfirst." in text
    assert "1 PAD was not decided and is carried over: Group tickets\nfor school trips (PAD-0012)." in text
