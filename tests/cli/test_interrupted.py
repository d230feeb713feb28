"""A run that is killed in the middle of a move loses nothing: the next one heals it before it does anything."""

import re
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


def test_commits_that_a_killed_run_made_are_taken_back_with_a_word_on_how_to_get_them_back(
    repository: Path, tmp_path: Path
) -> None:
    """They were pushed by an address meanwhile, of which nothing in the clone tells."""
    once = "[ -e .git/once ] || { touch .git/once; exit 0; }"
    script = hook(repository, "pre-commit", f"{once}; kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    words = ("hold", "8", "7", "--reason", "waits")
    before = git("rev-parse", "HEAD", cwd=repository)
    assert run(*words, cwd=repository).returncode == -signal.SIGKILL
    script.unlink()
    half = git("rev-parse", "HEAD", cwd=repository)
    assert half != before
    git("init", "--quiet", "--bare", str(tmp_path / "bare"), cwd=tmp_path)
    git("push", "--quiet", str(tmp_path / "bare"), "HEAD:main", cwd=repository)

    said = run("new", "Exports", "--owner", "dana", cwd=repository).stderr

    assert "they are taken back: make them again" in said
    assert git("rev-parse", "HEAD", cwd=repository) == before
    command = re.search("git (merge --ff-only [0-9a-f]{12})", said)
    assert command
    git(*command[1].split(), cwd=repository)
    assert git("rev-parse", "HEAD", cwd=repository) == half
