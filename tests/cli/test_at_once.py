"""Several people, or several agents, at one repository at the same moment: nothing of anybody's is lost."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from acting import MEETING, TODAY, Company


def at_once(company: Company, calls: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Start padctl several times at one moment and return the exit codes with what was said."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "padctl", "--today", TODAY, *words],
            cwd=company.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ),
        )
        for words in calls
    ]  # fmt: skip
    return [(process.wait(), process.communicate()[0].decode()) for process in started]


def slow_commits(company: Company) -> None:
    """Let every commit take a moment, so that the others wait for the lock with what they read before."""
    hook = Path(company.root / ".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nsleep 0.4\n")
    hook.chmod(0o755)


def test_actions_added_at_once(company: Company) -> None:
    company.submitted()
    slow_commits(company)
    count = int(company.git("rev-list", "--count", "HEAD"))
    said = at_once(company, [["action", "add", "1", f"pm: task {n} by 2026-12-01"] for n in range(5)])
    won = [text for code, text in said if code == 0]
    assert won
    assert all(code in {0, 1, 2} and "Traceback" not in text for code, text in said)
    header = company.pad().header
    assert header
    assert int(company.git("rev-list", "--count", "HEAD")) - count == len(won)
    assert len(header.actions) == len(won), [action.what for action in header.actions]
    assert len({action.id for action in header.actions}) == len(won)
    assert company.git("status", "--porcelain") == ""


def test_decisions_made_at_once(company: Company) -> None:
    company.submitted()
    slow_commits(company)
    outcomes = [["decide", "1", "proceed", "--by", "sam"], ["recall", "1"], ["hold", "1", "--reason", "waits"]]
    said = at_once(company, outcomes)
    won = [text for code, text in said if code == 0]
    header = company.pad().header
    assert header
    assert len(header.history) == 1 + len(won), [(entry.n, entry.move) for entry in header.history]
    assert "0 errors" in company.ok("lint").out or "no findings" in company.ok("lint").out


def test_moves_of_several_pads_at_once(company: Company) -> None:
    for n in range(5):
        company.draft(f"Bet {n}")
    company.commit_all()
    said = at_once(company, [["submit", str(n), "--meeting", MEETING] for n in range(1, 6)])
    assert [code for code, _ in said] == [0] * 5, said
    assert company.git("rev-list", "--count", "HEAD").strip() == "7"
    assert company.git("status", "--porcelain") == ""
    rows = json.loads(company.ok("list", "--format", "json").out)["data"]
    assert [row["status"] for row in rows] == ["in-review"] * 5


def test_pads_made_at_once_with_one_title(company: Company) -> None:
    said = at_once(company, [["new", "Same", "--owner", "pm"]] * 6)
    assert [code for code, _ in said] == [0] * 6, said
    assert len(list((company.root / "pads").glob("PAD-*-same.md"))) == 6


def test_pads_made_at_once_never_share_an_id(company: Company) -> None:
    said = at_once(company, [["new", f"Title {n}", "--owner", "pm"] for n in range(6)])
    assert [code for code, _ in said] == [0] * 6, said
    ids = [re.match(r"PAD-\d+", path.name) for path in (company.root / "pads").glob("PAD-*.md")]
    assert sorted(match[0] for match in ids if match) == [f"PAD-{n:04}" for n in range(1, 7)]


def test_a_text_that_is_saved_while_a_move_waits(company: Company) -> None:
    company.submitted()
    slow_commits(company)
    words = [sys.executable, "-m", "padctl", "--today", TODAY]
    first = subprocess.Popen(
        [*words, "action", "add", "1", "pm: a task by 2026-12-01"], cwd=company.root, stdout=subprocess.DEVNULL
    )
    second = subprocess.Popen(
        [*words, "submit", "1", "--meeting", "2026-12-03"], cwd=company.root, stdout=subprocess.DEVNULL
    )
    codes = [first.wait(), second.wait()]
    header = company.pad().header
    assert header
    assert len(header.actions) == (codes[0] == 0)
    assert len(header.history) == 1 + (codes[1] == 0)
