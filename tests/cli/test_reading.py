"""Commands that read: status, show, list, log, explain, template, lint; ids and output options."""

import json
from pathlib import Path
from typing import Any

import pytest
from acting import MEETING, TODAY, Company, padctl

HEADER_KEYS = {
    "id", "title", "owner", "team", "template", "stage", "status", "created", "classification", "objectives",
    "sponsors", "reviewers", "related", "formerly", "links", "slot", "launched", "feedback", "history", "actions",
}  # fmt: skip
READS = (
    ("status",), ("status", "8"), ("show", "8"), ("list",), ("log",), ("log", "11"), ("agenda",), ("action", "list"),
    ("lint",), ("explain",), ("explain", "PC202"), ("template", "list"), ("template", "show", "standard"), (),
)  # fmt: skip


def data_of(text: str, kind: str) -> Any:
    envelope = json.loads(text)
    assert list(envelope) == ["schema", "kind", "data"]
    assert (envelope["schema"], envelope["kind"]) == ("padctl/1", kind)
    return envelope["data"]


@pytest.mark.parametrize("words", READS)
def test_reading_changes_nothing_and_has_no_escape_codes(tessaly: Company, words: tuple[str, ...]) -> None:
    with tessaly.unchanged():
        said = tessaly.ok(*words)
    assert said.out
    assert said.err == ""
    assert "\x1b" not in said.out
    long = [line for line in said.out.split("\n") if len(line) > 80 and "https://" not in line]
    assert not long or words[:2] == ("template", "show")


@pytest.mark.parametrize("words", [words for words in READS if words[:1] not in {("explain",), ("template",), ()}])
def test_json_forms(tessaly: Company, words: tuple[str, ...]) -> None:
    said = tessaly.ok(*words, "--format", "json", "--color", "always")
    kind = {"action": "actions"}.get(words[0], "show" if words == ("status", "8") else words[0])
    assert data_of(said.out, kind) not in (None, "")
    assert "\x1b" not in said.out


def test_show_json(tessaly: Company) -> None:
    data = data_of(tessaly.ok("show", "7", "--format", "json").out, "show")
    assert set(data) >= HEADER_KEYS
    assert data["path"] == "pads/PAD-0007-offline-edits-on-phones.md"
    assert data["created"].startswith("2026-")
    lines = (tessaly.root / data["path"]).read_text().split("\n")
    assert data["sections"]
    for section in data["sections"]:
        assert set(section) == {"stage", "name", "line", "filled"}
        assert lines[section["line"] - 1] == f"### {section['name']}"
        assert section["filled"] is True
    assert [entry["n"] for entry in data["history"]] == list(range(1, len(data["history"]) + 1))
    assert {"id", "kind", "what", "who", "due", "from", "done"} <= set(data["actions"][0])


def test_show_json_of_a_pad_that_breaks_the_schema(company: Company) -> None:
    company.draft()
    company.edit("status: draft", "status: drafted")
    data = data_of(company.ok("show", "1", "--format", "json").out, "show")
    assert data["status"] == "drafted"
    assert "padctl lint" in company.ok("status").out
    assert "cannot be read" in company.ok("show", "1").out
    assert company.ok("log").out == "No move yet.\n"


def test_list_filters(tessaly: Company) -> None:
    def ids(*words: str) -> list[str]:
        return [line.split()[0] for line in tessaly.ok("list", *words).out.splitlines() if line.startswith("PAD-")]

    everything = ids()
    assert everything == [f"PAD-{n:04}" for n in range(1, 15)]
    rows = data_of(tessaly.ok("list", "--format", "json").out, "list")
    for name in ("stage", "status", "owner", "team"):
        for value in {row[name] for row in rows}:
            assert ids(f"--{name}", value) == [row["id"] for row in rows if row[name] == value]
    assert ids("--stage", "delivery", "--owner", "dana") == ["PAD-0006"]
    assert tessaly.ok("list", "--owner", "nobody").out == "No PAD matches.\n"
    said = tessaly.padctl("list", "--stage", "deliver")
    assert said.code == 2
    assert "delivery" in said.err


def test_log_is_in_order_and_names_reasons(tessaly: Company) -> None:
    moves = data_of(tessaly.ok("log", "--format", "json").out, "log")
    assert [move["date"] for move in moves] == sorted(move["date"] for move in moves)
    own = [move for move in moves if move["pad"] == "PAD-0011"]
    assert [move["n"] for move in own] == [1, 2, 3, 4, 5]
    text = tessaly.ok("log", "11").out
    assert "Follow up first (Ines Caldary)" in text
    assert "22 Oct 2026" in text


@pytest.mark.parametrize(
    "word",
    ["PAD-0007", "pad-7", "PAD-7", "7", "0007", "pads/PAD-0007-offline-edits-on-phones.md", "offline", "Edits-on-P",
     "./pads/PAD-0007-offline-edits-on-phones.md", "pads/../pads/PAD-0007-offline-edits-on-phones.md"],
)  # fmt: skip
def test_every_form_of_an_id(tessaly: Company, word: str) -> None:
    assert tessaly.ok("show", word).out.startswith("PAD-0007 Offline edits on phones\n")


def test_paths_are_taken_from_the_working_directory(tessaly: Company) -> None:
    said = padctl("show", "PAD-0007-offline-edits-on-phones.md", "--today", TODAY, cwd=tessaly.root / "pads")
    assert said.out.startswith("PAD-0007 ")
    absolute = str(tessaly.path(7))
    assert padctl("show", absolute, "--root", str(tessaly.root), cwd=Path("/")).out.startswith("PAD-0007 ")


@pytest.mark.parametrize("word", ["PAD-0077", "77", "nothing-like-it", "", "pads/none.md", "/etc/passwd", "../x.md",
                                  "PAD-", "-", "99999999999999999999"])  # fmt: skip
