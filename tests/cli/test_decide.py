"""A decision asked for at the terminal, and the same by options."""

import pytest
from acting import TODAY, Company
from terminal import terminal

_PEOPLE = """
[meeting]
sponsors = ["sam"]

[people]
sam = {name = "Sam Verhoof"}
dana = {name = "Dana Ito"}
eli = {name = "Eli Marchand", email = "eli@example.com"}
"""


@pytest.fixture
def reviewed(company: Company) -> Company:
    """Return a company with a PAD in review, people and a sponsor of the meeting."""
    company.edit_settings(_PEOPLE)
    company.submitted()
    return company


def test_all_of_it_is_asked_for_and_a_wrong_answer_is_asked_for_again(reviewed: Company) -> None:
    with terminal("--today", TODAY, "decide", "1", cwd=reviewed.root) as person:
        person.wait_for("  2  Approved with corrections\n")
        person.answer("Outcome, 1 to 4", "5")
        person.wait_for('there is no outcome "5"')
        person.answer("Outcome, 1 to 4", "2")
        person.answer("Correction 1", "")
        person.wait_for("this outcome needs at least one")
        person.answer("Correction 1", "dana asks five teachers")
        person.wait_for('is not "who: what by DATE"')
        person.answer("Correction 1", "dana: ask five teachers by 2026-02-30")
        person.wait_for("is no date")
        person.answer("Correction 1", "danna: ask five teachers by 2026-12-03")
        person.wait_for('did you mean "dana"?')
        person.answer("Correction 1", "dana: ask five teachers by 2026-12-03")
        person.answer("Correction 2", "Eli Marchand: price the storage by 2026-12-04")
        person.answer("Correction 3", "")
        person.answer("Decided by [sam]", "pia")
        person.wait_for('"pia" is no sponsor')
        person.answer("Decided by [sam]", "")
        person.answer("Reason, for the minutes", "Cheap to try")
        person.wait_for("  Problem framing: Approved with corrections, 24 Nov 2026\n  Decided by Sam Verhoof\n")
        person.wait_for("  Eli Marchand: price the storage by 4 Dec 2026\n  Cheap to try\n")
        person.answer("Record this? [Y/n]", "")
        assert person.end() == 0, person.said
    header = reviewed.pad().header
    assert header
    last = header.history[-1]
    assert (last.outcome, last.by, last.note) == ("proceed-with-corrections", ("sam",), "Cheap to try")
    assert [(a.id, a.kind, a.who, a.what, str(a.due)) for a in header.actions] == [
        ("A1", "correction", "dana", "ask five teachers", "2026-12-03"),
        ("A2", "correction", "eli", "price the storage", "2026-12-04"),
    ]


def test_approval_asks_for_no_action_and_a_no_records_nothing(reviewed: Company) -> None:
    before = reviewed.snapshot()
    with terminal("--today", TODAY, "decide", "1", cwd=reviewed.root) as person:
        person.answer("Outcome, 1 to 4", "1")
        person.answer("Decided by", "")
        person.answer("Reason", "")
        person.answer("Record this?", "n")
        assert person.end() == 1
    assert "Correction" not in person.said
    assert "nothing was recorded" in person.said
    assert reviewed.snapshot() == before


def test_only_what_is_missing_is_asked_for(reviewed: Company) -> None:
    with terminal("--today", TODAY, "decide", "1", "rework", "--by", "sam", cwd=reviewed.root) as person:
        person.answer("Rework 1", "dana: ask five teachers by 2026-12-03")
        person.answer("Rework 2", "")
        person.answer("Record this?", "y")
        assert person.end() == 0, person.said
    assert "Outcome" not in person.said
    assert "Decided by [" not in person.said
    assert reviewed.state() == "problem-framing/draft"


def test_nothing_is_asked_where_all_is_given(reviewed: Company) -> None:
    with terminal("--today", TODAY, "decide", "1", "1", "--by", "sam", cwd=reviewed.root) as person:
        assert person.end() == 0, person.said
    assert "?" not in person.said
    assert reviewed.state() == "solution-framing/draft"


def test_what_is_decided_after_the_meeting_is_dated_on_it(reviewed: Company) -> None:
    with terminal("--today", "2026-11-27", "decide", "1", cwd=reviewed.root) as person:
        person.answer("Outcome", "1")
        person.answer("Decided by", "")
        person.answer("Decided on [2026-11-26]", "")
        person.answer("Reason", "")
        person.answer("Record this?", "")
        assert person.end() == 0, person.said
    assert "date: 2026-11-26, move: decide" in reviewed.path().read_text()


def test_interrupted_questions_change_nothing(reviewed: Company) -> None:
    before = reviewed.snapshot()
    with terminal("--today", TODAY, "decide", "1", cwd=reviewed.root) as person:
        person.answer("Outcome", "2")
        person.wait_for("Correction 1")
        person.press(b"\x04")
        assert person.end() == 130
    assert "interrupted" in person.said
    assert reviewed.snapshot() == before


def test_a_pad_that_is_not_in_review_is_refused_before_any_question(company: Company) -> None:
    company.draft()
    company.commit_all()
    with terminal("--today", TODAY, "decide", "1", cwd=company.root) as person:
        assert person.end() == 1
    assert "Outcome" not in person.said


def test_without_a_terminal_the_missing_option_is_named(reviewed: Company) -> None:
    said = reviewed.refused("decide", "1", code=2)
    assert "OUTCOME is missing" in said
    assert "1 proceed, 2 proceed-with-corrections, 3 follow-up, 4 rework" in said
    assert "--by NAME is missing" in reviewed.refused("decide", "1", "proceed", code=2)
    assert "at least one action" in reviewed.refused("decide", "1", "rework", "--by", "sam")


def test_a_slip_in_an_action_is_refused_and_a_stranger_noted(reviewed: Company) -> None:
    words = ("decide", "1", "rework", "--by", "sam", "--action")
    assert 'did you mean "dana"?' in reviewed.refused(*words, "dnaa: ask by 2026-12-03", code=2)
    assert '"lawyers" is not in [people]' in reviewed.ok(*words, "lawyers: read it by 2026-12-03").err


def test_a_title_is_asked_for(company: Company) -> None:
    with terminal("new", "--owner", "pm", cwd=company.root) as person:
        person.answer("Title: ", "Team gallery")
        assert person.end() == 0, person.said
    assert company.path().name == "PAD-0001-team-gallery.md"
