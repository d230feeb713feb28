"""Time padctl's lint beside other linters, in turns, and print the ratios of the medians.

    pip install -e '.[bench]' && python benchmarks/lint.py

Peers: rumdl with the one rule that asks for headings and no cache, rumdl as it comes with its cache, and, where node
is there, markdownlint-cli2 as it comes and with that rule, for it has no cache. Each is asked whether it
finds the planted errors.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from contest import Contest, surroundings
from generate import HEADINGS, generate

BIN = Path(sys.executable).parent
PADCTL = (str(BIN / "padctl"), "lint")
RUMDL = (str(BIN / "rumdl"), "check")
PYTHON = (sys.executable, "-c", "pass")
NPX = ("npx", "--yes", "markdownlint-cli2@0.18.1", "pads/**/*.md")
HEADING_RULE = "MD043"


def contests(folder: Path, *, node: bool) -> Iterator[Contest]:
    """Yield the contests of one repository."""
    strict = ("--config", "headings.toml")
    cold: dict[str, Sequence[str]] = {
        "padctl lint --no-cache": (*PADCTL, "--no-cache"),
        f"rumdl {HEADING_RULE}, no cache": (*RUMDL, "--no-cache", *strict, "pads"),
    }
    if node:
        cold[f"markdownlint-cli2, and {HEADING_RULE}"] = NPX
    cached: dict[str, Sequence[str]] = {
        "padctl lint": PADCTL,
        "rumdl, its rules, its cache": (*RUMDL, "--cache-dir", "../rumdl-cache", "pads"),
    }
    yield Contest("without a cache", "at 10,000 at most 3 times rumdl, a thirtieth of markdownlint-cli2", cold)
    yield Contest("nothing changed", "at most 1.0 at 1,000, 0.25 at 10,000", cached)
    yield Contest("one PAD changed", "at most 0.4 at 10,000", cached, before=lambda: edit(folder))


def starts(folder: Path) -> Iterator[Contest]:
    """Yield the contests with the interpreter's own start."""
    one = next(iter(sorted((folder / "pads").iterdir()))).relative_to(folder)
    python: dict[str, Sequence[str]] = {"python -c pass": PYTHON}
    version = {"padctl --version": (PADCTL[0], "--version")}
    yield Contest("start", "at most 3 times python -c pass", version | python)
    yield Contest(
        "one unchanged file", "at most 10 times python -c pass", {"padctl lint FILE": (*PADCTL, str(one))} | python
    )


def edit(folder: Path) -> None:
    """Change a word in one PAD."""
    path = folder / "pads" / "PAD-00007-bench.md"
    text = path.read_text(encoding="utf-8")
    words = ("often ", "seldom ")
    old, new = words if words[0] in text else reversed(words)
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def found(folder: Path, environment: dict[str, str], *, node: bool) -> dict[str, int]:
    """Return how many PADs each linter says to lack a heading."""

    def said(*command: str) -> str:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    report, _ = json.JSONDecoder().raw_decode(said(*PADCTL, "--format", "json"))  # notes follow it
    findings = report["data"]["diagnostics"]
    lines = said(*RUMDL, "--no-cache", "--config", "headings.toml", "pads").splitlines()
    counts = {
        "padctl": sum(one["code"] == "PC201" for one in findings),
        "rumdl": len({line.partition(":")[0] for line in lines if HEADING_RULE in line}),
    }
    if node:
        lines = said(*NPX).splitlines()
        counts["markdownlint-cli2"] = len({line.partition(":")[0] for line in lines if HEADING_RULE in line})
    return counts


def prepare(folder: Path, count: int) -> int:
    """Make a repository with settings for all linters and return the number of planted errors."""
    planted = generate(folder, count)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    headings = json.dumps(HEADINGS)
    rumdl = f'[global]\nenable = ["{HEADING_RULE}"]\n[{HEADING_RULE}]\nheadings = {headings}\n'
    (folder / "headings.toml").write_text(rumdl, encoding="utf-8")
    node = {"config": {"default": True, HEADING_RULE: {"headings": HEADINGS}}}
    (folder / ".markdownlint-cli2.jsonc").write_text(json.dumps(node), encoding="utf-8")
    return planted


def main() -> None:
    """Run all contests and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,10000", help="how many PADs, separated by commas")
    parser.add_argument("--turns", type=int, default=5, help="how often each command runs")
    parser.add_argument("--without-node", action="store_true", help="leave markdownlint-cli2 out")
    given = parser.parse_args()
    node = not given.without_node and shutil.which("npx") is not None
    with tempfile.TemporaryDirectory() as scratch:
        environment = surroundings(scratch, "2026-11-24")
        for size in map(int, given.sizes.split(",")):
            folder = Path(scratch) / str(size) / "repository"
            planted = prepare(folder, size)
            who = ", ".join(f"{name} {n}" for name, n in found(folder, environment, node=node).items())
            print(f"\n{size:,} PADs, {planted} without a heading; found by: {who}")
            print(f"  {'':34}{'wall':>12}{'work':>12}{'peak':>12}   wall x  work x")
            for contest in (*contests(folder, node=node), *starts(folder)):
                contest.run(folder, given.turns, environment)
                print(f" {contest.name} ({contest.aim})", *contest.lines(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
