"""The agenda of each meeting, against the table written by hand and the count of the diary."""

from typing import Any

import pytest

from .conftest import Quarter
from .counting import Count
from .table import Expected, Row, agendas
from .writing import facts

ALL = agendas()
LABELS = {"problem": "problem framing", "solution": "solution framing", "recap": "post-launch recap"}
PEOPLE = {
    "vera": "Vera Lindqvist", "lars": "Lars Okonjo", "mika": "Mika Sandoval", "nils": "Nils Aurich",
    "greta": "Greta Mwangi", "tilo": "Tilo Varga", "ada": "Ada Renner", "lin": "Lin Hoffer", "pavel": "Pavel Strand",
    "otto": "Otto Ferrand", "zoe": "Zoë Haddad", "hedda": "Hedda Brunn", "casper": "Casper Volk", "runa": "Runa Feld",
}  # fmt: skip
CAPACITY = {"riders": 75, "fleet": 60, "common": 60}
STARTS = {"riders": "10:00", "fleet": "13:30", "common": "15:00"}


@pytest.fixture(params=ALL, ids=lambda one: one.name)
def expected(request: pytest.FixtureRequest) -> Expected:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def agenda(quarter: Quarter, expected: Expected) -> Any:
    return quarter.kept("agenda", expected)


def reviewed(expected: Expected) -> list[Row]:
    return [row for row in expected.rows if row.mark != "dropped"]


def test_items(agenda: Any, expected: Expected) -> None:
    assert [
        (item["review"], item["pad"], item["presenter"], item["minutes"], item["title"]) for item in agenda["items"]
    ] == [
        (LABELS[row.review], row.pad, PEOPLE[row.presenter], row.minutes, facts()[row.pad]["title"])
        for row in reviewed(expected)
    ]


def test_marks(agenda: Any, expected: Expected) -> None:
    def marked(name: str) -> dict[str, Any]:
        return {item["pad"]: item[name] for item in agenda["items"] if item[name]}

    assert set(marked("late")) == {row.pad for row in expected.marked("late")}
    assert marked("carried_over") == {row.pad: row.of for row in expected.marked("carried")}
    assert marked("moved_from") == {row.pad: row.of for row in expected.marked("moved")}
    assert set(marked("no_room")) == {row.pad for row in expected.marked("no-room")}
    assert [one["pad"] for one in agenda["dropped"]] == [row.pad for row in expected.marked("dropped")]


def test_day_and_cancellation(agenda: Any, expected: Expected) -> None:
    assert agenda["date"] == str(expected.held)
    assert agenda["asked"] == (str(expected.date) if expected.held != expected.date else None)
    assert agenda["asked_why"] == ("" if expected.held == expected.date else "it is among the closures")
    assert agenda["cancelled"] == expected.cancelled
    assert agenda["pending"] == expected.open
    assert bool(agenda["reason"]) == expected.cancelled
    assert agenda["decided"] == []


def test_minutes_and_clock(agenda: Any, expected: Expected) -> None:
    assert agenda["capacity"] == CAPACITY[expected.meeting]
    assert agenda["minutes"] == sum(row.minutes for row in reviewed(expected))
    hour, minute = map(int, STARTS[expected.meeting].split(":"))
    clock = 60 * hour + minute
    for item, row in zip(agenda["items"], reviewed(expected), strict=True):
        if row.mark == "no-room":
            assert (item["starts"], item["ends"]) == ("", "")
            continue
        times = [f"{at // 60:02}:{at % 60:02}" for at in (clock, clock + row.minutes)]
        assert [item["starts"], item["ends"]] == times
        clock += row.minutes
    assert clock - 60 * hour - minute <= CAPACITY[expected.meeting]


def test_all_items_are_ready_and_unchanged_since_their_submit(agenda: Any) -> None:
    assert [(item["pad"], item["errors"], item["changed"]) for item in agenda["items"]] == [
        (item["pad"], 0, 0) for item in agenda["items"]
    ]


