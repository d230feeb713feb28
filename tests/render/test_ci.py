"""What CI systems get, byte by byte."""

import json

import pytest

from padctl import __version__
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.ci import html_without_commands, to_github, to_gitlab, to_sarif, without_commands
from padctl.rules.registry import find_rule


def found(severity: Severity = Severity.ERROR, **changes: str) -> Diagnostic:
    rule = find_rule("PC101")
    values = {"path": "pads/a b.md", "message": "m", "fix": "", **changes}
    return Diagnostic(code=rule.code, slug=rule.slug, severity=severity, line=3, column=7, source="s", **values)


def report(*diagnostics: Diagnostic) -> LintReport:
    return LintReport(diagnostics=diagnostics, documents=1)


@pytest.mark.parametrize(
    ("severity", "name"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_a_command_of_github(severity: Severity, name: str) -> None:
    said = to_github(report(found(severity), found(fix="do it\nlike so")), below="top/")
    place = "file=top/pads/a b.md,line=3,col=7,title=PC101 missing-field"
    assert said == f"::{name} {place}::m\n::error {place}::m (fix: do it: like so)\n"
    assert to_github(report()) == ""
    assert to_github(report(found())).startswith("::error file=pads/a b.md,")


@pytest.mark.parametrize(
    ("text", "value", "data"),
    [
        ("a%b", "a%25b", "a%25b"), ("a:b,c", "a%3Ab%2Cc", "a:b,c"), ("a::b", "a%3A%3Ab", "a::b"), ("%0A", "%250A",
        "%250A"), ("%3A", "%253A", "%253A"),
        ("a\x1b\u202eb", "a<U+001B><U+202E>b", "a<U+001B><U+202E>b"), ("a\rb", "a<U+000D>b", "a<U+000D>b"), ("a\nb",
        "a%0Ab", "a%0Ab"),
    ],
)  # fmt: skip
def test_what_would_form_another_command_is_escaped(text: str, value: str, data: str) -> None:
    said = to_github(report(found(path=text, message=text)))
    assert said == f"::error file={value},line=3,col=7,title=PC101 missing-field::{data}\n"


def test_a_sarif_log_in_full() -> None:
    rule = find_rule("PC101")
    other = find_rule("PC009")
    results = (found(), found(Severity.WARNING, fix="do it"), found(Severity.INFO, path="pads/\udcff%é.md"))
    log = json.loads(to_sarif(report(*results), [other, rule], below="our docs/"))
    assert log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("padctl", __version__)
    assert driver["rules"][1] == {
        "id": "PC101",
        "name": "MissingField",
        "shortDescription": {"text": " ".join(rule.what.split())},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": f"Not so:\n{rule.bad}\n\nBut so:\n{rule.good}"},
        "defaultConfiguration": {"level": "error"},
    }
    assert driver["rules"][0]["defaultConfiguration"] == {"level": "warning"}
    place = {"artifactLocation": {"uri": "our%20docs/pads/a%20b.md"}, "region": {"startLine": 3, "startColumn": 7}}
    assert run["results"][0] == {
        "ruleId": "PC101", "ruleIndex": 1, "level": "error", "message": {"text": "m"},
        "locations": [{"physicalLocation": place}],
    }  # fmt: skip
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert run["results"][1]["message"] == {"text": "m\nfix: do it"}
    uri = run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "our%20docs/pads/%FF%25%C3%A9.md"
    plain = json.loads(to_sarif(report(found()), [rule]))["runs"][0]["results"][0]
    assert plain["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "pads/a%20b.md"


def test_gitlabs_entries_in_full() -> None:
    entries = json.loads(to_gitlab(report(found(), found(), found(Severity.WARNING, fix="do it")), below="top/"))
    assert entries[0] == {
        "description": "m",
        "check_name": "PC101 missing-field",
        "fingerprint": "e5aeab5005c5ceda9cdd65b3b88405d0",
        "severity": "major",
        "location": {"path": "top/pads/a b.md", "lines": {"begin": 3}},
    }
    assert len({entry["fingerprint"] for entry in entries}) == 3
    assert entries[2]["description"] == "m (fix: do it)"
    assert [json.loads(to_gitlab(report(found(kind))))[0]["severity"] for kind in Severity] == [
        "major",
        "minor",
        "info",
    ]
    assert json.loads(to_gitlab(report(found())))[0]["location"]["path"] == "pads/a b.md"
    other = json.loads(to_gitlab(report(found(message="n"), found(path="\udcff"))))
    assert len({entry["fingerprint"] for entry in (*entries, *other)}) == 5


def test_commands_in_text_are_broken_up() -> None:
    assert without_commands("::error::x ##[group] ##vso[x] a:b #[x] ##x :: ###[") == (
        ": :error: :x # #[group] # #vso[x] a:b #[x] ##x : : ## #["
    )
    assert without_commands("") == ""


def test_commands_in_a_page_are_written_with_entities() -> None:
    page = "<p>a::b ##[x]\n::error::y\n\t ::z ##vso[x] ##x\n:x"
    assert html_without_commands(page) == ("<p>a::b &#35;#[x]\n&#58;:error::y\n\t &#58;:z &#35;#vso[x] ##x\n:x")
