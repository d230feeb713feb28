"""Feedback before the meeting: given, asked for, awaited and resolved."""

import json

import pytest
from acting import TODAY, Company
from terminal import terminal

_PEOPLE = """
[people]
eli = {name = "Eli Marchand", left = 2026-11-20, successor = "mika"}
noor = {name = "Noor Halversen"}
mika = {name = "Mika Lindell"}

[feedback]
days = 1
"""


@pytest.fixture
def asked(company: Company) -> Company:
    """Return a company with a PAD in review and two reviewers."""
    company.edit_settings(_PEOPLE)
    company.draft()
    company.edit("reviewers: []", "reviewers: [eli, noor]")
    return company


def awaited(company: Company) -> list[dict[str, str]]:
    owed = json.loads(company.ok("status", "1", "--format", "json").out)["data"]["owed_answers"]
    assert isinstance(owed, list)
    return owed


def test_submit_says_who_is_asked_and_by_when(asked: Company) -> None:
    said = asked.ok("submit", "1", "--meeting", "2026-11-26")
    assert "Asked for feedback by 25 Nov 2026: Eli Marchand, Noor Halversen.\n" in said.out


def test_an_answer_is_due_on_the_day_of_the_meeting_at_the_latest(asked: Company) -> None:
    asked.edit_settings("[feedback]\ndays = 9\n")
    assert "by 26 Nov 2026" in asked.ok("submit", "1", "--meeting", "2026-11-26").out


