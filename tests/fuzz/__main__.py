"""Fuzz the readers, edits and fixes: `python -m tests.fuzz --inputs 1000000`.

Input number N of a seed is always the same bytes, whatever else is run. What breaks a law is written to build/fuzz/.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from .laws import LAWS, PROJECT, seeds
from .mutate import TOKENS, mutated

MOST_SECONDS = 2.0
MOST_MEGABYTES = 200
_SHARES = ["documents"] * 7 + ["settings", "templates", "pages"]
_CHUNK = 500
_SEEDS = seeds()


@dataclass
class Outcome:
    """What a run of inputs came to; `slowest` is in seconds of computing, with the input's number."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    megabytes: int = 0

    def add(self, other: "Outcome") -> None:
        self.counts += other.counts
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)
        self.megabytes = max(self.megabytes, other.megabytes)


def made(seed: int, number: int) -> tuple[str, bytes, Random]:
    """Return the law, the bytes and the dice of one input."""
    dice = Random(f"{seed}:{number}")
    law = dice.choice(_SHARES)
    return law, mutated(dice, _SEEDS[law], TOKENS[law]), dice


def tried(task: tuple[int, int, int]) -> Outcome:
    """Try the inputs from one number up to another."""
    seed, first, last = task
    outcome = Outcome()
    for number in range(first, last):
        law, raw, dice = made(seed, number)
        outcome.counts[f"inputs: {law}"] += 1
        start = time.thread_time()
        try:
            LAWS[law](raw, dice, outcome.counts)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            outcome.failures.append((number, law, "".join(traceback.format_exception(error)[-3:])))
        spent = time.thread_time() - start
        outcome.slowest = max(outcome.slowest, (spent, number))
        if spent > MOST_SECONDS:
            outcome.failures.append((number, law, f"took {spent:.1f} s"))
    outcome.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform == "darwin" else 1024)
    return outcome


def main() -> int:
    """Run, say what came of it, and return 1 where a law was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=50_000, help="how many (50000)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    asked = parser.parse_args()
    last = asked.first + asked.inputs
    tasks = [(asked.seed, n, min(n + _CHUNK, last)) for n in range(asked.first, last, _CHUNK)]
    total = Outcome()
    with multiprocessing.Pool(asked.jobs) as pool:
        for outcome in pool.imap_unordered(tried, tasks):
            total.add(outcome)
    _say(asked.seed, asked.inputs, total)
    return 1 if total.failures or total.megabytes > MOST_MEGABYTES else 0


def _say(seed: int, inputs: int, total: Outcome) -> None:
    for name, count in sorted(total.counts.items()):
        print(f"{count:>10,}  {name}")
    print(f"{inputs:,} inputs, {len(total.failures):,} failures; ", end="")
    print(f"slowest {total.slowest[0]:.2f} s (number {total.slowest[1]}), most memory {total.megabytes} MB")
    for why, count in Counter(why.strip().rpartition("\n")[2] for _, _, why in total.failures).most_common(20):
        print(f"{count:>10,}  {why[:200]}")
    folder = PROJECT / "build/fuzz"
    for number, law, why in sorted(total.failures)[:50]:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{law}-{seed}-{number}"
        file.write_bytes(made(seed, number)[1])
        print(f"\n{Path(os.path.relpath(file))}:\n{why}", end="")


if __name__ == "__main__":
    sys.exit(main())
