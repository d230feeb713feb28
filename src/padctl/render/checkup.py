"""A checkup as text."""

from collections.abc import Iterator

from padctl.render.console import Line, Piece, folded, line, steps
from padctl.report.checkup import Checkup, Verdict

_STYLES = {Verdict.OK: "green", Verdict.NOTE: "yellow", Verdict.PROBLEM: "red"}
_WIDEST_VERDICT = max(map(len, Verdict))


def checkup_text(view: Checkup, *, width: int) -> Iterator[Line]:
    """Yield each check with its verdict and what to do about it, then the counts."""
    for check in view.checks:
        lead = f"{check.verdict:{_WIDEST_VERDICT}}  "
        first, *rest = folded(f"{check.name}: {check.message}", width=width, first=lead)
        yield (Piece(lead, _STYLES[check.verdict]), *first[1:])
        yield from rest
        if check.fix:
            margin = " " * len(lead)
            yield from steps(check.fix, width=width, first=f"{margin}fix: ")
    yield line()
    yield line(f"{_counted(view.problems, 'problem')}, {_counted(view.notes, 'note')}")


def _counted(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
