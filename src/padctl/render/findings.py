"""Lint's findings as rustc shows them: where, the source line, a caret, and what to do."""

from collections import Counter
from collections.abc import Iterator

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.render.console import NARROW, Line, Piece, beginning, cell_len, folded, line, table, visible

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


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
    source, column = _window(found, max(width - len(gutter) - 3, NARROW))
    yield line(Piece(f"{gutter} |", "blue"))
    yield line(Piece(f"{found.line} | ", "blue"), source)
    yield line(Piece(f"{gutter} | ", "blue"), " " * column, Piece("^", style))
    if found.fix:
        yield from _fix(found.fix, width, f"{gutter} = fix: ")


def _fix(fix: str, width: int, first: str) -> Iterator[Line]:
    """Yield what to do, folded; commands stand below it on lines of their own, unbroken, to be copied."""
    advice, *commands = fix.split("\n")
    rest = " " * len(first)
    yield from folded(advice, width=width, first=first, rest=rest)
    yield from (line(rest + visible(command)) for command in commands)


def _window(found: Diagnostic, room: int) -> tuple[str, int]:
    """Return the part of the source line around the column that fits, and the caret's place in it in cells."""
    middle, source = found.column - 1, found.source
    before, after = visible(source[max(0, middle - room) : middle]), visible(source[middle : middle + room])
    if len(source) <= room and cell_len(before + after) <= room:
        return before + after, cell_len(before)
    lead, most = "", max(room // 2, room - cell_len(after))
    if middle > room or cell_len(before) > most:
        lead, before = "…", beginning(before[::-1], most - 1)[::-1]
    left = room - cell_len(lead + before)
    if middle + room < len(source) or cell_len(after) > left:
        after = beginning(after, left - 1) + "…"
    return lead + before + after, cell_len(lead + before)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
