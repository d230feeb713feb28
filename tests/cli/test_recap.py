"""`padctl recap`: the numbers agree with an independent count, hostile text stays text, --save is one commit."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from acting import Company
from browsing import WIDTHS, opened

from padctl.model.quarter import quarter_end, quarter_name, quarter_named, quarter_start

VERDICTS = ("met", "partly", "missed", "not measured")
STATES = ("done", "draft", "in-review", "on-hold", "follow-up")


def launched_pad(
    company: Company, n: int, *, created: str, launched: str, verdicts: list[str], status: str = "done",
    more: str = "", header: str = "", learned: str = "- We learned it.",
) -> None:  # fmt: skip
    """Write a light PAD that was launched, with as many metrics as there are verdicts."""
    agreed = "".join(f"| Metric {k} of {n} | {k}0% | {k}5% | 2026-12-01 |\n" for k in range(len(verdicts)))
    came = "".join(f"| metric {k} of {n} | {k}5% | {k}4% | {v} |\n" for k, v in enumerate(verdicts))
    slot = "slot: {date: 2027-02-04}\n" if status == "in-review" else ""
    company.write(
        f"pads/PAD-{n:04}-launched.md",
        f"---\nid: PAD-{n:04}\ntitle: Bet {n}\nowner: dana\nteam: growth\ntemplate: light\n"
        f"stage: post-launch-recap\nstatus: {status}\ncreated: {created}\nlaunched: {launched}\n{slot}{header}"
        f"history:\n  - {{n: 1, date: {launched}, move: launch, to: post-launch-recap/draft}}\n{more}---\n# Bet {n}\n\n"
        "## Opportunity/Problem Framing\n\n### Problem Statement\n\nIt hurts.\n\n### Success Metrics\n\n"
        f"| Metric | Baseline | Target | By |\n|---|---|---|---|\n{agreed}\n## Post-launch Recap\n\n"
        f"### Success Reflection\n\n| Metric | Target | Actual | Verdict |\n|---|---|---|---|\n{came}\n"
        f"### Learnings\n\n{learned}\n",
    )


@pytest.fixture
def year(company: Company) -> Company:
    """Return a company with a year of launches, written without padctl."""
    for n in range(1, 25):
        verdicts = [[*VERDICTS, ""][(n * k + k) % 5] for k in range(n % 5)] if n % 3 else ["met"] * (n % 4)
        launched_pad(
            company, n, created=f"2026-{1 + n % 6:02}-{1 + n:02}", launched=f"2026-{7 + n % 6:02}-{1 + n:02}",
            verdicts=verdicts, status=STATES[n % 5],
        )  # fmt: skip
    return company


def counted(company: Company, first: str, last: str) -> dict[str, Any]:
    """Count from the text of the files, with nothing of padctl."""
    verdicts: Counter[str] = Counter()
    results: Counter[str] = Counter()
    days, owed = [], []
    for file in sorted((company.root / "pads").glob("PAD-*.md")):
        text = file.read_text(encoding="utf-8")
        value = dict(re.findall(r"^(\w+): (.*)$", text.partition("\n---\n")[0], re.MULTILINE))
        if not first <= value.get("launched", "") <= last:
            continue
        rows = [[c.strip() for c in r.strip("|\n").split("|")] for r in re.findall(r"^\| metric .*$", text, re.M)]
        own = [row[3] for row in rows]
        verdicts.update(own)
        if own and "" not in own:
            best = "met" if set(own) == {"met"} else "partly" if {"met", "partly"} & {*own} else ""
            results[best or ("missed" if "missed" in own else "not measured")] += 1
        days.append((date.fromisoformat(value["launched"]) - date.fromisoformat(value["created"])).days)
        owed += [value["id"]] if value["status"] in {"draft", "on-hold"} else []
    return {"verdicts": verdicts, "results": results, "days": days, "owed": sorted(owed)}


@pytest.mark.parametrize(("quarter", "first", "last"), [
    ("2026-Q3", "2026-07-01", "2026-09-30"), ("2026-q4", "2026-10-01", "2026-12-31"),
    ("2027-Q1", "2027-01-01", "2027-03-31"),
])  # fmt: skip
def test_the_numbers_agree_with_an_independent_count(year: Company, quarter: str, first: str, last: str) -> None:
    found = json.loads(year.ok("recap", quarter, "--format", "json", today="2027-01-20").out)["data"]
    own = counted(year, first, last)
    names = {"met": "met", "partly": "partly", "missed": "missed", "not_measured": "not measured"}
    for part, count in (("metrics", own["verdicts"]), ("results", own["results"])):
        assert {key: found[part][key] for key in names} == {key: count[name] for key, name in names.items()}
        judged = sum(count[name] for name in VERDICTS)
        assert found[part]["judged"] == judged
        assert found[part]["rate"] == (int(100 * count["met"] / judged + 0.5) if judged else None)
    assert found["metrics"]["open"] == own["verdicts"][""]
    assert sorted(pad["days"] for pad in found["pads"]) == sorted(own["days"])
    assert found["days"] == (median(own["days"]) if own["days"] else None)
    assert sorted(pad["pad"] for pad in found["pads"] if pad["owed"]) == own["owed"]
    assert (found["first"], found["last"]) == (first, last)


def test_every_form_says_the_same(year: Company) -> None:
    view = json.loads(year.ok("recap", "2026-Q4", "--format", "json", today="2027-01-20").out)["data"]
    met, judged, rate = (view["metrics"][key] for key in ("met", "judged", "rate"))
    text, md, html = (
        year.ok("recap", "2026-Q4", "--format", f, today="2027-01-20").out for f in ("text", "md", "html")
    )
    assert f"Metrics: {met} of {judged} reported ones are met ({rate}%)" in text
    assert f"Metrics: {met} of {judged} reported ones are met (**{rate}%**)" in md
    assert f"<strong>{rate}%</strong><span>{met} of {judged} reported metrics are met" in html
    rows = list(csv.DictReader(io.StringIO(year.ok("recap", "2026-Q4", "--format", "csv", today="2027-01-20").out)))
    assert Counter(row["verdict"] for row in rows)["met"] == met
    for pad in view["pads"]:
        assert all(pad["pad"] in out for out in (text, md, html))
        if pad["owed"]:
            assert pad["overdue"] == (pad["due"] < "2027-01-20")
            assert (
                f"{pad['pad']} Bet {int(pad['pad'][4:])}: dana, recap {'was due' if pad['overdue'] else 'due'}" in text
            )
    assert all(len(line) <= 80 for line in text.split("\n"))


def test_quarters_of_a_fiscal_year(company: Company) -> None:
    company.edit_settings("[year]\nstarts = 4\n")
    launched_pad(
        company, 1, created="2026-01-01", launched="2027-03-31", verdicts=["met"], header="objectives: [2026-Q3-O1]\n"
    )
    out = company.ok("recap", "2026-Q4", today="2027-03-31").out
    assert "Recap of 2026-Q4, 1 Jan 2027 to 31 Mar 2027" in out
    assert "serves 2026-Q3-O1" in out
    assert "PAD-0001" not in company.ok("recap", "2027-Q1", today="2027-03-31").out


@pytest.mark.parametrize("starts", range(1, 13))
def test_a_quarters_name_leads_back_to_it(starts: int) -> None:
    for day in (date(2026, month, 28) for month in range(1, 13)):
        name = quarter_name(day, starts=starts)
        assert quarter_named(name, starts=starts) == quarter_start(day, starts=starts)
        assert quarter_start(day, starts=starts) <= day <= quarter_end(day, starts=starts)
    assert quarter_named("2026-Q1", starts=starts) == date(2026, starts, 1)


def test_without_a_quarter_the_latest_with_a_launch_is_shown_and_named(company: Company) -> None:
    out = company.ok("recap", today="2027-01-20")
    assert "Recap of 2027-Q1" in out.out
    assert "Nothing is launched in it yet." in out.out
    launched_pad(company, 1, created="2026-01-01", launched="2026-08-01", verdicts=["met"])
    said = company.ok("recap", today="2027-01-20")
    assert "Recap of 2026-Q3" in said.out
    assert said.err == "note: nothing is launched in 2027-Q1 yet; this is 2026-Q3, the latest quarter with a launch\n"
    assert company.ok("recap", today="2026-09-30").err == ""


@pytest.mark.parametrize("word", ["2026", "2026-Q5", "0000-Q1", "Q4", "2026-Q4-O1", "--", "²⁰²⁶-Q1"])
def test_what_is_no_quarter_is_refused(company: Company, word: str) -> None:
    assert "is no quarter" in company.refused("recap", "--", word, code=2)


def test_a_launch_that_was_taken_back_is_none_and_a_withdrawn_pad_is_named(company: Company) -> None:
    undone = "  - {n: 2, date: 2026-10-02, move: resume, to: delivery/in-progress, undoes: 1}\n"
    again = f"{undone}  - {{n: 3, date: 2026-10-05, move: launch, to: post-launch-recap/draft}}\n"
    gone = "  - {n: 2, date: 2026-10-20, move: withdraw, to: post-launch-recap/withdrawn, reason: The law forbids it}\n"
    facts = {"created": "2026-07-01", "launched": "2026-10-01", "verdicts": ["met"]}
    launched_pad(company, 1, **facts, more=undone)
    launched_pad(company, 2, **facts, more=again)
    launched_pad(company, 3, **facts, more=gone, status="withdrawn")
    said = company.ok("recap", "2026-Q4").out
    assert "1 PAD launched." in said
    assert "PAD-0001" not in said
    assert "PAD-0002" in said
    assert "Withdrawn after its launch, not counted: PAD-0003 Bet 3 (dana): The law forbids it" in " ".join(
        said.split()
    )
    assert "Metrics: 1 of 1 reported ones are met (100%)." in said


def test_targets_are_those_agreed_and_no_row_is_lost(company: Company) -> None:
    launched_pad(company, 1, created="2026-07-01", launched="2026-10-01", verdicts=["met", "Missed"])
    company.edit("| metric 0 of 1 | 05% |", "| metric 0 of 1 | 3% |")
    company.edit("| metric 1 of 1 |", "| renamed |")
    view = json.loads(company.ok("recap", "2026-Q4", "--format", "json").out)["data"]
    shown = [(m["metric"], m["target"], m["recap_target"], m["verdict"]) for m in view["pads"][0]["metrics"]]
    assert shown == [
        ("Metric 0 of 1", "05%", "3%", "met"),
        ("Metric 1 of 1", "15%", "", ""),
        ("renamed", "15%", "", "missed"),
    ]
    assert "(the recap names another target: 3%)" in " ".join(company.ok("recap", "2026-Q4").out.split())


def test_a_life_of_real_moves(company: Company) -> None:
    company.in_status("done")
    out = company.ok("recap").out
    assert "Metrics: 1 of 1 reported ones are met (100%)." in out
    assert "PADs: 1 of 1 met all their metrics (100%)." in out


def test_no_cell_is_a_formula_and_no_text_is_markup(company: Company) -> None:
    launched_pad(
        company, 1, created="2026-07-01", launched="2026-10-01", verdicts=["met"],
        learned="<script>alert(1)</script> **so** [x](javascript:alert(1)) ![i](https://example.com/i.png) {{ 7*7 }}",
    )  # fmt: skip
    company.edit("title: Bet 1", "title: '=HYPERLINK(1) <script>x</script>'")
    company.edit("| Metric 0 of 1 | 00% |", "| <img src=x onerror=alert(1)> | -1+1 |")
    rows = list(csv.reader(io.StringIO(company.ok("recap", "2026-Q4", "--format", "csv").out)))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    html = company.ok("recap", "2026-Q4", "--format", "html").out
    assert not re.findall(r"<(?:script|img|link)\b", html)
    assert not re.findall(r'(?:href|src)="(?!https?:|mailto:|#)', html)
    assert "<strong>so</strong>" in html
    assert "49" not in html
    assert "default-src 'none'" in html
    md = company.ok("recap", "2026-Q4", "--format", "md").out
    assert "<script" not in re.sub(r"\\<", "", md)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_in_a_browser(year: Company, tmp_path: Path, width: int) -> None:
    launched_pad(
        year, 99, created="2026-07-01", launched="2026-10-01", verdicts=[*VERDICTS, ""] * 6, learned="long" * 300
    )
    year.edit("title: Bet 99", f"title: {'Unbroken' * 30}", 99)
    file = tmp_path / "recap.html"
    file.write_text(year.ok("recap", "2026-Q4", "--format", "html", today="2027-01-20").out, encoding="utf-8")
    with opened(file, width) as seen:
        assert seen.console == ()
        assert seen.requests == (file.as_uri(),)
        assert seen.overflow <= 0
        assert "Verdicts on the success metrics" in seen.text


# --save


def saved(company: Company) -> str:
    return (company.root / "meetings/recap-2026-Q4.md").read_text(encoding="utf-8")


def test_saving_commits_that_file_alone(year: Company) -> None:
    year.commit_all()
    year.write("staged.txt", "x")
    year.git("add", "staged.txt")
    year.write("pads/notes.txt", "mine")
    with year.unchanged():
        assert "+# Recap of 2026-Q4" in year.ok("recap", "2026-Q4", "--save", "--dry-run").out
    assert year.ok("recap", "2026-Q4", "--save").out == "Saved meetings/recap-2026-Q4.md\n"
    assert saved(year).partition("\n---\n")[2] == year.ok("recap", "2026-Q4", "--format", "md").out
    assert year.git("show", "--name-only", "--format=%s", "HEAD").split("\n")[::2] == [
        "Recap of 2026-Q4",
        "meetings/recap-2026-Q4.md",
    ]
    assert year.git("status", "--porcelain").split("\n") == ["A  staged.txt", "?? pads/notes.txt", ""]
    with year.unchanged():
        assert "says the same already" in year.ok("recap", "2026-Q4", "--save").err
    year.edit("| met |", "| missed |", 4)
    assert year.ok("recap", "2026-Q4", "--save").out == "Replaced meetings/recap-2026-Q4.md\n"
    assert year.git("log", "--format=%s", "--", "meetings").split("\n") == ["Recap of 2026-Q4", "Recap of 2026-Q4", ""]


def test_saving_on_a_branch(year: Company) -> None:
    year.edit_settings("[git]\nprotected = true\n")
    year.git("branch", "-M", "main")
    assert "--branch" in year.refused("recap", "2026-Q4", "--save")
    said = year.ok("recap", "--save", "--branch", "2026-Q4")
    assert "Saved meetings/recap-2026-Q4.md" in said.out
    assert year.git("branch", "--show-current").strip().startswith("recap-2026-q4")


@pytest.mark.parametrize("words", [("--save", "--format", "md"), ("--save", "-o", "x"), ("--push",), ("--dry-run",)])
def test_options_that_do_not_go_together(company: Company, words: tuple[str, ...]) -> None:
    company.refused("recap", "2026-Q4", *words, code=2)


@pytest.mark.parametrize(
    "kind", ["edited", "staged", "untracked", "link", "binary", "folder link", "protected", "detached"]
)
def test_saving_is_refused_where_something_would_be_lost(company: Company, tmp_path: Path, kind: str) -> None:
    file = company.root / "meetings/recap-2026-Q4.md"
    if kind in {"edited", "staged"}:
        company.ok("recap", "2026-Q4", "--save")
        file.write_text("my own words\n", encoding="utf-8")
        company.git("add", "meetings") if kind == "staged" else None
    elif kind == "untracked":
        company.write("meetings/recap-2026-Q4.md", "my own words\n")
    elif kind == "link":
        file.parent.mkdir()
        file.symlink_to(tmp_path / "elsewhere.md")
    elif kind == "folder link":
        file.parent.symlink_to(tmp_path)
    elif kind == "binary":
        file.parent.mkdir()
        file.write_bytes(b"\xff\xfe")
        company.commit_all()
    elif kind == "protected":
        company.edit_settings("[git]\nprotected = true\n")
        company.git("branch", "-M", "main")
    else:
        company.git("checkout", "--quiet", "--detach")
    code = 2 if kind in {"folder link", "detached"} else 1
    assert "fix: " in company.refused("recap", "2026-Q4", "--save", code=code)


@pytest.mark.parametrize("there", [False, True])
def test_a_hook_that_fails_leaves_nothing(company: Company, there: bool) -> None:
    if there:
        company.ok("recap", "2026-Q4", "--save")
        launched_pad(company, 1, created="2026-07-01", launched="2026-10-01", verdicts=["met"])
        company.commit_all()
    (company.root / "meetings").mkdir(exist_ok=True)
    hook = company.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert "not today" in company.refused("recap", "2026-Q4", "--save")
    hook.unlink()
    company.ok("recap", "2026-Q4", "--save")
