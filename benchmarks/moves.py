"""Time a move of one PAD among many and taking it back, beside a move among few, git's own commit, and padctl's start.

python benchmarks/moves.py
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from contest import Contest, Spent, measured, surroundings
from generate import generate

PADCTL = str(Path(sys.executable).parent / "padctl")
FEW = 20
TODAY = "2026-11-24"
START, LOADED = "padctl --version", "a move of a PAD that is not there"
NOBODY = "PAD-99999"
COMMITS = 1.5  # of git's, that a move may take besides padctl's start
GIT = ("git", "-c", "user.name=Noor", "-c", "user.email=noor@example.com")


def repository(folder: Path, count: int, environment: dict[str, str]) -> Path:
    """Make a repository in which all PADs are committed and lint has seen them."""
    generate(folder, count)
    for words in (
        ("init", "--quiet", "--initial-branch", "main"),
        ("add", "--all"),
        ("commit", "--quiet", "-m", "Start"),
    ):
        subprocess.run([*GIT, *words], cwd=folder, check=True)
    for key, value in (("user.name", "Noor"), ("user.email", "noor@example.com")):
        subprocess.run(["git", "config", key, value], cwd=folder, check=True)
    measured([PADCTL, "lint"], folder, environment)
    return folder


def committed(folder: Path, number: int, environment: dict[str, str]) -> Spent:
    """Edit a PAD and return what git's own commit of it took."""
    path = f"pads/PAD-{number:05}-bench.md"
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write("\nOne more line.\n")
    return measured(["git", "commit", "--quiet", "-m", "Edit", "--", path], folder, environment)


def main() -> None:
    """Run all three in turns and print their medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000, help="how many PADs are many")
    parser.add_argument("--turns", type=int, default=5, help="how often each runs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        environment = surroundings(scratch, TODAY)
        many = repository(Path(scratch) / "many", given.size, environment)
        few = repository(Path(scratch) / "few", FEW, environment)
        moves = (f"a move among {given.size:,}", f"a move among {FEW}")
        names = (*moves, f"git commit among {given.size:,}", START, LOADED, f"undo among {given.size:,}")
        contest = Contest("one PAD moved", "git's commit times 1.5, and the start", dict.fromkeys(names, ()))
        contest.spent = {name: [] for name in names}
        for command in ([PADCTL, "withdraw", NOBODY], [PADCTL, "--version"]):
            measured(command, few, environment)
        for turn in range(1, given.turns + 1):
            words = [PADCTL, "withdraw", str(turn), "--reason", "measured"]
            contest.spent[names[0]].append(measured(words, many, environment))
            contest.spent[names[1]].append(measured(words, few, environment))
            contest.spent[names[-1]].append(measured([PADCTL, "undo", str(turn)], many, environment))
            contest.spent[names[2]].append(committed(many, given.size - turn, environment))
            contest.spent[START].append(measured([PADCTL, "--version"], few, environment))
            contest.spent[LOADED].append(measured([PADCTL, "withdraw", NOBODY, "--reason", "none"], few, environment))
        print(*contest.lines(), sep="\n")
        big, small, git, start, loaded, _ = (contest.medians(name) for name in names)
        for what in ("wall", "work"):
            move, little, commit, none, load = (getattr(one, what) for one in (big, small, git, start, loaded))
            ratios = {
                f"a move / ({COMMITS} x git commit + start)": move / (COMMITS * commit + none),
                f"a move / ({COMMITS} x git commit + all of padctl loaded)": move / (COMMITS * commit + load),
                "what the size adds to a move / git commit": (move - little) / commit,
            }
            print(*(f"  {what}: {name} = {ratio:.2f}" for name, ratio in ratios.items()), sep="\n")


if __name__ == "__main__":
    main()
