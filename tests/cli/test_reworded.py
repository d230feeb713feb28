"""Hooks that reword the message of padctl's commits, replace it, or take the commit back: what stands is told."""

import signal

import pytest
from acting import MEETING, TODAY, Company, padctl_process
from rooms import awaited, ended, hook, started

DECIDE = ("decide", "PAD-0001", "proceed", "--by", "sponsor")
SUBMIT = ("submit", "1", "2", "--meeting", MEETING)
REWORDS = [
    'printf "Change-Id: I1\\nSigned-off-by: Dana <dana@example.com>\\n" >> "$1"',
    'echo "chore: documents" > "$1"',
]


@pytest.fixture
def drafts(company: Company) -> Company:
    """Return a repository with two committed drafts."""
    company.draft("Gallery")
    company.draft("Exports")
    company.commit_all()
    return company


@pytest.mark.parametrize("script", REWORDS)
def test_a_reworded_commit_stands_although_git_had_to_be_ended(
    company: Company, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.submitted()
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "1")
    hook(company, "commit-msg", script)
    hook(company, "post-commit", "sleep 300")
    said = ended(started(company, *DECIDE))
    assert said.code == 0, said.all
    assert "the commit was made, but git complained" in said.out
    assert company.git("status", "--porcelain") == ""
    assert company.state() == "solution-framing/draft"


@pytest.mark.parametrize("script", REWORDS)
def test_a_reworded_commit_stands_although_padctl_was_asked_to_end(company: Company, script: str) -> None:
    company.submitted()
    hook(company, "commit-msg", script)
    hook(company, "post-commit", "touch .git/in-hook; sleep 300")
    process = started(company, *DECIDE)
    awaited(company.root / ".git/in-hook")
    process.send_signal(signal.SIGTERM)
    said = ended(process)
    assert said.code == 130
    assert f"interrupted; {company.relative()} was committed" in said.out
    assert company.git("status", "--porcelain") == ""


def test_a_replaced_message_is_no_obstacle_to_taking_several_back(drafts: Company) -> None:
    hook(drafts, "commit-msg", f'grep -q "Pad-Id: PAD-0002" $1 && exit 1; {REWORDS[1]}')
    assert "none of the 2" in drafts.refused(*SUBMIT)


def test_a_replaced_message_of_a_killed_run_is_no_obstacle(drafts: Company) -> None:
    killer = "{ kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID; }"
    script = hook(drafts, "commit-msg", f'grep -q "Pad-Id: PAD-0002" $1 && {killer}; {REWORDS[1]}')
    head = drafts.git("rev-parse", "HEAD")
    assert padctl_process(*SUBMIT, "--today", TODAY, cwd=drafts.root).code == -signal.SIGKILL
    script.unlink()
    assert "they are taken back" in drafts.padctl("recall", "1").err
    assert drafts.git("rev-parse", "HEAD") == head
    assert drafts.git("status", "--porcelain") == ""


def test_commits_that_cannot_be_told_from_others_stay_and_are_named(drafts: Company) -> None:
    hook(drafts, "commit-msg", f'grep -q "Pad-Id: PAD-0002" $1 && exit 1; {REWORDS[1]}')
    path = drafts.relative(1)
    hook(drafts, "pre-commit", f"grep -q '^status: in-review' {path} && echo 'A line.' >> {path} && git add {path}; :")
    said = drafts.padctl(*SUBMIT)
    assert said.code == 1
    assert f"{path}: committed before that; it stays, because somebody else committed since" in said.err
    assert f"Not written: {drafts.relative(2)}" in said.err


@pytest.mark.parametrize("how", ["hard", "mixed", "soft"])
def test_a_commit_that_a_hook_takes_back_is_none(company: Company, how: str) -> None:
    company.submitted()
    hook(company, "post-commit", f"git reset --quiet --{how} HEAD~")
    (reason,) = company.reasons(*DECIDE)
    assert "took the commit back" in reason


def test_the_commit_to_revert_is_named_although_a_hook_commits_after_it(company: Company) -> None:
    company.submitted()
    path = company.relative()
    hook(company, "pre-commit", f"sed -i 's/^stage: .*/stage: delivery/' {path}; git add {path}")
    hook(company, "post-commit", "git update-ref HEAD $(git commit-tree -p HEAD -m bump HEAD^{tree})")
    said = company.padctl(*DECIDE)
    commit = company.git("rev-parse", "--short=12", "HEAD~").strip()
    assert f"git revert --no-edit {commit} takes" in said.err
