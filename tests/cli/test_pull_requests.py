"""A company whose main branch takes squash-merged pull requests only: nobody types a git command that padctl did not
print, no move is lost, and the log is that of the same life without squash.
"""

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from acting import MEETING, Company, Said

_COMMAND = re.compile(r"^ +(?:fix: )?((?:git|mv) .*)$", re.MULTILINE)
LATER = "2026-12-03"


@dataclass(frozen=True)
class Person(Company):
    """Somebody with a clone of their own who runs only such git commands as padctl has shown to somebody."""

    shown: set[str] = field(default_factory=set)

    def padctl(self, *words: str, today: str | None = None) -> Said:
        said = super().padctl(*words, today=today)
        self.shown.update(_COMMAND.findall(said.all))
        return said

    def sh(self, command: str) -> None:
        assert command in self.shown, (command, self.shown)
        done = subprocess.run(command, shell=True, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def start_again(self, *words: str) -> str:
        """Be refused, run what the refusal prints, and return it."""
        said = self.padctl(*words)
        assert said.code == 1, said.all
        for command in _COMMAND.findall(said.err):
            self.sh(command)
        return said.err


@dataclass(frozen=True)
class Hub:
    """The remote: it takes no push to main, and merges branches as a host does."""

    root: Path
    squash: bool
    shown: set[str] = field(default_factory=set)

    def clone(self, name: str) -> Person:
        folder = self.root.parent / name
        subprocess.run(["git", "clone", "--quiet", str(self.root), str(folder)], check=True)
        return Person(root=folder, shown=self.shown)

    def merge(self, branch: str) -> None:
        host = Company(root=self.root.parent / "host")
        host.git("fetch", "--quiet", "origin")
        host.git("switch", "--quiet", "main")
        host.git("merge", "--quiet", "--ff-only", "origin/main")
        if self.squash:
            host.git("merge", "--quiet", "--squash", f"origin/{branch}")
            host.git("commit", "--quiet", "-m", f"{branch} (#1)")
        else:
            host.git("merge", "--quiet", "--no-ff", "-m", "Merge", f"origin/{branch}")
        host.git("push", "--quiet", "--push-option=merge", "origin", "main")

    def rename(self, old: str, new: str) -> None:
        """Rename a file on main, as a pull request of somebody else would."""
        host = Company(root=self.root.parent / "host")
        host.git("switch", "--quiet", "main")
        host.git("mv", old, new)
        host.git("commit", "--quiet", "-m", "Rename")
        host.git("push", "--quiet", "--push-option=merge", "origin", "main")


@pytest.fixture
def hub_of(make: Callable[..., Company], tmp_path: Path) -> Callable[..., Hub]:
    """Return a maker of remotes, each in a folder of its own."""

    def made(name: str = "squashing", *, squash: bool = True) -> Hub:
        company = make(f"{name}/first")
        company.write("padctl.toml", "[git]\nprotected = true\n")
        company.commit_all("Protect main")
        hub = Hub(root=tmp_path / name / "hub.git", squash=squash)
        company.git("clone", "--quiet", "--bare", ".", str(hub.root))
        company.git("clone", "--quiet", str(hub.root), str(tmp_path / name / "host"))
        there = Company(root=hub.root)
        there.git("config", "receive.advertisePushOptions", "true")
        script = '#!/bin/sh\n[ -n "$GIT_PUSH_OPTION_COUNT" ] && [ "$GIT_PUSH_OPTION_COUNT" != 0 ] && exit 0\n'
        script += (
            'while read old new ref; do [ $ref = refs/heads/main ] && echo "main is protected" && exit 1; done; :\n'
        )
        there.write("hooks/pre-receive", script).chmod(0o755)
        return hub

    return made


PULL = "git switch main && git pull --ff-only origin main"


def life(hub: Hub, *, pads: int = 1) -> list[dict[str, object]]:
    """Take PADs through problem framing and the start of solution framing; return the log."""
    dana, sam = hub.clone("dana"), hub.clone("sam")
    ids = [str(number) for number in range(1, pads + 1)]
    for title in ("Gallery", "Exports")[:pads]:
        dana.draft(title)
    dana.refused("submit", *ids, "--meeting", MEETING)
    dana.ok("submit", *ids, "--meeting", MEETING, "--branch", "--push")
    hub.merge(current(dana))

    assert sam.padctl("decide", *ids, "proceed", "--by", "sam", "--branch").code == 2
    sam.sh("git pull --ff-only origin main")
    sam.ok("decide", *ids, "proceed", "--by", "sam", "--branch", "--push")
    hub.merge(current(sam))

    dana.sh(PULL)
    for number in ids:
        dana.fill(int(number))
    dana.ok("submit", *ids, "--meeting", LATER, "--branch", "--push")
    assert dana.git("status", "--porcelain") == ""
    hub.merge(current(dana))

    sam.sh(PULL)
    sam.ok("decide", *ids, "follow-up", "--by", "sam", "--action", f"dana: ask by {LATER}", "--branch", "--push")
    hub.merge(current(sam))
    for person in (dana, sam):
        person.sh(PULL)
        assert "0 errors" in person.ok("lint").out or "no findings" in person.ok("lint").out
        assert "only on branch" not in person.ok("status").out
    assert dana.ok("log").out == sam.ok("log").out
    return list(json.loads(dana.ok("log", "--format", "json").out)["data"])


def current(person: Company) -> str:
    return person.git("symbolic-ref", "--short", "HEAD").strip()


@pytest.mark.parametrize("pads", [1, 2])
def test_a_life_by_squash_merged_pull_requests(hub_of: Callable[..., Hub], pads: int) -> None:
    squashed = life(hub_of("squashing"), pads=pads)
    merged = life(hub_of("merging", squash=False), pads=pads)
    assert squashed == merged
    assert [move["move"] for move in squashed].count("decide") == 2 * pads
    assert len(squashed) == 4 * pads


def test_two_proposals_that_are_open_at_the_same_time(hub_of: Callable[..., Hub]) -> None:
    hub = hub_of()
    dana = hub.clone("dana")
    dana.draft("Gallery")
    dana.ok("submit", "1", "--meeting", MEETING, "--branch", "--push")
    eli = hub.clone("eli")
    eli.draft("Exports")
    eli.ok("submit", "2", "--meeting", MEETING, "--branch", "--push")
    hub.merge(current(dana))
    hub.merge(current(eli))
    dana.sh(PULL)
    assert dana.ok("log").out.count("Submitted") == 2


def decided(hub: Hub) -> tuple[Person, Person]:
    """Return two people: dana submitted on a branch, sam decided, both squash-merged; dana has not fetched since."""
    dana, sam = hub.clone("dana"), hub.clone("sam")
    dana.draft("Gallery")
    dana.ok("submit", "1", "--meeting", MEETING, "--branch", "--push")
    hub.merge(current(dana))
    sam.padctl("decide", "1", "proceed", "--by", "sam", "--branch")
    sam.sh("git pull --ff-only origin main")
    sam.ok("decide", "1", "proceed", "--by", "sam", "--branch", "--push")
    hub.merge(current(sam))
    return dana, sam


@pytest.mark.parametrize("renamed", [False, True])
@pytest.mark.parametrize("edited", [False, True])
def test_the_old_branch_used_again_is_refused_and_told_how_to_start_again(
    hub_of: Callable[..., Hub], renamed: bool, edited: bool
) -> None:
    hub = hub_of()
    dana, _ = decided(hub)
    old = dana.relative()
    if renamed:
        hub.rename(old, "pads/growth-PAD-0001.md" if edited else "pads/PAD-0001-templates.md")
    dana.git("fetch", "--quiet")
    if edited:
        dana.edit("Of 100 teams", "Of 101 teams")
    said = dana.start_again("submit", "1", "--meeting", LATER)
    assert "decide of 2026-11-24 (Approved) is on origin/main and not here" in said
    assert ("; the PAD is pads/" in said) == renamed
    assert current(dana) == "pad-0001-submit-2"
    (path,) = (dana.root / "pads").glob("*PAD-0001*.md")
    assert ("Of 101 teams" in path.read_text()) == edited
    assert dana.git("diff", "--name-only", "--diff-filter=U") == ""
    if renamed:
        return
    dana.fill()
    dana.ok("submit", "1", "--meeting", LATER, "--push")
    hub.merge(current(dana))
    dana.sh(PULL)
    assert [row["move"] for row in json.loads(dana.ok("log", "--format", "json").out)["data"]] == [
        "submit", "decide", "submit",
    ]  # fmt: skip


def test_the_old_branch_named_again_is_refused(hub_of: Callable[..., Hub]) -> None:
    dana, _ = decided(hub_of())
    dana.git("fetch", "--quiet")
    dana.git("switch", "--quiet", "main")
    dana.git("merge", "--quiet", "--ff-only", "origin/main")
    words = ("submit", "1", "--meeting", LATER, "--branch", "pad-0001-submit")
    with dana.unchanged():
        said = dana.padctl(*words)
    assert said.code == 1
    assert "decide of 2026-11-24 (Approved) is on origin/main and not here" in said.err
    dana.start_again(*words)
    dana.fill()
    dana.ok("submit", "1", "--meeting", LATER, "--push")


def test_a_stale_clone_is_refused_and_told_how_to_catch_up(hub_of: Callable[..., Hub]) -> None:
    hub = hub_of()
    dana, sam = decided(hub)
    sam.sh(PULL)
    sam.git("switch", "--quiet", "--detach", "HEAD~1")
    sam.git("branch", "--force", "main", "HEAD")
    sam.git("switch", "--quiet", "main")
    dana.git("fetch", "--quiet")
    sam.write("padctl.toml", "[git]\nprotected = false\n")
    assert sam.state() == "problem-framing/in-review"
    said = sam.start_again("decide", "1", "rework", "--by", "sam", "--action", f"dana: ask by {LATER}")
    assert "git pull --ff-only origin main" in said
    assert sam.state() == "solution-framing/draft"


def test_a_clone_that_has_not_even_fetched_is_told_to(hub_of: Callable[..., Hub]) -> None:
    hub = hub_of()
    dana, _ = decided(hub)
    dana.sh(PULL)
    late = Person(root=dana.root.parent / "late", shown=hub.shown)
    subprocess.run(["git", "clone", "--quiet", str(hub.root), str(late.root)], check=True)
    dana.fill()
    dana.ok("submit", "1", "--meeting", LATER, "--branch", "--push")
    hub.merge(current(dana))
    said = late.start_again("decide", "1", "proceed", "--by", "sam", "--branch")
    assert "others may have moved it" in said
    late.ok("decide", "1", "proceed", "--by", "sam", "--branch", "--push")


def test_two_pads_of_one_number_are_no_stale_clone(hub_of: Callable[..., Hub]) -> None:
    hub = hub_of()
    dana, eli = hub.clone("dana"), hub.clone("eli")
    dana.draft("Gallery")
    dana.ok("submit", "1", "--meeting", MEETING, "--branch", "--push")
    eli.draft("Exports", "--today", "2026-11-25")
    eli.edit("owner: pm", "owner: eli")
    hub.merge(current(dana))
    eli.git("fetch", "--quiet")
    eli.git("switch", "--quiet", "--create", "mine")
    eli.ok("submit", "1", "--meeting", MEETING, today="2026-11-25")


def test_a_move_that_the_remote_does_not_take_on_main_is_taken_to_a_branch(hub_of: Callable[..., Hub]) -> None:
    """Where the settings do not say that main is protected, the push is the first to find out."""
    hub = hub_of()
    dana = hub.clone("dana")
    dana.write("padctl.toml", "")
    dana.draft("Gallery")
    said = dana.padctl("submit", "1", "--meeting", MEETING, "--push")
    assert said.code == 2
    for command in _COMMAND.findall(said.err):
        dana.sh(command)
    assert current(dana) == "pad-0001"
    assert dana.git("rev-parse", "main") == dana.git("rev-parse", "origin/main")
    dana.git("restore", "padctl.toml")
    hub.merge("pad-0001")
    dana.ok("recall", "1")
    dana.sh(PULL)
    assert "in review" in dana.ok("status", "1").out


def test_a_push_that_comes_late_is_told_what_comes_first(hub_of: Callable[..., Hub]) -> None:
    hub = hub_of()
    dana, sam = hub.clone("dana"), hub.clone("sam")
    for person, title in ((dana, "Gallery"), (sam, "Exports")):
        person.draft(title)
        said = person.padctl("submit", "1", "--meeting", MEETING, "--branch", "shared", "--push")
    assert said.code == 2
    assert "others pushed to it meanwhile" in said.err
    for command in _COMMAND.findall(said.err):
        sam.sh(command)
    assert sam.git("rev-list", "--count", "origin/shared", "^origin/main") == "2\n"
