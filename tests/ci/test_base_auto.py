"""`lint --base auto` as CI systems run it: real merge commits and shallow clones, and the variables that they set."""

import json
import re
from pathlib import Path

import pytest
from hosting import PAD, SETTINGS, Clone, Said, pad_text

ZEROS = "0" * 40
OTHER = "pads/PAD-0002-exports.md"
REWRITTEN = [("PC351", 14)]
Env = pytest.MonkeyPatch


@pytest.fixture
def proposed(host: Clone) -> Clone:
    """Return the host on a branch that rewrites a decision, while main went on with a move of another PAD."""
    host.write(OTHER, pad_text(2, "Exports"))
    host.commit("Add the exports")
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.ok("decide", "1", "proceed", "--by", "sam")
    assert host.line_of("move: decide") == REWRITTEN[0][1]
    host.git("switch", "--quiet", "-c", "change")
    host.edit("outcome: proceed", "outcome: proceed-with-corrections")
    host.commit("Rewrite")
    host.git("commit", "--quiet", "--allow-empty", "-m", "A second commit")
    host.git("switch", "--quiet", "main")
    host.ok("submit", "2", "--meeting", "2026-11-26")
    host.git("switch", "--quiet", "change")
    return host


def github(env: Env, folder: Path, ref: str, event: object) -> None:
    file = folder / "event.json"
    file.write_text(json.dumps(event))
    env.setenv("GITHUB_ACTIONS", "true")
    env.setenv("GITHUB_REF", ref)
    env.setenv("GITHUB_EVENT_PATH", str(file))


def gitlab(env: Env, **variables: str) -> None:
    env.setenv("GITLAB_CI", "true")
    env.setenv("CI_DEFAULT_BRANCH", "main")
    env.setenv("CI_COMMIT_BEFORE_SHA", ZEROS)
    for name, value in variables.items():
        env.setenv(f"CI_{name}", value)


def merged(host: Clone) -> str:
    """Make the commit that a host makes to test a merge, on no branch, and return it."""
    host.git("switch", "--quiet", "--detach", "main")
    host.git("merge", "--quiet", "--no-ff", "-m", "Merge change into main", "change")
    sha = host.git("rev-parse", "HEAD")
    host.git("update-ref", "refs/pull/7/merge", sha)
    return sha


def checked_out(host: Clone, ref: str, *, depth: int) -> Clone:
    """Return a clone as a CI system makes one: an empty repository, one ref fetched to a depth, HEAD detached."""
    clone = Clone(host.root.parent / "job")
    clone.root.mkdir()
    clone.git("init", "--quiet")
    clone.git("remote", "add", "origin", f"file://{host.root}")
    clone.git("fetch", "--quiet", "--no-tags", *([f"--depth={depth}"] if depth else []), "origin", ref)
    clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    return clone


def lint(clone: Clone) -> Said:
    return clone.padctl("lint", "--base", "auto", "--select", "PC35")


def advised(said: Said) -> str:
    """Return the command that a refusal tells to run."""
    assert said.code == 2
    assert said.out == ""
    found = re.fullmatch(r"error: [^\n]* in this clone\n  fix: (git fetch [^\n]*)\n", said.err)
    assert found, said.err
    return found[1]


def test_github_pull_request(proposed: Clone, monkeypatch: Env, tmp_path: Path) -> None:
    sha = merged(proposed)
    base = proposed.git("rev-parse", "main")
    github(monkeypatch, tmp_path, "refs/pull/7/merge", {"pull_request": {"base": {"sha": base}}})
    monkeypatch.setenv("GITHUB_SHA", sha)
    assert lint(checked_out(proposed, "refs/pull/7/merge", depth=2)).lines == REWRITTEN


def test_github_pull_request_cloned_too_shallow(proposed: Clone, monkeypatch: Env, tmp_path: Path) -> None:
    sha = merged(proposed)
    github(monkeypatch, tmp_path, "refs/pull/7/merge", {})
    monkeypatch.setenv("GITHUB_SHA", sha)
    job = checked_out(proposed, "refs/pull/7/merge", depth=1)
    command = advised(lint(job))
    assert command == f"git fetch --depth=2 origin {sha}"
    job.sh(command)
    assert lint(job).lines == REWRITTEN


