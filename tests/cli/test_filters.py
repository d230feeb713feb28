"""PADs that git stores through a filter, encrypted for example: what the record holds is read as a checkout has it."""

import os
from pathlib import Path

import pytest
from acting import MEETING, Company

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the filter is a program of Unix")
DECIDE = ("decide", "1", "proceed", "--by", "sponsor")


def filtering(company: Company) -> Company:
    company.git("config", "filter.secret.clean", "tr a-z n-za-m")
    company.git("config", "filter.secret.smudge", "tr a-z n-za-m")
    company.git("config", "filter.secret.required", "true")
    return company


@pytest.fixture
def clones(company: Company, tmp_path: Path) -> tuple[Company, Company]:
    """Return two clones of a repository in which PAD-0001 is in review, and stored through a filter."""
    filtering(company)
    company.write(".gitattributes", "pads/*.md filter=secret\n")
    company.git("add", "--renormalize", ".")
    company.submitted()
    company.commit_all()
    assert "problem-framing" not in company.git("show", f"HEAD:{company.relative()}")
    company.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    made = []
    for name in ("one", "two"):
        company.git("clone", "--quiet", "--no-checkout", str(tmp_path / "hub.git"), str(tmp_path / name))
        clone = filtering(Company(root=tmp_path / name))
        clone.git("checkout", "--quiet", "HEAD", ".")
        made.append(clone)
    return made[0], made[1]


def test_moves_that_are_not_pushed_yet_are_no_obstacle(clones: tuple[Company, Company]) -> None:
    one, _ = clones
    for words in (("recall", "1"), ("submit", "1", "--meeting", MEETING), DECIDE, ("undo", "1")):
        one.ok(*words)
    assert one.git("status", "--porcelain") == ""


def test_a_stale_clone_is_told_what_is_missing(clones: tuple[Company, Company]) -> None:
    one, two = clones
    one.ok(*DECIDE, "--push")
    two.git("fetch", "--quiet")
    (reason,) = two.reasons("recall", "1")
    assert "decide of 2026-11-24 (Approved) is on origin/main and not here" in reason
    assert "git pull --ff-only origin main" in reason


def test_a_history_edited_by_hand_is_seen(clones: tuple[Company, Company]) -> None:
    one, _ = clones
    one.edit("{n: 1, date: 2026-11-24", "{n: 1, date: 2026-11-23")
    (reason,) = one.reasons(*DECIDE, "--include-edits")
    assert "edited since the last commit: history" in reason


def test_a_branch_that_is_open_is_used_again(clones: tuple[Company, Company]) -> None:
    one, _ = clones
    one.ok("recall", "1", "--branch")
    one.git("switch", "--quiet", "main")
    said = one.padctl("recall", "1", "--branch")
    assert "pad-0001-recall-2" not in one.git("branch", "--list")
    assert said.code == 1


def test_a_filter_that_fails_is_named(clones: tuple[Company, Company]) -> None:
    one, _ = clones
    one.ok("recall", "1")
    one.git("config", "filter.secret.smudge", "false")
    said = one.refused("submit", "1", "--meeting", MEETING, code=2)
    assert "filter" in said
