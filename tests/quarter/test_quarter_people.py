"""Who owes what at the end of the quarter: actions, reminders, and what somebody left behind."""

from datetime import date

from .conftest import END, Quarter
from .counting import Count
from .writing import facts


def test_open_actions(quarter: Quarter) -> None:
    said = {(one["pad"], one["id"], one["person"], one["due"]) for one in quarter.data("action", "list")}
    assert said == {
        (pad, name, one.who, str(one.due))
        for pad, life in Count(END).lives.items()
        for name, one in life.asked.items()
        if not one.done
    }
    assert len(said) == 3


def test_reminders(quarter: Quarter) -> None:
    said = {
        (reminder["who"], debt["kind"], debt["pad"])
        for reminder in quarter.data("remind")
        for debt in reminder["debts"]
    }
    owed = set()
    for pad, life in Count(END).lives.items():
        owner = "greta" if life.owner == "nils" else life.owner
        if life.status == "in-review" and life.meeting:
            owed |= {(who, "answer", pad) for who in facts()[pad].get("reviewers", []) if who not in life.answered}
            owed |= {("runa", "undecided", pad)} if life.meeting < END else set()
        if life.status == "draft" and life.stage == "recap":
            owed.add((owner, "recap", pad))
        elif life.status == "draft" and (END - (life.since or life.created)).days >= 30:
            owed.add((owner, "draft", pad))
    assert said == owed | {("runa", "agenda", "")}


def test_what_somebody_left_goes_to_the_successor(quarter: Quarter) -> None:
    [greta] = [one for one in quarter.data("remind") if one["who"] == "greta"]
    left = {pad for pad, life in Count(END).lives.items() if life.owner == "nils"}
    assert greta["stands_in_for"] == ["Nils Aurich"]
    assert {debt["pad"] for debt in greta["debts"]} == left == {"PAD-0003", "PAD-0014"}
    assert not any(one["who"] == "nils" for one in quarter.data("remind"))


def test_status_names_the_next_of_all_meetings(quarter: Quarter) -> None:
    assert "Next meeting: Riders' review, Tuesday 5 Jan 2027, 2 to review." in quarter.ask("status")
    assert "Next meeting: Fleet review, Wednesday 4 Nov 2026" in quarter.ask("status", today=date(2026, 11, 4))


def test_the_agenda_of_the_holiday_as_text(quarter: Quarter) -> None:
    text = quarter.ask("agenda", "2026-12-08", "--meeting", "riders", today=date(2026, 12, 8))
    assert "Tuesday 15 Dec 2026" in text
    assert "closures" in text
    assert quarter.ask("agenda", "--meeting", "riders").count("Carried over") == 1
