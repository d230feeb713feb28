"""A meeting held at a real terminal: walked item by item, left, broken off, killed, and gone on with."""

import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from acting import MEETING, Company
from terminal import Terminal, terminal

ACTION = "dana: ask five teachers by 2026-12-03"
NEXT = "Outcome, or skip"


@pytest.fixture
def room(company: Company) -> Company:
    """Return a repository with three PADs submitted for the meeting."""
    company.edit_settings('[meeting]\nminutes = 90\nsponsors = ["sam", "ines"]\n')
    for number in (1, 2, 3):
        company.draft(f"Idea {number}")
        company.ok("submit", str(number), "--meeting", MEETING, "--minutes", "20")
    return company


def held(company: Company, *words: str, today: str = MEETING) -> AbstractContextManager[Terminal]:
    return terminal("--today", today, "meet", *words, cwd=company.root)


def approve(person: Terminal, reason: str = "") -> None:
    """Approve the item that is shown, as the default sponsors."""
    person.answer(NEXT, "1")
    person.answer("Decided by", "")
    person.answer("Reason", reason)
    person.answer("Record this?", "y")


def states(company: Company) -> list[str]:
    return [company.state(number).partition("/")[2] for number in (1, 2, 3)]


def commits(company: Company) -> int:
    return int(company.git("rev-list", "--count", "HEAD"))


def test_a_whole_meeting_ends_with_its_minutes(room: Company) -> None:
    before = commits(room)
    with held(room, "--save") as person:
        person.wait_for("3 PADs, 60 of 90 minutes")
        person.wait_for("Nothing stands in the way of a decision.")
        person.wait_for("1. PAD-0001 Idea 1")
        approve(person, "It is worth it")
        person.wait_for("2. PAD-0002 Idea 2")
        person.answer(NEXT, "2")
        person.answer("Correction 1", ACTION)
        person.answer("Correction 2", "")
        person.answer("Decided by", "ines")
        person.answer("Reason", "")
        person.answer("Record this?", "y")
        person.wait_for("3. PAD-0003 Idea 3")
        person.answer(NEXT, "rework")
        person.answer("Rework 1", ACTION)
        person.answer("Rework 2", "")
        person.answer("Decided by", "")
        person.answer("Reason", "")
        person.answer("Record this?", "y")
        assert person.end() == 0
        assert "took 3 decisions: 1 approved, 1 approved with corrections and 1 not" in " ".join(person.said.split())
        assert f"Saved meetings/{MEETING}.md" in person.said
        assert max(map(len, person.said.splitlines())) <= 80
    assert states(room) == ["draft", "draft", "draft"]
    assert commits(room) == before + 4
    assert room.git("status", "--porcelain") == ""


def test_what_is_skipped_comes_back_and_items_are_reached_by_number(room: Company) -> None:
    with held(room, "--by", "sam") as person:
        person.answer(NEXT, "g 3")
        person.wait_for("3. PAD-0003")
        person.answer(NEXT, "s")
        person.wait_for("1. PAD-0001 Idea 1: problem framing, pm, 0 of 20 min")
        person.answer("Come back to which?", "9")
        person.wait_for('"9" is not left')
        person.answer("Come back to which?", "2")
        person.wait_for("2. PAD-0002")
        person.answer(NEXT, "1")
        person.answer("Reason", "")
        person.answer("Record this?", "y")
        person.wait_for("3. PAD-0003")
        person.answer(NEXT, "list")
        person.wait_for("2. PAD-0002 Idea 2: decided")
        person.answer(NEXT, "g 2")
        person.wait_for('"2" is not left')
        person.answer(NEXT, "")
        person.wait_for("this item 0 of 20 min; the meeting 0 of 90 min")
        person.answer(NEXT, "?")
        person.wait_for("g 3      go to item 3")
        person.answer(NEXT, "seven")
        person.wait_for('"seven" is no outcome and no command')
        person.answer(NEXT, "q")
        assert person.end() == 0
        assert "2 PADs were not decided and are carried over" in " ".join(person.said.split())
        assert f"padctl minutes {MEETING} --save" in person.said
    assert states(room) == ["in-review", "draft", "in-review"]


def test_what_is_not_agreed_to_is_not_recorded(room: Company) -> None:
    with held(room, "--by", "sam") as person:
        person.answer(NEXT, "1")
        person.answer("Reason", "")
        person.answer("Record this?", "n")
        person.wait_for("nothing was recorded")
        person.answer(NEXT, "q")
        assert person.end() == 0
    assert states(room) == ["in-review"] * 3


