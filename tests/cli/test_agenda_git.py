"""What the agenda knows of git: its commit, the last fetch, what waits on a merge."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acting import MEETING, Company
from test_agenda import LATER, data


@pytest.fixture
def clone(make: Callable[..., Company]) -> Company:
    """Return a clone of a repository that has a default branch `main`."""
    origin = make("origin")
    origin.git("branch", "-M", "main")
    origin.git("clone", "--quiet", str(origin.root), "../clone")
    return Company(root=origin.root.parent / "clone")


def propose(clone: Company, branch: str, *words: str) -> Company:
    """Submit a PAD on a branch of the other side, and fetch it."""
    origin = Company(root=clone.root.parent / "origin")
    origin.git("switch", "--quiet", "--create", branch, "main")
    origin.draft(*words)
    origin.ok("submit", "1", "--meeting", MEETING)
    origin.git("switch", "--quiet", "main")
    clone.git("fetch", "--quiet")
    return origin


def test_the_commit_and_the_branch(company: Company) -> None:
    company.git("branch", "-M", "main")
    made = data(company)["origin"]
    assert company.git("rev-parse", "HEAD").startswith(made["commit"])
    assert (made["branch"], made["committed"], made["edited"]) == ("main", "2026-11-24", 0)
    assert (made["upstream"], made["fetched"]) == ("", None)
    company.draft()
    assert data(company)["origin"]["edited"] == 1
    assert f"Made from commit {made['commit']} on main of 24 Nov 2026 and 1 PAD edited" in company.ok("agenda").out


def test_outside_of_git_and_before_the_first_commit(make: Callable[..., Company]) -> None:
    fresh = make(commit=False)
    assert data(fresh)["origin"] is None
    assert fresh.ok("agenda", "--format", "ics").code == 0


def test_the_age_of_the_last_fetch(clone: Company) -> None:
    assert "not fetched since this copy was made" in " ".join(clone.ok("agenda").out.split())
    clone.git("fetch", "--quiet")
    when = datetime(2026, 11, 21, 12, 0, tzinfo=UTC).timestamp()
    os.utime(clone.root / ".git/FETCH_HEAD", (when, when))
    assert data(clone)["origin"]["fetched"].startswith("2026-11-21")
    assert "last fetched 3 days ago" in " ".join(clone.ok("agenda").out.split())
    assert "last fetched 3 days ago, 2026-11-21" in clone.ok("agenda", "--format", "md").out
    assert "last fetched 3 days ago, 21 Nov 2026" in clone.ok("agenda", "--format", "html").out


def test_commits_that_are_not_here_yet(clone: Company) -> None:
    origin = Company(root=clone.root.parent / "origin")
    origin.commit_all("One more")
    clone.git("fetch", "--quiet")
    assert data(clone)["origin"]["behind"] == 1
    for form in ("text", "md", "html"):
        assert "1 commit of origin/main not here yet" in clone.ok("agenda", "--format", form).out


def test_a_submission_that_waits_on_a_merge_has_no_slot(clone: Company) -> None:
    propose(clone, "gallery")
    view = data(clone)
    assert view["items"] == []
    (waiting,) = view["waiting"]
    assert (waiting["pad"], waiting["owner"], waiting["branch"]) == ("PAD-0001", "pm", "origin/gallery")
    assert (waiting["cutoff"], waiting["missed"]) == ("2026-11-25", False)
    assert data(clone, today=MEETING)["waiting"][0]["missed"] is True
    for form in ("text", "md", "html"):
        out = clone.ok("agenda", "--format", form).out
        assert "Submitted, waiting on a merge" in out
        assert "origin/gallery" in out
    assert data(clone, LATER)["waiting"][0]["meeting"] == MEETING


def test_a_merged_or_squashed_submission_waits_no_more(clone: Company) -> None:
    propose(clone, "gallery")
    clone.git("merge", "--quiet", "--squash", "origin/gallery")
    clone.commit_all("Squashed")
    view = data(clone)
    assert (len(view["items"]), view["waiting"]) == (1, [])
    clone.ok("decide", "1", "proceed", "--by", "sponsor")
    assert data(clone)["waiting"] == []


def test_a_submission_published_on_the_default_branch_is_no_proposal(clone: Company) -> None:
    origin = propose(clone, "gallery")
    origin.git("merge", "--quiet", "gallery")
    clone.git("fetch", "--quiet")
    view = data(clone)
    assert (view["waiting"], view["origin"]["behind"]) == ([], 1)


def test_a_draft_on_a_branch_is_nobodys_business(clone: Company) -> None:
    origin = propose(clone, "gallery")
    origin.git("switch", "--quiet", "gallery")
    origin.ok("recall", "1")
    origin.git("switch", "--quiet", "main")
    clone.git("fetch", "--quiet")
    assert data(clone)["waiting"] == []


def test_what_a_branch_only_kept_from_before_is_no_proposal(clone: Company) -> None:
    origin = propose(clone, "gallery")
    origin.git("merge", "--quiet", "gallery")
    origin.git("switch", "--quiet", "--create", "notes")
    origin.write("notes.md", "# Notes\n")
    origin.commit_all()
    origin.git("switch", "--quiet", "main")
    origin.git("rm", "--quiet", origin.relative())
    origin.commit_all("Give it up")
    clone.git("pull", "--quiet")
    assert clone.git("branch", "--remotes", "--no-merged", "HEAD").split() == ["origin/notes"]
    assert data(clone)["waiting"] == []


def test_two_branches_with_one_submission_both_wait(clone: Company) -> None:
    origin = propose(clone, "gallery")
    origin.git("branch", "twin", "gallery")
    clone.git("fetch", "--quiet")
    assert {one["branch"] for one in data(clone)["waiting"]} == {"origin/gallery", "origin/twin"}


def test_a_submission_that_a_merge_brought_to_a_branch_waits(clone: Company) -> None:
    origin = propose(clone, "gallery")
    origin.git("switch", "--quiet", "--create", "both", "main")
    origin.write("notes.md", "# Notes\n")
    origin.commit_all()
    origin.git("merge", "--quiet", "--no-ff", "--no-edit", "gallery")
    origin.git("branch", "--quiet", "-D", "gallery")
    clone.git("fetch", "--quiet", "--prune")
    assert [one["branch"] for one in data(clone)["waiting"]] == ["origin/both"]


def test_what_waits_for_another_stream(clone: Company) -> None:
    clone.edit_settings('[meetings.growth]\nweekday = "thursday"\n')
    clone.write("teams/growth.md", "---\nname: growth\nmeeting: growth\n---\n# Growth\n")
    propose(clone, "gallery", "Team gallery", "--team", "growth")
    assert data(clone)["waiting"] == []
    assert len(data(clone, "--meeting", "growth")["waiting"]) == 1


def test_settings_of_a_repository_run_nothing(company: Company, tmp_path: "os.PathLike[str]") -> None:
    company.submitted()
    trap = company.root.parent / "trap"
    for key in ("core.fsmonitor", "core.pager", "pager.log", "diff.external", "gpg.program"):
        company.git("config", key, f"touch {trap}; false")
    company.git("config", "log.showSignature", "true")
    assert data(company)["items"][0]["changed"] == 0
    assert not trap.exists()


def test_filters_of_a_repository_do_not_run_in_a_command_that_reads(company: Company) -> None:
    company.write(".gitattributes", "*.md filter=trap\n*.txt text\n")
    company.submitted()
    company.write("pads/notes.txt", "one\ntwo\n")
    company.commit_all()
    trap = company.root.parent / "trap"
    for key in ("clean", "smudge", "process"):
        company.git("config", f"filter.trap.{key}", f"touch {trap}; cat")
    company.git("config", "filter.trap.required", "true")
    company.git("config", "core.autocrlf", "true")
    assert data(company)["origin"]["edited"] == 0
    company.edit("Of 100 teams", "Of 200 teams")
    company.write("pads/notes.txt", "one\r\ntwo\r\n")
    assert data(company)["origin"]["edited"] == 1
    assert company.ok("lint", "--changed").out.startswith("1 document checked")
    company.ok("status")
    company.ok("doctor")
    assert not trap.exists()
    company.git("config", "filter.a=b.clean", f"touch {trap}; cat")
    assert "git config --rename-section" in company.padctl("agenda").err
    assert not trap.exists()


def test_the_root_below_the_top_of_the_work_tree(company: Company) -> None:
    folder = company.root / "product"
    subprocess.run(["git", "init", "--quiet", str(folder.parent)], check=True)
    below = Company(root=folder)
    folder.mkdir()
    company.write("product/padctl.toml", "")
    below.draft()
    below.ok("submit", "1", "--meeting", MEETING)
    below.edit("Of 100 teams", "Of 200 teams")
    view = data(below)
    assert (view["items"][0]["changed"], view["origin"]["edited"]) == (1, 1)


def test_a_text_that_changed_since_the_last_meeting_is_named(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.submitted()
    company.draft("Another one")
    company.commit_all()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-30T09:00:00+00:00")
    company.edit("43 leave", "44 leave", 2)
    company.commit_all("Count again")
    said = company.ok("agenda", "2026-12-03", today="2026-12-01").out
    assert "PAD-0002 Another one: Text changed (30 Nov 2026)" in said
    assert "PAD-0001" not in said.split("Since the last meeting", 1)[1]


def test_a_log_that_fails_is_an_error_and_no_shorter_agenda(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.submitted()
    stub = tmp_path / "bin/git"
    stub.parent.mkdir()
    stub.write_text(f'#!/bin/sh\ncase "$*" in *--raw*) exit 128;; esac\nexec {shutil.which("git")} "$@"\n')
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stub.parent}{os.pathsep}{os.environ['PATH']}")
    said = company.padctl("agenda", "--output", str(tmp_path / "agenda.md"), "--format", "md")
    assert said.code == 2
    assert "git log failed: it ended with 128" in said.err
    assert not (tmp_path / "agenda.md").exists()
