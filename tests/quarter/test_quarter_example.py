"""`examples/quarter` is what the diary makes; `UPDATE_CASES=1` writes it anew, and then the difference is read."""

import os
import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

from .conftest import END, Quarter
from .counting import Count
from .diary import diary, moves
from .play import EXAMPLE
from .table import agendas
from .writing import facts

MADE = ("pads", "meetings", "padctl.toml", "objectives", "teams")


def contents(root: Path) -> dict[str, bytes]:
    files = [page for name in MADE for page in (root / name, *(root / name).rglob("*")) if page.is_file()]
    return {page.relative_to(root).as_posix(): page.read_bytes() for page in files}


def test_the_example_is_what_the_diary_makes(quarter: Quarter) -> None:
    made = contents(quarter.root)
    if os.environ.get("UPDATE_CASES") == "1":
        for name in ("pads", "meetings"):
            shutil.rmtree(EXAMPLE / name, ignore_errors=True)
            shutil.copytree(quarter.root / name, EXAMPLE / name)
    assert contents(EXAMPLE) == made
    assert {page.name for page in EXAMPLE.iterdir()} == {*MADE, "README.md"}


def test_the_story_has_all_that_a_quarter_can_bring() -> None:
    done = [line for _, line in moves()]
    decided = Counter(line.words[2] for line in done if line.verb == "decide")
    tables, count = agendas(), Count(END)
    assert len(count.lives) == len(facts()) == 40
    assert [len([one for one in tables if one.meeting == name]) for name in ("riders", "fleet", "common")] == [13] * 3
    assert set(decided) == {"proceed", "proceed-with-corrections", "follow-up", "rework"}
    assert {line.verb for line in done} == {
        "submit", "decide", "advance", "launch", "recall", "hold", "resume", "withdraw", "undo",
    }  # fmt: skip
    marks = Counter(row.mark for one in tables for row in one.rows)
    assert all(marks[mark] >= 2 for mark in ("late", "carried", "moved", "no-room", "dropped")), marks
    assert sum(one.cancelled for one in tables) >= 2
    assert sum("--override" in line.words for line in done) == 3
    stages = {(life.stages[0] if life.stages else "", life.status) for life in count.lives.values()}
    assert len(stages) >= 8, stages


def test_the_days_of_the_meetings_are_in_the_table() -> None:
    watched = [(day.meeting, day.date) for day in diary() if day.meeting and day.date.isoformat() >= "2026-10-01"]
    assert [(one.meeting, one.date) for one in agendas()] == watched


def test_lint_finds_what_the_readme_says(quarter: Quarter) -> None:
    found = quarter.data("lint")
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^\| `(PC\d+)` \| (PAD-\d+(?:, PAD-\d+)*) \|", readme, flags=re.MULTILINE))
    pads: dict[str, set[str]] = {}
    for finding in found["diagnostics"]:
        pads.setdefault(finding["code"], set()).add(Path(finding["path"]).name[:8])
    assert found["errors"] == 0
    assert {(code, ", ".join(sorted(ids))) for code, ids in pads.items()} == said


def test_every_command_of_the_readme_works(quarter: Quarter) -> None:
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    block = re.findall(r"^(padctl [^#\n]*)", readme, flags=re.MULTILINE)
    assert len(block) > 8
    for command in block:
        _, *words = shlex.split(command)
        assert quarter.ask(*words), command
