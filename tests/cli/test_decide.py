"""A decision asked for at the terminal, and the same by options."""

import pytest
from acting import MEETING, TODAY, Company
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


@pytest.mark.parametrize(
    "words",
    [("decide", "1"), ("decide", "1", "proceed"), ("submit", "1"), ("hold", "1"), ("decide", "1", "--branch")],
    ids=" ".join,
)
def test_what_git_stands_against_is_said_before_any_question(reviewed: Company, words: tuple[str, ...]) -> None:
    if "--branch" in words:
        reviewed.git("switch", "--quiet", "--detach")
    else:
        settings = (reviewed.root / "padctl.toml").read_text(encoding="utf-8")
        reviewed.edit_settings(f"{settings}\n[git]\nprotected = true\n")
    before = reviewed.snapshot()
    with terminal("--today", TODAY, *words, cwd=reviewed.root) as person:
        code = person.end()
    assert code in {1, 2}, person.said
    assert person.said.startswith("error: ")
    assert reviewed.snapshot() == before


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


def test_what_is_overridden_is_summed_up_before_it_is_agreed_to(reviewed: Company) -> None:
    for by, shown in (
        ("pia", ['Overridden: "pia" is no sponsor', "Reason for the override: sam is ill"]),
        ("sam", ["Nothing to override: no gate stands in the way"]),
    ):
        with terminal(
            "--today", TODAY, "decide", "1", "--by", by, "--override", "--reason", "sam is ill", cwd=reviewed.root
        ) as person:
            person.answer("Outcome", "1")
            person.answer("Reason", "")
            for text in shown:
                person.wait_for(text)
            person.answer("Record this?", "n")
            assert person.end() == 1


def test_a_pad_that_is_not_ready_is_decided_with_a_word_about_it(reviewed: Company) -> None:
    reviewed.edit("Of 100 teams, 43 leave their first board empty ([count](https://example.com/count)).", "TBD")
    reviewed.commit_all()
    assert "Not ready: lint finds 1 error" in reviewed.ok("agenda", MEETING).out
    with terminal("--today", TODAY, "decide", "1", cwd=reviewed.root) as person:
        person.answer("Outcome", "1")
        person.answer("Decided by", "")
        person.answer("Reason", "")
        person.wait_for("  Not ready: lint finds 1 error\n")
        person.answer("Record this?", "n")
    said = reviewed.ok("decide", "1", "proceed", "--by", "sam")
    assert "not ready: lint finds 1 error" in said.err


def test_a_pad_carried_over_is_decided_at_the_latest_meeting(reviewed: Company) -> None:
    with terminal("--today", "2026-12-03", "decide", "1", "--by", "sam", cwd=reviewed.root) as person:
        person.answer("Outcome", "1")
        person.answer("Reason", "")
        person.wait_for("Problem framing: Approved, 3 Dec 2026")
        person.answer("Record this?", "n")
    assert "Decided on" not in person.said
    with terminal("--today", "2026-12-04", "decide", "1", "--by", "sam", cwd=reviewed.root) as person:
        person.answer("Outcome", "1")
        person.wait_for("Decided on [2026-12-03]")


def _goes_on(company: Company) -> None:
    """Decide PAD-0001 and submit its next stage, as a colleague does."""
    company.ok("decide", "1", "proceed", "--by", "sam")
    company.ok("submit", "1", "--meeting", MEETING, "--override", "--reason", "urgent")


def test_an_answer_is_recorded_for_the_stage_that_was_shown_only(reviewed: Company) -> None:
    with terminal("--today", TODAY, "decide", "1", cwd=reviewed.root) as person:
        person.answer("Outcome", "1")
        person.answer("Decided by", "")
        person.answer("Reason", "")
        person.wait_for("Problem framing: Approved")
        _goes_on(reviewed)
        before = reviewed.snapshot()
        person.answer("Record this?", "y")
        assert person.end() == 1
    said = " ".join(person.said.split())
    assert "it moved on while you were asked" in said
    assert "decide proceed of 2026-11-24 by sam, to solution-framing/draft" in said
    assert "it is solution framing, in review, now" in said
    assert reviewed.snapshot() == before


def test_so_it_is_at_the_meeting_where_the_item_is_shown_again(reviewed: Company) -> None:
    with terminal("--today", TODAY, "meet", MEETING, "--by", "sam", cwd=reviewed.root) as person:
        person.answer("Hold it today", "y")
        person.wait_for("Problem framing review")
        _goes_on(reviewed)
        person.answer("Outcome, or skip", "1")
        person.wait_for("it moved on while you were asked")
        person.wait_for("Solution framing review")
        person.answer("Outcome, or skip", "1")
        person.answer("Reason", "")
        person.wait_for("Solution framing: Approved")
        person.answer("Record this?", "y")
        person.end()
    assert reviewed.state() == "delivery/in-progress"


def test_a_question_before_a_plain_move_is_answered_for_what_was_there(reviewed: Company) -> None:
    with terminal("--today", TODAY, "hold", "1", cwd=reviewed.root) as person:
        person.wait_for("Why")
        _goes_on(reviewed)
        person.press(b"waits for pricing\n")
        assert person.end() == 1
    assert reviewed.state() == "solution-framing/in-review"
