"""The formats that machines read, over a corpus whose names and texts try to break out of each of them."""

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hosting import Clone, pad_text
from jsonschema import Draft7Validator, ValidationError

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.ci import to_github, to_gitlab, to_sarif
from padctl.rules.registry import all_rules

HOSTILE = "pads/Zoë & 100% :: a,b #1/PAD-0002-Größe \u65e5\u672c.md"
FORGED = "x%0A::error file=pads/PAD-0001-gallery.md,line=1::forged ##[error]forged ##vso[task.complete]"


@pytest.fixture
def corpus(host: Clone) -> Clone:
    host.write("teams/growth.md", "---\nname: growth\n---\n")
    text = pad_text(2, "Exports", more=f'team: growth\n"::error::key %": 1\n"##[error]key": "{FORGED}"\n')
    text = text.replace("title: Exports", 'title: "one\\n::error::forged title\\r\\n##[group]x"')
    host.write(HOSTILE, text.replace("# Exports", f"# {'word ' * 14}::error::forged heading {FORGED}"))
    host.write("pads/PAD-0003-b.md", pad_text(3, f"T{'itle ' * 16}", more="team: nobody\nobjectives: [2026-Q4-O1]\n"))
    host.write("pads/::error::x.md", "no front matter\n")
    host.commit()
    return host


def lint(clone: Clone, form: str, *words: str) -> str:
    said = clone.padctl("lint", "--format", form, *words)
    assert said.code == 1, said.err
    return said.out


def diagnostics(clone: Clone) -> list[dict[str, Any]]:
    found = json.loads(lint(clone, "json"))["data"]["diagnostics"]
    assert {HOSTILE, "pads/::error::x.md"} <= {one["path"] for one in found}
    assert any("::error" in one["message"] for one in found)
    return found  # type: ignore[no-any-return]


@cache
def sarif_schema() -> Draft7Validator:
    """Return the schema of SARIF 2.1.0, which one package's sources hold; it is not ours to keep a copy of."""
    words = "pip download --quiet --no-deps --no-build-isolation --no-binary sarif-pydantic sarif-pydantic==0.6.2"
    with tempfile.TemporaryDirectory() as folder:
        fetched = subprocess.run(
            [sys.executable, "-m", *words.split(), "--dest", folder], capture_output=True, text=True, check=False
        )
        assert fetched.returncode == 0, fetched.stderr
        with tarfile.open(next(Path(folder).iterdir())) as sources:
            file = sources.extractfile("sarif_pydantic-0.6.2/sarif-schema-2.1.0.json")
            assert file is not None
            schema = json.load(file)
    assert schema["$id"].endswith("/Schemata/sarif-schema-2.1.0.json")
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def check_sarif(log: dict[str, Any]) -> None:
    """Check a log against the schema, and for what readers demand beyond it."""
    sarif_schema().validate(log)
    for run in log["runs"]:
        assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for result in run["results"]:
            assert result["message"]["text"]
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            for location in result["locations"]:
                uri = location["physicalLocation"]["artifactLocation"]["uri"]
                assert re.fullmatch(r"(%[0-9A-F]{2}|[A-Za-z0-9._~/-])+", uri), uri


def test_sarif(corpus: Clone) -> None:
    log = json.loads(lint(corpus, "sarif"))
    check_sarif(log)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in all_rules()]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    found = diagnostics(corpus)
    assert [unquote(place["artifactLocation"]["uri"]) for place in places] == [one["path"] for one in found]
    assert [place["region"]["startLine"] for place in places] == [one["line"] for one in found]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [result["level"] for result in run["results"]] == [levels[one["severity"]] for one in found]
    file = corpus.root / "padctl.sarif"
    assert corpus.padctl("lint", "--format", "sarif", "--output", str(file)).code == 1
    assert json.loads(file.read_text(encoding="utf-8")) == log


def test_sarif_without_findings(host: Clone) -> None:
    log = json.loads(host.ok("lint", "--format", "sarif", "--select", "PC1").out)
    check_sarif(log)
    assert log["runs"][0]["results"] == []


