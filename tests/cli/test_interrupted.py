"""A run that is killed in the middle of a move loses nothing: the next one heals it before it does anything."""

import signal
from pathlib import Path

import pytest
from shell import git, hook, run


def kill_padctl_in(repository: Path, name: str) -> Path:
    """Kill the whole run, git included, from inside one of git's hooks."""
    return hook(repository, name, "kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_kill_before_the_commit_is_undone_by_the_next_run(repository: Path, name: str) -> None:
    path = "pads/PAD-0008-team-template-gallery.md"
    before, head = (repository / path).read_bytes(), git("rev-parse", "HEAD", cwd=repository)
    script = kill_padctl_in(repository, name)
    assert run("decide", "8", "proceed", "--by", "sam", cwd=repository).returncode == -signal.SIGKILL
    assert git("rev-parse", "HEAD", cwd=repository) == head
    script.unlink()

    done = run("decide", "8", "proceed", "--by", "sam", cwd=repository)

    assert done.returncode == 0, done.stderr
    assert "interrupted run" in done.stderr
    assert git("status", "--porcelain", cwd=repository) == ""
    assert git("rev-list", "--count", f"{head.strip()}..HEAD", cwd=repository).strip() == "1"
    assert git("show", f"{head.strip()}:{path}", cwd=repository).encode() == before
    assert not (repository / ".git/padctl-journal.json").exists()


def test_a_kill_after_the_commit_is_finished_by_the_next_run(repository: Path) -> None:
    head = git("rev-parse", "HEAD", cwd=repository).strip()
    script = kill_padctl_in(repository, "post-commit")
    assert run("decide", "8", "proceed", "--by", "sam", cwd=repository).returncode == -signal.SIGKILL
    script.unlink()

    again = run("decide", "8", "proceed", "--by", "sam", cwd=repository)

    assert again.returncode == 1
    assert "not possible now" in again.stderr
    assert git("status", "--porcelain", cwd=repository) == ""
    assert git("rev-list", "--count", f"{head}..HEAD", cwd=repository).strip() == "1"


@pytest.mark.parametrize(
    "words",
    [
        ("feedback", "8", "--by", "eli", "--stance", "concern", "--note", "Who pays?"),
        ("action", "add", "8", "dana: book a room by 2026-12-01"),
        ("minutes", "2026-11-12", "--save"),
        ("recap", "--save"),
        ("undo", "8"),
    ],
)
def test_every_command_that_commits_heals_before_it_judges(repository: Path, words: tuple[str, ...]) -> None:
    """The half-written decision has taken PAD-0008 out of review."""
    script = kill_padctl_in(repository, "pre-commit")
    run("decide", "8", "proceed", "--by", "sam", cwd=repository)
    script.unlink()

    done = run(*words, cwd=repository)

    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("note: an interrupted run had changed pads/PAD-0008")


def test_lint_mends_what_is_there_once_a_killed_run_is_healed(repository: Path) -> None:
    path, other = (next((repository / "pads").glob(f"PAD-00{number}-*.md")) for number in ("08", "14"))
    before = path.read_bytes()
    other.write_text(other.read_text(encoding="utf-8").replace("\nowner:", "\nOwner:"), encoding="utf-8")
    script = kill_padctl_in(repository, "pre-commit")
    run("decide", "8", "proceed", "--by", "sam", cwd=repository)
    script.unlink()

    done = run("lint", "--fix", "--exit-zero", cwd=repository)

    assert done.stderr.startswith("note: an interrupted run had changed pads/PAD-0008")
    assert path.read_bytes() == before
    assert "\nowner:" in other.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("new", "Exports", "--owner", "dana"),
        ("init",),
        ("init", "--ci", "github"),
        ("template", "eject", "light"),
    ],
)
def test_commands_that_commit_nothing_heal_too_and_say_so(repository: Path, words: tuple[str, ...]) -> None:
    path = repository / "pads/PAD-0008-team-template-gallery.md"
    before = path.read_bytes()
    script = kill_padctl_in(repository, "pre-commit")
    run("decide", "8", "proceed", "--by", "sam", cwd=repository)
    script.unlink()

    done = run(*words, cwd=repository)

    assert done.returncode == 0, done.stderr
    assert "note: an interrupted run had changed pads/PAD-0008" in done.stderr
    assert path.read_bytes() == before


def test_what_the_author_wrote_after_a_kill_stays(repository: Path) -> None:
    path = repository / "pads/PAD-0008-team-template-gallery.md"
    script = kill_padctl_in(repository, "pre-commit")
    run("decide", "8", "proceed", "--by", "sam", cwd=repository)
    script.unlink()
    mine = path.read_bytes() + b"\nA sentence of mine.\n"
    path.write_bytes(mine)

    done = run("submit", "14", "--meeting", "2026-11-26", cwd=repository)

    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == mine


def test_an_untracked_pad_is_untracked_again_after_a_kill(repository: Path) -> None:
    run("new", "A small bet", "--owner", "dana", "--template", "light", cwd=repository)
    path = next((repository / "pads").glob("PAD-0015-*.md"))
    text = path.read_text(encoding="utf-8").replace("classification: ", "classification: delighter ")
    text = text.replace("-->\n", "-->\n\nSomething to say.\n").replace(
        "|---|---|---|---|\n", "|---|---|---|---|\n| a | 1 | 2 | 2027-01-01 |\n"
    )
    path.write_text(text, encoding="utf-8")
    script = kill_padctl_in(repository, "pre-commit")
    run("submit", "15", "--meeting", "2026-11-26", cwd=repository)
    script.unlink()

    assert run("recall", "8", cwd=repository).returncode == 0

    assert path.read_text(encoding="utf-8") == text
    assert git("status", "--porcelain", cwd=repository) == f"?? {path.relative_to(repository)}\n"