def test_everything_missing_is_said_before_the_first_item(room: Company) -> None:
    room.edit("Of 100 teams", "Of 200 teams")
    room.edit("### Audience", "### Public", 2)
    room.git("commit", "--quiet", "-m", "Rename a section", "--", room.relative(2))
    with held(room, "--by", "tomas") as person:
        person.answer(NEXT, "q")
        assert person.end() == 0
        said = " ".join(person.said.partition("1. PAD-0001")[0].split())
    assert "· PAD-0001 Idea 1 none of its sponsors decides at this meeting: sam, ines" in said
    assert "2 lines of edits are not committed yet" in said
    assert "· PAD-0002 Idea 2 not ready: lint finds 1 error fix: padctl lint PAD-0002" in said


def test_a_stale_clone_is_said_and_refused_item_by_item(room: Company, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(room.root), str(tmp_path / "clone")], check=True)
    clone = Company(root=tmp_path / "clone")
    room.ok("decide", "1", "proceed", "--by", "sam", today=MEETING)
    clone.git("fetch", "--quiet")
    with held(clone, "--by", "sam") as person:
        person.wait_for("1 commit of origin/main not here yet")
        person.wait_for("decide of 2026-11-26 (Approved) is on origin/main and not here")
        person.answer(NEXT, "1")
        person.answer("Reason", "")
        person.answer("Record this?", "y")
        person.wait_for("error: PAD-0001: this copy is behind origin/main")
        person.answer(NEXT, "g 2")
        approve_as_sam(person)
        person.answer(NEXT, "q")
        assert person.end() == 0
    assert states(clone) == ["in-review", "draft", "in-review"]


def approve_as_sam(person: Terminal) -> None:
    person.answer(NEXT, "1")
    person.answer("Reason", "")
    person.answer("Record this?", "y")


def test_a_pad_that_somebody_else_decides_meanwhile_is_not_left(room: Company) -> None:
    with held(room, "--by", "sam") as person:
        person.wait_for(NEXT)
        room.ok("decide", "1", "proceed", "--by", "sam", today=MEETING)
        person.press(b"1\n")
        person.wait_for("error: PAD-0001: decide is not possible now")
        person.wait_for("2. PAD-0002")
        person.answer(NEXT, "q")
        assert person.end() == 0


def test_ctrl_c_keeps_what_was_decided_and_the_rest_goes_on_later(room: Company) -> None:
    with held(room) as person:
        approve(person)
        person.answer(NEXT, "2")
        person.answer("Correction 1", ACTION)
        person.wait_for("Correction 2")
        person.interrupt()
        assert person.end() == 130
        assert "1 decided and committed, 2 still open" in person.said
        assert f"padctl meet {MEETING} goes on with what is left" in person.said
        assert "Traceback" not in person.said
    assert states(room) == ["draft", "in-review", "in-review"]
    assert room.git("status", "--porcelain") == ""
    with held(room, MEETING, today="2026-11-27") as person:
        person.wait_for("Decided already: PAD-0001")
        person.wait_for("2 PADs, 40 of 90 minutes")
        person.wait_for("1. PAD-0002")
        person.answer(NEXT, "1")
        person.answer("Decided by", "")
        person.answer("Reason", "")
        person.answer("Record this?", "y")
        person.answer(NEXT, "q")
        assert person.end() == 0
    header = room.pad(2).header
    assert header is not None
    assert str(header.history[-1].date) == MEETING


def test_the_end_of_input_is_no_answer(room: Company) -> None:
    with held(room) as person:
        person.wait_for(NEXT)
        person.press(b"\x04")
        assert person.end() == 130
        assert "0 decided and committed, 3 still open" in person.said
    assert states(room) == ["in-review"] * 3


def test_killed_at_a_question_nothing_undecided_is_written(room: Company) -> None:
    with held(room) as person:
        approve(person)
        person.answer(NEXT, "2")
        person.answer("Correction 1", ACTION)
        person.wait_for("Correction 2")
        person.kill()
    assert states(room) == ["draft", "in-review", "in-review"]
    assert room.git("status", "--porcelain") == ""


