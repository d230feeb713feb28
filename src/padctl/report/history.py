"""The log: every move of one PAD or all, from the documents' own histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter, HistoryEntry
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import MoveKind, Status


@dataclass(frozen=True, kw_only=True)
class LoggedMove:
    """One move; `words` say it for people, `reason` is the note, the reason or the override given with it.

    `undoes` is the number of the move that this one takes back, `undone` the day on which this one was taken back.
    """

    pad: str
    title: str
    n: int
    date: date
    move: str
    outcome: str
    by: tuple[str, ...]
    recorded: str
    to: str
    words: str
    reason: str
    evidence: str
    override: str
    undoes: int | None
    undone: Day | None


def log(pads: Sequence[Pad], settings: Settings) -> tuple[LoggedMove, ...]:
    """Return the moves of readable PADs, oldest first, people by their full names."""
    moves = [_logged(pad.header, e, settings) for pad in pads if pad.header for e in pad.header.history]
    return tuple(sorted(moves, key=lambda move: (move.date, move.pad, move.n)))


def _logged(header: FrontMatter, entry: HistoryEntry, settings: Settings) -> LoggedMove:
    by = tuple(map(settings.person, entry.by))
    return LoggedMove(
        pad=header.id,
        title=header.title,
        n=entry.n,
        date=entry.date,
        move=entry.move,
        outcome=entry.outcome or "",
        by=by,
        recorded=settings.person(entry.recorded or ""),
        to=entry.to,
        words=_words(header, entry, settings),
        reason=entry.note or entry.reason or "",
        evidence=entry.evidence or "",
        override=entry.override or "",
        undoes=entry.undoes,
        undone=next((later.date for later in header.history if later.undoes == entry.n), None),
    )


def _words(header: FrontMatter, entry: HistoryEntry, settings: Settings) -> str:
    stage = entry.stage.label
    by = f" ({', '.join(map(settings.person, entry.by))})" if entry.by else ""
    if entry.move is MoveKind.UNDO:
        earlier = (e for e in header.history if e.n == entry.undoes and e.move is not MoveKind.UNDO)
        return f"Took back: {next((_words(header, e, settings) for e in earlier), 'nothing')}"
    if entry.move is MoveKind.DECIDE and entry.outcome:
        done = entry.status is Status.DONE
        after = "done" if done else f"on to {stage}" if entry.outcome.approves else f"stays in {stage}"
        return f"{entry.outcome.label}{by}; {after}"
    stands = header.launched and entry.n not in header.undone
    on = f" on {header.launched}" if stands else ""
    return {
        MoveKind.SUBMIT: f"Submitted {stage} for {entry.meeting}" if entry.meeting else f"Submitted {stage}",
        MoveKind.RECALL: f"Recalled {stage}",
        MoveKind.ADVANCE: f"Follow-up accepted{by}; on to {stage}",
        MoveKind.LAUNCH: f"Launched{on}; on to {stage}",
        MoveKind.HOLD: "Put on hold",
        MoveKind.WITHDRAW: "Withdrawn",
        MoveKind.RESUME: f"Resumed {stage}",
    }.get(entry.move, str(entry.move))
