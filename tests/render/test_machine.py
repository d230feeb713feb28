"""JSON for tools: the envelope, what stands for which value, and what is escaped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pytest

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.machine import as_data, dumped, lint_data, to_json


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