@pytest.mark.parametrize("depth", [0, 1])
def test_github_pull_request_with_its_own_head_checked_out(
    proposed: Clone, monkeypatch: Env, tmp_path: Path, depth: int
) -> None:
    monkeypatch.setenv("GITHUB_SHA", merged(proposed))
    base = proposed.git("rev-parse", "main")
    github(monkeypatch, tmp_path, "refs/pull/7/merge", {"pull_request": {"base": {"sha": base}}})
    job = checked_out(proposed, "change", depth=depth)
    job.sh(advised(lint(job)))
    if depth:
        job.sh(advised(lint(job)))
    assert lint(job).lines == REWRITTEN


def test_github_merge_queue(proposed: Clone, monkeypatch: Env, tmp_path: Path) -> None:
    base = proposed.git("rev-parse", "main")
    proposed.git("switch", "--quiet", "-c", "gh-readonly-queue/main/pr-7", "main")
    proposed.git("cherry-pick", "--allow-empty", "main..change")
    event = {"merge_group": {"base_sha": base, "head_sha": proposed.git("rev-parse", "HEAD")}}
    github(monkeypatch, tmp_path, "refs/heads/gh-readonly-queue/main/pr-7", event)
    assert lint(proposed).lines == REWRITTEN
    job = checked_out(proposed, "gh-readonly-queue/main/pr-7", depth=1)
    command = advised(lint(job))
    assert command == f"git fetch --depth=1 origin {base}"
    job.sh(command)
    assert lint(job).lines == REWRITTEN


def test_github_push_of_several_commits(proposed: Clone, monkeypatch: Env, tmp_path: Path) -> None:
    before = proposed.git("rev-parse", "main")
    proposed.git("switch", "--quiet", "main")
    proposed.git("merge", "--quiet", "--no-ff", "-m", "Merge", "change")
    proposed.commit("One more")
    event = {"before": before, "ref": "refs/heads/main", "repository": {"default_branch": "main"}}
    github(monkeypatch, tmp_path, "refs/heads/main", event)
    assert lint(proposed).lines == REWRITTEN
    job = checked_out(proposed, "main", depth=2)
    job.sh(advised(lint(job)))
    assert lint(job).lines == REWRITTEN


@pytest.mark.parametrize("event", [{"before": ZEROS, "created": True}, {"schedule": "0 4 * * 1"}, {"inputs": None}, []])
def test_github_first_push_of_the_default_branch_judges_everything(
    host: Clone, monkeypatch: Env, tmp_path: Path, event: object
) -> None:
    host.edit("id: PAD-0001", "id: PAD-0003")
    host.commit("Two commits at least")
    host.commit("Three")
    github(monkeypatch, tmp_path, "refs/heads/main", event)
    for clone in (host, checked_out(host, "main", depth=1)):
        said = clone.padctl("lint", "--base", "auto")
        assert said.code == 1
        assert "PC602" in {code for code, _ in said.lines}


def test_github_push_of_a_new_branch(proposed: Clone, monkeypatch: Env, tmp_path: Path) -> None:
    event = {"before": ZEROS, "created": True, "repository": {"default_branch": "main"}}
    github(monkeypatch, tmp_path, "refs/heads/change", event)
    assert lint(proposed).lines == REWRITTEN
    job = checked_out(proposed, "change", depth=2)
    command = advised(lint(job))
    assert command == "git fetch --unshallow origin main:refs/remotes/origin/main"
    job.sh(command)
    assert lint(job).lines == REWRITTEN


def test_gitlab_merge_request(proposed: Clone, monkeypatch: Env) -> None:
    fork = proposed.git("merge-base", "main", "change")
    gitlab(monkeypatch, MERGE_REQUEST_EVENT_TYPE="detached", MERGE_REQUEST_DIFF_BASE_SHA=fork)
    assert lint(proposed).lines == REWRITTEN
    job = checked_out(proposed, "change", depth=1)
    command = advised(lint(job))
    assert command == f"git fetch --depth=1 origin {fork}"
    job.sh(command)
    assert lint(job).lines == REWRITTEN