@pytest.mark.parametrize("broken", ["level", "name", "missing", "line", "uri"])
def test_the_check_of_sarif_finds_what_is_broken(corpus: Clone, broken: str) -> None:
    log = json.loads(lint(corpus, "sarif"))
    result = log["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]
    if broken == "level":
        result["level"] = "fatal"
    elif broken == "name":
        place["region"]["start_line_"] = 1
    elif broken == "missing":
        del log["runs"][0]["tool"]["driver"]["name"]
    elif broken == "line":
        place["region"]["startLine"] = 0
    else:
        place["artifactLocation"]["uri"] = "a b.md"
    with pytest.raises((ValidationError, AssertionError)):
        check_sarif(log)


def test_github(corpus: Clone) -> None:
    found = diagnostics(corpus)
    lines = lint(corpus, "github").split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(found)
    for line, one in zip(lines, found, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)", line)
        assert match, line
        _, path, number, column, title, text = match.groups()
        assert (read_property(path), int(number), int(column)) == (one["path"], one["line"], one["column"])
        assert read_property(title) == f"{one['code']} {one['slug']}"
        assert read_data(text) == one["message"] + (f" (fix: {one['fix']})" if one["fix"] else "")
        assert "\r" not in line


def test_paths_start_at_the_top_of_git() -> None:
    """The caller says what stands between that folder and padctl's root."""
    found = Diagnostic(
        code="PC101", slug="missing-field", severity=Severity.ERROR, path="pads/a b.md", line=1, column=1,
        message="m", fix="", source="",
    )  # fmt: skip
    report = LintReport(diagnostics=(found,), documents=1)
    assert "file=our docs/pads/a b.md," in to_github(report, below="our docs/")
    assert '"path": "our docs/pads/a b.md"' in to_gitlab(report, below="our docs/")
    assert '"uri": "our%20docs/pads/a%20b.md"' in to_sarif(report, all_rules(), below="our docs/")


def read_property(text: str) -> str:
    return read_data(text.replace("%2C", ",").replace("%3A", ":"))


def read_data(text: str) -> str:
    assert not re.search(r"%(?!25|0A|0D)", text), text
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def test_gitlab(corpus: Clone) -> None:
    entries = json.loads(lint(corpus, "gitlab"))
    found = diagnostics(corpus)
    assert [entry["location"]["path"] for entry in entries] == [one["path"] for one in found]
    assert [entry["location"]["lines"]["begin"] for entry in entries] == [one["line"] for one in found]
    for entry in entries:
        assert {*entry} == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_fingerprints_stay_when_lines_move(corpus: Clone) -> None:
    before = json.loads(lint(corpus, "gitlab"))
    corpus.edit("owner: dana\n", "owner: dana\nx-one: a\nx-two: b\n", HOSTILE)
    corpus.edit("owner: dana\n", "owner: dana\nx-one: a\n", "pads/PAD-0003-b.md")
    after = json.loads(lint(corpus, "gitlab"))
    assert [one["fingerprint"] for one in after] == [one["fingerprint"] for one in before]
    assert [one["location"] for one in after] != [one["location"] for one in before]
    corpus.edit("team: nobody", "team: noone", "pads/PAD-0003-b.md")
    changed = json.loads(lint(corpus, "gitlab"))
    new = {one["fingerprint"] for one in changed} - {one["fingerprint"] for one in before}
    assert len(new) == 1


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
def test_json_in_the_log_of_a_job_is_no_command(corpus: Clone, form: str) -> None:
    said = lint(corpus, form)
    assert not re.search(r"^\s*::|##\[|##vso\[", said, flags=re.MULTILINE)
    assert "##[" in str(json.loads(said))


@pytest.mark.parametrize("system", ["GITHUB_ACTIONS", "TF_BUILD"])
def test_text_in_the_log_of_a_job_is_no_command(corpus: Clone, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    plain = lint(corpus, "text")
    assert "::error" in plain
    monkeypatch.setenv(system, "true")
    said = lint(corpus, "text")
    assert not re.search(r"::|##\[|##vso\[", said)
    assert "forged" in said
    file = corpus.root / "findings.txt"
    corpus.padctl("lint", "--output", str(file))
    assert file.read_text(encoding="utf-8") == plain


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab"])
def test_nothing_steers_a_terminal(corpus: Clone, form: str) -> None:
    corpus.edit("Of 100 teams", "Of 100 \x1b[31mteams\x07 \u202e", HOSTILE)
    said = lint(corpus, form)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", said)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode here")
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab"])
def test_a_name_that_is_not_utf_8(host: Clone, form: str, tmp_path: Path) -> None:
    (host.root / "pads" / os.fsdecode(b"PAD-0009-\xff.md")).write_bytes(b"nothing\n")
    out = tmp_path / "out"
    said = host.padctl("lint", "--format", form, "--output", str(out))
    assert said.code == 1, said.err
    text = out.read_text(encoding="utf-8")
    if form == "sarif":
        check_sarif(json.loads(text))
        assert "pads/PAD-0009-%FF.md" in text