@pytest.mark.parametrize("git_too", [False, True])
def test_killed_in_a_commit_the_decision_is_whole_or_not_there(room: Company, git_too: bool) -> None:
    wait = "touch .git/in-hook\nwhile test -e .git/in-hook; do sleep 0.05; done\n"
    hook = room.write(".git/hooks/pre-commit", f"#!/bin/sh\n{wait}")
    hook.chmod(0o755)
    running = room.root / ".git/in-hook"
    with held(room) as person:
        approve(person)
        _until(running.exists)
        person.kill(everything=git_too)
    before = commits(room)
    hook.unlink()
    running.unlink()
    if not git_too:
        _until(lambda: commits(room) == before + 1 and not (room.root / ".git/index.lock").exists())
    with held(room) as person:
        person.wait_for(f"note: an interrupted run had {'changed' if git_too else 'committed'} ")
        person.answer(NEXT, "q")
        assert person.end() == 0
        assert ("1. PAD-0001" if git_too else "2. PAD-0002") in person.said
    assert room.git("status", "--porcelain") == ""
    assert states(room) == ["in-review" if git_too else "draft", "in-review", "in-review"]


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_an_empty_or_cancelled_meeting_has_nothing_to_walk(company: Company) -> None:
    with held(company) as person:
        assert person.end() == 0
        assert "Nothing submitted: there is nothing to decide" in " ".join(person.said.split())
        assert "no minutes of 26 Nov 2026" in person.said
    with held(company, "2026-12-10") as person:
        assert person.end() == 0
        said = " ".join(person.said.split())
        assert "There is nothing to decide on 10 Dec 2026. PADs are taken until 9 Dec 2026." in said
        assert "no minutes of 10 Dec 2026" in said
        assert "--save" not in said


def test_an_action_due_before_the_decision_and_an_unknown_person_are_asked_again(room: Company) -> None:
    room.edit_settings('[meeting]\nsponsors = ["sam"]\n[people]\nsam = {name = "Sam"}\nnoor = {name = "Noor"}\n')
    with held(room, "--by", "sam") as person:
        person.answer(NEXT, "4")
        person.answer("Rework 1", "noor: count by 2026-11-01")
        person.wait_for("2026-11-01 is before the decision of 2026-11-26")
        person.answer("Rework 1", "nobody: count by 2026-12-03")
        person.wait_for('"nobody" is not in [people]')
        person.answer("Rework 1", "nobody: count by 2026-12-03")
        person.answer("Rework 2", "")
        person.answer("Reason", "")
        person.answer("Record this?", "y")
        person.wait_for("2. PAD-0002")
        person.answer(NEXT, "q")
        assert person.end() == 0
    assert "who: nobody" in room.path(1).read_text()


def test_a_meeting_before_its_day_is_asked_about(room: Company) -> None:
    with held(room, today="2026-11-25") as person:
        person.answer("This meeting is on 26 Nov 2026. Hold it today, 25 Nov 2026?", "")
        assert person.end() == 1
    assert states(room) == ["in-review"] * 3


def test_without_a_terminal_decide_is_named(room: Company) -> None:
    said = room.refused("meet", code=2)
    assert "padctl decide ID OUTCOME --by NAME" in said


def test_where_nothing_can_be_committed_the_meeting_does_not_start(room: Company) -> None:
    room.edit_settings("[git]\nprotected = true\n")
    with held(room) as person:
        assert person.end() == 1
        assert "main changes by pull request only" in person.said
        assert "meet --branch" in person.said


def test_a_meeting_on_one_branch_is_pushed_once_at_its_end(room: Company, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "origin")], check=True)
    room.git("remote", "add", "origin", str(tmp_path / "origin"))
    room.git("push", "--quiet", "-u", "origin", "main")
    room.edit_settings('[git]\nprotected = true\n[meeting]\nsponsors = ["sam", "ines"]\n')
    room.git("push", "--quiet", "origin", "main")
    main = room.git("rev-parse", "main")
    branch = f"meeting-{MEETING}"
    with held(room, "--by", "sam", "--branch", "--push", "--save", MEETING) as person:
        approve_as_sam(person)
        person.wait_for(f"note: switched to a new branch {branch}")
        person.wait_for("2. PAD-0002")
        approve_as_sam(person)
        person.wait_for("3. PAD-0003")
        person.answer(NEXT, "q")
        assert person.end() == 0
        assert person.said.count("To bring it there:") == 1
    assert room.git("log", "--format=%s", f"main..origin/{branch}").splitlines() == [
        f"Minutes of {MEETING}", "PAD-0002: problem framing: approved", "PAD-0001: problem framing: approved",
    ]  # fmt: skip
    assert room.git("rev-parse", "main") == main
    room.git("switch", "--quiet", "main")
    with held(room, "--branch") as person:
        assert person.end() == 1
        assert f"git switch {branch}" in person.said
    room.git("switch", "--quiet", branch)
    with held(room, "--branch") as person:
        person.wait_for("3. PAD-0003")
        person.answer(NEXT, "q")
        assert person.end() == 0


def test_a_meeting_without_a_decision_leaves_no_branch(room: Company) -> None:
    with held(room, "--branch") as person:
        person.answer(NEXT, "q")
        assert person.end() == 0
    assert room.git("branch", "--format=%(refname:short)") == "main\n"


def test_push_without_a_remote_is_refused_before_the_meeting(room: Company) -> None:
    with held(room, "--push") as person:
        assert person.end() == 2
        assert "there is no remote origin" in person.said
