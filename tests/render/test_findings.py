"""A finding in a terminal: the part of the source line that fits, and commands that can be copied."""

import pytest

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.console import cell_len, to_text
from padctl.render.findings import findings


def shown(source: str, column: int, *, width: int, fix: str = "") -> list[str]:
    found = Diagnostic(
        code="PC000", slug="x", severity=Severity.ERROR, path="a.md", line=7, column=column, message="m", fix=fix,
        source=source,
    )  # fmt: skip
    report = LintReport(diagnostics=(found,), documents=1)
    return to_text(findings(report, width=width), color=False).split("\n")


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("letter", ["x", "\u65e5", "\x1b"])
@pytest.mark.parametrize("column", [1, 60, 200, 299, 300])
def test_a_long_source_line_is_cut_at_the_width_and_the_caret_stays_below_its_place(
    width: int, letter: str, column: int
) -> None:
    source = letter * (column - 1) + "!" + letter * (300 - column)
    _, _, _, line, caret, *_ = shown(source, column, width=width)
    assert width - 16 < cell_len(line) <= width
    assert cell_len(line.partition("!")[0]) == caret.index("^")
    assert ("…" in line[:5], line.endswith("…")) == (column > 1, column < 299)


def test_a_source_line_that_fits_is_whole() -> None:
    assert shown("x" * 76, 76, width=80)[3] == "7 | " + "x" * 76
    assert shown("x" * 77, 77, width=80)[3] == "7 | …" + "x" * 75
    assert shown("x" * 77, 1, width=80)[3] == "7 | " + "x" * 75 + "…"


def test_a_command_stands_on_a_line_of_its_own_unbroken() -> None:
    command = f"git mv 'a {'b' * 90} c.md' d.md"
    lines = shown("x", 1, width=40, fix=f"this file has another name than it should have\n{command}")
    assert lines[5:8] == ["  = fix: this file has another name than", "         it should have", f"         {command}"]
