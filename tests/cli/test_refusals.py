"""Moves that the process refuses: every reason with its fix, and nothing changed."""

import re

import pytest
from acting import MEETING, TODAY, Company

LATER = "2026-12-03"
OVERRIDE = ("--override", "--reason", "the board asked for it")
MOVES = {
    "submit": ("submit", "PAD-0001", "--meeting", MEETING),
    "decide": ("decide", "PAD-0001", "proceed", "--by", "sponsor"),
    "advance": ("advance", "PAD-0001", "--by", "sponsor"),
    "launch": ("launch", "PAD-0001"),
    "recall": ("recall", "PAD-0001"),
    "hold": ("hold", "PAD-0001", "--reason", "waits"),
    "withdraw": ("withdraw", "PAD-0001", "--reason", "solved"),
    "resume": ("resume", "PAD-0001"),
}
LEGAL = {
    "draft": ["submit", "hold", "withdraw"],
    "in-review": ["submit", "decide", "recall", "hold", "withdraw"],
    "follow-up": ["submit", "advance", "hold", "withdraw"],
    "in-progress": ["launch", "hold", "withdraw"],
    "on-hold": ["withdraw", "resume"],
    "withdrawn": ["withdraw", "resume"],
    "done": [],
}
ACTION = ("--action", "pm: ask five teachers by 2026-12-01")


@pytest.mark.parametrize("status", LEGAL)
def test_every_dash_of_the_table(company: Company, status: str) -> None:
    company.in_status(status)
    for name in [name for name in MOVES if name not in LEGAL[status]]:
        (reason,) = company.reasons(*MOVES[name])
        for legal in LEGAL[status]:
            assert f"padctl {legal} PAD-0001" in reason
        assert reason.count("padctl ") == len(LEGAL[status])
        if name in {"submit", "decide", "advance", "launch"}:
            assert company.reasons(*MOVES[name], *OVERRIDE) == [reason]


@pytest.mark.parametrize("outcome", ["proceed-with-corrections", "follow-up", "rework"])
def test_decide_without_submit_for_every_outcome(company: Company, outcome: str) -> None:
    company.in_status("draft")
    (reason,) = company.reasons("decide", "1", outcome, "--by", "sponsor", *ACTION)
    assert "draft" in reason


def test_submit_with_empty_sections_lists_all_of_them(company: Company) -> None:
    company.ok("new", "T", "--owner", "pm")
    reasons = company.reasons("submit", "1", "--meeting", MEETING)
    text = "".join(reasons)
    sections = ["Problem Statement", "Audience", "Why", "Success Metrics", "Potential Solution Directions"]
    assert all(f'"{name}"' in text for name in sections)
    assert "classification" in text
    assert all(re.search(r"\bline \d+\b", reason) for reason in reasons)
    assert "Competitive Research" not in text


def test_submit_with_one_empty_section(company: Company) -> None:
    company.draft()
    prose = "Of 100 teams, 43 leave their first board empty ([count](https://example.com/count))."
    company.edit(prose, "TBD")
    (reason,) = company.reasons("submit", "1", "--meeting", MEETING)
    assert '"Problem Statement"' in reason
    assert "PC202" in reason
    line = company.path().read_text().split("\n").index("### Problem Statement") + 1
    assert f"line {line}" in reason


def test_submit_lists_reasons_of_every_kind_at_once(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "rework", "--by", "sponsor", *ACTION)
    company.edit("## Opportunity/Problem Framing", "## Something")
    company.edit("classification: differentiator", "classification:")
    company.edit("### Audience", "### Spectators")
    reasons = company.reasons("submit", "1", "--meeting", "2026-11-19")
    text = "".join(reasons)
    assert "classification" in text
    assert '"Audience"' in text
    assert "action A1 is open: pm: ask five teachers, due 2026-12-01" in text
    assert "fix: padctl action done PAD-0001 A1" in text
    assert "the meeting of 2026-11-19 is past" in text


def test_submit_with_an_open_rework_action(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "rework", "--by", "sponsor", *ACTION)
    (reason,) = company.reasons("submit", "1", "--meeting", MEETING)
    assert "padctl action done PAD-0001 A1" in reason
    company.ok("action", "add", "1", "eli: book a room by 2026-11-30")
    company.ok("action", "done", "1", "A1")
    company.ok("submit", "1", "--meeting", MEETING)


def test_advance_with_open_follow_ups(company: Company) -> None:
    company.submitted()
    two = ("--action", "pm: ask the lawyers by 2026-12-01", "--action", "eli: count requests by 2026-12-02")
    company.ok("decide", "1", "follow-up", "--by", "sponsor", *two)
    company.ok("action", "done", "1", "A1")
    (reason,) = company.reasons("advance", "1", "--by", "sponsor")
    assert "padctl action done PAD-0001 A2" in reason
    assert len(company.reasons("submit", "1", "--meeting", MEETING)) == 1


def test_an_outcome_that_does_not_exist(company: Company) -> None:
    company.submitted()
    assert 'did you mean "proceed"?' in company.refused("decide", "1", "procede", "--by", "sponsor", code=2)
    said = company.refused("decide", "1", "5", "--by", "sponsor", code=2)
    for outcome in ("1 proceed", "2 proceed-with-corrections", "3 follow-up", "4 rework"):
        assert outcome in said


def test_a_decider_who_is_no_sponsor_of_the_pad(company: Company) -> None:
    company.draft()
    company.edit("sponsors: []", "sponsors: [sam, ines]")
    company.ok("submit", "1", "--meeting", MEETING)
    (reason,) = company.reasons("decide", "1", "proceed", "--by", "eli")
    assert '"eli" is no sponsor' in reason
    assert "ines, sam" in reason
    company.ok("decide", "1", "proceed", "--by", "sam")


