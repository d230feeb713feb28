"""Moves of several PADs at once: all are checked before any is written; one commit each, or none."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl_process
from terminal import terminal

SUBMIT = ("submit", "1", "2", "3", "--meeting", MEETING)


@pytest.fixture
def three(company: Company) -> Company:
    """Return a repository with three drafts that may be submitted: committed, staged whole, and untracked."""
    for title in ("Gallery", "Exports", "Search"):
        company.draft(title)
    company.git("add", company.relative(1))
    company.git("commit", "--quiet", "-m", "A draft")
    company.git("add", company.relative(2))
    company.write("notes.txt", "mine\n")
    company.git("add", "notes.txt")
    return company


def hook(company: Company, name: str, script: str) -> Path:
    file = company.root / ".git/hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def subjects(company: Company, count: int) -> list[str]:
    return company.git("log", f"-{count}", "--reverse", "--format=%s").splitlines()


def test_one_commit_each(three: Company) -> None:
    said = three.ok(*SUBMIT)
    assert subjects(three, 3) == [f"PAD-000{n}: submit problem framing for {MEETING}" for n in (1, 2, 3)]
    for n in (1, 2, 3):
        listed = three.git("show", "--format=", "--name-only", f"HEAD~{3 - n}").split()
        assert listed == [three.relative(n)]
    assert said.out.count("Next: ") == 1
    assert three.git("status", "--porcelain") == "A  notes.txt\n"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("hold", "1", "pad-0002", "--reason", "waits"), "problem-framing/on-hold"),
        (("withdraw", "1", "2", "--reason", "no"), "problem-framing/withdrawn"),
        (("recall", "1", "2"), "problem-framing/draft"),
        (("submit", "1", "2", "--meeting", "2026-12-03"), "problem-framing/in-review"),
        (("decide", "1", "2", "proceed", "--by", "sponsor"), "solution-framing/draft"),
        (("decide", "1", "2", "4", "--by", "sam", "--action", "pm: ask by 2026-12-01"), "problem-framing/draft"),
    ],
)
def test_every_move_takes_several(three: Company, words: tuple[str, ...], state: str) -> None:
    three.ok(*SUBMIT)
    before = three.git("rev-list", "--count", "HEAD")
    three.ok(*words)
    assert [three.state(n) for n in (1, 2, 3)] == [state, state, "problem-framing/in-review"]
    assert int(three.git("rev-list", "--count", "HEAD")) - int(before) == 2


def test_advance_launch_and_resume_take_several(three: Company) -> None:
    three.ok(*SUBMIT)
    three.ok("decide", "1", "2", "follow-up", "--by", "sam", "--action", "pm: ask the lawyers by 2026-12-01")
    for n in (1, 2):
        three.ok("action", "done", str(n), "A1")
    three.ok("advance", "1", "2", "--by", "sam")
    three.ok("hold", "1", "2", "--reason", "waits")
    three.ok("resume", "1", "2")
    for n in (1, 2):
        three.fill(n)
    three.ok("submit", "1", "2", "--meeting", MEETING)
    three.ok("decide", "1", "2", "proceed", "--by", "sam")
    three.ok("launch", "1", "2", TODAY)
    assert [three.state(n) for n in (1, 2)] == ["post-launch-recap/draft"] * 2
    assert [str((three.pad(n).header or pytest.fail("unreadable")).launched) for n in (1, 2)] == [TODAY] * 2


def test_all_are_checked_before_any_is_written(three: Company) -> None:
    three.edit("### Why", "### Because", 2)
    three.edit("classification: differentiator", "classification:  # later", 3)
    reasons = three.reasons(*SUBMIT)
    assert {reason.split(":")[0] for reason in reasons} == {"PAD-0002", "PAD-0003"}
    assert three.refused(*SUBMIT).startswith("error: nothing was written: 2 of 3 PADs cannot be moved\n")


def test_moves_that_are_not_possible_are_told_for_each(three: Company) -> None:
    three.ok("submit", "2", "--meeting", MEETING)
    reasons = three.reasons("decide", "1", "2", "3", "proceed", "--by", "sponsor")
    assert [reason.split(":")[0] for reason in reasons] == ["PAD-0001", "PAD-0003"]


@pytest.mark.parametrize("words", [("1", "1"), ("1", "2", "PAD-0001"), ("gallery", "pad-1")])
def test_the_same_pad_twice(three: Company, words: tuple[str, ...]) -> None:
    assert " is PAD-0001, given twice" in three.refused("hold", *words, "--reason", "x", code=2)


def test_words_that_are_missing(three: Company) -> None:
    assert 'there is no outcome "9"' in three.refused("decide", "1", "9", code=2)
    assert "ID is missing" in three.refused("decide", "proceed", code=2)
    assert 'no PAD "tomorrow"' in three.refused("launch", "1", "tomorrow", code=2)
    assert '"2026-13-01" is no date' in three.refused("launch", "1", "2", "2026-13-01", code=2)


def test_a_decision_on_several_asks_nothing_and_names_what_is_missing(three: Company) -> None:
    three.ok(*SUBMIT)
    with terminal("--today", TODAY, "decide", "1", "2", "proceed", cwd=three.root) as person:
        assert person.end() == 2
    assert "--by NAME is missing" in person.said
    reasons = three.reasons("decide", "1", "2", "rework", "--by", "sam")
    assert [reason.partition(":")[0] for reason in reasons] == ["PAD-0001", "PAD-0002"]


def test_a_dry_run_of_several(three: Company) -> None:
    with three.unchanged():
        said = three.ok(*SUBMIT, "--dry-run")
    assert said.out.count("\n+status: in-review\n") == 3


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
@pytest.mark.parametrize("last", [2, 3])
def test_a_later_commit_that_fails_takes_the_earlier_ones_back(three: Company, name: str, last: int) -> None:
    hook(three, name, f"git diff --cached --name-only HEAD | grep -q PAD-000{last} && echo 'not this' >&2 && exit 1; :")
    three.git("reset", "--quiet", "--", "notes.txt")
    reasons = three.reasons(*SUBMIT)
    assert "not this" in reasons[0]
    assert "none of the 3 PADs was moved" in reasons[1]


def test_staged_work_of_others_stays_when_commits_are_taken_back(three: Company) -> None:
    hook(three, "commit-msg", "grep -q 'Pad-Id: PAD-0003' $1 && exit 1; :")
    assert "none of the 3" in three.refused(*SUBMIT)


def test_a_file_that_git_only_knows_of_is_only_known_again(three: Company) -> None:
    three.git("add", "--intent-to-add", three.relative(3))
    hook(three, "commit-msg", "grep -q 'Pad-Id: PAD-0001' $1 && exit 1; :")
    three.refused("submit", "3", "1", "--meeting", MEETING)


def test_no_commit_is_left_of_a_new_repository(make: Callable[..., Company]) -> None:
    company = make(commit=False)
    for title in ("Gallery", "Exports"):
        company.draft(title)
    script = hook(company, "commit-msg", "grep -q 'Pad-Id: PAD-0002' $1 && exit 1; :")
    company.refused("submit", "1", "2", "--meeting", MEETING)
    script.unlink()
    company.ok("submit", "1", "2", "--meeting", MEETING)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("git tag -f mine", "refs/tags/mine has it already"),
        ("git push -q hub HEAD:main", "refs/remotes/hub/main has it already"),
        ("echo mine >> pads/PAD-0001-gallery.md", "a file was edited in the meantime"),
        (
            "git update-ref HEAD $(git commit-tree -p HEAD -m other HEAD^{tree}); rm .git/hooks/post-commit",
            "somebody else committed since",
        ),
    ],
)
def test_what_somebody_else_has_by_then_stays(three: Company, tmp_path: Path, script: str, why: str) -> None:
    three.git("init", "--quiet", "--bare", str(tmp_path / "hub.git"))
    three.git("remote", "add", "hub", str(tmp_path / "hub.git"))
    hook(three, "post-commit", script)
    hook(three, "commit-msg", "grep -q 'Pad-Id: PAD-0002' $1 && exit 1; :")
    said = three.padctl(*SUBMIT)
    assert said.code == 1
    assert f"{three.relative(1)}: committed before that; it stays, because" in said.err
    assert why in said.err
    assert f"Not written: {three.relative(2)}, {three.relative(3)}" in said.err
    assert [three.state(n).partition("/")[2] for n in (1, 2, 3)] == ["in-review", "draft", "draft"]
    assert "Pad-Id: PAD-0001" in three.git("log", "-2", "--format=%B")


def test_a_hook_that_rewrites_the_message_is_no_obstacle(three: Company) -> None:
    script = 'grep -q "Pad-Id: PAD-0003" $1 && exit 1; printf "[T-1] %s\\n\\nChange-Id: 1\\n" "$(cat $1)" > $1'
    hook(three, "commit-msg", script)
    assert "none of the 3" in three.refused(*SUBMIT)


REWRITES = "f=$(ls pads/PAD-0002*); sed -i 's/^status: .*/status: done/' $f; git add $f"


def test_a_hook_that_rewrites_what_a_move_wrote_takes_all_back(three: Company) -> None:
    hook(three, "pre-commit", f"git diff --cached --name-only HEAD | grep -q PAD-0002 && {REWRITES}; :")
    said = three.refused(*SUBMIT)
    assert f"a hook changed {three.relative(2)} on its way into the commit" in said
    assert "not as the command wrote it: status" in said
    assert "none of the 3 PADs was moved" in said
    assert "revert" not in said
    assert "was committed" not in said


def test_a_hook_that_rewrites_what_a_move_wrote_where_nothing_can_be_taken_back(three: Company) -> None:
    hook(three, "pre-commit", f"git diff --cached --name-only HEAD | grep -q PAD-0002 && {REWRITES}; :")
    hook(three, "post-commit", "git tag -f mine")
    said = three.padctl(*SUBMIT)
    assert said.code == 1
    assert f"{three.relative(2)} was committed, but a hook changed it" in said.err
    assert f"{three.relative(1)}, {three.relative(2)}: committed before that; it stays" in said.err
    commit = three.git("rev-parse", "--short=12", "HEAD").strip()
    assert f"git revert --no-edit {commit} " in said.err


@pytest.mark.parametrize("name", ["pre-commit", "post-commit"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_killed_run_is_taken_back_by_the_next(three: Company, name: str, at: int) -> None:
    count = "n=$(cat .git/n 2>/dev/null || echo 0); n=$((n+1)); echo $n > .git/n; "
    script = hook(three, name, f"{count}[ $n = {at} ] && kill -9 $(ps -o ppid= -p $PPID) && kill -9 $PPID; :")
    head, index = three.git("rev-parse", "HEAD"), three.git("ls-files", "-s")
    files = {path: path.read_bytes() for path in (three.path(n) for n in (1, 2, 3))}
    assert padctl_process(*SUBMIT, "--today", TODAY, cwd=three.root).code == -signal.SIGKILL
    script.unlink()
    finished = name == "post-commit" and at == 3
    if not finished:
        said = three.padctl("decide", "1", "proceed", "--by", "sam")
        assert said.code == 1
        assert "interrupted run" in said.err
        assert (three.git("rev-parse", "HEAD"), three.git("ls-files", "-s")) == (head, index)
        assert {path: path.read_bytes() for path in files} == files
        three.ok(*SUBMIT)
    assert [three.state(n) for n in (1, 2, 3)] == ["problem-framing/in-review"] * 3
    assert three.git("rev-list", "--count", f"{head.strip()}..HEAD").strip() == "3"
    three.ok("recall", "1", "2")
    assert not list((three.root / ".git").glob("padctl-*.json"))
    assert three.git("status", "--porcelain") == "A  notes.txt\n"
    assert three.git("fsck", "--no-dangling") == ""


def test_the_json_of_a_list_after_several(three: Company) -> None:
    three.ok(*SUBMIT)
    rows = json.loads(three.ok("list", "--format", "json").out)["data"]
    assert [(row["status"], row["only_on"]) for row in rows] == [("in-review", "")] * 3
