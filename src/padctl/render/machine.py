"""JSON for tools: one envelope around every report."""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from padctl.model.diagnostic import Severity
from padctl.model.lint_report import LintReport
from padctl.render.console import visible

if TYPE_CHECKING:
    from padctl.model.pad import Pad

_SCHEMA = "padctl/1"
_BEYOND = re.compile(r"[^\x00-\x7f]")


def to_json(kind: str, data: Any) -> str:
    """Return a report as JSON: schema, kind, data; dates are ISO texts, never NaN."""
    return dumped({"schema": _SCHEMA, "kind": kind, "data": as_data(data)})


def dumped(value: Any) -> str:
    """Return plain data as JSON in which nothing steers a terminal, or is a command where a CI system reads its log."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    text = _BEYOND.sub(_escaped, text).replace("\x7f", "\\u007f")
    return text.replace("##[", "#\\u0023[").replace("##vso[", "#\\u0023vso[") + "\n"


def _escaped(match: re.Match[str]) -> str:
    """Return a character beyond ASCII, escaped where it would steer a terminal or hide in a log."""
    char = match[0]
    return char if visible(char) == char else json.dumps(char)[1:-1]


def as_data(value: Any) -> Any:
    """Return a frozen view as dictionaries, lists, numbers and texts."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: as_data(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [as_data(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def lint_data(report: LintReport) -> dict[str, Any]:
    """Return a lint report as `{diagnostics, documents, errors, warnings}`."""
    shown = ("code", "slug", "severity", "path", "line", "column", "message", "fix")
    return {
        "diagnostics": [{name: getattr(found, name) for name in shown} for found in report.diagnostics],
        "documents": report.documents,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
    }


def pad_data(pad: "Pad", *, only_on: str) -> dict[str, Any]:
    """Return a PAD as its front matter, its path, those of its sections that have a heading, and where it was moved.

    `only_on` names the branch that alone has its latest move.
    """
    header = pad.header.model_dump(mode="json", by_alias=True) if pad.header else dict(pad.document.values)
    own = {k: v for k, v in pad.document.values.items() if k not in header}
    sections = [
        {
            "stage": placed.section.stage,
            "name": placed.section.name,
            "line": pad.document.line_of(placed.heading.start),
            "filled": placed.filled,
        }
        for placed in pad.sections
        if placed.heading
    ]
    return {**header, **own, "path": pad.path, "sections": sections, "only_on": only_on}
