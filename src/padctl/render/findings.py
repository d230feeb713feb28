"""Lint's findings as rustc shows them: where, the source line, a caret, and what to do."""

from collections import Counter
from collections.abc import Iterator

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.console import Line, Piece, cell_len, folded, line, table, visible

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_LONGEST = 100


def findings(report: LintReport, *, width: int) -> Iterator[Line]:
    """Yield each finding with its source line."""
    for found in report.diagnostics:
        yield from _finding(found, width)
        yield line()


def statistics_of(report: LintReport, *, width: int) -> Iterator[Line]:
    """Yield how often each rule found something, the most frequent first."""
    counts = Counter((found.code, found.slug) for found in report.diagnostics)
    rows = [(str(number).rjust(5), code, slug) for (code, slug), number in counts.most_common()]
    yield from table(rows, width=width, styles=("", "bold"))


def summary(report: LintReport) -> Line:
    """Return one line that counts documents and findings, so that "nothing found" is said aloud."""
    checked = f"{_count(report.documents, 'document')} checked: "
    errors, warnings, infos = (report.count(severity) for severity in Severity)
    if not report.documents:
        return line(Piece("nothing to check: no documents found", _STYLES[Severity.WARNING]))
    hidden = f"; {report.hidden} hidden by the baseline" if report.hidden else ""
    if not report.diagnostics:
        return line(checked, Piece("no findings", "green"), hidden)
    parts = [_count(errors, "error"), _count(warnings, "warning")]
    return line(checked, ", ".join([*parts, *([_count(infos, "note")] if infos else [])]), hidden)


def _finding(found: Diagnostic, width: int) -> Iterator[Line]:
    style = _STYLES[found.severity]
    head = f"{found.severity}[{found.code}]"
    first, *rest = folded(f"{found.slug}: {found.message}", width=width, first=head + " ", rest="  ", style="bold")
    yield (Piece(head, style), Piece(" "), *first[1:])
    yield from rest
    gutter = " " * len(str(found.line))
    yield line(Piece(f"{gutter}--> ", "blue"), f"{visible(found.path)}:{found.line}:{found.column}")
    source, column = _window(found)
    yield line(Piece(f"{gutter} |", "blue"))
    yield line(Piece(f"{found.line} | ", "blue"), source)
    yield line(Piece(f"{gutter} | ", "blue"), " " * column, Piece("^", style))
    if found.fix:
        yield from folded(found.fix, width=width, first=f"{gutter} = fix: ", rest=f"{gutter}        ")


def _window(found: Diagnostic) -> tuple[str, int]:
    """Return the part of the source line around the column, and the caret's place in it in cells."""
    start = max(0, found.column - 1 - _LONGEST // 2) if len(found.source) > _LONGEST else 0
    before = visible(found.source[start : found.column - 1])
    after = visible(found.source[found.column - 1 : start + _LONGEST])
    lead = "…" if start else ""
    tail = "…" if len(found.source) > start + _LONGEST else ""
    return lead + before + after + tail, cell_len(lead + before)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
