"""What is tried: every command that writes, in repositories with nobody's and with somebody's other work in them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from acting import MEETING, Company, padctl

STATES = ("clean", "staged", "unstaged", "untracked")
_REWORK = ("decide", "1", "rework", "--by", "sponsor", "--action", "pm: ask five teachers by 2026-12-01")
_FOLLOW_UP = ("decide", "1", "follow-up", "--by", "sponsor", "--action", "pm: ask the lawyers by 2026-12-01")


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A command in a repository that is ready for it.

    `commits` says whether it makes a commit, `repeats` whether it may be made again after it was made; `adds` whether
    making it again writes another file.
    """

    name: str
    repository: Path
    words: tuple[str, ...]
    commits: bool
    repeats: bool = False
    adds: bool = False


@dataclass(frozen=True, kw_only=True)
class _Command:
    """A command and how its repository comes to be; `untracked` says that it may meet a PAD that git does not know."""

    prepare: Callable[[Company], None]
    words: tuple[str, ...]
    commits: bool = True
    repeats: bool = False
    adds: bool = False
    untracked: bool = True


def _draft(company: Company) -> None:
    company.draft()
    company.commit_all("Draft")


def _submitted(company: Company) -> None:
    company.submitted()


def _two(company: Company) -> None:
    for title in ("Team gallery", "Second bet"):
        company.draft(title)
    company.commit_all("Drafts")


def _named(company: Company) -> None:
    """Let another PAD and a charter name the one that gets another number."""
    company.submitted()
    company.draft("Exports")
    company.edit("Of 100 teams", f"As [PAD-0001]({company.path().name}) says, of 100 teams", 2)
    company.write("teams/growth.md", "---\nname: growth\n---\nOwns PAD-0001.\n")
    company.commit_all("Name it")


def _acted(company: Company) -> None:
    company.submitted()
    company.ok("action", "add", "1", "pm: book a room by 2026-12-01")


def _followed_up(company: Company) -> None:
    company.submitted()
    company.ok(*_FOLLOW_UP)
    company.ok("action", "done", "1", "A1")


def _approved(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.fill()
    company.ok("submit", "1", "--meeting", MEETING)
    company.ok("decide", "1", "proceed", "--by", "sponsor")


def _held(company: Company) -> None:
    company.submitted()
    company.ok("hold", "1", "--reason", "waits")


def _faulty(company: Company) -> None:
    """Leave two PADs with something that lint can mend."""
    for title in ("Team gallery", "Second bet"):
        company.draft(title)
    for number in (1, 2):
        company.edit("owner: pm", "Owner: pm", number=number)
    company.commit_all("Drafts")


def _with_report(company: Company) -> None:
    company.submitted()
    company.write("agenda.md", "last week's\n")
    company.commit_all("Agenda")


def _bare(company: Company) -> None:
    for path in company.root.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    company.write("README.md", "# Ours\n")
    company.commit_all("Before padctl")


COMMANDS = {
    "submit": _Command(prepare=_draft, words=("submit", "1", "--meeting", MEETING)),
    "submit-two": _Command(prepare=_two, words=("submit", "1", "2", "--meeting", MEETING)),
    "undo": _Command(prepare=_submitted, words=("undo", "1")),
    "renumber": _Command(prepare=_named, words=("renumber", "1"), untracked=False),
    "decide": _Command(prepare=_submitted, words=_REWORK),
    "proceed": _Command(prepare=_submitted, words=("decide", "1", "proceed", "--by", "sponsor")),
    "recall": _Command(prepare=_submitted, words=("recall", "1")),
    "advance": _Command(prepare=_followed_up, words=("advance", "1", "--by", "sponsor")),
    "launch": _Command(prepare=_approved, words=("launch", "1")),
    "hold": _Command(prepare=_submitted, words=("hold", "1", "--reason", "waits for the pricing study")),
    "withdraw": _Command(prepare=_submitted, words=("withdraw", "1", "--reason", "solved elsewhere"), repeats=True),
    "resume": _Command(prepare=_held, words=("resume", "1")),
    "action-add": _Command(
        prepare=_submitted, words=("action", "add", "1", "pm: book a room by 2026-12-01"), repeats=True
    ),
    "action-done": _Command(prepare=_acted, words=("action", "done", "1", "A1")),
    "new": _Command(prepare=_draft, words=("new", "Another bet", "--owner", "pm"), commits=False, adds=True),
    "lint-fix": _Command(prepare=_faulty, words=("lint", "--fix"), commits=False),
    "baseline": _Command(prepare=_faulty, words=("lint", "--write-baseline"), commits=False),
    "init": _Command(prepare=_bare, words=("init", "--ci", "github"), commits=False),
    "output": _Command(
        prepare=_with_report, words=("agenda", "--format", "md", "--output", "agenda.md"), commits=False
    ),
}  # fmt: skip


def scenes(folder: Path) -> Iterator[Scene]:
    """Make the repositories below a folder and yield every command in every state that it can meet."""
    said = padctl("init", str(folder / "start"), "--no-input", cwd=folder)
    assert said.code == 0, said.all
    start = Company(root=folder / "start")
    for name in ("modified", "staged", "both", "deleted", "gone"):
        start.write(f"work/{name}.txt", f"{name}\n")
    start.commit_all("Set up")
    for name, command in COMMANDS.items():
        ready = folder / name
        shutil.copytree(start.root, ready)
        command.prepare(Company(root=ready))
        for state in STATES:
            if state == "untracked" and not (command.commits and command.untracked):
                continue
            company = Company(root=Path(shutil.copytree(ready, folder / f"{name}-{state}")))
            include = state == "untracked" and "submit" not in command.words
            _WORK[state](company)
            company.git("repack", "-adq")
            yield Scene(
                name=f"{name}/{state}",
                repository=company.root,
                words=(*command.words, *(["--include-edits"] if include else [])),
                commits=command.commits,
                repeats=command.repeats,
                adds=command.adds,
            )


def _staged_work(company: Company) -> None:
    company.write("work/staged.txt", "staged\r\n")
    company.write("work/new.txt", "new\n")
    company.write("work/both.txt", "first part\n")
    company.git("add", "work")
    company.write("work/both.txt", "first part\nsecond part\n")
    company.git("rm", "--quiet", "work/deleted.txt") if (company.root / "work/deleted.txt").exists() else None
    company.write("work/intended.txt", "add -N\n")
    company.git("add", "-N", "work/intended.txt")


def _unstaged_work(company: Company) -> None:
    company.write("work/modified.txt", "modified\n")
    (company.root / "work/gone.txt").unlink(missing_ok=True)
    company.write("work/untracked.txt", "untracked\n")


def _untracked_pad(company: Company) -> None:
    company.git("rm", "--quiet", "--cached", company.relative())
    company.git("commit", "--quiet", "-m", "Let it go")


_WORK: dict[str, Callable[[Company], None]] = {
    "clean": lambda company: None,
    "staged": _staged_work,
    "unstaged": _unstaged_work,
    "untracked": _untracked_pad,
}
