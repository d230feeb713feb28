"""What a move costs, in questions to git: seconds depend on the machine, these do not."""

from pathlib import Path

import pytest
from acting import Company


def asked(trace: Path) -> list[str]:
    """Return the git commands that padctl itself started, each as its verb and what follows.

    Those that write stand one deeper in the trace than those that read; git's own are deeper still.
    """
    lines = (line for line in trace.read_text(encoding="utf-8").splitlines() if line.count("|") > 4)
    fields = ([field.strip() for field in line.split("|")] for line in lines)
    starts = (words[-1] for _, depth, _, event, *words in fields if event == "start" and depth in {"d0", "d1"})
    return [words.partition("core.quotepath=false ")[2] or words for words in starts]


def test_a_move_asks_git_little_and_nothing_twice_before_it_commits(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.in_status("draft")
    monkeypatch.setenv("GIT_TRACE2_PERF", str(tmp_path / "trace"))
    company.ok("withdraw", "1", "--reason", "No need")
    commands = asked(tmp_path / "trace")
    commit = next(i for i, words in enumerate(commands) if " commit " in words)
    assert len(commands) <= 11, commands
    assert len(set(commands[:commit])) == commit, commands
    assert len(commands) - commit <= 2, commands
