"""What is said of where a move is, on which branch, in which work tree, and what waits to be brought to the record."""

import json
from pathlib import Path

from acting import MEETING, Company, padctl

SUBMIT = ("submit", "1", "--meeting", MEETING)


def test_status_says_where_the_latest_move_is(cloned: Company) -> None:
    assert "on main" not in cloned.ok("status", "1").out
    cloned.ok(*SUBMIT, "--branch")
    for words in (("status", "1"), ("show", "1"), ("status",)):
        assert "only on branch pad-0001-submit" in " ".join(cloned.ok(*words).out.split())
    for words in (("status",), ("list",)):
        data = json.loads(cloned.ok(*words, "--format", "json").out)["data"]
        rows = data["rows"] if words == ("status",) else data
        assert [row["only_on"] for row in rows] == ["pad-0001-submit"]
    assert json.loads(cloned.ok("show", "1", "--format", "json").out)["data"]["only_on"] == "pad-0001-submit"
    cloned.git("push", "--quiet", "origin", "HEAD:main")
    assert "in review for 26 Nov 2026; on main." in cloned.ok("status", "1").out
    cloned.git("mv", cloned.relative(), "pads/PAD-0001-renamed.md")
    cloned.git("commit", "--quiet", "-m", "Rename")
    assert "; on main." in cloned.ok("status", "1").out
    cloned.ok("recall", "1")
    assert "only on branch pad-0001-submit" in " ".join(cloned.ok("status").out.split())
    cloned.git("switch", "--quiet", "--detach")
    assert "branch" not in cloned.ok("status").out


def test_feedback_on_a_branch_and_what_a_stale_clone_is_told(cloned: Company) -> None:
    words = ("feedback", "1", "--by", "eli", "--stance", "support", "--note", "Go on", "--branch")
    assert "git pull --ff-only origin main" in cloned.refused(*words[:-1])
    cloned.ok(*SUBMIT)
    said = cloned.ok(*words, "--push")
    assert cloned.git("symbolic-ref", "--short", "HEAD") == "pad-0001-feedback\n"
    assert "open a pull request from pad-0001-feedback into main" in said.out
    assert cloned.git("rev-parse", "HEAD") == cloned.git("rev-parse", "refs/remotes/origin/pad-0001-feedback")


def test_a_reminder_names_the_push_that_a_submission_waits_for(cloned: Company) -> None:
    cloned.ok(*SUBMIT)
    assert "git push\n" in cloned.ok("remind").out
    cloned.git("switch", "--quiet", "--create", "gallery")
    assert "git push -u origin gallery" in cloned.ok("remind").out
    cloned.git("switch", "--quiet", "--detach")
    assert "git switch --create NAME" in cloned.ok("remind").out


def test_status_in_a_linked_worktree(company: Company, tmp_path: Path) -> None:
    company.submitted()
    company.git("worktree", "add", "--quiet", "-b", "proposal", str(tmp_path / "linked"))
    linked = Company(root=tmp_path / "linked")
    assert "; on main." in linked.ok("status", "1").out
    linked.ok("recall", "1")
    assert "only on branch proposal" in linked.ok("status", "1").out
    assert "; on main." in company.ok("status", "1").out


def test_a_root_below_the_top_of_the_repository(tmp_path: Path) -> None:
    top = Company(root=tmp_path / "mono")
    top.root.mkdir()
    top.git("init", "--quiet", "--initial-branch=main")
    padctl("init", "product", "--no-input", cwd=top.root)
    product = Company(root=top.root / "product")
    product.draft("One")
    product.draft("Two")
    top.commit_all()
    top.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    top.git("clone", "--quiet", str(tmp_path / "hub.git"), str(tmp_path / "clone"))
    clone = Company(root=tmp_path / "clone/product")
    hook = clone.write("../.git/hooks/commit-msg", "#!/bin/sh\n! grep -q 'Pad-Id: PAD-0002' $1\n")
    hook.chmod(0o755)
    assert "none of the 2" in clone.refused("submit", "1", "2", "--meeting", MEETING, "--branch")
    hook.unlink()
    clone.ok("submit", "1", "2", "--meeting", MEETING, "--branch", "--push")
    assert clone.ok("status").out.count("only on branch") == 2
    other = Company(root=tmp_path / "mono/product")
    other.ok(*SUBMIT)
    other.ok("recall", "1")
    top.git("push", "--quiet", str(tmp_path / "hub.git"), "main")
    clone.git("fetch", "--quiet")
    assert "recall of 2026-11-24 is on origin/main" in clone.refused("recall", "1")
    assert "git switch --no-track --create pad-0001-recall origin/main" in clone.refused("recall", "1")
