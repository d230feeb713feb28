"""Hard approval: what keeps PADs off an agenda, and when a meeting is cancelled."""

from typing import Any

import pytest
from acting import MEETING, Company
from test_agenda import LATER, data

AFTER = "2026-12-10"


@pytest.fixture
def owing(company: Company) -> Company:
    """Return a repository with two PADs in review for 10 December, the first with an overdue action of a decision."""
    company.submitted()
    company.ok("decide", "1", "rework", "--by", "sponsor", "--action", "eli: count boards by 2026-12-01", today=MEETING)
    company.ok("submit", "1", "--meeting", AFTER, "--override", "--reason", "in parallel", today=MEETING)
    company.draft("Second")
    company.ok("submit", "2", "--meeting", AFTER, today=MEETING)
    return company


def under(company: Company, *rules: str, day: str = AFTER, today: str = LATER) -> Any:
    company.edit_settings(f"[meeting]\ncancel_when = {list(rules)}\n")
    return data(company, day, today=today)


def test_a_pad_with_overdue_actions_is_dropped(owing: Company) -> None:
    view = under(owing, "empty", "overdue-actions")
    assert [item["pad"] for item in view["items"]] == ["PAD-0002"]
    assert [item["pad"] for item in view["dropped"]] == ["PAD-0001"]
    assert [(action["who"], action["id"]) for action in view["owing"]] == [("eli", "A1")]
    assert view["cancelled"] is False
    for form in ("text", "md", "html"):
        words = " ".join(owing.ok("agenda", AFTER, "--format", form, today=LATER).out.split())
        assert "Not reviewed before its actions are done: PAD-0001 Team gallery (pm)" in words
        assert "eli: count boards" in words


def test_the_meeting_is_cancelled_when_no_pad_is_left(owing: Company) -> None:
    owing.ok("recall", "2", today=MEETING)
    view = under(owing, "overdue-actions")
    assert (view["cancelled"], view["items"]) == (True, [])
    words = " ".join(owing.ok("agenda", AFTER, today=LATER).out.split())
    assert "No PAD can be reviewed before its overdue actions are done, so the meeting is cancelled." in words
    assert "Owed: eli: count boards (overdue, was due 1 Dec 2026; PAD-0001 A1)" in words
    owing.ok("action", "done", "1", "A1", today=LATER)
    assert under(owing, "overdue-actions")["cancelled"] is False


def test_actions_are_not_overdue_before_their_day_has_passed(owing: Company) -> None:
    assert under(owing, "overdue-actions", today="2026-12-01")["dropped"] == []


def test_any_overdue_action_cancels_in_the_strict_form(owing: Company) -> None:
    view = under(owing, "any-overdue-action")
    assert (view["cancelled"], view["items"], len(view["dropped"])) == (True, [], 2)
    assert (
        view["reason"] == "1 action is overdue, so the meeting is cancelled until everybody has done what was agreed."
    )


def test_an_action_that_no_decision_asked_for_cancels_in_the_strict_form_only(company: Company) -> None:
    company.submitted()
    company.ok("action", "add", "1", "eli: book a room by 2026-11-25")
    assert under(company, "overdue-actions", day=MEETING, today=MEETING)["cancelled"] is False
    assert under(company, "any-overdue-action", day=MEETING, today=MEETING)["cancelled"] is True


def test_a_meeting_that_has_decided_is_not_cancelled(owing: Company) -> None:
    owing.ok("decide", "2", "proceed", "--by", "sponsor", today=AFTER)
    view = under(owing, "any-overdue-action", "overdue-actions", "empty", today=AFTER)
    assert (view["cancelled"], len(view["decided"])) == (False, 1)


def test_an_empty_meeting_can_still_be_saved_until_the_cutoff(company: Company) -> None:
    assert "It takes place if a PAD is submitted by 25 Nov 2026." in company.ok("agenda").out
    assert "It takes place" not in company.ok("agenda", today=MEETING).out


def test_an_unknown_rule_is_a_fault_of_the_settings(company: Company) -> None:
    company.edit_settings('[meeting]\ncancel_when = ["overdue"]\n')
    assert "cancel_when" in company.padctl("agenda").err
