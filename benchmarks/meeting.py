"""Time the reports around a meeting: the agenda beside lint, the log beside a walk over all commits with GitPython.

    pip install -e '.[bench]' && python benchmarks/meeting.py

The repository has PADs of all stages with their histories, a handful in review for the next meeting, some launched,
and branches that submit more. The walk asks for the diff of every commit, as one must who keeps no history in the PADs.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from contest import Contest, Spent, surroundings
from lives import TODAY, generate_lives

PADCTL = str(Path(sys.executable).parent / "padctl")
WALK = "walk with GitPython"
WALKING = """
from git import Repo
for commit in Repo(".").iter_commits("HEAD"):
    for before in commit.parents:
        commit.diff(before)
"""


def agenda() -> Contest:
    """Return the agenda beside lint."""
    return Contest(
        "nothing changed since the last run",
        "the agenda at most 3 times lint",
        {"padctl agenda": (PADCTL, "agenda"), "padctl lint": (PADCTL, "lint")},
    )


def logs() -> Iterator[Contest]:
    """Yield the log and the audit, each beside the same walk."""
    walked: dict[str, list[Spent]] = {}
    for words, aim in ((("log",), 100), (("log", "--verify"), 40)):
        commands = {f"padctl {' '.join(words)}": (PADCTL, *words), WALK: (sys.executable, "-c", WALKING)}
        contest = Contest(
            "a history", f"{aim} times faster: at most {1 / aim:g}", commands, once={WALK}, spent={**walked}
        )
        yield contest
        walked = {WALK: contest.spent[WALK]}


def main() -> None:
    """Run all contests and print them; the walk takes minutes and is run once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pads", type=int, default=1_000)
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=5, help="how often each command runs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        environment = surroundings(scratch, str(TODAY))
        folder = Path(scratch) / "repository"
        commits = generate_lives(folder, given.pads, given.commits)
        print(f"{given.pads:,} PADs, {commits:,} commits")
        print(f"  {'':34}{'wall':>12}{'work':>12}{'peak':>12}   wall x  work x")
        for contest in chain([agenda()], logs()):
            contest.run(folder, given.turns, environment)
            print(f" {contest.name} ({contest.aim})", *contest.lines(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
