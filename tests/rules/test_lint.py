"""`padctl lint` as a user runs it: severities, selection, settings, arguments, JSON and exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import TODAY, Outcome, Padctl, Repository

HEADER = """---
id: {id}
title: {title}
owner: dana
template: standard
stage: problem-framing
status: {status}
created: 2026-09-01
classification: differentiator
objectives: [2026-Q4-O1]
{more}---
# {title}

## Opportunity/Problem Framing

### Problem Statement

Flatmates buy milk twice a week too often.

### Audience

TBD

### Why

The [diaries](https://example.com/diaries) say so.

### Success Metrics

| Metric | Baseline | Target | By |
|---|---|---|---|
| Double purchases a month | 8 | 3 | 2027-03-31 |

### Potential Solution Directions

| Direction | Impact | Complexity |
|---|---|---|
| One list a flat | L | M |
| A photo of the fridge | M | S |
"""
REVIEWED = (
    "slot: {date: 2026-11-26}\nhistory:\n"
    "  - {n: 1, date: 2026-11-20, move: submit, to: problem-framing/in-review, meeting: 2026-11-26}\n"
)
PARKED = "history:\n  - {{n: 1, date: 2026-11-20, move: {move}, to: problem-framing/{status}, reason: No capacity}}\n"


def pad(number: int = 1, *, status: str = "draft", more: str = "") -> dict[str, str]:
    """Return a PAD whose Audience is empty, by its path."""
    pad_id = f"PAD-{number:04d}"
    text = HEADER.format(id=pad_id, title=f"Shared list {number}", status=status, more=more)
    return {f"pads/{pad_id}-list.md": text}


def lint(padctl: Padctl, root: Path, *words: str | Path) -> Outcome:
    return padctl("lint", "--root", root, "--today", TODAY, *words)


def data(padctl: Padctl, root: Path, *words: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lint(padctl, root, "--format", "json", *words).out)["data"]
    return found


def severities(padctl: Padctl, root: Path, *words: str | Path) -> dict[str, str]:
    return {found["code"]: found["severity"] for found in data(padctl, root, *words)["diagnostics"]}


@pytest.mark.parametrize(
    ("status", "more", "severity", "code"),
    [
        ("draft", "", "warning", 0),
        ("in-review", REVIEWED, "error", 1),
        ("on-hold", PARKED.format(move="hold", status="on-hold"), "warning", 0),
        ("withdrawn", PARKED.format(move="withdraw", status="withdrawn"), "warning", 0),
    ],
)
def test_an_empty_section_weighs_by_state(
    status: str, more: str, severity: str, code: int, padctl: Padctl, repository: Repository
) -> None:
    root = repository(pad(status=status, more=more))
    assert severities(padctl, root) == {"PC202": severity}
    assert lint(padctl, root).code == code


@pytest.mark.parametrize(("move", "status"), [("hold", "on-hold"), ("withdraw", "withdrawn")])
@pytest.mark.parametrize("cut", ["classification: differentiator\n", "### Audience\n\nTBD\n\n"])
def test_a_parked_pad_only_warns(cut: str, move: str, status: str, padctl: Padctl, repository: Repository) -> None:
    files = pad(status=status, more=PARKED.format(move=move, status=status))
    root = repository({path: text.replace(cut, "") for path, text in files.items()})
    found = severities(padctl, root)
    assert found
    assert set(found.values()) == {"warning"}
    assert lint(padctl, root).code == 0


@pytest.mark.parametrize("cut", ["classification: differentiator\n", "objectives: [2026-Q4-O1]\n"])
def test_a_draft_is_not_red_for_what_is_due_at_submit(cut: str, padctl: Padctl, repository: Repository) -> None:
    root = repository({path: text.replace(cut, "") for path, text in pad().items()})
    assert lint(padctl, root).code == 0


@pytest.mark.parametrize("words", [("PC202",), ("PC2",), ("pc20",), ("empty-section",), ("PC101,PC202",)])
def test_select(words: tuple[str, ...], padctl: Padctl, repository: Repository) -> None:
    root = repository(pad(more="team: [a]\n"))
    assert severities(padctl, root) == {"PC104": "error", "PC202": "warning"}
    assert severities(padctl, root, "--select", *words) == {"PC202": "warning"}
    assert severities(padctl, root, "--ignore", *words) == {"PC104": "error"}


def test_select_and_ignore_together(padctl: Padctl, repository: Repository) -> None:
    root = repository(pad(more="team: [a]\n"))
    assert severities(padctl, root, "--select", "PC1", "--select", "PC2", "--ignore", "PC202") == {"PC104": "error"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_refused(option: str, padctl: Padctl, repository: Repository) -> None:
    outcome = lint(padctl, repository(pad()), option, "PC2O2")
    assert (outcome.code, outcome.out) == (2, "")
    assert 'no rule "PC2O2" (did you mean "PC' in outcome.err


def test_strict(padctl: Padctl, repository: Repository) -> None:
    root = repository(pad())
    assert lint(padctl, root).code == 0
    assert lint(padctl, root, "--strict").code == 1
    assert lint(padctl, root, "--strict", "--ignore", "PC202").code == 0


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('ignore = ["PC202"]', {}),
        ('ignore = ["PC2"]', {}),
        ('error = ["empty-section"]', {"PC202": "error"}),
        ('error = ["PC2"]\nwarn = ["PC202"]', {"PC202": "error"}),
        ('per_path = [{path = "pads/*", ignore = ["PC202"]}]', {}),
        ('per_path = [{path = "pads/old/*", ignore = ["PC202"]}]', {"PC202": "warning"}),
        ('error = ["PC202"]\nper_path = [{path = "*-list.md", warn = ["PC202"]}]', {"PC202": "warning"}),
    ],
)
def test_settings(settings: str, expected: dict[str, str], padctl: Padctl, repository: Repository) -> None:
    root = repository({**pad(), "padctl.toml": f"[lint]\n{settings}\n"})
    assert severities(padctl, root) == expected
    assert lint(padctl, root).code == int("error" in expected.values())


def test_settings_turn_an_error_into_a_warning(padctl: Padctl, repository: Repository) -> None:
    root = repository({**pad(more="team: [a]\n"), "padctl.toml": '[lint]\nwarn = ["PC1"]\n'})
    assert severities(padctl, root) == {"PC104": "warning", "PC202": "warning"}
    assert lint(padctl, root).code == 0


@pytest.mark.parametrize("settings", ['ignore = ["PC999"]', 'per_path = [{path = "pads/*", warn = ["emtpy-section"]}]'])
def test_settings_that_name_no_rule_are_refused(settings: str, padctl: Padctl, repository: Repository) -> None:
    outcome = lint(padctl, repository({**pad(), "padctl.toml": f"[lint]\n{settings}\n"}))
    assert outcome.code == 2
    assert "no rule" in outcome.err


def test_json(padctl: Padctl, repository: Repository) -> None:
    outcome = lint(padctl, repository(pad(more="team: [a]\n")), "--format", "json")
    found = json.loads(outcome.out)
    assert outcome.code == 1
    assert list(found) == ["schema", "kind", "data"]
    assert (found["schema"], found["kind"]) == ("padctl/1", "lint")
    assert list(found["data"]) == ["diagnostics", "documents", "errors", "warnings"]
    assert {name: found["data"][name] for name in ("documents", "errors", "warnings")} == {
        "documents": 1,
        "errors": 1,
        "warnings": 1,
    }
    first, second = found["data"]["diagnostics"]
    assert list(first) == ["code", "slug", "severity", "path", "line", "column", "message", "fix"]
    fix = second.pop("fix")
    assert fix
    assert second == {
        "code": "PC202",
        "slug": "empty-section",
        "severity": "warning",
        "path": "pads/PAD-0001-list.md",
        "line": 21,
        "column": 1,
        "message": 'the section "Audience" is empty',
    }


@pytest.mark.parametrize("words", [(), ("--format", "json")])
def test_no_documents(words: tuple[str, ...], padctl: Padctl, repository: Repository) -> None:
    root = repository({})
    assert lint(padctl, root, *words).code == 0
    assert lint(padctl, root, "--strict", *words).code == 1
    assert lint(padctl, root).out == "nothing to check: no documents found\n"
    assert data(padctl, root) == {"diagnostics": [], "documents": 0, "errors": 0, "warnings": 0}


@pytest.mark.parametrize(
    "word", ["PAD-0002", "pad-2", "2", "pads/PAD-0002-list.md", "0002-li", "pads/../pads/PAD-0002-list.md"]
)
def test_one_document(word: str, padctl: Padctl, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository({**pad(1), **pad(2)})
    monkeypatch.chdir(root)
    found = data(padctl, root, word)
    assert found["documents"] == 1
    assert [diagnostic["path"] for diagnostic in found["diagnostics"]] == ["pads/PAD-0002-list.md"]


@pytest.mark.parametrize(("word", "documents"), [(".", 4), ("pads", 3), ("pads/", 3), ("pads/old", 1), ("teams", 1)])
def test_folders(
    word: str, documents: int, padctl: Padctl, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {path.replace("pads/", "pads/old/"): text for path, text in pad(3).items()}
    charter = {"teams/kitchen.md": "---\nname: kitchen\n---\n# Kitchen\n"}
    root = repository({**pad(1), **pad(2), **old, **charter, "pads/README.md": "# PADs\n"})
    monkeypatch.chdir(root)
    assert data(padctl, root, word)["documents"] == documents


def test_several_arguments_count_a_document_once(
    padctl: Padctl, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository({**pad(1), **pad(2)})
    monkeypatch.chdir(root / "pads")
    assert data(padctl, root, "1", "PAD-0001-list.md", "PAD-0001")["documents"] == 1


def test_what_the_others_say_still_counts_for_one(padctl: Padctl, repository: Repository) -> None:
    twin = {"pads/PAD-0001-twin.md": pad(1)["pads/PAD-0001-list.md"]}
    root = repository({**pad(1), **twin})
    assert "PC601" in severities(padctl, root, root / "pads/PAD-0001-twin.md")


@pytest.mark.parametrize("word", ["pads/PAD-0009-gone.md", "PAD-0009", "9", "nowhere", "padctl.toml", "..", "../x.md"])
def test_unknown_targets_are_refused(
    word: str, padctl: Padctl, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(pad())
    monkeypatch.chdir(root)
    outcome = lint(padctl, root, word)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("error: ")
    assert "fix: " in outcome.err


def test_findings_are_sorted(padctl: Padctl, repository: Repository) -> None:
    files: dict[str, str] = {}
    for number in (10, 9, 2):
        files |= pad(number, more="x-a: 1\nsponsor: sam\nteam: [a]\nowners: b\n")
    found = data(padctl, repository(files))["diagnostics"]
    keys = [(each["path"], each["line"], each["column"], each["code"]) for each in found]
    assert keys == sorted(keys)
    assert len(found) == 12


def test_warnings_are_counted_in_the_last_line(padctl: Padctl, repository: Repository) -> None:
    root = repository({**pad(1), **pad(2, more="team: [a]\n")})
    assert lint(padctl, root).out.splitlines()[-1] == "2 documents checked: 1 error, 2 warnings"
    assert lint(padctl, root, "--ignore", "PC1,PC2").out == "2 documents checked: no findings\n"


def test_output_goes_to_a_file(padctl: Padctl, repository: Repository, tmp_path: Path) -> None:
    root = repository(pad())
    target = tmp_path / "findings.txt"
    shown = lint(padctl, root).out
    outcome = lint(padctl, root, "--output", target)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"wrote {target}\n")
    assert target.read_text(encoding="utf-8") == shown


def test_colours_only_where_asked_for(padctl: Padctl, repository: Repository) -> None:
    root = repository(pad())
    assert "\x1b" not in lint(padctl, root).out
    assert "\x1b[1;33mwarning[PC202]" in lint(padctl, root, "--color", "always").out