def test_answers_owed(agenda: Any, expected: Expected) -> None:
    lives = Count(expected.date, morning=True).lives
    for item in agenda["items"]:
        asked = facts()[item["pad"]].get("reviewers", [])
        owed = [name for name in asked if name not in lives[item["pad"]].answered]
        assert [answer["key"] for answer in item["answers_owed"]] == owed, item["pad"]


def test_what_is_owed_around_it(agenda: Any, expected: Expected) -> None:
    lives = Count(expected.date, morning=True).of(expected.meeting)
    open_ones = [(pad, name, one) for pad, life in lives.items() for name, one in life.asked.items() if not one.done]
    due = {(pad, name) for pad, name, one in open_ones if one.due <= expected.held}
    assert {(one["pad"], one["id"]) for one in agenda["actions"]} == due
    assert agenda["actions_later"] == len(open_ones) - len(due)
    overdue = {(pad, name) for pad, name, one in open_ones if one.due < expected.date}
    assert {(one["pad"], one["id"]) for one in agenda["actions"] if one["overdue"]} == overdue
    waiting = {pad for pad, life in lives.items() if life.status == "follow-up"}
    assert {one["pad"] for one in agenda["follow_ups"]} == waiting
    owed = {pad for pad, life in lives.items() if life.stages[:1] == ["recap"] and life.status == "draft"}
    assert {one["pad"] for one in agenda["recaps"]} == owed


def test_why_there_is_no_room(quarter: Quarter) -> None:
    said = {
        (one.name, item["pad"]): item["no_room"]
        for one in ALL
        for item in quarter.kept("agenda", one)["items"]
        if item["no_room"]
    }
    assert said == {
        ("riders-2026-10-20", "PAD-0012"): "it needs 25 minutes and 15 of 75 are left",
        ("riders-2026-11-17", "PAD-0017"): "it needs 25 minutes and 20 of 75 are left",
    }


def test_an_override_is_shown_where_the_pad_is_reviewed_at_last(quarter: Quarter) -> None:
    shown = {
        (one.name, item["pad"]): item["overrides"]
        for one in ALL
        for item in quarter.kept("agenda", one)["items"]
        if item["overrides"]
    }
    assert shown == {
        ("fleet-2026-11-25", "PAD-0027"): [
            "submit on 13 Nov 2026: The count ends on Tuesday and will be there in time"
        ],
        ("fleet-2026-12-09", "PAD-0034"): ["submit on 30 Nov 2026: The second depot answers on Tuesday"],
    }


def test_what_was_promised_and_whether_it_was_kept(quarter: Quarter) -> None:
    states = {
        (one.name, item["pad"]): [promise["state"] for promise in item["promised"]]
        for one in ALL
        for item in quarter.kept("agenda", one)["items"]
        if item["promised"]
    }
    assert states["fleet-2026-11-25", "PAD-0027"] == ["kept late"]
    assert states["fleet-2026-11-25", "PAD-0004"] == ["kept"]
    assert states["riders-2026-12-15", "PAD-0017"] == ["kept"]
    asked = {
        (one.name, row.pad)
        for one in ALL
        for row in reviewed(one)
        if Count(one.date, morning=True).lives[row.pad].asked
    }
    assert set(states) == asked


def test_the_reason_of_a_cancelled_meeting(quarter: Quarter) -> None:
    reasons = {one.name: quarter.kept("agenda", one)["reason"] for one in ALL if one.cancelled}
    overdue = reasons.pop("fleet-2026-12-02")
    assert overdue == "No PAD can be reviewed before its overdue actions are done, so the meeting is cancelled."
    assert set(reasons.values()) == {"Nothing submitted: there is nothing to decide, so the meeting is cancelled."}
    owing = quarter.kept("agenda", next(one for one in ALL if one.name == "fleet-2026-12-02"))["owing"]
    assert [(one["pad"], one["id"], one["who"]) for one in owing] == [("PAD-0034", "A1", "Greta Mwangi")]
