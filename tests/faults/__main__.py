"""`python tests/faults`: run faults and print how many there were, and what was lost.

python tests/faults --points 10000
python tests/faults --points 10000 --shard 1/2 & python tests/faults --points 10000 --shard 2/2
python tests/faults --only submit/clean --verbose
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from acting import ENVIRONMENT, UNWANTED
from scenes import scenes
from trial import Fault, Rehearsal


def main() -> int:
    """Run what the command line asks for; exit 1 where anything was lost, hung, or failed with a traceback."""
    asked = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="padctl-faults-", dir=_fast_folder()))
    for name in UNWANTED:
        os.environ.pop(name, None)
    os.environ |= {**ENVIRONMENT, "GIT_TEMPLATE_DIR": "", "HOME": str(folder), "TMPDIR": str(folder)}
    os.environ["PADCTL_GIT_TIMEOUT"] = "20"
    started = time.monotonic()
    try:
        counts = _run(folder, asked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    kinds = ("lost", "traceback", "hang", "exit", "silent")
    print(f"{counts['points']} points in {time.monotonic() - started:.0f} s: ", end="")
    print(", ".join(f"{counts[kind]} {kind}" for kind in kinds))
    return 1 if any(counts[kind] for kind in kinds) else 0


def _run(folder: Path, asked: argparse.Namespace) -> Counter[str]:
    counts: Counter[str] = Counter()
    made = [scene for scene in scenes(folder) if asked.only in scene.name]
    rehearsals = [Rehearsal(scene, folder) for scene in made]
    everything = [(rehearsal, fault) for rehearsal in rehearsals for fault in rehearsal.faults()]
    number, total = map(int, asked.shard.split("/"))
    for rehearsal, fault in _spread(everything, asked.points)[number - 1 :: total]:
        verdict = rehearsal.trial(fault)
        counts["points"] += 1
        for found in verdict.faults:
            counts[found.partition(":")[0]] += 1
            print(f"{rehearsal.scene.name}: {fault}: {found}", flush=True)
        if asked.verbose and verdict.faults:
            print(f"--- first: {verdict.first.code}\n{verdict.first.text}--- second: {verdict.second.code}")
            print(verdict.second.text, flush=True)
    return counts


def _spread(everything: list[tuple[Rehearsal, Fault]], count: int) -> list[tuple[Rehearsal, Fault]]:
    """Return so many of them, at even distances over commands, states, points and effects."""
    if count >= len(everything):
        return everything
    return [everything[position * len(everything) // count] for position in range(count)]


def _fast_folder() -> str | None:
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/faults", description="Run faults in commands that write.")
    parser.add_argument("--points", type=int, default=800, help="how many, spread evenly over all there are")
    parser.add_argument("--shard", default="1/1", metavar="N/TOTAL", help="run a part only")
    parser.add_argument("--only", default="", metavar="SCENE", help="part of a scene's name, such as submit/clean")
    parser.add_argument("--verbose", action="store_true", help="show what was said where something was found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