def test_a_decider_who_is_no_sponsor_of_the_meeting(company: Company) -> None:
    company.edit_settings('[meeting]\nsponsors = ["noor"]\n')
    company.submitted()
    assert len(company.reasons("decide", "1", "proceed", "--by", "eli", "--by", "sam")) == 2
    company.ok("decide", "1", "follow-up", "--by", "noor", *ACTION)
    company.ok("action", "done", "1", "A1")
    (reason,) = company.reasons("advance", "1", "--by", "eli")
    assert "noor" in reason


@pytest.mark.parametrize("nobody", ["", ",", "  "])
def test_a_decision_by_nobody(company: Company, nobody: str) -> None:
    company.submitted()
    said = company.refused("decide", "1", "proceed", "--by", nobody, code=2)
    assert "--by" in said


@pytest.mark.parametrize("outcome", ["proceed-with-corrections", "follow-up", "rework", "2", "3", "4"])
def test_all_outcomes_but_proceed_need_an_action(company: Company, outcome: str) -> None:
    company.submitted()
    (reason,) = company.reasons("decide", "1", outcome, "--by", "sponsor")
    assert "--action" in reason
    assert company.reasons("decide", "1", outcome, "--by", "sponsor", *OVERRIDE) == [reason]


@pytest.mark.parametrize(
    "text",
    ["pm ask by 2026-12-01", "pm: ask", "pm: ask by tomorrow", "pm: ask by 2026-02-30", ": ask by 2026-12-01", "",
     "pm: by 2026-12-01", "two words: ask by 2026-12-01"],
)  # fmt: skip
def test_an_action_that_is_written_otherwise(company: Company, text: str) -> None:
    company.submitted()
    said = company.refused("decide", "1", "rework", "--by", "sponsor", "--action", text, code=2)
    assert "--action" in said


def test_dates_that_are_past_or_in_the_future(company: Company) -> None:
    company.draft()
    (reason,) = company.reasons("submit", "1", "--meeting", "2026-11-23")
    assert "2026-11-23 is past" in reason
    company.ok("submit", "1", "--meeting", TODAY)
    (reason,) = company.reasons("decide", "1", "proceed", "--by", "sponsor", "--meeting", "2026-11-25")
    assert "future" in reason
    (reason,) = company.reasons("decide", "1", "proceed", "--by", "sponsor", "--meeting", "2026-11-20")
    assert "2026-11-24" in reason


def test_a_launch_in_the_future(company: Company) -> None:
    company.in_status("in-progress")
    (reason,) = company.reasons("launch", "1", "2026-11-25")
    assert "2026-11-25 is in the future" in reason


@pytest.mark.parametrize(
    "word", ["2026-02-30", "26.11.2026", "2026-11-26T10:00", "٢٠٢٦-١١-٢٦", "tomorrow", "2026-W48-4"]
)
def test_words_that_are_no_date(company: Company, word: str) -> None:
    company.draft()
    said = company.refused("submit", "1", "--meeting", word, code=2)
    assert "--meeting" in said
    assert "2026-11-26" in said


def test_decide_lists_all_its_reasons(company: Company) -> None:
    company.edit_settings('[meeting]\nsponsors = ["noor"]\n')
    company.submitted()
    reasons = company.reasons("decide", "1", "rework", "--by", "eli", "--meeting", "2026-11-25")
    assert len(reasons) == 3
    text = "".join(reasons)
    for words in ("--action", "future", '"eli" is no sponsor'):
        assert words in text


def test_more_minutes_than_a_slot_has(company: Company) -> None:
    company.draft()
    assert "30" in company.refused("submit", "1", "--meeting", MEETING, "--minutes", "45", code=2)
    company.refused("submit", "1", "--meeting", MEETING, "--minutes", "0", code=2)


@pytest.mark.parametrize("option", ["--presenter", "--ask"])
def test_line_breaks_do_not_get_into_the_header(company: Company, option: str) -> None:
    company.draft()
    company.refused("submit", "1", "--meeting", MEETING, option, "x\n\nPad-Outcome: proceed")


@pytest.mark.parametrize("option", ["--note", "--evidence"])
def test_line_breaks_do_not_get_into_the_history(company: Company, option: str) -> None:
    company.submitted()
    company.refused("decide", "1", "proceed", "--by", "sponsor", option, "x\n\nPad-Outcome: rework")
    company.refused("decide", "1", "rework", "--by", "sponsor", "--action", "pm: a\nPad-Id: PAD-9 by 2026-12-01")


def test_actions_that_are_not_there_or_done(company: Company) -> None:
    company.submitted()
    assert "its actions: none" in company.refused("action", "done", "1", "A1", code=2)
    company.ok("action", "add", "1", "pm: book a room by 2026-12-01")
    company.ok("action", "done", "1", "A1")
    assert "2026-11-24" in company.refused("action", "done", "1", "A1")
    company.refused("action", "add", "1", "pm!: book a room by 2026-12-01")


@pytest.mark.parametrize(
    "words",
    [
        ["decide", "9", "proceed", "--by", "s"],
        ["submit", "PAD-0099", "--meeting", MEETING],
        ["hold", "", "--reason", "x"],
    ],
)
def test_ids_that_are_not_there(company: Company, words: list[str]) -> None:
    company.in_status("draft")
    company.refused(*words, code=2)