def test_who_writes_down_a_decision_is_nobody_where_git_has_no_name(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    asked.ok("decide", "1", "proceed", "--by", "noor")
    assert "recorded" not in asked.path().read_text()


def test_feedback_is_one_commit_without_a_history_entry(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    before = asked.path().read_text()
    asked.ok("feedback", "1", "--by", "noor", "--stance", "concern", "--note", "Who pays: we, or they?")
    assert asked.git("log", "-1", "--format=%B").strip() == (
        "PAD-0001: concern of noor on problem framing\n\nPad-Id: PAD-0001\nPad-Move: feedback"
    )
    after = asked.path().read_text()
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert added == [
        "feedback:",
        "  - {by: noor, date: 2026-11-24, stage: problem-framing, stance: concern, note: 'Who pays: we, or they?'}",
    ]
    assert asked.git("status", "--porcelain") == ""
    assert asked.ok("lint", "1").code == 0


def test_who_answered_is_no_longer_awaited_and_may_answer_again(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    assert awaited(asked) == [{"who": "eli", "by": "2026-11-25"}, {"who": "noor", "by": "2026-11-25"}]
    asked.ok("feedback", "1", "--by", "Noor Halversen", "--stance", "question", "--note", "How many?")
    assert awaited(asked) == [{"who": "eli", "by": "2026-11-25"}]
    asked.ok("feedback", "1", "--by", "mika", "--stance", "support", "--note", "For Eli: go")
    assert awaited(asked) == []
    asked.ok("feedback", "1", "--by", "noor", "--stance", "support", "--note", "Fine now")
    shown = asked.ok("status", "1").out
    assert "  1 Noor Halversen, question on problem framing, 24 Nov 2026: How many?\n" in shown
    assert "  3 Noor Halversen, support on problem framing, 24 Nov 2026: Fine now\n" in shown


def test_another_review_asks_everybody_again_but_another_date_does_not(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    asked.ok("feedback", "1", "--by", "noor", "--stance", "support", "--note", "Go")
    asked.ok("submit", "1", "--meeting", "2026-12-03", today="2026-11-25")
    assert [owed["who"] for owed in awaited(asked)] == ["eli"]
    asked.ok("recall", "1", today="2026-11-26")
    assert awaited(asked) == []
    asked.ok("submit", "1", "--meeting", "2026-12-03", today="2026-11-27")
    assert awaited(asked) == [{"who": "eli", "by": "2026-11-28"}, {"who": "noor", "by": "2026-11-28"}]


def test_a_concern_is_resolved_by_its_number_or_by_name(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    for stance, note in (("concern", "Cost"), ("question", "Scope"), ("support", "Else fine")):
        asked.ok("feedback", "1", "--by", "noor", "--stance", stance, "--note", note)
    assert "--resolve with one of 1, 2" in asked.refused("feedback", "1", "--resolve", "noor", code=2)
    asked.ok("feedback", "1", "--resolve", "2", today="2026-11-25")
    assert "resolved: 2026-11-25}" in asked.path().read_text()
    asked.ok("feedback", "1", "--resolve", "noor")
    assert "it was resolved on 2026-11-25" in asked.refused("feedback", "1", "--resolve", "2")
    assert "support" in asked.refused("feedback", "1", "--resolve", "3")
    assert "has no feedback 4" in asked.refused("feedback", "1", "--resolve", "4", code=2)
    assert "no feedback of eli" in asked.refused("feedback", "1", "--resolve", "eli", code=2)


def test_how_a_concern_was_answered_and_by_whom_is_kept(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    for note in ("Cost", "Scope", "Time"):
        asked.ok("feedback", "1", "--by", "noor", "--stance", "concern", "--note", note)
    asked.ok("feedback", "1", "--resolve", "1", "--by", "mika", "--note", "Storage is in the plan's price")
    asked.git("config", "user.name", "Noor Halversen")
    asked.ok("feedback", "1", "--resolve", "2", "--note", "Only boards")
    asked.ok("feedback", "1", "--resolve", "3")
    kept = [line for line in asked.path().read_text().splitlines() if "resolved" in line]
    assert "resolved: 2026-11-24, answered_by: mika, answer: Storage is in the plan's price}" in kept[0]
    assert "answered_by: noor, answer: Only boards}" in kept[1]
    assert kept[2].endswith("note: Time, resolved: 2026-11-24}")
    shown = " ".join(asked.ok("status", "1").out.split())
    assert "resolved 24 Nov 2026 by Mika Lindell: Cost Answer: Storage is in the plan's price" in shown
    assert asked.ok("lint", "1").code == 0


def test_a_stranger_is_noted(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    said = asked.ok("feedback", "1", "--by", "guest", "--stance", "concern", "--note", "Cost")
    assert '"guest" is not in [people]' in said.err
    assert '"guest" is not in [people]' in asked.ok("feedback", "1", "--resolve", "1", "--by", "guest").err


def test_a_concern_is_answered_before_the_meeting_and_not_after_its_decision(asked: Company) -> None:
    asked.edit_settings("[feedback]\ndays = 4\n")
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    asked.ok("feedback", "1", "--by", "noor", "--stance", "concern", "--note", "Cost")
    said = asked.ok("remind", "--to", "pm").out
    assert "Answer the concern of noor: Cost; by 26 Nov 2026" in said
    asked.ok("decide", "1", "rework", "--by", "sam", "--action", "pm: count by 2027-01-20", today="2026-11-26")
    assert asked.ok("remind", "--to", "pm", today="2026-11-27").out == "pm owes nothing today.\n"
    asked.ok("action", "done", "1", "A1", today="2026-11-27")
    asked.ok("submit", "1", "--meeting", "2026-12-03", today="2026-11-27")
    assert "Answer the concern of noor" in asked.ok("remind", "--to", "pm", today="2026-11-27").out
    asked.ok("decide", "1", "proceed", "--by", "sam", today="2026-12-03")
    assert "Answer the concern" not in asked.ok("remind", today="2026-12-04").out


def test_feedback_is_for_a_stage_under_review(asked: Company) -> None:
    asked.commit_all()
    said = asked.refused("feedback", "1", "--by", "noor", "--stance", "support", "--note", "Go")
    assert "problem framing is a draft" in said
    assert "padctl submit PAD-0001" in said


def test_what_is_missing_or_unknown_is_named(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    whole = {"--by": "noor", "--stance": "support", "--note": "Go"}
    for flag in whole:
        given = [word for name, value in whole.items() if name != flag for word in (name, value)]
        assert f"{flag}" in asked.refused("feedback", "1", *given, code=2)
    wrong = asked.refused("feedback", "1", "--by", "noor", "--stance", "suport", "--note", "Go", code=2)
    assert 'did you mean "support"?' in wrong
    assert "goes without" in asked.refused("feedback", "1", "--resolve", "1", "--stance", "support", code=2)
    assert 'did you mean "mika"?' in asked.refused(
        "feedback", "1", "--by", "mikka", "--stance", "support", "--note", "Go", code=2
    )


def test_own_edits_and_dry_run_are_as_in_other_commands(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    words = ("feedback", "1", "--by", "noor", "--stance", "support", "--note", "Go")
    with asked.unchanged():
        assert "+  - {by: noor" in asked.ok(*words, "--dry-run").out
    asked.edit("43 leave", "44 leave")
    assert "--include-edits" in asked.refused(*words)
    assert "included" in asked.ok(*words, "--include-edits").err


def test_in_a_terminal_all_of_it_is_asked_for(asked: Company) -> None:
    asked.ok("submit", "1", "--meeting", "2026-11-26")
    asked.git("config", "user.name", "Noor Halversen")
    with terminal("--today", TODAY, "feedback", "1", cwd=asked.root) as person:
        person.answer("Feedback of [noor]", "")
        person.answer("Support, concern or question", "question")
        person.answer("Note", "How many?")
        assert person.end() == 0, person.said
    assert "by: noor" in asked.path().read_text()
