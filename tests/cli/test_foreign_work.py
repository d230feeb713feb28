"""Other people's work in the same tree: staged, unstaged and untracked, it stays exactly as it was."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl, padctl_process

LATER = "2026-12-03"
REWORK = ("decide", "1", "rework", "--by", "sponsor", "--action", "pm: ask five teachers by 2026-12-01")
FOLLOW_UP = ("decide", "1", "follow-up", "--by", "sponsor", "--action", "pm: ask the lawyers by 2026-12-01")
MOVES: list[tuple[str, ...]] = [
    ("submit", "1", "--meeting", MEETING),
    ("submit", "1", "--meeting", LATER),
    ("recall", "1"),
    ("submit", "1", "--meeting", MEETING),
    REWORK,
    ("action", "add", "1", "eli: book a room by 2026-12-01"),
    ("action", "done", "1", "A1"),
    ("hold", "1", "--reason", "waits"),
    ("withdraw", "1", "--reason", "solved"),
    ("resume", "1"),
    ("submit", "1", "--meeting", MEETING),
    FOLLOW_UP,
    ("action", "done", "1", "A3"),
    ("advance", "1", "--by", "sponsor"),
    ("submit", "1", "--meeting", MEETING),
    ("decide", "1", "proceed", "--by", "sponsor"),
    ("launch", "1"),
]


@pytest.fixture
def busy(company: Company) -> Company:
    """Return a repository in which work of every kind lies around, and an untracked PAD."""
    for name in ("modified", "staged", "both", "deleted", "gone", "renamed", "mode", "assumed", "skipped"):
        company.write(f"work/{name}.txt", f"{name}\n")
    company.draft("Another one")
    company.write(".gitignore", "*.log\n")
    company.commit_all("Work")
    company.path().rename(company.root / "pads/PAD-0002-another-one.md")
    company.edit("id: PAD-0001", "id: PAD-0002", number=2)
    company.commit_all("Make room")
    company.write("work/modified.txt", "modified, not staged\n")
    company.write("work/staged.txt", "staged\r\nwith CR\n")
    company.write("work/new.txt", "new and staged\n")
    company.write("work/both.txt", "first part\n")
    company.git("add", "work/staged.txt", "work/new.txt", "work/both.txt")
    company.write("work/both.txt", "first part\nsecond part\n")
    company.git("rm", "--quiet", "work/deleted.txt")
    (company.root / "work/gone.txt").unlink()
    company.git("mv", "work/renamed.txt", "work/renamed to.txt")
    company.git("update-index", "--chmod=+x", "work/mode.txt")
    company.git("update-index", "--assume-unchanged", "work/assumed.txt")
    company.git("update-index", "--skip-worktree", "work/skipped.txt")
    company.write("work/assumed.txt", "assumed, changed\n")
    company.write("work/untracked ü.txt", "untracked\n")
    company.write("work/intended.txt", "add -N\n")
    company.git("add", "-N", "work/intended.txt")
    company.write("debug.log", "ignored\n")
    company.edit("Of 100 teams", "Of 7 teams", number=2)
    file = company.write("pads/PAD-0001-team-gallery.md", company.path(2).read_text())
    file.write_text(file.read_text().replace("PAD-0002", "PAD-0001").replace("Another one", "Team gallery"))
    return company


def others(company: Company) -> dict[str, str]:
    """Return files, index and status of everything but PAD-0001."""
    seen = company.snapshot()
    kept = {key: value for key, value in seen.items() if key.startswith("file ") and "PAD-0001" not in key}
    for key in seen:
        if key.startswith(("git ls-files", "git status")):
            kept[key] = "".join(line for line in seen[key].splitlines(keepends=True) if "PAD-0001" not in line)
    return kept


def test_other_work_stays_through_every_move(busy: Company) -> None:
    before = others(busy)
    assert "MM work/both.txt" in busy.git("status", "--porcelain")
    for words in MOVES:
        head = busy.git("rev-parse", "HEAD").strip()
        if "solution" in busy.state() and words[0] == "submit":
            busy.fill()
        busy.ok(*words)
        assert others(busy) == before, words
        assert busy.git("diff", "--name-only", f"{head}..HEAD").split() == ["pads/PAD-0001-team-gallery.md"]
        assert busy.git("status", "--porcelain", "--", "pads/PAD-0001-team-gallery.md") == ""
    assert busy.state() == "post-launch-recap/draft"


def test_other_work_stays_where_there_is_no_commit_yet(make: Callable[..., Company]) -> None:
    company = make(commit=False)
    company.draft()
    company.git("add", "padctl.toml", "teams")
    company.write("new.txt", "add -N\n")
    company.git("add", "-N", "new.txt")
    before = others(company)
    company.ok("submit", "1", "--meeting", MEETING)
    assert others(company) == before
    assert company.git("ls-tree", "-r", "--name-only", "HEAD").split() == ["pads/PAD-0001-team-gallery.md"]


def test_other_work_stays_when_a_hook_fails(busy: Company) -> None:
    hook = busy.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    busy.reasons("submit", "1", "--meeting", MEETING)
    hook.unlink()
    busy.ok("submit", "1", "--meeting", MEETING)


def test_a_pad_that_the_author_has_staged(company: Company) -> None:
    company.draft()
    company.git("add", company.relative())
    hook = company.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    company.reasons("submit", "1", "--meeting", MEETING)
    hook.unlink()
    company.ok("submit", "1", "--meeting", MEETING)
    assert company.git("status", "--porcelain") == ""


def test_submit_says_how_many_lines_of_edits_it_includes(company: Company) -> None:
    company.draft()
    assert "included the new file" in company.ok("submit", "1", "--meeting", MEETING).err
    company.ok("recall", "1")
    company.edit("Of 100 teams", "Of 101 teams")
    assert "included 2 lines" in company.ok("submit", "1", "--meeting", MEETING).err


def checked_diff(company: Company, *words: str) -> None:
    """Check that a dry run changes nothing, and that its diff is what the move then does."""
    with company.unchanged():
        said = company.ok(*words, "--dry-run")
    for check in (["--check"], []):
        done = subprocess.run(
            ["git", "apply", *check], cwd=company.root, input=said.out.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, f"{done.stderr.decode()}\n{said.out}"
    applied = company.path().read_bytes()
    subprocess.run(["git", "apply", "-R"], cwd=company.root, input=said.out.encode(), check=True)
    company.ok(*words)
    assert company.path().read_bytes() == applied


def test_dry_runs_of_every_move(busy: Company) -> None:
    for words in MOVES:
        if "solution" in busy.state() and words[0] == "submit":
            busy.fill()
        checked_diff(busy, *words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("Of 100 teams", "Of\t100\f teams\u2028next \x1c part \u0085 end"),
        ("| An importer | L | M |\n", "| An importer | L | M |\n\nOdd\f line\u2028breaks \x1c here\u0085 end\v\n"),
        ("---\nid: PAD-0001\ntitle: Team gallery\n", "\ufeff---\nstage: problem-framing\nid: PAD-0001\ntitle: T\n"),
        ("status: draft", "status: draft   # in the works\nx-note: 'a: b'"),
    ],
)
def test_dry_runs_of_odd_documents(company: Company, old: str, new: str) -> None:
    company.draft()
    file = company.path()
    text = file.read_bytes().decode()
    if "stage" in new:
        text = text.replace("stage: problem-framing\n", "", 1)
    file.write_bytes(text.replace(old, new).encode())
    checked_diff(company, "submit", "1", "--meeting", MEETING)
    checked_diff(company, "decide", "1", "proceed", "--by", "sponsor")


def test_dry_run_without_a_final_newline(company: Company) -> None:
    company.draft()
    company.path().write_bytes(company.path().read_bytes().rstrip(b"\n"))
    checked_diff(company, "submit", "1", "--meeting", MEETING)
    checked_diff(company, "decide", "1", "proceed", "--by", "sponsor")


@pytest.mark.parametrize("name", ["PAD-0001-größe 你好.md", "2026/growth/PAD-0001-t.md", "PAD-0001-a b  c.md"])
def test_dry_run_of_other_names(company: Company, name: str) -> None:
    company.draft()
    target = company.root / "pads" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    company.path().rename(target)
    checked_diff(company, "submit", "1", "--meeting", MEETING)


def test_dry_run_in_a_subfolder(company: Company) -> None:
    padctl("init", "product", "--no-input", cwd=company.root)
    company.commit_all()
    below = Company(root=company.root / "product")
    below.draft()
    checked_diff(below, "submit", "1", "--meeting", MEETING)


def test_a_dry_run_is_refused_like_the_move(company: Company) -> None:
    company.ok("new", "T", "--owner", "pm")
    company.reasons("submit", "1", "--meeting", MEETING, "--dry-run")


def test_dry_run_writes_bytes(company: Company, tmp_path: Path) -> None:
    company.draft()
    company.path().write_bytes(company.path().read_bytes().replace(b"\n", b"\r\n"))
    said = padctl_process("submit", "1", "--meeting", MEETING, "--dry-run", "--today", TODAY, cwd=company.root)
    assert "+status: in-review\r\n" in said.out
    assert "\x1b" not in said.out
