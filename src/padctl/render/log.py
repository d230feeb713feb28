"""The log as text."""

from collections.abc import Iterator, Sequence

from padctl.render.console import Line, Piece, folded, line
from padctl.report.history import LoggedMove
from padctl.report.standing import day


def log_text(moves: Sequence[LoggedMove], *, width: int) -> Iterator[Line]:
    """Yield the moves, oldest first, each with who decided and why."""
    if not moves:
        yield line("No move yet.")
    for move in moves:
        lead = f"{day(move.date):>11}  {move.pad}  "
        back = f" (taken back on {day(move.undone)})" if move.undone else ""
        first, *rest = folded(move.words + back, width=width, first=lead)
        yield (Piece(lead, "bold"), *first[1:])
        yield from rest
        margin = " " * len(lead)
        if move.reason:
            yield from folded(move.reason, width=width, first=margin, style="dim")
        if move.evidence:
            yield from folded(move.evidence, width=width, first=margin + "evidence: ", style="dim")
        if move.override:
            yield from folded(move.override, width=width, first=margin + "override: ", style="yellow")
