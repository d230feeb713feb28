"""The quarter's recap, against the facts of the teams and the days of the diary."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from statistics import median

import pytest

from .conftest import END, Quarter
from .counting import Count, Life
from .writing import facts, metrics

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


@pytest.fixture
def launched() -> dict[str, Life]:
    """Return the PADs that were launched in the quarter and are still there."""
    lives = Count(END).lives
    return {
        pad: life
        for pad, life in lives.items()
        if life.launched and FIRST <= life.launched <= LAST and life.status != "withdrawn"
    }


def owed(life: Life) -> bool:
    return life.stages == ["recap"] and life.status == "draft"


def verdicts(pad: str) -> list[str]:
    return [row[5] for row in metrics(facts()[pad]) if len(row) > 4]


def result(pad: str) -> str:
    found = Counter(verdicts(pad))
    best = found["met"] or found["partly"]
    return "met" if set(found) == {"met"} else "partly" if best else "missed" if found["missed"] else ""


def test_which_pads(quarter: Quarter, launched: dict[str, Life]) -> None:
    said = quarter.data("recap", "2026-Q4")
    assert [(one["pad"], one["launched"], one["days"], one["owed"]) for one in said["pads"]] == [
        (pad, str(life.launched), (life.launched - life.created).days, owed(life))
        for pad, life in sorted(launched.items(), key=lambda one: (one[1].launched, one[0]))
        if life.launched
    ]
    assert len(said["pads"]) == 13


def test_counts(quarter: Quarter, launched: dict[str, Life]) -> None:
    said = quarter.data("recap", "2026-Q4")
    written = [pad for pad, life in launched.items() if not owed(life)]
    given = Counter(verdict for pad in written for verdict in verdicts(pad))
    number = sum(len(facts()[pad]["metrics"]) for pad in launched)
    assert said["metrics"] == {
        "met": given["met"], "partly": given["partly"], "missed": given["missed"],
        "not_measured": given["not measured"], "judged": given.total(), "open": number - given.total(),
        "rate": round(100 * given["met"] / given.total()),
    }  # fmt: skip
    results = Counter(map(result, written))
    assert said["results"] == {
        "met": results["met"], "partly": results["partly"], "missed": results["missed"], "not_measured": 0,
        "judged": len(written), "open": len(launched) - len(written),
        "rate": round(100 * results["met"] / len(written)),
    }  # fmt: skip
    assert (said["metrics"]["met"], said["metrics"]["judged"], said["results"]["met"]) == (12, 17, 4)


def test_metric_by_metric(quarter: Quarter, launched: dict[str, Life]) -> None:
    for one in quarter.data("recap", "2026-Q4")["pads"]:
        rows = [[*row[:4], "", ""] if owed(launched[one["pad"]]) else row for row in metrics(facts()[one["pad"]])]
        keys = ("metric", "baseline", "target", "by", "actual", "verdict")
        assert [[metric[key] for key in keys] for metric in one["metrics"]] == rows


def test_days_from_first_draft_to_launch(quarter: Quarter, launched: dict[str, Life]) -> None:
    said = quarter.data("recap", "2026-Q4")
    days = [(life.launched - life.created).days for life in launched.values() if life.launched]
    assert (said["days"], said["fastest"], said["slowest"]) == (median(days), min(days), max(days))


def test_missing_recaps_with_their_owners(quarter: Quarter, launched: dict[str, Life]) -> None:
    missing = {
        one["pad"]: (one["owner"].split()[0].lower(), one["due"], one["overdue"])
        for one in quarter.data("recap", "2026-Q4")["pads"]
        if one["owed"]
    }
    assert missing == {
        pad: (life.owner, str(due), due < END)
        for pad, life in launched.items()
        if owed(life) and life.launched and (due := max(life.launched + timedelta(days=30), LAST))
    }
    assert len(missing) == 4
    assert [pad for pad, (owner, _, overdue) in missing.items() if overdue and owner == "nils"] == [
        "PAD-0003",
        "PAD-0014",
    ]


def test_what_was_withdrawn_and_what_belongs_to_another_quarter(quarter: Quarter) -> None:
    assert [one["pad"] for one in quarter.data("recap", "2026-Q4")["withdrawn"]] == ["PAD-0025"]
    assert [one["pad"] for one in quarter.data("recap", "2026-Q3")["pads"]] == ["PAD-0005"]


def test_as_a_table_and_as_text(quarter: Quarter, launched: dict[str, Life]) -> None:
    rows = list(csv.reader(io.StringIO(quarter.ask("recap", "2026-Q4", "--format", "csv"))))
    assert len(rows) == 1 + sum(len(facts()[pad]["metrics"]) for pad in launched)
    assert "12 of 17" in quarter.ask("recap", "2026-Q4")
    saved = (quarter.root / "meetings/recap-2026-Q4.md").read_text(encoding="utf-8")
    assert saved.endswith(f"---\n{quarter.ask('recap', '2026-Q4', '--format', 'md')}")
