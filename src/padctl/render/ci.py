"""Lint's findings for machines that show them on a change: SARIF, GitHub workflow commands, GitLab code quality.

These machines know files by their path from git's top folder, so each function takes what stands between that folder
and padctl's root: `below` is empty or ends with a slash.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from padctl import __version__
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.console import visible
from padctl.render.machine import dumped

if TYPE_CHECKING:
    from padctl.rules.registry import Rule

_COMMAND = re.compile(r"::|##(?=\[|vso\[)")
_COMMAND_IN_HTML = re.compile(r"^[ \t]*:(?=:)|#(?=#(?:vso)?\[)", re.MULTILINE)
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def to_sarif(report: LintReport, rules: "Sequence[Rule]", *, below: str = "") -> str:
    """Return a SARIF 2.1.0 log; URIs are percent-encoded and relative to git's top folder."""
    places = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "padctl",
        "version": __version__,
        "rules": [_sarif_rule(rule) for rule in rules],
    }
    results = [_sarif_result(found, places, below) for found in report.diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def to_github(report: LintReport, *, below: str = "") -> str:
    """Return GitHub workflow commands, one a finding, with everything escaped that could form another command."""
    return "".join(_command(found, below) for found in report.diagnostics)


def to_gitlab(report: LintReport, *, below: str = "") -> str:
    """Return a GitLab code quality report; a finding's fingerprint does not change when lines move."""
    return dumped(list(_gitlab_entries(report, below)))


def without_commands(text: str) -> str:
    """Return text for the log of a CI job, with a space in whatever could be read as a command of that system."""
    return _COMMAND.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)


def html_without_commands(text: str) -> str:
    """Return a page for the log of a CI job: the same page, with an entity in whatever could be read as a command."""
    return _COMMAND_IN_HTML.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", text)


def _sarif_rule(rule: "Rule") -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": " ".join(rule.what.split())},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": f"Not so:\n{rule.bad}\n\nBut so:\n{rule.good}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _sarif_result(found: Diagnostic, places: dict[str, int], below: str) -> dict[str, Any]:
    region = {"startLine": found.line, "startColumn": found.column}
    location = {"artifactLocation": {"uri": quote(below + found.path, errors="surrogateescape")}, "region": region}
    return {
        "ruleId": found.code,
        "ruleIndex": places[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": found.message + (f"\nfix: {found.fix}" if found.fix else "")},
        "locations": [{"physicalLocation": location}],
    }


def _command(found: Diagnostic, below: str) -> str:
    name = _COMMANDS[found.severity]
    title = _property(f"{found.code} {found.slug}")
    place = f"file={_property(below + found.path)},line={found.line},col={found.column},title={title}"
    return f"::{name} {place}::{_data(_told(found))}\n"


def _told(found: Diagnostic) -> str:
    """Return a finding and what to do about it on one line."""
    fix = found.fix.replace("\n", ": ")
    return f"{found.message} (fix: {fix})" if fix else found.message


def _data(text: str) -> str:
    return "%0A".join(visible(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _gitlab_entries(report: LintReport, below: str) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, str, str]] = Counter()
    for found in report.diagnostics:
        key = (found.path, found.code, found.message)
        seen[key] += 1
        fingerprint = hashlib.sha256("\0".join([*key, str(seen[key])]).encode(errors="backslashreplace")).hexdigest()[
            :32
        ]
        yield {
            "description": _told(found),
            "check_name": f"{found.code} {found.slug}",
            "fingerprint": fingerprint,
            "severity": _GITLAB[found.severity],
            "location": {"path": below + found.path, "lines": {"begin": found.line}},
        }
