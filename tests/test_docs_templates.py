"""docs/templates.md: its pages and entries lint clean, and it names every key that a template may have."""

import re
from pathlib import Path

import pytest

from padctl.cli.app import run
from padctl.model.pattern import LONGEST_PATTERN, LONGEST_VALUE
from padctl.model.template_header import FieldType, OwnField, SectionHeader, StageHeader, TemplateHeader
from padctl.model.terms import Stage

TEXT = (Path(__file__).parent.parent / "docs/templates.md").read_text(encoding="utf-8")
PAGES = re.findall(r"```markdown\n(---\ntemplate:.*?)```", TEXT, re.DOTALL)
ENTRIES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
STAGES = "stages:\n  - {stage: problem-framing, heading: The Problem}\n"


def lint(page: str, root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    (root / "templates/pad").mkdir(parents=True)
    (root / "padctl.toml").touch()
    (root / "templates/pad/bet.md").write_text(page, encoding="utf-8")
    run(["--root", str(root), "--today", "2026-11-24", "lint"])
    return capsys.readouterr().out


def test_there_are_examples() -> None:
    assert len(PAGES) == 1
    assert len(ENTRIES) == 4


@pytest.mark.parametrize("page", PAGES)
def test_a_page_lints_clean(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(page, tmp_path, capsys) == "1 document checked: no findings\n"


@pytest.mark.parametrize("entries", ENTRIES)
def test_entries_lint_clean_on_a_page_with_their_headings(
    entries: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stages = re.findall(r"heading: ([^}]+)}", entries) or ["The Problem"]
    names = re.findall(r"^  ([A-Z]\w+):", entries, re.MULTILINE)
    body = "\n\n".join([*(f"## {stage}" for stage in stages), *(f"### {name}" for name in names)])
    head = entries if "stages:" in entries else STAGES + entries
    page = f"---\ntemplate: bet\n{head}---\n# {{{{ title }}}}\n\n{body}\n"
    assert lint(page, tmp_path, capsys) == "1 document checked: no findings\n"


def test_every_key_type_and_stage_is_named() -> None:
    tables = (SectionHeader, OwnField)
    for key in (key for model in tables for key in model.model_fields):
        assert f"| `{key}` |" in TEXT
    for word in (*FieldType, *Stage):
        assert f"`{word}`" in TEXT
    for key in (*TemplateHeader.model_fields, *StageHeader.model_fields):
        assert f"{key}:" in TEXT


def test_the_limits_of_patterns_are_those_of_the_code() -> None:
    words = " ".join(TEXT.split())
    assert f"at most {LONGEST_PATTERN} characters, and a value that it describes at most {LONGEST_VALUE}." in words
