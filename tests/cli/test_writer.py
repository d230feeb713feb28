"""What stands in a writer's way (hooks, other programs, signals, hidden files), and that nothing is lost to it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl_process
from rooms import awaited, ended, hook, started

from padctl.store.locking import locked
from padctl.store.replacing import alive
from padctl.store.repository import Repository

DECIDE = ("decide", "PAD-0001", "proceed", "--by", "sponsor")
HOLD = ("hold", "PAD-0001", "--reason", "waits")
SUBMIT = ("submit", "1", "--meeting", MEETING)


# Hooks


def test_a_hook_that_removes_the_folder_and_fails(company: Company) -> None:
    company.git("rm", "--quiet", "pads/README.md")
    company.submitted()
    company.commit_all()
    hook(company, "pre-commit", "rm -r pads; exit 1")
    company.reasons(*DECIDE)


def test_a_hook_that_removes_an_untracked_pad_and_fails(company: Company) -> None:
    company.git("rm", "--quiet", "pads/README.md")
    company.git("commit", "--quiet", "-m", "Without a word on it")
    company.draft()
    hook(company, "pre-commit", "rm -r pads; exit 1")
    company.reasons(*SUBMIT)


def test_a_hook_that_rewrites_what_the_move_wrote(company: Company) -> None:
    company.submitted()
    path = company.relative()
    hook(company, "pre-commit", f"sed -i 's/^stage: .*/stage: delivery/' {path}; git add {path}")
    said = company.padctl(*DECIDE)
    assert said.code == 1
    assert "was committed, but a hook changed it" in said.err
    assert "stage" in said.err
    assert f"git revert --no-edit {company.git('rev-parse', '--short=12', 'HEAD').strip()} takes" in said.err
    hook(company, "pre-commit", "exit 0")
    company.git("revert", "--no-edit", "HEAD")
    company.ok(*DECIDE)


def test_a_hook_that_rewrites_the_file_and_fails_keeps_what_it_wrote(company: Company) -> None:
    company.submitted()
    hook(company, "pre-commit", f"echo 'A sentence of mine.' >> {company.relative()}; exit 1")
    reasons = company.reasons(*DECIDE)
    saved = company.root / f".git/padctl-saved-{company.path().name}"
    assert str(saved) in reasons[1]
    assert saved.read_text().endswith("A sentence of mine.\n")


def test_a_hook_that_edits_and_does_not_add_leaves_an_edit_as_with_plain_git(company: Company) -> None:
    company.submitted()
    hook(company, "pre-commit", f"echo 'A line.' >> {company.relative()}")
    company.ok(*DECIDE)
    assert company.git("status", "--porcelain") == f" M {company.relative()}\n"


def test_a_hook_that_runs_padctl_is_told_at_once_that_it_may_only_read(company: Company) -> None:
    company.draft()
    company.commit_all()
    call = f'"{sys.executable}" -m padctl'
    hook(company, "pre-commit", f"{call} lint >&2 && {call} new B --owner pm")
    with company.unchanged():
        said = company.refused(*SUBMIT)
    assert "is writing in this repository" in said
    assert "this runs in a hook of it, where padctl can only read" in said


def test_a_hook_that_hangs(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.submitted()
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "1")
    hook(company, "pre-commit", "echo $$ > .git/hook-pid; sleep 300")
    with company.unchanged():
        said = ended(started(company, *DECIDE))
    assert said.code == 2
    assert "git commit did not end within 1 s" in said.out
    assert "pre-commit hook" in said.out
    assert "PADCTL_GIT_TIMEOUT=5" in said.out
    assert not alive(int((company.root / ".git/hook-pid").read_text()))
    hook(company, "pre-commit", "exit 0")
    company.ok(*DECIDE)


def test_a_hook_that_hangs_after_the_commit(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.submitted()
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "1")
    hook(company, "post-commit", "sleep 300")
    said = ended(started(company, *DECIDE))
    assert said.code == 0
    assert "the commit was made, but git complained" in said.out
    assert company.git("status", "--porcelain") == ""


def test_what_a_hook_leaves_running_is_not_waited_for(company: Company) -> None:
    company.submitted()
    hook(company, "post-commit", "sleep 60 &\necho $! > .git/hook-pid")
    begun = time.monotonic()
    company.ok(*DECIDE)
    company.ok(*HOLD)
    assert time.monotonic() - begun < 50
    os.kill(int((company.root / ".git/hook-pid").read_text()), signal.SIGKILL)


def test_a_time_limit_that_is_none(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.submitted()
    for given in ("soon", "0", "-1", "nan", "inf"):
        monkeypatch.setenv("PADCTL_GIT_TIMEOUT", given)
        said = company.padctl(*DECIDE)
        assert said.code == 2
        assert "PADCTL_GIT_TIMEOUT" in said.err


# Signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_hook_runs_undoes_the_move(company: Company, number: signal.Signals) -> None:
    company.submitted()
    hook(company, "pre-commit", "touch .git/in-hook; sleep 300")
    with company.unchanged():
        process = started(company, *DECIDE)
        awaited(company.root / ".git/in-hook")
        process.send_signal(number)
        said = ended(process)
    assert (said.code, said.out) == (130, "interrupted\n")


def test_a_signal_after_the_commit_says_that_it_was_made(company: Company) -> None:
    company.submitted()
    hook(company, "post-commit", "touch .git/in-hook; sleep 300")
    process = started(company, *DECIDE)
    awaited(company.root / ".git/in-hook")
    process.send_signal(signal.SIGTERM)
    said = ended(process)
    assert said.code == 130
    assert f"interrupted; {company.relative()} was committed" in said.out
    assert company.git("status", "--porcelain") == ""
    assert company.state() == "solution-framing/draft"


def test_a_git_that_outlives_a_killed_padctl_keeps_the_next_one_out(company: Company) -> None:
    company.submitted()
    gate = company.root / ".git/go-on"
    hook(company, "pre-commit", "touch .git/in-hook; while [ ! -e .git/go-on ]; do sleep 0.1; done")
    process = started(company, *DECIDE, stdout=subprocess.DEVNULL)
    awaited(company.root / ".git/in-hook")
    process.kill()
    process.wait()
    said = company.padctl(*HOLD)
    assert said.code == 2
    assert f"a git that process {process.pid} (padctl --today {TODAY} decide PAD-0001 proceed" in said.err
    gate.touch()
    (company.root / ".git/hooks/pre-commit").unlink()
    said = company.ok(*HOLD)
    assert "had committed" in said.err
    assert company.state() == "solution-framing/on-hold"
    assert company.git("status", "--porcelain") == ""


@pytest.mark.parametrize("text", ["autocrlf", "plain"])
def test_another_commit_between_a_kill_and_the_next_run(company: Company, text: str) -> None:
    if text == "autocrlf":
        company.git("config", "core.autocrlf", "true")
    company.submitted()
    old = company.path().read_bytes()
    script = hook(company, "pre-commit", "kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    started(company, *DECIDE).communicate()
    script.unlink()
    (company.root / ".git/index.lock").unlink(missing_ok=True)
    assert company.path().read_bytes() != old
    company.write("notes.txt", "mine\n")
    company.git("add", "notes.txt")
    company.git("commit", "--quiet", "-m", "Notes", "--", "notes.txt")
    said = company.ok(*HOLD)
    assert "its old text is back" in said.err
    assert company.state() == "problem-framing/on-hold"


def test_a_pad_that_is_gone_after_a_kill_comes_back(company: Company) -> None:
    company.draft()
    text = company.path().read_bytes()
    script = hook(company, "pre-commit", "rm -r pads; kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    started(company, *SUBMIT).communicate()
    script.unlink()
    assert not (company.root / "pads").exists() or not list((company.root / "pads").glob("PAD-*"))
    company.padctl("new", "Another", "--owner", "pm")
    assert company.path().read_bytes() == text
    assert company.git("status", "--porcelain", "--", company.relative()) == f"?? {company.relative()}\n"


def test_a_killed_run_is_healed_from_another_root_of_the_repository(company: Company) -> None:
    company.submitted()
    other = company.root / "other"
    padctl_process("init", "other", cwd=company.root)
    company.commit_all()
    old = company.path().read_bytes()
    script = hook(company, "pre-commit", "kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    started(company, *DECIDE).communicate()
    script.unlink()
    assert company.path().read_bytes() != old
    assert padctl_process("new", "A bet", "--owner", "pm", cwd=other).code == 0
    assert company.path().read_bytes() == old
    assert [path.name for path in (other / "pads").glob("PAD-*")] == ["PAD-0002-a-bet.md"]


# Git's own state


@pytest.mark.parametrize("staged", [True, False])
@pytest.mark.parametrize(
    "words",
    [("submit", "1", "--meeting", "2026-12-03"), DECIDE, (*HOLD, "--include-edits"), ("renumber", "1")],
    ids=lambda words: words[0],
)
def test_a_pad_that_was_renamed_and_not_committed(company: Company, staged: bool, words: tuple[str, ...]) -> None:
    company.submitted()
    old, new = company.relative(), "pads/PAD-0001-a better name.md"
    company.git("mv", old, new) if staged else company.path().rename(company.root / new)
    (reason,) = company.reasons(*words)
    assert f"it was {old} in the last commit" in reason
    fix = reason.rpartition("fix: ")[2].strip()
    subprocess.run(fix, shell=True, cwd=company.root, check=True, capture_output=True)
    assert company.git("status", "--porcelain") == ""
    company.ok(*words)
    names = company.git("ls-tree", "--name-only", "HEAD:pads").splitlines()
    assert names[:-1] == ["PAD-0002-a better name.md" if words[0] == "renumber" else "PAD-0001-a better name.md"]


@pytest.mark.parametrize("mark", ["assume-unchanged", "skip-worktree"])
def test_a_pad_that_git_is_told_not_to_look_at(company: Company, mark: str) -> None:
    company.submitted()
    company.git("update-index", f"--{mark}", "--", company.relative())
    company.edit("Of 100 teams", "Of 101 teams")
    for move in (DECIDE, ("submit", "1", "--meeting", "2026-12-03")):
        (reason,) = company.reasons(*move)
        assert f"git update-index --no-{mark} -- {company.relative()}" in reason


def test_a_sparse_checkout(company: Company) -> None:
    company.draft()
    company.write("work/other.txt", "other\n")
    company.commit_all()
    company.git("sparse-checkout", "set", "pads")
    assert not (company.root / "work").exists()
    company.ok(*SUBMIT)
    company.ok(*DECIDE)
    company.draft("Another one")
    company.ok("submit", "2", "--meeting", MEETING)
    assert company.git("status", "--porcelain") == ""
    assert "work/other.txt" in company.git("ls-tree", "-r", "--name-only", "HEAD")


def test_a_pad_in_a_submodule(company: Company, tmp_path: Path) -> None:
    company.submitted()
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "PAD-0007-inside.md").write_text(company.path().read_text().replace("PAD-0001", "PAD-0007"))
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Inside"]):
        subprocess.run(["git", *words], cwd=inner, check=True)
    company.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "pads/inner")
    company.commit_all()
    said = company.refused("decide", "7", "proceed", "--by", "sponsor", code=2)
    assert "belongs to another git repository" in said
    assert f"--root {company.root / 'pads/inner'}" in said


def test_a_hooks_environment_does_not_lead_elsewhere(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.submitted()
    other = tmp_path / "other"
    subprocess.run(["git", "init", "--quiet", str(other)], check=True)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert padctl_process(*DECIDE, "--today", TODAY, cwd=company.root).code == 0
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)
    assert company.git("log", "-1", "--format=%s") == "PAD-0001: problem framing: approved\n"
    assert company.git("status", "--porcelain") == ""
    assert not (tmp_path / "index").exists()


def test_linked_work_trees_share_one_lock(company: Company) -> None:
    company.submitted()
    company.git("worktree", "add", "--quiet", "-b", "side", "../side")
    side = Company(root=company.root.parent / "side")
    hook(company, "pre-commit", "touch .git/in-hook; while [ ! -e .git/go-on ]; do sleep 0.1; done")
    process = started(company, *DECIDE)
    awaited(company.root / ".git/in-hook")
    said = side.padctl(*HOLD)
    assert f"process {process.pid} (padctl" in said.err
    (company.root / ".git/go-on").touch()
    assert ended(process).code == 0


# Streams and reports


@pytest.mark.parametrize("words", [["list"], ["--help"], list(DECIDE), ["show", "99"]])
@pytest.mark.parametrize("full", ["stdout", "stderr"])
def test_a_stream_that_takes_nothing_more(company: Company, words: list[str], full: str) -> None:
    company.submitted()
    with Path("/dev/full").open("wb") as nowhere:
        other = "stderr" if full == "stdout" else "stdout"
        process = started(company, *words, **{full: nowhere.fileno(), other: subprocess.PIPE})
        said = b"".join(filter(None, process.communicate())).decode()
    assert process.returncode in {0, 2}
    for never in ("Traceback", "Exception ignored", "Errno"):
        assert never not in said
    if full == "stdout" and words != ["show", "99"]:
        assert process.returncode == 2
        assert "standard output cannot be written: No space left on device" in said


def test_a_report_that_cannot_be_written_leaves_the_old_one(company: Company) -> None:
    company.submitted()
    report = company.write("minutes/agenda.md", "last week's\n")
    company.ok("agenda", "--format", "md", "--output", "minutes/agenda.md")
    assert report.read_text() != "last week's\n"
    assert [path.name for path in report.parent.iterdir()] == ["agenda.md"]
    said = company.padctl("agenda", "--output", "nowhere/agenda.md")
    assert said.code == 2
    assert "nowhere/agenda.md cannot be written" in said.err
    linked = company.root / "latest.md"
    linked.symlink_to("minutes/agenda.md")
    report.write_text("old\n")
    company.ok("agenda", "--format", "md", "--output", "latest.md")
    assert linked.is_symlink()
    assert report.read_text() != "old\n"
    assert company.padctl("list", "--output", "/dev/null").code == 0


def test_a_template_is_copied_under_the_lock(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("padctl.store.locking.LOCK_SECONDS", 0.1)
    with locked(Repository(company.root)):
        said = company.padctl("template", "eject", "light")
    assert said.code == 2
    assert "is writing in this repository" in said.err
    assert not (company.root / "templates/pad/light.md").exists()
    company.ok("template", "eject", "light")


def test_the_note_of_a_write_and_its_name_are_flushed_before_the_pad_changes(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.submitted()
    flush, folder, old = os.fsync, company.root / ".git", company.path().read_bytes()
    flushed: list[tuple[bool, bool]] = []

    def noted(handle: int) -> None:
        flush(handle)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            flushed.append(((folder / "padctl-journal.json").exists(), company.path().read_bytes() == old))

    monkeypatch.setattr(os, "fsync", noted)
    company.ok(*DECIDE)
    assert flushed == [(True, True)]


def test_a_git_that_hangs_while_its_lines_are_read(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.submitted()
    stub = tmp_path / "bin/git"
    stub.parent.mkdir()
    stub.write_text(f'#!/bin/sh\ncase "$*" in *--raw*) exec sleep 20;; esac\nexec {shutil.which("git")} "$@"\n')
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stub.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "0.5")
    assert "git log did not end within 0.5 s" in company.refused("agenda", MEETING, code=2)
