"""A template is edited: lint says how many PADs newly fail, and the lines that it proposes spare the older ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Shelf

PAGE = "templates/pad/tiny.md"
FRAME = """---
template: tiny
stages:
  - {stage: problem-framing, heading: Idea}
  - {stage: delivery}
sections:
  Problem: {aliases: [The Problem]}
fields: {}
---
# {{ title }}

## Idea

### Problem

<!-- What hurts? -->

### Numbers

| Metric | Target |
|---|---|
"""
PAD = """---
id: PAD-{number:04}
title: Shared list {number}
owner: dana
template: tiny
stage: problem-framing
status: {status}
created: {created}
classification: differentiator
proposes_objective: Shop once a week
sponsors: [sam]
{more}---
# Shared list {number}

## Idea

### Problem

Two people buy the same bread {number} times.

### Numbers

| Metric | Target |
|---|---|
| Loaves | {number} |
"""
REVIEWED = """slot: {date: 2026-11-26}
history:
  - {n: 1, date: 2026-11-20, move: submit, to: problem-framing/in-review, meeting: 2026-11-26}
"""


def fill(shelf: Shelf, *, drafts: int = 0, reviewed: int = 0, created: str = "2026-09-01", start: int = 1) -> None:
    for number in range(start, start + drafts + reviewed):
        draft = number < start + drafts
        status, more = ("draft", "") if draft else ("in-review", REVIEWED)
        text = PAD.format(number=number, status=status, created=created, more=more)
        shelf.write(text, f"pads/PAD-{number:04}-shared-list-{number}.md")


def edit(shelf: Shelf, *changes: tuple[str, str]) -> None:
    text = shelf.read(PAGE)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    shelf.write(text, PAGE)


PRICING = ("### Numbers", "### Pricing\n\n<!-- What does it cost? -->\n\n### Numbers")


@pytest.fixture
def framed(shelf: Shelf) -> Shelf:
    shelf.write(FRAME, PAGE)
    fill(shelf, drafts=2, reviewed=3)
    shelf.committed()
    assert shelf.padctl("lint").err == ""
    return shelf


def test_300_old_pads_are_not_held_to_a_section_of_today_and_a_new_one_is(shelf: Shelf) -> None:
    shelf.write(FRAME, PAGE)
    fill(shelf, drafts=300, created="2026-11-23")
    shelf.committed()
    edit(shelf, PRICING, ("sections:\n", "sections:\n  Pricing: {since: 2026-11-24}\n"))
    before = shelf.padctl("lint")
    assert (before.code, before.out, before.err) == (0, "301 documents checked: no findings\n", "")
    fill(shelf, drafts=1, created="2026-11-24", start=301)
    after = shelf.padctl("lint", "--format", "text")
    assert after.out.count("[PC201]") == 1
    assert after.out.endswith("302 documents checked: 1 error, 0 warnings\n")


def test_a_new_section_is_told_with_the_line_that_spares_older_pads(framed: Shelf) -> None:
    edit(framed, PRICING)
    said = framed.padctl("lint")
    assert said.code == 1
    assert said.err.splitlines() == [
        "note: templates/pad/tiny.md, as edited: 5 PADs newly fail",
        '  "Pricing" is missing in 5 PADs',
        "  To spare PADs created before 2026-11-25, write in its front matter:",
        "    sections:",
        "      Pricing: {since: 2026-11-25}",
    ]


def test_the_proposed_lines_spare_every_pad_of_up_to_today(framed: Shelf) -> None:
    fill(framed, drafts=1, created="2026-11-24", start=6)
    edit(framed, PRICING, ("fields: {}", "fields:\n  market: {required: true}"))
    proposed = [
        line.strip() for line in framed.padctl("lint").err.splitlines() if "{since: " in line or "true, s" in line
    ]
    assert proposed == ["Pricing: {since: 2026-11-25}", "market: {required: true, since: 2026-11-25}"]
    edit(framed, ("  Problem:", f"  {proposed[0]}\n  Problem:"), ("market: {required: true}", proposed[1]))
    said = framed.padctl("lint")
    assert (said.code, said.err) == (0, "")
    assert "no findings" in said.out


def test_drafts_that_only_warn_are_counted_apart(framed: Shelf) -> None:
    edit(framed, ("fields: {}", "fields:\n  market: {type: one-of, values: [eu, us], required: true}"))
    assert framed.padctl("lint").err.splitlines()[:2] == [
        "note: templates/pad/tiny.md, as edited: 3 PADs newly fail and 2 PADs newly warn",
        '  the field "market" is missing or has another form in 5 PADs',
    ]


def test_what_was_found_before_is_not_new(framed: Shelf) -> None:
    edit(framed, PRICING)
    framed.committed_again()
    edit(framed, ("### Numbers", "### Rivals\n\n### Numbers"))
    said = framed.padctl("lint").err
    assert '"Rivals" is missing in 5 PADs' in said
    assert "Pricing" not in said


def test_lines_keep_what_the_entry_says_already(framed: Shelf) -> None:
    blocks = "fields:\n  market:\n    type: one-of\n    values: [eu, us]\n    required: true\n"
    edit(framed, ("fields: {}\n", blocks), ("sections:\n", "sections:\n  Price List: {skippable: true}\n"))
    edit(framed, ("### Numbers", "### Price List\n\n### Numbers"))
    assert framed.padctl("lint").err.splitlines()[-8:] == [
        "    sections:",
        "      Price List: {skippable: true, since: 2026-11-25}",
        "    fields:",
        "      market:",
        "        type: one-of",
        "        values: [eu, us]",
        "        required: true",
        "        since: 2026-11-25",
    ]


@pytest.mark.parametrize("sections", ["sections: {}\n", "sections:\n", ""])
def test_a_page_without_entries_gets_a_line_too(framed: Shelf, sections: str) -> None:
    edit(framed, ("sections:\n  Problem: {aliases: [The Problem]}\n", sections), PRICING)
    assert framed.padctl("lint").err.splitlines()[-2:] == ["    sections:", "      Pricing: {since: 2026-11-25}"]


def test_a_name_that_yaml_would_misread_is_quoted(framed: Shelf) -> None:
    edit(framed, ("### Numbers", "### Cost: all of it\n\n### Numbers"))
    line = framed.padctl("lint").err.splitlines()[-1].strip()
    edit(framed, ("sections:\n", f"sections:\n  {line}\n"))
    assert framed.padctl("lint").code == 0


def test_a_new_column_of_an_old_section_gets_no_line_that_would_drop_the_section(framed: Shelf) -> None:
    edit(framed, ("| Metric | Target |\n|---|---|", "| Metric | Target | By |\n|---|---|---|"))
    assert framed.padctl("lint").err.splitlines() == [
        "note: templates/pad/tiny.md, as edited: 3 PADs newly fail and 2 PADs newly warn",
        '  "Numbers" lacks a column in 5 PADs',
    ]


def test_lines_for_what_is_new_beside_what_is_not(framed: Shelf) -> None:
    edit(framed, ("| Metric | Target |\n|---|---|", "| Metric | Target | By |\n|---|---|---|"), PRICING)
    said = framed.padctl("lint").err.splitlines()
    assert said[-3:] == [
        "  To spare older PADs the new parts, write in its front matter:",
        "    sections:",
        "      Pricing: {since: 2026-11-25}",
    ]
    assert max(map(len, said)) <= 80


def test_a_field_that_is_gone_is_told_by_its_rule(framed: Shelf) -> None:
    edit(framed, ("fields: {}", "fields: {market: {}}"))
    path = "pads/PAD-0001-shared-list-1.md"
    framed.write(framed.read(path).replace("sponsors:", "market: eu\nsponsors:"), path)
    framed.committed_again()
    edit(framed, ("fields: {market: {}}", "fields: {}"))
    assert framed.padctl("lint").err.splitlines() == [
        "note: templates/pad/tiny.md, as edited: 1 PAD newly fails",
        "  unknown-field in 1 PAD",
    ]


def test_it_is_told_when_only_the_page_is_linted_and_when_it_is_staged(framed: Shelf) -> None:
    edit(framed, PRICING)
    framed.git("add", "--all")
    assert "5 PADs newly fail" in framed.padctl("lint", str(framed.root / PAGE)).err
    assert "5 PADs newly fail" in framed.padctl("lint", "--changed").err
    assert framed.padctl("lint", "PAD-0001").err == ""
    assert framed.padctl("lint", "--quiet").err == ""


@pytest.mark.parametrize("form", ["json", "sarif", "github", "gitlab"])
def test_it_is_told_beside_the_result(framed: Shelf, form: str) -> None:
    edit(framed, PRICING)
    said = framed.padctl("lint", "--format", form)
    assert "newly fail" in said.err
    assert "newly fail" not in said.out


def test_it_is_gone_once_the_page_is_committed_and_told_against_a_base(framed: Shelf) -> None:
    edit(framed, PRICING)
    framed.committed_again()
    assert framed.padctl("lint").err == ""
    assert "5 PADs newly fail" in framed.padctl("lint", "--base", "HEAD~1").err


def test_a_prompt_may_change_freely(framed: Shelf) -> None:
    edit(framed, ("What hurts?", "What hurts, and whom?"))
    framed.write(framed.read("pads/PAD-0001-shared-list-1.md").replace("# Shared", "# Shard"), "pads/PAD-0001-a.md")
    said = framed.padctl("lint")
    assert said.code == 1
    assert said.err == ""


def test_a_page_that_was_never_committed_is_compared_with_the_shipped_one(shelf: Shelf) -> None:
    shelf.committed()
    assert shelf.padctl("new", "Shared list", "--owner", "dana").code == 0
    shelf.padctl("template", "eject", "standard")
    assert "newly" not in shelf.padctl("lint").err
    page = "templates/pad/standard.md"
    shelf.write(shelf.read(page).replace("### Why\n", "### Pricing\n\n### Why\n"), page)
    assert '"Pricing" is missing in 1 PAD\n' in shelf.padctl("lint").err


def test_the_root_may_be_below_the_top_of_git(shelf: Shelf) -> None:
    inner = Shelf(shelf.root / "product", shelf.capsys)
    inner.write("", "padctl.toml")
    inner.write(FRAME, PAGE)
    fill(inner, drafts=1)
    shelf.committed()
    edit(inner, PRICING)
    assert "1 PAD newly fails" in inner.padctl("lint").err


def test_outside_of_git_nothing_is_told(shelf: Shelf) -> None:
    shelf.write(FRAME, PAGE)
    fill(shelf, drafts=1)
    edit(shelf, PRICING)
    said = shelf.padctl("lint")
    assert (said.code, said.err) == (1, "")


def test_a_page_that_was_no_frame_is_not_compared(framed: Shelf) -> None:
    good = framed.read(PAGE)
    framed.write(good.replace("stages:", "stage:"), PAGE)
    framed.committed_again()
    framed.write(good, PAGE)
    edit(framed, PRICING)
    assert framed.padctl("lint").err == ""


def test_a_clean_repository_with_its_own_templates_does_not_pay_for_git(framed: Shelf) -> None:
    code = "import sys; from padctl.cli.app import run; run(sys.argv[1:]); print('git' in sys.modules)"
    words = [sys.executable, "-c", code, "lint", "--root", str(framed.root), "--today", "2026-11-24"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path.cwd(), env=dict(os.environ))
    assert done.stdout.splitlines()[-1] == "False"