def test_ids_that_name_nothing(tessaly: Company, word: str) -> None:
    said = tessaly.padctl("show", word)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert "padctl failed" not in said.err


def test_ambiguous_and_duplicate_ids(company: Company) -> None:
    company.draft("Team gallery")
    company.draft("Team board")
    said = company.padctl("show", "team")
    assert said.code == 2
    assert "PAD-0001-team-gallery.md" in said.err
    assert "PAD-0002-team-board.md" in said.err
    company.edit("id: PAD-0002", "id: PAD-0001", number=2)
    said = company.padctl("show", "1")
    assert said.code == 2
    assert "PAD-0002-team-board.md" in said.err
    assert company.ok("show", "pads/PAD-0002-team-board.md").out


def test_explain(tessaly: Company) -> None:
    for word in ("PC202", "pc202", "empty-section"):
        out = tessaly.ok("explain", word).out
        assert "PC202 empty-section (error)" in out
        assert "Why it matters:" in out
    said = tessaly.padctl("explain", "PC2022")
    assert said.code == 2
    assert "did you mean" in said.err
    assert tessaly.padctl("explain", "PC202", "--all").code == 2
    assert data_of(tessaly.ok("explain", "--all", "--format", "json").out, "explain") == data_of(
        tessaly.ok("explain", "--format", "json").out, "explain"
    )
    every = tessaly.ok("explain", "--all").out
    assert all(every.count(tessaly.ok("explain", code).out.splitlines()[0] + "\n") == 1 for code in ("PC001", "PC903"))
    rules = data_of(tessaly.ok("explain", "--format", "json").out, "explain")
    assert all(rule["what"] and rule["why"] and rule["bad"] and rule["good"] for rule in rules)
    codes = [rule["code"] for rule in rules]
    assert codes == sorted(set(codes))
    for rule in rules:
        assert tessaly.ok("explain", rule["code"]).out.startswith(f"{rule['code']} {rule['slug']}")


def test_templates(company: Company) -> None:
    assert company.ok("template", "list").out.split()[0] == "light"
    page = company.ok("template", "show", "light").out
    assert "## Post-launch Recap" in page
    said = company.padctl("template", "show", "lihgt")
    assert said.code == 2
    assert 'did you mean "light"?' in said.err
    assert "templates/pad/light.md" in company.ok("template", "eject", "light").out
    assert (company.root / "templates/pad/light.md").read_text() == page
    err = company.refused("template", "eject", "light", code=2)
    assert "title" not in err
    assert "0 errors" in company.ok("lint").out or "no findings" in company.ok("lint").out


def test_lint_of_paths_ids_and_codes(tessaly: Company) -> None:
    for word in ("7", "pads/PAD-0007-offline-edits-on-phones.md", "offline"):
        assert tessaly.ok("lint", word).out == "1 document checked: no findings\n"
    assert "14 documents" in tessaly.ok("lint", "pads").out
    assert tessaly.ok("lint", "teams/growth.md", "7").out.startswith("2 documents")
    for words in (["lint", "padctl.toml"], ["lint", "nothing"], ["lint", "--select", "PC9999"], ["lint", "/etc"]):
        said = tessaly.padctl(*words)
        assert said.code == 2, words
        assert said.err.startswith("error: ")


def test_lint_json_and_exit_codes(company: Company) -> None:
    company.ok("new", "T", "--owner", "pm")
    data = data_of(company.ok("lint", "--format", "json").out, "lint")
    assert set(data) == {"diagnostics", "documents", "errors", "warnings"}
    assert data["errors"] == 0
    assert data["warnings"] == len(data["diagnostics"]) > 0
    shown = {"code", "slug", "severity", "path", "line", "column", "message", "fix"}
    assert all(set(found) == shown for found in data["diagnostics"])
    assert company.padctl("lint", "--strict").code == 1
    company.edit("### Audience", "### Spectators")
    said = company.padctl("lint")
    assert said.code == 1
    assert "error[PC201]" in said.out


def test_lint_of_nothing_says_so(company: Company) -> None:
    assert company.ok("lint").out == "nothing to check: no documents found\n"


def test_bare_padctl(company: Company, tmp_path: Path) -> None:
    assert "padctl new" in padctl(cwd=company.root).out
    company.submitted()
    bare = padctl("--today", TODAY, cwd=company.root)
    assert bare == company.ok("status")
    assert "Thursday 26 Nov 2026, 1 to review" in bare.out
    outside = padctl(cwd=tmp_path)
    assert outside.code == 0
    assert "Usage: padctl" in outside.out
    assert "submit" in outside.out
    assert padctl("--root", str(company.root), "--today", TODAY, cwd=tmp_path).out == bare.out


def test_status_counts(tessaly: Company) -> None:
    data = data_of(tessaly.ok("status", "--format", "json").out, "status")
    assert sum(number for _, _, number in data["counts"]) == 14
    assert data["next_meeting"] == MEETING
    assert (data["submitted"], data["overdue_actions"]) == (3, 1)
    text = tessaly.ok("status").out
    assert "14 PADs on 24 Nov 2026" in text
    assert "1 action overdue" in text


def test_actions(tessaly: Company) -> None:
    owed = data_of(tessaly.ok("action", "list", "--format", "json").out, "actions")
    assert [action["due"] for action in owed] == sorted(action["due"] for action in owed)
    assert [action["overdue"] for action in owed] == [True, False, False, False, False]
    assert tessaly.ok("action", "list", "--who", "eli").out.count("  PAD-") == 2
    assert tessaly.ok("action", "list", "7").out.count("PAD-0007") == 2
    assert tessaly.ok("action", "list", "1").out == "No open action.\n"
