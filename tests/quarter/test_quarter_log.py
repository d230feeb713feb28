"""The log, three times: what padctl says, what the diary has, and what the files and git's trailers hold."""

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from .conftest import END, Quarter
from .counting import Count
from .diary import diary, moves
from .writing import facts


@pytest.fixture
def headers(quarter: Quarter) -> dict[str, Any]:
    """Return the front matter of each PAD as a plain YAML reader sees it."""
    found = {}
    for page in (quarter.root / "pads").glob("*.md"):
        header = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
        found[header["id"]] = header
    return found


def trailers(quarter: Quarter) -> list[dict[str, str]]:
    """Return the trailers of each commit that has any, oldest first."""
    said = quarter.git("log", "--reverse", "--format=%x1e%(trailers:unfold)")
    rows = [dict(line.split(": ", 1) for line in entry.split("\n") if ": " in line) for entry in said.split("\x1e")]
    return [row for row in rows if "Pad-Id" in row]


def test_moves(quarter: Quarter) -> None:
    count = Count(END)
    said: dict[str, list[tuple[Any, ...]]] = {}
    for one in quarter.data("log"):
        row = (one["n"], one["date"], one["move"], one["outcome"], one["undoes"] or 0, one["undone_by"] or 0)
        said.setdefault(one["pad"], []).append((*row, bool(one["override"])))
    assert said == {
        pad: [(o.n, str(o.date), o.verb, o.outcome, o.undoes, o.undone_by, o.override) for o in known]
        for pad, known in count.moves.items()
        if known
    }
    assert sum(map(len, said.values())) == sum(1 for _ in moves())


def test_who_decided(quarter: Quarter) -> None:
    said = [(one["pad"], one["n"], [name.split()[0].lower() for name in one["by"]]) for one in quarter.data("log")]
    known = [(pad, one.n, one.by) for pad, found in Count(END).moves.items() for one in found]
    assert sorted(said) == sorted(known)


def test_overrides_and_undone_ones(quarter: Quarter) -> None:
    said = quarter.data("log")
    assert [(one["pad"], one["move"]) for one in said if one["override"]] == [
        ("PAD-0025", "decide"), ("PAD-0027", "submit"), ("PAD-0034", "submit"),
    ]  # fmt: skip
    assert [(one["pad"], one["n"], one["undone_by"]) for one in said if one["undone_by"]] == [
        ("PAD-0009", 3, 4), ("PAD-0023", 2, 3), ("PAD-0013", 4, 5),
    ]  # fmt: skip
    text = quarter.ask("log", "9")
    assert text.count("[undone]") == 1


def test_the_log_says_an_undone_launch_without_the_day_of_the_later_one(quarter: Quarter) -> None:
    launches = [one["words"] for one in quarter.data("log", "9") if one["move"] == "launch"]
    assert launches == ["Launched; on to post-launch recap", "Launched on 2026-11-09; on to post-launch recap"]


def test_the_files_say_the_same(headers: dict[str, Any]) -> None:
    count = Count(END)
    assert set(headers) == set(facts())
    for pad, header in headers.items():
        history = header.get("history", [])
        rows = [(e["n"], e["date"], e["move"], e.get("outcome", ""), e.get("by", [])) for e in history]
        assert rows == [(one.n, one.date, one.verb, one.outcome, one.by) for one in count.moves[pad]]
        life = count.lives[pad]
        assert (header["owner"], header["created"], header["status"]) == (life.owner, life.created, life.status)
        assert header.get("launched") == life.launched
        asked = [(a["id"], a["who"], a["due"], a["from"], "done" in a) for a in header.get("actions", [])]
        assert asked == [(name, one.who, one.due, one.move, one.done) for name, one in life.asked.items()]
        assert header.get("slot", {}).get("date") == (life.meeting if life.status == "in-review" else None)


def test_git_says_the_same(quarter: Quarter) -> None:
    typed = [line for day in diary() for line in day.lines]
    other = [line for line in typed if line.verb in ("feedback", "action")]
    rows = trailers(quarter)
    kinds = Counter(row["Pad-Move"] for row in rows)
    assert kinds == Counter(line.verb for _, line in moves()) + Counter(
        "action-done" if line.verb == "action" else "feedback" for line in other
    )
    assert Counter(row["Pad-Id"] for row in rows) == Counter(
        [line.pad for _, line in moves()] + [one.pad for one in other]
    )
    outcomes = Counter(row["Pad-Outcome"] for row in rows if "Pad-Outcome" in row)
    assert outcomes == Counter(line.words[2] for _, line in moves() if line.verb == "decide")
    plain = [line for line in typed if line.verb in ("commit", "settings", "recap", "minutes")]
    assert int(quarter.git("rev-list", "--count", "HEAD")) == 1 + len(rows) + len(plain)


def test_each_move_changed_its_own_pad_alone(quarter: Quarter) -> None:
    said = quarter.git("log", "--format=%x1e%(trailers:key=Pad-Id,valueonly)", "--name-only").split("\x1e")
    for entry in said:
        pad, *paths = entry.split() if entry.startswith("PAD-") else ["", ""]
        assert not pad or (len(paths) == 1 and re.match(rf"pads/{pad}-", paths[0])), entry


def test_verify_finds_the_commit_of_every_decision(quarter: Quarter) -> None:
    checked = [one for one in quarter.data("log", "--verify") if one["verified"]]
    assert len(checked) == sum(line.verb in ("decide", "advance") for _, line in moves())
    assert {one["verified"]["entry"] for one in checked} == {"as committed"}
    assert {one["verified"]["text"] for one in checked} == {"as approved", ""}
    assert {one["verified"]["author"] for one in checked} == {"Runa Feld <runa@orbeline.example>"}
    assert len({one["verified"]["commit"] for one in checked}) == len(checked)
