"""Whole commands timed against each other, in turns, so that what else the machine does falls on all of them."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    """What one run of a command took: seconds by the clock, seconds of work, and MiB at its peak in any process."""

    wall: float
    work: float
    peak: float


@dataclass
class Contest:
    """Commands that do the same job, run in turns; `before` is done ahead of every run.

    Those `once` named take minutes: they run a single time, and not at all where `spent` has them already.
    """

    name: str
    aim: str
    commands: dict[str, Sequence[str]]
    before: Callable[[], None] = lambda: None
    once: Container[str] = ()
    spent: dict[str, list[Spent]] = field(default_factory=dict)

    def run(self, folder: Path, turns: int, environment: dict[str, str]) -> None:
        """Run each command once to warm it, then in turns."""
        for turn in range(turns + 1):
            for name, command in self.commands.items():
                if name in self.once and (name in self.spent or not turn):
                    continue
                self.before()
                spent = measured(command, folder, environment)
                if turn:
                    self.spent.setdefault(name, []).append(spent)

    def lines(self) -> Iterator[str]:
        """Yield a line for each command, with the first one's share of the other's."""
        first, *_ = self.commands
        mine = self.medians(first)
        for name in self.commands:
            theirs = self.medians(name)
            share = "" if name == first else f"{mine.wall / theirs.wall:8.2g}{mine.work / max(theirs.work, 0.001):8.2g}"
            figures = f"{theirs.wall * 1000:9.0f} ms{theirs.work * 1000:9.0f} ms{theirs.peak:8.0f} MiB"
            yield f"  {name:34}{figures}{share}"

    def medians(self, name: str) -> Spent:
        """Return the median of each figure of a command."""
        runs = self.spent[name]
        figures = ([one.wall for one in runs], [one.work for one in runs], [one.peak for one in runs])
        return Spent(*map(statistics.median, figures))


def surroundings(scratch: str, today: str) -> dict[str, str]:
    """Return an environment with a day, a cache below `scratch`, and bytecode kept, as where padctl is installed."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PADCTL_CACHE_DIR": f"{scratch}/cache", "PADCTL_TODAY": today}


def measured(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Spent:
    """Run a command to its end and return what it took; its exit code is its own business."""
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Spent(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
