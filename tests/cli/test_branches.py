"""Moves on branches: made, switched to, left again, pushed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MEETING, Company

SUBMIT = ("submit", "1", "--meeting", MEETING)
HOLD = ("hold", "1", "--reason", "waits")


def branch(company: Company) -> str:
    return company.git("symbolic-ref", "--short", "HEAD").strip()


def branches(company: Company) -> list[str]:
    return company.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()


@pytest.mark.parametrize(("given", "name"), [((), "pad-0001-submit"), (("gallery",), "gallery")])
def test_a_move_on_a_new_branch(company: Company, given: tuple[str, ...], name: str) -> None:
    company.draft()
    company.write("notes.txt", "mine\n")
    tried = company.ok(*SUBMIT, "--branch", *given, "--dry-run")
    assert f"would switch to a new branch {name}, from main\n" in tried.err
    said = company.ok(*SUBMIT, "--branch", *given)
    assert branch(company) == name
    assert f"switched to a new branch {name}, from main\n" in said.err
    assert "1 line" not in said.err
    assert f"\nOn branch {name}, not on main yet. To bring it there:\n" in said.out
    assert f"  git switch main && git merge {name}\n" in said.out
    assert company.git("rev-list", "--count", "main..HEAD").strip() == "1"
    assert company.git("status", "--porcelain") == "?? notes.txt\n"
    assert all(len(line) <= 80 for line in said.out.splitlines())


@pytest.mark.parametrize(
    "words",
    [("submit", "--branch", "1", "--meeting", MEETING), ("submit", "1", "--branch=", "--meeting", MEETING)],
)
def test_an_id_after_the_option_is_no_name(company: Company, words: tuple[str, ...]) -> None:
    company.draft()
    company.ok(*words)
    assert branch(company) == "pad-0001-submit"


def test_an_outcome_after_the_option_is_no_name(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "--branch", "proceed", "--by", "sponsor")
    assert branch(company) == "pad-0001-decide"


def test_actions_and_several_moves_on_a_branch(company: Company) -> None:
    company.draft("One")
    company.draft("Two")
    company.ok("submit", "1", "2", "--meeting", MEETING, "--branch")
    assert branch(company) == "pad-0001-and-1-more-submit"
    company.git("switch", "--quiet", "main")
    company.commit_all()
    assert "not on main yet" not in company.ok("action", "list").out
    company.draft("Three")
    company.commit_all()
    said = company.ok("action", "add", "3", "pm: ask teachers by 2026-12-01", "--branch")
    assert branch(company) == "pad-0003-action"
    assert "not on main yet" in said.out


def test_no_branch_is_spoken_of_on_the_default_one(company: Company) -> None:
    company.draft()
    assert "branch" not in company.ok(*SUBMIT).all
    company.git("branch", "-m", "trunk")
    assert "branch" not in company.ok("recall", "1").all
    company.edit_settings('[git]\ndefault = "trunk"\n')
    company.git("switch", "--quiet", "-c", "proposal")
    assert "not on trunk yet" in company.ok(*SUBMIT).out


@pytest.mark.parametrize("name", ["main", "a b", "-x", "a..b", "+a", "@{-1}", "a:b"])
def test_a_name_that_is_none(company: Company, name: str) -> None:
    company.draft()
    assert "--branch" in company.refused(*SUBMIT, f"--branch={name}", code=2)


def test_own_edits_come_along(company: Company) -> None:
    company.in_status("draft")
    company.write("notes.txt", "one\n")
    company.commit_all()
    company.edit("Of 100 teams", "Of 101 teams")
    company.write("notes.txt", "two\n")
    company.git("add", "notes.txt")
    company.ok(*SUBMIT, "--branch")
    assert "Of 101 teams" in company.git("show", f"HEAD:{company.relative()}")
    assert company.git("status", "--porcelain") == "M  notes.txt\n"


@pytest.mark.parametrize("edited", ["notes.txt", "new.txt"])
def test_switching_that_would_overwrite_work_is_refused(cloned: Company, edited: str) -> None:
    cloned.git("switch", "--quiet", "-c", "old")
    cloned.git("switch", "--quiet", "main")
    for name in ("notes.txt", "new.txt"):
        cloned.write(name, "theirs\n")
    cloned.commit_all()
    cloned.git("push", "--quiet", "origin", "main")
    cloned.git("switch", "--quiet", "old")
    cloned.write(edited, "mine\n")
    if edited == "notes.txt":
        cloned.git("add", edited)
    cloned.git("config", "core.excludesFile", str(cloned.write(".git/ignored", "new.txt\n")))
    said = cloned.refused(*SUBMIT, "--branch")
    assert "you are still on old" in said
    assert edited in said
    fix = said.partition("fix: ")[2]
    if edited == "new.txt":
        assert fix.startswith("move these files away")
        return
    for command in re.findall(r"^ +git (.*)$", fix, re.MULTILINE):
        cloned.git(*command.split(), code=1 if command == "stash pop" else 0)
    assert branch(cloned) == "pad-0001-submit"
    assert "mine" in (cloned.root / edited).read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("submit", "1", "--meeting", "2026-11-01"),
        ("decide", "1", "proceed", "--by", "sam"),
        ("action", "done", "1", "A9"),
    ],
)
@pytest.mark.parametrize("given", [(), ("proposal",), ("there",)])
def test_a_refused_move_leaves_the_user_where_they_were(
    cloned: Company, words: tuple[str, ...], given: tuple[str, ...]
) -> None:
    cloned.git("branch", "there")
    cloned.git("switch", "--quiet", "-c", "elsewhere")
    cloned.write("notes.txt", "mine\n")
    cloned.edit("Of 100 teams", "Of 101 teams")
    with cloned.unchanged():
        assert cloned.padctl(*words, "--branch", *given).code in {1, 2}


def test_a_hook_that_fails_leaves_no_branch_behind(company: Company) -> None:
    company.draft()
    hook = company.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    company.refused(*SUBMIT, "--branch")
    company.refused(*SUBMIT, "--branch", "--push", code=2)


def test_a_dry_run_on_a_branch(company: Company) -> None:
    company.draft()
    with company.unchanged():
        assert "+status: in-review" in company.ok(*SUBMIT, "--branch", "--dry-run").out


def test_a_branch_starts_from_what_the_remote_has(cloned: Company, tmp_path: Path) -> None:
    other = Company(root=tmp_path / "other")
    cloned.git("clone", "--quiet", str(tmp_path / "hub.git"), str(other.root))
    other.write("news.txt", "news\n")
    other.commit_all()
    other.git("push", "--quiet")
    cloned.git("fetch", "--quiet")
    said = cloned.ok(*SUBMIT, "--branch")
    assert "from origin/main" in said.err
    assert (cloned.root / "news.txt").exists()
    assert cloned.git("config", "--get", "branch.pad-0001-submit.merge", code=1) == ""
    assert "git push -u origin pad-0001-submit\n" in said.out
    assert "git switch main && git pull --ff-only origin main\n" in said.out


def test_a_branch_starts_from_own_commits_that_are_not_pushed_yet(cloned: Company) -> None:
    cloned.write("mine.txt", "mine\n")
    cloned.commit_all()
    cloned.ok(*SUBMIT, "--branch")
    assert (cloned.root / "mine.txt").exists()


def test_a_branch_that_is_open_is_used_again_and_one_that_is_merged_is_not(company: Company) -> None:
    company.in_status("draft")
    company.ok(*SUBMIT, "--branch")
    company.ok("submit", "1", "--meeting", "2026-12-03", "--branch")
    assert branches(company) == ["main", "pad-0001-submit"]
    company.git("switch", "--quiet", "main")
    company.ok("submit", "1", "--meeting", "2026-12-10", "--branch")
    assert branch(company) == "pad-0001-submit"
    company.git("switch", "--quiet", "main")
    company.git("merge", "--quiet", "--squash", "pad-0001-submit")
    company.git("commit", "--quiet", "-m", "Squashed")
    company.ok("submit", "1", "--meeting", "2026-12-17", "--branch")
    assert branch(company) == "pad-0001-submit-2"


ACTION = ("action", "add", "1", "eli: ask legal by 2026-12-01", "--branch")
FEEDBACK = ("feedback", "1", "--by", "noor", "--stance", "concern", "--note", "Who pays?", "--branch")


@pytest.mark.parametrize(("words", "name"), [(ACTION, "pad-0001-action"), (FEEDBACK, "pad-0001-feedback")])
def test_a_branch_with_more_feedback_or_actions_is_open_until_they_are_merged(
    company: Company, words: tuple[str, ...], name: str
) -> None:
    company.submitted()
    company.ok(*words)
    company.ok(*words)
    assert branches(company) == ["main", name]
    company.git("switch", "--quiet", "main")
    assert f"switched to {name}" in company.ok(*words).err
    assert company.git("rev-list", "--count", f"main..{name}").strip() == "3"
    company.git("switch", "--quiet", "main")
    company.git("merge", "--quiet", "--squash", name)
    company.git("commit", "--quiet", "-m", "Squashed")
    done = ("action", "done", "1", "A1") if "action" in name else ("feedback", "1", "--resolve", "1")
    company.ok(*done)
    company.ok(*words)
    assert branch(company) == f"{name}-2"


def test_the_open_proposal_is_named_where_a_move_was_tried_beside_it(company: Company) -> None:
    company.in_status("draft")
    company.ok(*SUBMIT, "--branch")
    reasons = company.reasons("recall", "1", "--branch")
    assert "leave --branch out to go on with pad-0001-submit" in reasons[-1]


def test_a_branch_of_the_remote_is_taken_up(cloned: Company, tmp_path: Path) -> None:
    other = Company(root=tmp_path / "other")
    cloned.git("clone", "--quiet", str(tmp_path / "hub.git"), str(other.root))
    other.ok(*SUBMIT, "--branch", "gallery", "--push")
    cloned.git("fetch", "--quiet")
    cloned.ok("recall", "1", "--branch", "gallery")
    assert cloned.git("rev-list", "--count", "origin/gallery..gallery").strip() == "1"


def test_push(cloned: Company, tmp_path: Path) -> None:
    said = cloned.ok(*SUBMIT, "--branch", "--push")
    hub = Company(root=tmp_path / "hub.git")
    assert hub.git("rev-parse", "pad-0001-submit") == cloned.git("rev-parse", "HEAD")
    assert cloned.git("rev-parse", "--abbrev-ref", "@{upstream}").strip() == "origin/pad-0001-submit"
    assert "git push" not in said.out
    assert "open a pull request from pad-0001-submit into main" in said.out
    cloned.ok("recall", "1", "--push")
    assert hub.git("rev-parse", "pad-0001-submit") == cloned.git("rev-parse", "HEAD")


def test_a_push_that_fails_leaves_the_move(cloned: Company, tmp_path: Path) -> None:
    hook = Company(root=tmp_path / "hub.git").write("hooks/pre-receive", "#!/bin/sh\necho 'not on Fridays'\nexit 1\n")
    hook.chmod(0o755)
    said = cloned.padctl(*SUBMIT, "--branch", "--push")
    assert said.code == 2
    assert "in review for 26 Nov 2026" in said.out
    assert "not on Fridays" in said.err
    assert said.err.endswith("  fix: git push -u origin pad-0001-submit\n")
    assert cloned.state() == "problem-framing/in-review"
    assert cloned.git("log", "-1", "--format=%s").startswith("PAD-0001: submit")
    hook.unlink()
    cloned.git("push", "--quiet", "-u", "origin", "pad-0001-submit")


def test_nothing_to_push_to(company: Company) -> None:
    company.draft()
    said = company.refused(*SUBMIT, "--push", code=2)
    assert "git remote add origin URL" in said


@pytest.mark.parametrize("move", [SUBMIT, ("action", "add", "1", "pm: ask by 2026-12-01", "--include-edits")])
def test_a_protected_branch(company: Company, move: tuple[str, ...]) -> None:
    company.edit_settings("[git]\nprotected = true\n")
    company.draft()
    (reason,) = company.reasons(*move)
    command = reason.split("fix: padctl ")[1]
    assert command.endswith(" --branch\n")
    company.ok(*move, "--branch")
    company.ok("hold", "1", "--reason", "waits")


def test_a_protected_branch_that_is_not_born_yet(make: Callable[..., Company]) -> None:
    company = make(commit=False)
    company.write("padctl.toml", "[git]\nprotected = true\n")
    company.draft()
    assert "--branch" in company.refused(*SUBMIT)
    assert 'git add --all && git commit -m "Set up"' in company.refused(*SUBMIT, "--branch", code=2)
