"""Taking the latest move back: which one it is, what stands against it, and the fields as they were before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from padctl.errors import Reason, Refused
from padctl.lifecycle.readable import raw_list, readable
from padctl.lifecycle.request import Move
from padctl.model.edit import Value
from padctl.model.front_matter import FrontMatter, HistoryEntry, Slot
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Status
from padctl.model.transitions import State, Step, standing_steps


@dataclass(frozen=True, kw_only=True)
class Trace:
    """The PAD right before and right after a move, as git has them; None where git does not tell."""

    before: Pad | None = None
    after: Pad | None = None


def latest_move(pad: Pad) -> Step:
    """Return the latest move that was not taken back yet.

    Raises:
        Refused: there is none, or the document cannot be read.
    """
    header, template = readable(pad)
    steps = standing_steps(header.history, template.stages)
    if not steps:
        what = "every move was taken back already" if header.history else "it has not been moved yet"
        raise Refused(f"{pad.id}: there is nothing to undo", [Reason(message=what, fix=f"padctl log {pad.id}")])
    return steps[-1]


def plan_undo(pad: Pad, trace: Trace, *, day: date, reason: str | None, recorded: str | None) -> Move:
    """Return the move that takes the latest one back.

    Raises:
        Refused: nothing is left to take back, or something was built on it since; carries every reason.
    """
    header, _ = readable(pad)
    step = latest_move(pad)
    undone, after = step.entry, step.before
    if reasons := list(_reasons(header, undone, day)):
        raise Refused(f"{pad.id}: undo is refused ({pad.path})", reasons)
    entry: dict[str, Value] = {
        "n": len(header.history) + 1,
        "date": day,
        "move": str(MoveKind.UNDO),
        "recorded": recorded,
        "to": str(after),
        "reason": reason,
        "undoes": undone.n,
    }
    changes: dict[str, Value] = {"stage": str(after.stage), "status": str(after.status)}
    changes["slot"] = _slot(header, undone, trace) if after.status is Status.IN_REVIEW else None
    if undone.move is MoveKind.LAUNCH:
        changes["launched"] = trace.before.header.launched if trace.before and trace.before.header else None
    changes["history"] = [*raw_list(pad, "history"), {key: value for key, value in entry.items() if value is not None}]
    if any(action.source == undone.n for action in header.actions):
        pairs = zip(raw_list(pad, "actions"), header.actions, strict=True)
        changes["actions"] = [raw for raw, action in pairs if action.source != undone.n] or None
    return Move(
        pad_id=pad.id,
        kind=MoveKind.UNDO,
        before=State(header.stage, header.status),
        after=after,
        changes=changes,
        enters=None,
        subject=f"{pad.id}: undo {undone.move} of {after.stage.label}",
        notes=tuple(_notes(header, undone, trace, changes)),
        undoes=undone.n,
    )


def _reasons(header: FrontMatter, undone: HistoryEntry, day: date) -> Iterator[Reason]:
    last = header.history[-1]
    if header.state != last.to:
        what = f"stage and status say {header.state}, the history says {last.to}"
        yield Reason(message=what, fix=f"padctl lint {header.id}")
    if day < last.date:
        what = f"{day} is before the latest entry of the history, {last.date}"
        yield Reason(message=what, fix="undo it on that day or later")
    for action in header.actions:
        if action.source == undone.n and action.done:
            what = f"action {action.id} of that decision was done on {action.done}: {action.who}: {action.what}"
            fix = f"take `done` out of {action.id} and commit it if it was not; else go on with the next move"
            yield Reason(message=what, fix=fix)


def _slot(header: FrontMatter, undone: HistoryEntry, trace: Trace) -> dict[str, Value]:
    """Return the slot as it was before a move, with what the author has changed of it since."""
    asked = [entry.meeting for entry in header.standing_moves if entry.meeting and entry is not undone]
    known, wrote = _slot_of(trace.before), _slot_of(trace.after)
    values: dict[str, Value] = {"date": known.date if known else asked[-1] if asked else undone.date}
    for name in ("minutes", "presenter", "ask"):
        now = getattr(header.slot, name, None)
        edited = wrote is not None and now != getattr(wrote, name)
        value = getattr(known, name) if known and not edited else now
        values |= {name: value} if value is not None else {}
    return values


def _slot_of(pad: Pad | None) -> Slot | None:
    return pad.header.slot if pad and pad.header else None


def _notes(header: FrontMatter, undone: HistoryEntry, trace: Trace, changes: dict[str, Value]) -> Iterator[str]:
    if changes["slot"] and trace.before is None:
        command = f"padctl submit {header.id}"
        yield f"git does not tell the slot as it was; --minutes, --presenter and --ask of {command} set it again"
    if undone.move is MoveKind.DECIDE and (taken := [a.id for a in header.actions if a.source == undone.n]):
        yield f"{' and '.join(taken)} of that decision {'is' if len(taken) == 1 else 'are'} gone with it"
