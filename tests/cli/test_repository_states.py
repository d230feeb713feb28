"""Repositories in which a move must not or cannot commit: refused before or undone after, nothing changed."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl, padctl_process

DECIDE = ("decide", "PAD-0001", "proceed", "--by", "sponsor")
HOLD = ("hold", "PAD-0001", "--reason", "waits")


@pytest.fixture
def diverged(company: Company) -> Company:
    """Return a repository with a PAD in review and a branch that conflicts in another file."""
    company.write("notes.txt", "one\n")
    company.commit_all()
    company.submitted()
    company.git("switch", "--quiet", "-c", "other", "HEAD~1")
    company.write("notes.txt", "other\n")
    company.commit_all("Other")
    company.git("switch", "--quiet", "main")
    company.write("notes.txt", "main\n")
    company.git("commit", "--quiet", "-am", "Main")
    return company


def hook(company: Company, name: str, script: str) -> None:
    folder = Path(company.git("rev-parse", "--git-path", "hooks").strip())
    file = company.root / folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["merge", "other"], ["merge", "git add -- ", "git commit --no-edit", "git merge --abort"]),
        (["merge", "--no-commit", "-s", "ours", "other"], ["merge", "git merge --abort"]),
        (["rebase", "other"], ["rebase", "git rebase --continue", "git rebase --abort"]),
        (["rebase", "--exec", "false", "HEAD~1"], ["rebase", "git rebase --abort"]),
        (["cherry-pick", "other"], ["cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"]),
        (["revert", "--no-edit", "HEAD~2"], ["revert", "git revert --abort"]),
        (["bisect", "start"], ["bisect", "git bisect reset"]),
    ],
)
def test_in_the_middle_of_something(diverged: Company, command: list[str], words: list[str]) -> None:
    if command[0] == "revert":
        diverged.write("notes.txt", "again\n")
        diverged.git("commit", "--quiet", "-am", "Again")
        command = ["revert", "--no-edit", "HEAD~1"]
    diverged.git(*command, code=None)
    for move in (HOLD, ("action", "add", "1", "pm: book a room by 2026-12-01")):
        said = diverged.refused(*move, code=2)
        assert all(word in said for word in words), said
    diverged.refused(*HOLD, "--include-edits", code=2)


def test_no_override_passes_repository_safety(diverged: Company) -> None:
    diverged.git("merge", "other", code=1)
    diverged.refused(*DECIDE, "--override", "--reason", "now", code=2)


def test_conflicts_without_a_merge(company: Company) -> None:
    company.write("notes.txt", "one\n")
    company.commit_all()
    company.submitted()
    company.write("notes.txt", "stashed\n")
    company.git("stash", "push", "--quiet")
    company.write("notes.txt", "main\n")
    company.git("commit", "--quiet", "-am", "Main")
    company.git("stash", "pop", code=1)
    assert "conflict" in company.refused(*DECIDE, code=2)


def test_what_ends_a_conflict_can_be_pasted(diverged: Company) -> None:
    diverged.git("merge", "other", code=1)
    said = diverged.refused(*HOLD, code=2)
    assert "a merge is in progress here: git could not bring two texts together" in said
    rows = said.splitlines()
    commands = [row.strip() for row in rows if row.strip().startswith("git ")]
    assert [command.split()[1] for command in commands] == ["add", "commit", "merge"]
    for command in commands[:2]:
        diverged.git(*shlex.split(command)[1:])
    diverged.ok(*HOLD)


def test_a_detached_head_is_explained_and_left_by_what_is_printed(company: Company) -> None:
    company.submitted()
    company.git("switch", "--quiet", "--detach")
    said = company.refused(*HOLD, code=2)
    assert "HEAD is detached: no branch is checked out" in said
    assert said.endswith("  fix: git switch main\n")


def test_detached_head(company: Company) -> None:
    company.submitted()
    company.git("switch", "--quiet", "--detach")
    said = company.refused(*DECIDE, code=2)
    assert "detached" in said
    assert "git switch" in said


@pytest.mark.parametrize("move", ["submit", "decide"])
def test_no_identity(company: Company, move: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = DECIDE if move == "decide" else ("submit", "1", "--meeting", MEETING)
    (company.submitted if move == "decide" else company.draft)()
    for name in [name for name in os.environ if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))] + ["EMAIL"]:
        monkeypatch.delenv(name, raising=False)
    said = company.refused(*words, code=2)
    assert "git config --global user.name" in said
    assert "git config --global user.email" in said


def test_no_repository_at_all(tmp_path: Path) -> None:
    for words in (("status",), HOLD, ("new", "T", "--owner", "pm"), ("lint",), ("agenda",)):
        said = padctl(*words, "--today", TODAY, cwd=tmp_path)
        assert said.code == 2
        assert "padctl init" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
@pytest.mark.parametrize("move", ["submit", "decide", "action"])
def test_a_hook_that_fails(company: Company, name: str, move: str) -> None:
    words = {"submit": ("submit", "1", "--meeting", MEETING), "decide": DECIDE,
             "action": ("action", "add", "1", "pm: book a room by 2026-12-01")}[move]  # fmt: skip
    (company.draft if move == "submit" else company.submitted)()
    company.write("other.txt", "staged\n")
    company.git("add", "other.txt")
    hook(company, name, "echo 'no tickets on Fridays' >&2; exit 1")
    (reason,) = company.reasons(*words)
    assert "no tickets on Fridays" in reason


def test_a_hook_that_speaks_in_escape_codes(company: Company) -> None:
    company.submitted()
    hook(company, "pre-commit", r"printf '\033]0;owned\007\033[31mred' >&2; exit 1")
    assert "\x1b" not in company.refused(*DECIDE)


def test_a_hook_that_edits_the_file(company: Company) -> None:
    company.draft()
    hook(company, "pre-commit", 'for f in pads/PAD-*.md; do echo "<!-- checked -->" >> "$f"; git add "$f"; done')
    company.ok("submit", "1", "--meeting", MEETING)
    assert company.path().read_text().endswith("<!-- checked -->\n")
    assert company.git("status", "--porcelain") == ""
    assert company.git("show", f"HEAD:{company.relative()}").endswith("<!-- checked -->\n")


def test_a_signature_that_cannot_be_made(company: Company) -> None:
    company.submitted()
    company.git("config", "commit.gpgsign", "true")
    company.git("config", "gpg.program", "false")
    company.reasons(*DECIDE)


def test_an_index_that_another_program_holds(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.submitted()
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "1")
    lock = company.root / ".git/index.lock"
    lock.touch()
    before = company.snapshot()
    said = company.padctl(*DECIDE)
    assert said.code == 2
    assert f"another program has held {lock} for 1 s" in said.err
    assert company.snapshot() == before
    assert lock.exists()


@pytest.mark.parametrize("move", [DECIDE, ("submit", "1", "--meeting", "2026-12-03"), HOLD])
def test_a_partially_staged_pad(company: Company, move: tuple[str, ...]) -> None:
    company.submitted()
    company.edit("Of 100 teams", "Of 101 teams")
    company.git("add", company.relative())
    company.edit("Of 101 teams", "Of 102 teams")
    (reason,) = company.reasons(*move)
    assert f"git add -- {company.relative()}" in reason
    if move[0] != "submit":
        assert company.reasons(*move, "--include-edits") == [reason]


@pytest.mark.parametrize("staged", [True, False])
def test_an_edited_pad(company: Company, staged: bool) -> None:
    company.submitted()
    company.edit("Of 100 teams", "Of 101 teams")
    if staged:
        company.git("add", company.relative())
    moves = (DECIDE, HOLD, ("recall", "1"), ("action", "add", "1", "pm: book a room by 2026-12-01"))
    for move in moves:
        (reason,) = company.reasons(*move)
        assert "--include-edits" in reason
        assert "2 lines" in reason
    said = company.ok(*HOLD, "--include-edits")
    assert "2 lines" in said.err
    assert company.git("status", "--porcelain") == ""
    assert "Of 101 teams" in company.git("show", "HEAD:" + company.relative())


def test_an_untracked_pad_is_refused_by_moves_other_than_submit(company: Company) -> None:
    company.draft()
    (reason,) = company.reasons(*HOLD)
    assert "--include-edits" in reason
    company.ok(*HOLD, "--include-edits")
    assert company.git("status", "--porcelain") == ""


def test_a_pad_that_git_ignores(company: Company) -> None:
    company.write(".gitignore", "pads/\n")
    company.commit_all()
    company.draft()
    (reason,) = company.reasons("submit", "1", "--meeting", MEETING)
    assert "ignore" in reason


@pytest.mark.parametrize("where", ["notes.md", "../outside.md"])
def test_a_pad_that_is_a_symbolic_link(company: Company, where: str) -> None:
    company.in_status("draft")
    target = company.root / where
    target.write_bytes(company.path().read_bytes())
    file = company.path()
    file.unlink()
    file.symlink_to(os.path.relpath(target, file.parent))
    company.commit_all()
    kept = target.read_bytes()
    for words in (("submit", company.relative(), "--meeting", MEETING), ("hold", company.relative(), "--reason", "x")):
        (reason,) = company.reasons(*words)
        assert "symbolic link" in reason
    assert target.read_bytes() == kept
    assert company.padctl("status").code == 0
    assert company.padctl("lint").code == 1


def test_a_folder_that_leads_out(company: Company, tmp_path: Path) -> None:
    company.draft()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "PAD-0007-elsewhere.md").write_bytes(company.path().read_bytes().replace(b"PAD-0001", b"PAD-0007"))
    (company.root / "pads/linked").symlink_to(outside)
    assert "PAD-0007" not in company.ok("list").out
    company.refused("hold", "pads/linked/PAD-0007-elsewhere.md", "--reason", "x", code=2)


def test_a_pipe_among_the_pads(company: Company) -> None:
    company.draft()
    os.mkfifo(company.root / "pads/PAD-0002-pipe.md")
    said = padctl_process("lint", "--today", TODAY, cwd=company.root)
    assert said.code == 1
    assert "no regular file" in said.out


def test_a_stale_clone(company: Company, make: Callable[..., Company], tmp_path: Path) -> None:
    company.submitted()
    company.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    company.git("clone", "--quiet", str(tmp_path / "hub.git"), str(tmp_path / "clone"))
    clone = Company(root=tmp_path / "clone")
    company.ok("decide", "1", "rework", "--by", "sponsor", "--action", "pm: ask teachers by 2026-12-01")
    company.git("push", "--quiet", str(tmp_path / "hub.git"), "main")
    clone.git("fetch", "--quiet")
    (reason,) = clone.reasons(*DECIDE)
    assert "decide of 2026-11-24 (Not approved: more work) is on origin/main" in reason
    assert "git " in reason
    assert clone.reasons(*DECIDE, "--override", "--reason", "now") == [reason]
    clone.git("merge", "--quiet", "--ff-only", "origin/main")
    clone.ok("action", "done", "1", "A1")


def test_a_date_that_is_none_is_no_missing_identity(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.submitted()
    monkeypatch.setenv("GIT_AUTHOR_DATE", "bogus")
    said = company.refused("decide", "1", "proceed", "--by", "sponsor", code=2)
    assert "git cannot commit: invalid date format: bogus" in said
    assert "GIT_AUTHOR_DATE" in said
    assert "who you are" not in said


def test_a_folder_of_pads_that_is_a_symbolic_link(company: Company) -> None:
    company.submitted()
    (company.root / "docs").mkdir()
    company.git("mv", "pads", "docs/pads")
    (company.root / "pads").symlink_to("docs/pads")
    company.commit_all()
    for words in (("decide", "1", "proceed", "--by", "sponsor"), ("submit", "1", "--meeting", "2026-12-03")):
        said = company.refused(*words, code=2)
        assert "pads is a symbolic link to docs/pads" in said
        assert "git commit" not in said
    assert "pads is a symbolic link to docs/pads" in company.padctl("doctor").all
    said = company.refused("new", "Another", "--owner", "dana", code=2)
    assert "or name docs/pads under [paths]" in said


def test_folders_that_lead_out_of_the_repository(company: Company, tmp_path: Path) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today="2026-11-26")
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("pads", "meetings", "templates"):
        if (company.root / name).exists():
            (company.root / name).rename(tmp_path / f"former-{name}")
        (company.root / name).symlink_to(outside)
    for words in (("new", "Another", "--owner", "dana"), ("minutes", "2026-11-26", "--save")):
        said = company.padctl(*words, today="2026-11-27")
        assert said.code == 2
        assert f"is a symbolic link to {outside}" in said.err
        assert "under [paths]" not in said.err
    assert company.padctl("template", "eject", "light").code == 2
    assert list(outside.iterdir()) == []
