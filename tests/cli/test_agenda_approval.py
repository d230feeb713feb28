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
    view = under(owing, "any-overdue-action", today="2026-12-04")
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


def test_what_will_keep_a_pad_off_the_agenda_is_said_before(owing: Company) -> None:
    view = under(owing, "overdue-actions", today="2026-12-01")
    said = {item["pad"]: item["unless"] for item in view["items"]}
    warning = "If A1 (eli, due 1 Dec 2026) is not done by then, this is not reviewed."
    assert said == {"PAD-0001": [warning], "PAD-0002": []}
    for form in ("text", "md", "html"):
        assert warning in " ".join(owing.ok("agenda", AFTER, "--format", form, today="2026-12-01").out.split())
    strict = under(owing, "any-overdue-action", today="2026-12-01")
    assert strict["unless"] == ["If PAD-0001 A1 (eli, due 1 Dec 2026) is not done by then, the meeting is cancelled."]


def test_an_action_that_cancels_is_named_once_and_an_override_stays(owing: Company) -> None:
    owing.ok("recall", "2", today=MEETING)
    under(owing, "overdue-actions")
    for form in ("text", "md", "html"):
        said = owing.ok("agenda", AFTER, "--format", form, today=LATER).out
        assert said.count("count boards") == 1
        assert "in parallel" in said


def test_a_meeting_that_did_not_take_place_is_told_alike_by_all(owing: Company) -> None:
    owing.ok("recall", "2", today=MEETING)
    under(owing, "empty", "overdue-actions")
    owing.ok("action", "done", "1", "A1", today=AFTER)
    why = "no PAD could be reviewed before its overdue actions were done"
    (item,) = data(owing, today="2026-12-14")["items"]
    assert item["carried_why"] == f"the meeting of 10 Dec 2026 did not take place: {why}"
    owing.ok("decide", "1", "proceed", "--by", "sponsor", today="2026-12-17")
    for today in ("2026-12-11", "2026-12-18"):
        view = data(owing, AFTER, today=today)
        assert (view["cancelled"], view["reason"]) == (True, f"N{why[1:]}, so the meeting was cancelled.")
        assert [pad["pad"] for pad in view["dropped"]] == ["PAD-0001"]
        minutes = " ".join(owing.ok("minutes", AFTER, today=today).out.split())
        assert f"The Product alignment meeting of 10 Dec 2026 did not take place: {why}." in minutes
        assert "Nothing was decided" not in minutes


def test_a_pad_that_was_decided_since_was_still_on_the_agenda_of_its_day(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today="2026-11-27")
    view = data(company, MEETING, today=LATER)
    assert (view["cancelled"], [item["pad"] for item in view["items"]]) == (False, ["PAD-0001"])
    assert view["items"][0]["review"] == "problem framing"


def test_an_empty_meeting_of_the_past_says_so(company: Company) -> None:
    company.draft()
    company.commit_all()
    said = company.ok("agenda", MEETING, today=LATER).out
    assert "Nothing was submitted, so the meeting was cancelled." in said


def test_a_decision_that_was_taken_back_is_why_a_pad_is_carried_over(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.ok("undo", "1", "--reason", "wrong PAD", today="2026-11-27")
    text = " ".join(company.ok("agenda", LATER, today="2026-11-27").out.split())
    assert "Carried over: it was approved on 26 Nov 2026; taken back on 27 Nov 2026." in text
    (decided,) = data(company, MEETING, today="2026-11-28")["decided"]
    assert (decided["outcome"], decided["taken_back"]) == ("Approved", "2026-11-27")
