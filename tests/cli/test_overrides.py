"""`--override --reason` passes gates, is recorded and shown, and passes nothing else."""

import pytest
from acting import MEETING, Company
from test_refusals import ACTION, LATER, MOVES, OVERRIDE


@pytest.mark.parametrize("move", ["submit", "decide", "advance", "launch"])
def test_override_without_reason(company: Company, move: str) -> None:
    company.in_status("in-review")
    assert "--reason" in company.refused(*MOVES[move], "--override", code=2)


def test_overridden_submit_is_recorded_and_shown(company: Company) -> None:
    company.ok("new", "T", "--owner", "pm")
    said = company.ok("submit", "1", "--meeting", "2026-11-20", *OVERRIDE)
    assert "overridden" in said.err
    header = company.pad().header
    assert header
    assert header.history[0].override == "the board asked for it"
    for form in ("text", "md", "json"):
        assert "the board asked for it" in company.ok("agenda", MEETING, "--format", form).out
    assert "the board asked for it" in company.ok("log", "1").out
    company.ok("decide", "1", "rework", "--by", "sponsor", *ACTION)
    company.ok("submit", "1", "--meeting", LATER, "--override", "--reason", "no time for teachers")
    for form in ("text", "md", "json"):
        said = company.ok("agenda", LATER, "--format", form)
        assert "the board asked for it" in said.out
        assert "no time for teachers" in said.out


def test_override_passes_the_gates_of_the_other_moves(company: Company) -> None:
    company.edit_settings('[meeting]\nsponsors = ["noor"]\n')
    company.submitted()
    company.ok("decide", "1", "follow-up", "--by", "eli", *ACTION, *OVERRIDE)
    company.ok("advance", "1", "--by", "eli", *OVERRIDE)
    company.fill()
    company.ok("submit", "1", "--meeting", MEETING, *OVERRIDE)
    company.ok("decide", "1", "proceed", "--by", "noor")
    company.ok("launch", "1", "2026-11-30", *OVERRIDE)
    header = company.pad().header
    assert header
    assert [bool(entry.override) for entry in header.history] == [False, True, True, True, False, True]


def test_an_override_of_nothing_is_said_and_not_recorded(company: Company) -> None:
    company.submitted()
    said = company.ok("decide", "1", "proceed", "--by", "sponsor", *OVERRIDE)
    assert "nothing to override" in said.err
    header = company.pad().header
    assert header
    assert header.history[-1].override is None
    assert "override" not in company.ok("log", "1").out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: draft", "status: draft\nstatus: done"),
        ("status: draft", "status: [draft"),
        ("status: draft", "status: &a draft"),
        ("status: draft", "status: redrafted"),
        ("template: standard", "template: nosuch"),
        ("created: 2026-11-24", "created: 2026-02-30"),
        ("owner: pm", "owner: pm\nhandler: x"),
        ("reviewers: []\n---", "reviewers: []\n--"),
        ("stage: problem-framing", "stage: delivery\nstage: delivery"),
        ("template: standard\nstage: problem-framing", "template: light\nstage: solution-framing"),
    ],
)
def test_no_override_passes_an_unreadable_document(company: Company, old: str, new: str) -> None:
    company.in_status("draft")
    company.edit(old, new)
    company.git("commit", "--quiet", "-am", "Break it")
    path = company.relative()
    reasons = company.reasons("submit", path, "--meeting", MEETING)
    assert all(f"padctl lint {path}" in reason for reason in reasons)
    assert company.reasons("submit", path, "--meeting", MEETING, *OVERRIDE) == reasons
    company.refused("hold", path, "--reason", "x")
    company.refused("action", "add", path, "pm: mend it by 2026-12-01")


@pytest.mark.parametrize("page", ["no front matter", "---\ntemplate: standard\nstages: []\n---\n", "\xff"])
def test_no_override_passes_an_unreadable_template(company: Company, page: str) -> None:
    company.in_status("draft")
    company.write("templates/pad/standard.md", page)
    company.commit_all()
    (reason,) = company.reasons("submit", "1", "--meeting", MEETING)
    assert "template" in reason
    assert company.reasons("submit", "1", "--meeting", MEETING, *OVERRIDE) == [reason]
