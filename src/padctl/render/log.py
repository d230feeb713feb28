"""The log as text and as CSV; its Markdown comes from a template."""

from collections.abc import Iterator, Sequence

from padctl.render.console import Line, Piece, folded, line
from padctl.render.spreadsheet import to_csv
from padctl.report.history import NOT_OBSERVED, UNCOMMITTED, LoggedMove, Verified
from padctl.report.standing import day

_COLUMNS = (
    "date", "pad", "title", "n", "move", "outcome", "by", "recorded", "to", "reason", "evidence", "override", "actions",
    "undoes", "undone_by",
)  # fmt: skip
_VERIFIED = ("commit", "author", "signature", "entry", "text", "changed_in")
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
        elif move.commit:
            text = f"commit {move.commit[:_ABBREVIATED]} by {move.author}"
            yield from folded(text, width=width, first=margin, style="dim")
    if any(move.verified for move in moves):
        yield line()
        yield from folded(summed_up(moves), width=width, style="bold")


def summed_up(moves: Sequence[LoggedMove]) -> str:
    """Return in a sentence what was found about the decisions that were verified."""
    checked = [move.verified for move in moves if move.decides and move.verified]
    changed = sum(verified.changed for verified in checked)
    missing = sum(not verified.observed for verified in checked)
    plural = "" if len(checked) == 1 else "s"
    return f"{len(checked)} decision{plural}: {changed or 'none'} changed since, {missing or 'none'} not observed."


def taken_back(move: LoggedMove) -> str:
    """Return the remark that a move was undone, or an empty string."""
    return " [undone]" if move.undone_by else ""


def log_csv(moves: Sequence[LoggedMove], *, verified: bool) -> str:
    """Return the moves as CSV with a header line; no cell is a formula to a spreadsheet."""
    extra = _VERIFIED if verified else ()
    rows = (
        [*(getattr(move, name) for name in _COLUMNS), *(getattr(move.verified or move, name, "") for name in extra)]
        for move in moves
    )
    return to_csv((*_COLUMNS, *extra), rows)


def _verified(verified: Verified, margin: str, width: int) -> Iterator[Line]:
    said = f"commit {verified.commit[:_ABBREVIATED]} by {verified.author}; signature {verified.signature}; entry "
    words = f"{said}{verified.entry}" if verified.observed else f"commit {NOT_OBSERVED}"
    text = f"; text {verified.text}" if verified.text else ""
    if verified.changed_in == UNCOMMITTED:
        text += f" ({UNCOMMITTED})"
    elif verified.changed_in:
        text += f" (by commit {verified.changed_in[:_ABBREVIATED]})"
    fine = verified.observed and not verified.changed
    yield from folded(f"{words}{text}", width=width, first=margin, style="green" if fine else "yellow")
