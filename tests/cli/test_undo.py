"""`padctl undo`: a move taken back is as if it had not been, but for the history that says so."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from acting import MEETING, Company
from hypothesis import given, settings
from hypothesis import strategies as st

from padctl.cli.moving import filled_template
from padctl.lifecycle import ActionRequest, Gatekeeper, Request, Trace, plan, plan_undo
from padctl.model.document import read_document
from padctl.model.pad import Pad, read_pad
from padctl.model.template import read_template
from padctl.model.terms import ACTION_OF_OUTCOME, MoveKind, Outcome
from padctl.model.transitions import legal_moves, replay
from padctl.scaffold import new_pad
from padctl.store.moves import moved
from padctl.store.templates import shipped
from padctl.store.undoing import unmade

ACTION = ("--action", "pm: ask the lawyers by 2026-12-01")
MOVES = [
    ("draft", ("submit", "1", "--meeting", MEETING, "--minutes", "20", "--ask", "Shall we?")),
    ("draft", ("hold", "1", "--reason", "later")),
    ("draft", ("withdraw", "1", "--reason", "never")),
    ("in-review", ("submit", "1", "--meeting", "2026-12-03", "--presenter", "mika")),
    ("in-review", ("decide", "1", "proceed", "--by", "sponsor")),
    ("in-review", ("decide", "1", "proceed-with-corrections", "--by", "sponsor", *ACTION)),
    ("in-review", ("decide", "1", "follow-up", "--by", "sponsor", *ACTION, *ACTION)),
    ("in-review", ("decide", "1", "rework", "--by", "sponsor", *ACTION)),
    ("in-review", ("recall", "1")),
    ("in-review", ("hold", "1", "--reason", "later")),
    ("in-review", ("withdraw", "1", "--reason", "never")),
    ("follow-up", ("advance", "1", "--by", "sponsor", "--override", "--reason", "asked by phone")),
    ("follow-up", ("submit", "1", "--meeting", MEETING, "--override", "--reason", "asked by phone")),
    ("in-progress", ("launch", "1")),
    ("in-progress", ("hold", "1", "--reason", "later")),
    ("on-hold", ("resume", "1")),
    ("on-hold", ("withdraw", "1", "--reason", "never")),
    ("withdrawn", ("resume", "1")),
]


def body(company: Company) -> bytes:
    return company.path().read_bytes().split(b"---", 2)[2]


def reviewed(company: Company, status: str) -> None:
    """Bring the PAD into a status; a slot gets more than its date."""
    if status == "in-review":
        company.draft()
        company.ok(
            "submit", "1", "--meeting", MEETING, "--minutes", "25", "--presenter", "mika", "--ask", "Is it ours?"
        )
    else:
        company.in_status(status)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("status", "words"), MOVES, ids=[f"{status}-{'-'.join(w[:3:2])}" for status, w in MOVES])
def test_a_move_and_its_undo_leave_nothing_but_the_history(
    company: Company, status: str, words: tuple[str, ...], newline: str
) -> None:
    reviewed(company, status)
    file = company.path()
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline.encode()))
    company.commit_all()
    before, text = company.pad().header, body(company)
    company.ok(*words)
    company.ok("undo", "1", "--reason", "a slip")

    after = company.pad()
    assert after.header
    assert before
    assert after.header.model_copy(update={"history": before.history}) == before
    assert body(company) == text
    assert after.header.history[: len(before.history)] == before.history
    move, undo = after.header.history[-2:]
    assert (undo.move, undo.undoes, undo.to, undo.reason) == ("undo", move.n, before.state, "a slip")
    assert after.template
    assert all(str(step.expected) == step.entry.to for step in replay(after.header.history, after.template.stages))
    assert "PC3" not in company.padctl("lint").out
    assert "PC35" not in company.padctl("lint", "--base", "HEAD~2").out
    assert company.git("rev-list", "--count", "HEAD~2..HEAD").strip() == "2"
    assert company.git("status", "--porcelain") == ""


def test_the_commit_says_what_it_takes_back(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "rework", "--by", "sponsor", *ACTION)
    said = company.ok("undo", "1")
    assert "Took back move 2: decide of 2026-11-24 (Not approved: more work)" in said.out
    assert "A1 of that decision is gone with it" in said.err
    assert company.git("log", "-1", "--format=%B").strip() == (
        "PAD-0001: undo decide of problem framing\n\nPad-Id: PAD-0001\nPad-Move: undo\n"
        "Pad-From: problem-framing/draft\nPad-To: problem-framing/in-review\nPad-Undoes: 2"
    )


def test_a_dry_run_writes_nothing(company: Company) -> None:
    company.submitted()
    with company.unchanged():
        said = company.ok("undo", "1", "--dry-run")
    assert "+  - {n: 2, date: 2026-11-24, move: undo" in said.out


def test_sections_that_the_author_has_begun_to_fill_stay_and_are_named(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.edit("### Proposed Solution\n", "### Proposed Solution\n\nA gallery of ten boards.\n")
    company.commit_all()
    said = company.ok("undo", "1")
    assert "Proposed Solution stays, because it was edited since" in said.err
    text = company.path().read_text()
    assert re.findall("^##+ .*", text, re.MULTILINE)[-2:] == ["## Solution Framing", "### Proposed Solution"]
    assert "A gallery of ten boards." in text


def test_a_note_of_the_author_under_the_stage_stays_with_its_heading(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.path().write_text(company.path().read_text() + "\n### Notes\n\nCall Kito.\n")
    company.commit_all()
    company.ok("undo", "1")
    assert company.path().read_text().endswith("## Solution Framing\n\n### Notes\n\nCall Kito.\n")


def test_sections_written_before_the_move_and_included_in_it_stay(company: Company) -> None:
    company.submitted()
    text = company.path().read_text()
    company.path().write_text(text + "\n## Solution Framing\n\n### Proposed Solution\n\nA gallery.\n")
    company.ok("decide", "1", "proceed", "--by", "sponsor", "--include-edits")
    company.ok("undo", "1")
    assert company.path().read_text().endswith("## Solution Framing\n\n### Proposed Solution\n\nA gallery.\n")


def test_a_changed_template_does_not_make_untouched_sections_look_edited(company: Company) -> None:
    company.submitted()
    text = body(company)
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.ok("template", "eject", "standard")
    page = company.root / "templates/pad/standard.md"
    page.write_text(page.read_text().replace("### Out of Scope\n", "### Out of Scope\n\n<!-- Say more. -->\n"))
    company.commit_all()
    company.ok("undo", "1")
    assert body(company) == text


def test_squashed_moves_are_taken_back_and_what_is_lost_is_said(company: Company) -> None:
    company.draft()
    company.commit_all()
    company.git("switch", "--quiet", "-c", "gallery")
    company.ok("submit", "1", "--meeting", MEETING, "--ask", "Is it ours?")
    text = body(company)
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.git("switch", "--quiet", "main")
    company.git("merge", "--quiet", "--squash", "gallery")
    company.git("commit", "--quiet", "-m", "Gallery (#7)")
    said = company.ok("undo", "1")
    header = company.pad().header
    assert header
    assert header.slot
    assert (str(header.slot.date), header.slot.ask) == (MEETING, None)
    assert "git does not tell the slot as it was" in said.err
    assert body(company) == text


def test_the_slot_keeps_what_the_author_changed_of_it(company: Company) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", MEETING, "--presenter", "mika", "--ask", "Is it ours?")
    company.ok("submit", "1", "--meeting", "2026-12-03", "--presenter", "eli")
    company.edit("Is it ours?", "Is it ours at all?")
    company.commit_all()
    company.ok("undo", "1")
    header = company.pad().header
    assert header
    assert header.slot
    assert (str(header.slot.date), header.slot.presenter, header.slot.ask) == (MEETING, "mika", "Is it ours at all?")


def test_undo_again_takes_back_the_move_before(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "follow-up", "--by", "sponsor", *ACTION)
    for state in ("in-review", "draft"):
        company.ok("undo", "1")
        assert company.state() == f"problem-framing/{state}"
    (reason,) = company.reasons("undo", "1")
    assert "every move was taken back already" in reason
    header = company.pad().header
    assert header
    assert [entry.undoes for entry in header.history] == [None, None, 2, 1]
    company.ok("submit", "1", "--meeting", MEETING)
    company.ok("undo", "1")
    assert company.state() == "problem-framing/draft"
    assert company.ok("lint", "--strict").out.endswith("no findings\n")


def test_a_pad_that_was_never_moved(company: Company) -> None:
    company.in_status("draft")
    (reason,) = company.reasons("undo", "1")
    assert "it has not been moved yet" in reason


def test_an_action_that_is_done_since_is_a_reason(company: Company) -> None:
    company.in_status("follow-up")
    company.ok("action", "done", "1", "A1")
    (reason,) = company.reasons("undo", "1")
    assert "A1 of that decision was done on 2026-11-24" in reason


def test_actions_of_others_stay(company: Company) -> None:
    company.submitted()
    company.ok("action", "add", "1", "dana: book the room by 2026-12-01")
    company.ok("decide", "1", "rework", "--by", "sponsor", *ACTION)
    company.ok("action", "add", "1", "eli: tell sales by 2026-12-01")
    company.ok("undo", "1")
    header = company.pad().header
    assert header
    assert [(action.id, action.who) for action in header.actions] == [("A1", "dana"), ("A3", "eli")]
    assert "PC35" not in company.padctl("lint", "--base", "HEAD~1").out


def test_a_decision_recorded_wrongly_is_recorded_anew_with_its_day(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "rework", "--by", "sponsor", *ACTION, today=MEETING)
    company.ok("undo", "1", today="2026-11-30")
    company.ok("decide", "1", "proceed", "--by", "sponsor", "--meeting", MEETING, today="2026-11-30")
    assert "0 errors" in company.ok("lint", today="2026-11-30").out
    agenda = json.loads(company.ok("agenda", MEETING, "--format", "json", today="2026-11-30").out)["data"]
    decided = [(one["outcome"], one["taken_back"]) for one in agenda["decided"]]
    assert decided == [("Not approved: more work", "2026-11-30"), ("Approved", None)]


def test_undone_decisions_are_in_no_report_but_the_log(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", "--override", "--reason", "the board said so")
    company.edit("Of 100 teams, 43", "Of 100 teams, 44")
    company.commit_all()
    assert "PC512" in company.ok("lint").out
    company.ok("undo", "1", "--reason", "wrong PAD")
    assert company.ok("lint").out.endswith("no findings\n")
    assert "Problem in review for 26 Nov 2026;" in company.ok("status", "1").out
    agenda = json.loads(company.ok("agenda", MEETING, "--format", "json").out)["data"]
    assert agenda["decided"] == []
    assert [item["overrides"] for item in agenda["items"]] == [[]]
    log = company.ok("log", "1")
    assert "Approved (sponsor); on to solution framing [undone]" in " ".join(log.out.split())
    assert "Undid the decide of 24 Nov 2026; back to problem framing, in review" in " ".join(log.out.split())
    moves = json.loads(company.ok("log", "1", "--format", "json").out)["data"]
    assert [(move["move"], move["undoes"], move["undone_by"]) for move in moves] == [
        ("submit", None, None), ("decide", None, 3), ("undo", 2, None),
    ]  # fmt: skip


def test_the_launch_that_was_taken_back_may_be_made_anew(company: Company) -> None:
    company.in_status("in-progress")
    company.ok("launch", "1", "2026-11-24")
    company.ok("undo", "1", today="2026-11-25")
    company.ok("launch", "1", "2026-11-25", today="2026-11-25")
    assert "Launched on 2026-11-25; on to" in company.ok("log", "1").out


def test_an_edited_pad_is_refused(company: Company) -> None:
    company.submitted()
    company.edit("Of 100 teams", "Of 200 teams")
    (reason,) = company.reasons("undo", "1")
    assert "edits are not committed yet" in reason
    company.ok("undo", "1", "--include-edits")
    assert "Of 200 teams" in company.path().read_text()


def test_a_stale_clone_is_refused(company: Company, make: Callable[..., Company]) -> None:
    company.submitted()
    company.git("clone", "--quiet", "--bare", ".", "../remote.git")
    company.git("remote", "add", "origin", "../remote.git")
    company.git("fetch", "--quiet", "origin")
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.git("push", "--quiet", "origin", "main")
    company.git("reset", "--quiet", "--hard", "HEAD~1")
    (reason,) = company.reasons("undo", "1")
    assert "decide of 2026-11-24 (Approved) is on origin/main and not here" in reason


def test_an_undo_by_hand_of_an_older_move_fails_lint(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.commit_all()
    entry = "  - {n: 3, date: 2026-11-24, move: undo, to: problem-framing/draft, undoes: 1}\n"
    company.edit("stage: solution-framing", "stage: problem-framing")
    company.edit("\n---\n", f"\n{entry}---\n")
    said = company.padctl("lint", "--base", "HEAD")
    assert said.code == 1
    assert "PC305" in said.out
    assert "PC353" in said.out


PAGE = shipped("templates") / "pad" / "standard.md"
TEMPLATE, _ = read_template(read_document(PAGE.read_bytes(), path="t.md"))


def written(text: str) -> Pad:
    return read_pad(read_document(text.encode(), path="pads/PAD-0001-t.md"), TEMPLATE)


@given(data=st.data(), known=st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_life_taken_back_move_by_move_is_as_before(data: st.DataObject, known: bool) -> None:
    assert TEMPLATE
    day = date(2026, 11, 24)
    pad = written(new_pad(pad_id="PAD-0001", title="T", owner="pm", team=None, template=TEMPLATE, today=day))
    lives = [pad]
    for _ in range(data.draw(st.integers(1, 7))):
        assert pad.header
        legal = legal_moves(pad.header.status)
        if not legal:
            break
        kind = data.draw(st.sampled_from(legal))
        outcome = data.draw(st.sampled_from(Outcome)) if kind is MoveKind.DECIDE else None
        asked = (ActionRequest(who="pm", what="ask", due=day),) if outcome in ACTION_OF_OUTCOME else ()
        request = Request(
            move=kind, day=day, today=day, outcome=outcome, actions=asked, by=("sam",), reason="r", override="r",
            meeting=day if kind is MoveKind.SUBMIT else None, launched=day if kind is MoveKind.LAUNCH else None,
            ask=data.draw(st.sampled_from(["a?", "b?", "c?"])), minutes=len(lives),
        )  # fmt: skip
        template = filled_template(pad)
        assert template
        pad = written(moved(pad, plan(pad, request, Gatekeeper()), template).text)
        lives.append(pad)
    for number in range(len(lives) - 1, 0, -1):
        trace = Trace(before=lives[number - 1], after=lives[number]) if known else Trace()
        undo = plan_undo(pad, trace, day=day, reason=None, recorded=None)
        document, stays = unmade(pad, undo, filled_template, trace)
        pad = written(document.text)
        was = lives[number - 1]
        assert stays == []
        assert pad.header
        assert was.header
        same = {"history": was.header.history} if known else {"history": was.header.history, "slot": was.header.slot}
        assert pad.header.model_copy(update=same) == was.header
        assert (pad.header.slot is None) == (was.header.slot is None)
        assert document.text[document.body_start :] == was.document.text[was.document.body_start :]
        assert all(str(step.expected) == step.entry.to for step in replay(pad.header.history, TEMPLATE.stages))


def test_an_undo_on_another_branch_says_what_it_does_not_see(company: Company) -> None:
    """The move that waits on the branch left behind is not the one that is taken back."""
    company.submitted()
    company.ok("hold", "1", "--reason", "waits", "--branch")
    said = company.ok("undo", "1", "--branch")
    assert "switched to a new branch pad-0001-undo, from main, without what waits on pad-0001-hold\n" in said.err
    assert "Took back move 1: submit" in said.out
