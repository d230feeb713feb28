"""Make a repository of many PADs of about 6 KB, with planted errors, to measure lint on."""

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

WORDS = [
    "board",
    "card",
    "team",
    "week",
    "plan",
    "guest",
    "member",
    "list",
    "date",
    "label",
    "column",
    "view",
    "share",
    "print",
    "export",
    "import",
    "remind",
    "search",
    "group",
    "owner",
    "choose",
    "open",
    "close",
    "start",
    "finish",
    "slow",
    "fast",
    "clear",
    "simple",
    "large",
    "small",
    "first",
    "second",
    "last",
    "often",
    "never",
]
PLANT_EVERY = 50
# The outline that every PAD but the planted ones has; the first heading is the PAD's own title.
HEADINGS = [
    "?",
    "## Opportunity/Problem Framing",
    "### Problem Statement",
    "### Audience",
    "### Why",
    "### Success Metrics",
    "### Potential Solution Directions",
    "## Solution Framing",
    "### Proposed Solution",
    "### Rejected Solutions and Why",
    "### Out of Scope",
    "### Dependencies, Risks and Mitigations",
    "### GTM Strategy",
]


def paragraph(dice: random.Random, words: int) -> str:
    """Return a paragraph of plain words, wrapped by hand as authors do."""
    chosen = [dice.choice(WORDS) for _ in range(words)]
    lines = [" ".join(chosen[start : start + 14]) for start in range(0, words, 14)]
    return "\n".join(lines).capitalize() + "."


def pad(number: int, dice: random.Random, *, planted: bool) -> str:
    """Return one PAD in solution framing; a planted one lacks the section Audience."""
    title = f"{' '.join(dice.choice(WORDS) for _ in range(3)).capitalize()} {number}"
    history = [
        "{n: 1, date: 2026-07-01, move: submit, to: problem-framing/in-review, meeting: 2026-07-02}",
        "{n: 2, date: 2026-07-02, move: decide, outcome: proceed, by: [sam], to: solution-framing/draft}",
    ]
    head = front_matter(
        number, title, dice, state="solution-framing/draft", created="2026-06-01", lists={"history": history}
    )
    return f"{head}# {title}\n\n{problem(number, dice, planted=planted)}\n{solution(dice)}"


def front_matter(
    number: int,
    title: str,
    dice: random.Random,
    *,
    state: str,
    created: str,
    lists: Mapping[str, Sequence[str]],
    fields: str = "",
) -> str:
    """Return a PAD's front matter; `state` is stage/status, `lists` the entries of history and actions as written."""
    stage, _, status = state.partition("/")
    entries = "".join(
        f"{name}:\n" + "".join(f"  - {entry}\n" for entry in given) for name, given in lists.items() if given
    )
    return f"""---
id: PAD-{number:05}
title: {title}
owner: {dice.choice(["dana", "eli", "mika"])}
team: growth
template: standard
stage: {stage}
status: {status}
created: {created}
classification: differentiator
objectives: [2026-Q4-O1]
sponsors: [sam]
reviewers: [eli]
{fields}{entries}---
"""


def problem(number: int, dice: random.Random, *, planted: bool = False) -> str:
    """Return the text of problem framing."""
    audience = "" if planted else f"### Audience\n\n{paragraph(dice, 80)}\n\n"
    return f"""## Opportunity/Problem Framing

### Problem Statement

{paragraph(dice, 160)}

{audience}### Why

{paragraph(dice, 120)} See [the interviews](https://example.com/research/{number}).

### Success Metrics

| Metric | Baseline | Target | By |
|---|---|---|---|
| Weekly {dice.choice(WORDS)} | 18% | 30% | 2027-03-31 |
| Daily {dice.choice(WORDS)} | 5 | 9 | 2027-03-31 |

### Potential Solution Directions

| Direction | Impact | Complexity |
|---|---|---|
| Gallery of {dice.choice(WORDS)} | L | M |
| Import of {dice.choice(WORDS)} | M | S |
"""


def solution(dice: random.Random) -> str:
    """Return the text of solution framing."""
    return f"""## Solution Framing

### Proposed Solution

A gallery. {paragraph(dice, 180)}

- {paragraph(dice, 20)}
- {paragraph(dice, 20)}

### Rejected Solutions and Why

The import of {paragraph(dice, 80)}

### Out of Scope

{paragraph(dice, 40)}

### Dependencies, Risks and Mitigations

| Risk | Kind | Mitigation |
|---|---|---|
| {paragraph(dice, 8)} | privacy | {paragraph(dice, 8)} |

### GTM Strategy

{paragraph(dice, 60)}

| Milestone | Date | Audience |
|---|---|---|
| beta | 2027-02-01 | ten groups |
"""


def generate(folder: Path, count: int, *, seed: int = 7) -> int:
    """Write `count` PADs below a folder and return how many lack a section."""
    dice = random.Random(seed)
    (folder / "pads").mkdir(parents=True)
    (folder / "padctl.toml").write_text("[ids]\nwidth = 5\n", encoding="utf-8")
    planted = 0
    for number in range(1, count + 1):
        bad = number % PLANT_EVERY == 0
        planted += bad
        text = pad(number, dice, planted=bad)
        (folder / f"pads/PAD-{number:05}-bench.md").write_text(text, encoding="utf-8", newline="\n")
    return planted


def main() -> None:
    """Write a repository as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    given = parser.parse_args()
    print(f"{generate(given.folder, given.count)} planted errors in {given.count} PADs")


if __name__ == "__main__":
    main()
