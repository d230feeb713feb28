"""Repositories in which git itself will not work: what git says and advises is told, and padctl init is not offered."""

from pathlib import Path

import pytest
from acting import MEETING, Company

HOLD = ("hold", "1", "--reason", "waits")


@pytest.mark.parametrize("words", [HOLD, ("agenda",), ("new", "Exports", "--owner", "pm"), ("doctor",), ("undo", "1")])
def test_a_repository_of_somebody_else(
    company: Company, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    company.submitted()
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = company.padctl(*words)
    assert said.code == (1 if words == ("doctor",) else 2)
    told = " ".join(said.all.split())
    assert "dubious ownership" in told
    assert f"if you trust its owner: git config --global --add safe.directory {company.root}" in told
    assert "padctl init" not in told


def test_init_makes_no_repository_inside_of_one_in_which_git_refuses_to_work(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = company.padctl("init", "product", "--no-input")
    assert said.code == 2
    assert "safe.directory" in said.err
    assert not (company.root / "product/.git").exists()


def test_a_configuration_that_git_cannot_read(company: Company) -> None:
    company.submitted()
    company.write(".git/config", "[core\n")
    for words in (HOLD, ("doctor",)):
        said = company.padctl(*words)
        assert said.code == (1 if words == ("doctor",) else 2)
        assert "bad config line" in said.all
        assert "padctl init" not in said.all


def test_git_reads_trailers_as_padctl_wrote_them(company: Company) -> None:
    company.submitted()
    before = [company.ok(*words).all for words in (("log", "1", "--verify"), ("agenda",))]
    company.git("config", "trailer.separators", "=")
    assert [company.ok(*words).all for words in (("log", "1", "--verify"), ("agenda",))] == before


def test_a_push_that_hangs_leaves_the_move_and_says_so(
    cloned: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = cloned.write(".git/hooks/pre-push", "#!/bin/sh\nsleep 300\n")
    script.chmod(0o755)
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "2")
    said = cloned.padctl("submit", "1", "--meeting", MEETING, "--push")
    assert said.code == 2
    assert "it is committed on main, but" in said.err
    assert "git push did not end within 2 s" in said.err
    assert "git push -u origin main" in said.err
    assert cloned.state() == "problem-framing/in-review"


def test_a_branch_that_another_work_tree_has_checked_out(company: Company, tmp_path: Path) -> None:
    company.submitted()
    company.git("worktree", "add", "--quiet", "-b", "gallery", str(tmp_path / "beside"))
    (reason,) = company.reasons("recall", "1", "--branch", "gallery")
    assert "already checked out" in reason
    assert "move these files away" not in reason
    assert "git worktree list" in reason
