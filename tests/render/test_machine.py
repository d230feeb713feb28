"""JSON for tools: the envelope, what stands for which value, and what is escaped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pytest

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.document import read_document
from padctl.model.lint_report import LintReport
from padctl.model.pad import Pad, read_pad
from padctl.model.template import read_template
from padctl.render.machine import as_data, dumped, lint_data, pad_data, to_json
from padctl.store.shipped import shipped


@dataclass(frozen=True)
class Item:
    day: date
    names: tuple[str, ...]
    more: Mapping[object, object]


def test_a_report_is_one_envelope_of_plain_data() -> None:
    item = Item(date(2026, 11, 24), ("a", "b"), MappingProxyType({1: date(2026, 1, 2), "x": [None, True, 1.5]}))
    data = {"day": "2026-11-24", "names": ["a", "b"], "more": {"1": "2026-01-02", "x": [None, True, 1.5]}}
    assert as_data(item) == data
    assert (as_data({"a"}), as_data(frozenset({"b"})), as_data(Item)) == (["a"], ["b"], Item)
    page = to_json("agenda", {"item": item})
    assert json.loads(page) == {"schema": "padctl/1", "kind": "agenda", "data": {"item": data}}
    assert page.startswith('{\n  "schema": "padctl/1",\n  "kind": "agenda",\n  "data": {\n    "item": {\n')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é \u65e5", "plain é \u65e5"), ("a\x1bb", r"a\u001bb"), ("\x7f", r"\u007f"), ("\u202e", r"\u202e"),
        ("\U000e0041", r"\udb40\udc41"), ("\ud800", r"\ud800"), ("::x ##[y] ##vso[z] ##a #[", None), ('"\\', r"\"\\"),
    ],
)  # fmt: skip
def test_what_would_steer_or_command_is_escaped_and_reads_back(text: str, shown: str | None) -> None:
    page = dumped([text])
    shown = shown or r"::x #\u0023[y] #\u0023vso[z] ##a #["
    assert page == f'[\n  "{shown}"\n]\n'
    assert json.loads(page) == [text]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_in_json_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumped([number])


def test_the_findings_of_lint_in_full() -> None:
    found = [
        Diagnostic(
            code="PC101", slug="missing-field", severity=severity, path="pads/a.md", line=3, column=7, message="m",
            source="s", fix="f",
        ) for severity in (Severity.ERROR, Severity.WARNING, Severity.WARNING)
    ]  # fmt: skip
    data = lint_data(LintReport(diagnostics=tuple(found), documents=4))
    assert (data["documents"], data["errors"], data["warnings"], len(data)) == (4, 1, 2, 4)
    assert data["diagnostics"][0] == {
        "code": "PC101", "slug": "missing-field", "severity": Severity.ERROR, "path": "pads/a.md", "line": 3,
        "column": 7, "message": "m", "fix": "f",
    }  # fmt: skip


def pad(header: str) -> Pad:
    page = shipped("templates") / "pad/light.md"
    template, _ = read_template(read_document(page.read_bytes(), path="light.md"))
    body = "## Opportunity/Problem Framing\n### Problem Statement\nWords.\n### Why\nTBD\n"
    return read_pad(read_document(f"---\n{header}---\n{body}".encode(), path="pads/a.md"), template)


def test_a_pad_in_full() -> None:
    header = (
        "id: PAD-0001\ntitle: T\nowner: dana\ntemplate: light\nstage: problem-framing\nstatus: draft\n"
        "created: 2026-11-01\nx-cost: [a]\n"
    )
    data = pad_data(pad(header), only_on="side")
    assert {key: data[key] for key in ("id", "status", "created", "x-cost", "path", "only_on", "sponsors")} == {
        "id": "PAD-0001", "status": "draft", "created": "2026-11-01", "x-cost": ["a"], "path": "pads/a.md",
        "only_on": "side", "sponsors": [],
    }  # fmt: skip
    assert data["sections"] == [
        {"stage": "problem-framing", "name": "Problem Statement", "line": 12, "filled": True},
        {"stage": "problem-framing", "name": "Why", "line": 14, "filled": False},
    ]
    assert json.loads(dumped(data)) == data
    taken_back = "history:\n  - {n: 1, date: 2026-11-02, move: hold, to: problem-framing/on-hold, from: x}\n"
    assert pad_data(pad(header + taken_back), only_on="")["history"][0]["from"] == "x"
    acted = "actions:\n  - {id: A1, kind: other, what: w, who: dana, due: 2026-12-03, from: 1}\n"
    (action,) = pad_data(pad(header + acted), only_on="")["actions"]
    assert (action["from"], action["due"]) == (1, "2026-12-03")