@pytest.mark.parametrize("target_known", [True, False])
def test_gitlab_merged_results(proposed: Clone, monkeypatch: Env, target_known: bool) -> None:
    merged(proposed)
    fork, target = proposed.git("merge-base", "main", "change"), proposed.git("rev-parse", "main")
    gitlab(monkeypatch, MERGE_REQUEST_EVENT_TYPE="merged_result", MERGE_REQUEST_DIFF_BASE_SHA=fork)
    if target_known:
        monkeypatch.setenv("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", target)
    assert lint(proposed).lines == REWRITTEN
    job = checked_out(proposed, "refs/pull/7/merge", depth=1)
    job.sh(advised(lint(job)))
    assert lint(job).lines == REWRITTEN


def test_gitlab_default_branch(proposed: Clone, monkeypatch: Env) -> None:
    before = proposed.git("rev-parse", "main")
    proposed.git("switch", "--quiet", "main")
    proposed.git("merge", "--quiet", "--no-ff", "-m", "Merge", "change")
    gitlab(monkeypatch, COMMIT_BRANCH="main", COMMIT_BEFORE_SHA=before)
    assert lint(proposed).lines == REWRITTEN
    monkeypatch.setenv("CI_COMMIT_BEFORE_SHA", ZEROS)
    assert lint(proposed).lines == []
    assert "2 documents checked" in proposed.padctl("lint", "--base", "auto").out


def test_without_ci_it_is_where_the_branch_left_the_default_one(proposed: Clone) -> None:
    assert lint(proposed).lines == REWRITTEN
    proposed.git("switch", "--quiet", "main")
    clone = proposed.cloned("colleague", "--branch", "change")
    assert lint(clone).lines == REWRITTEN
    shallow = proposed.cloned("shallow", "--branch", "change", "--depth", "1")
    shallow.sh(advised(lint(shallow)))
    assert lint(shallow).lines == REWRITTEN


@pytest.mark.parametrize("base", ["main", "origin/main"])
def test_a_base_that_is_not_in_a_shallow_clone(proposed: Clone, base: str) -> None:
    clone = proposed.cloned("shallow", "--branch", "change", "--depth", "1")
    said = clone.padctl("lint", "--base", base)
    clone.sh(advised(said))
    assert clone.padctl("lint", "--base", base, "--select", "PC351").code == 1


def test_no_default_branch_at_all(host: Clone) -> None:
    host.git("branch", "--quiet", "-m", "trunk")
    said = lint(host)
    assert said.code == 2
    assert "--base REF" in said.err
    assert "git fetch" not in said.err
    host.write("padctl.toml", '[git]\ndefault = "trunk"\n')
    assert lint(host).code == 0


def test_a_change_that_brings_padctl(host: Clone) -> None:
    """Nothing of padctl is on the base, so there is no template or sponsor of it to judge by."""
    host.ok("template", "eject", "light")
    host.write("templates/pad/standard.md", host.read("templates/pad/light.md"))
    host.edit("template: light", "template: standard", "templates/pad/standard.md")
    host.edit("[meeting]", "[meeting]\nsponsors = ['sam']", "padctl.toml")
    host.write(PAD, host.read() + "\n### Proposed Solution\n\nTwenty boards to start from.\n")
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.ok("decide", "1", "proceed", "--by", "sam")
    text, frame, settings = host.read(), host.read("templates/pad/standard.md"), host.read("padctl.toml")
    fresh = Clone(host.root.parent / "fresh")
    fresh.root.mkdir()
    fresh.git("init", "--quiet", "--initial-branch=main")
    fresh.write("README.md", "Ours\n")
    fresh.commit()
    fresh.git("switch", "--quiet", "-c", "padctl")
    fresh.write(PAD, text)
    fresh.write("templates/pad/standard.md", frame)
    fresh.write("padctl.toml", settings)
    assert settings != SETTINGS
    fresh.commit()
    assert lint(fresh).lines == []
