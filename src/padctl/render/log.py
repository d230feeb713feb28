"""The log as text and as CSV; its Markdown comes from a template."""

from collections.abc import Iterator, Sequence

from padctl.render.console import Line, Piece, folded, line
from padctl.render.spreadsheet import to_csv
from padctl.report.history import NOT_OBSERVED, LoggedMove, Verified
from padctl.report.standing import day

_COLUMNS = (
    "date", "pad", "title", "n", "move", "outcome", "by", "recorded", "to", "reason", "evidence", "override", "actions",
    "undoes", "undone_by",
)  # fmt: skip
_VERIFIED = ("commit", "author", "signature", "entry", "text")
_ABBREVIATED = 12


def log_text(moves: Sequence[LoggedMove], *, width: int) -> Iterator[Line]:
    """Yield the moves, oldest first, each with who decided and why."""
    if not moves:
        yield line("No move yet.")
    for move in moves:
        lead = f"{day(move.date):>11}  {move.pad}  "
        first, *rest = folded(f"{move.words}{taken_back(move)}", width=width, first=lead)
        yield (Piece(lead, "bold"), *first[1:])
        yield from rest
        margin = " " * len(lead)
        if move.reason:
            yield from folded(move.reason, width=width, first=margin, style="dim")
        for action in move.actions:
            yield from folded(action, width=width, first=margin)
        if move.evidence:
            yield from folded(move.evidence, width=width, first=margin + "evidence: ", style="dim")
        if move.override:
            yield from folded(move.override, width=width, first=margin + "override: ", style="yellow")
        if move.verified:
            yield from _verified(move.verified, margin, width)


def taken_back(move: LoggedMove) -> str:
    """Return the remark that a move was undone, or an empty string."""
    return " [undone]" if move.undone_by else ""


def log_csv(moves: Sequence[LoggedMove], *, verified: bool) -> str:
    """Return the moves as CSV with a header line; no cell is a formula to a spreadsheet."""
    extra = _VERIFIED if verified else ()
    rows = (
        [*(getattr(move, name) for name in _COLUMNS), *(getattr(move.verified, name, "") for name in extra)]
        for move in moves
    )
    return to_csv((*_COLUMNS, *extra), rows)


def _verified(verified: Verified, margin: str, width: int) -> Iterator[Line]:
    observed = verified.commit != NOT_OBSERVED
    said = f"commit {verified.commit[:_ABBREVIATED]} by {verified.author}; signature {verified.signature}; entry "
    words = f"{said}{verified.entry}" if observed else f"commit {NOT_OBSERVED}"
    text = f"; text {verified.text}" if verified.text else ""
    fine = observed and verified.entry == "as committed" and verified.text != "edited since"
    yield from folded(f"{words}{text}", width=width, first=margin, style="green" if fine else "yellow")
