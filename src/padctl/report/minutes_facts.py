"""What the histories say of one day: the facts that minutes are made of, and that saved minutes are held against."""

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from padctl.model.front_matter import Action, FrontMatter, HistoryEntry, counts, undone
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Stage, Status
from padctl.model.transitions import replay

_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A decision of a day: the stage it was about, what it asked for, and the entry that took it back, if any."""

    stage: Stage
    entry: HistoryEntry
    actions: tuple[Action, ...]
    undone: HistoryEntry | None


def rulings(pad: Pad, day: date) -> Iterator[Ruling]:
    """Yield what sponsors decided about a PAD on a day, follow-ups that they accepted included, in their order."""
    header = pad.header
    if header is None or all(entry.date != day for entry in header.history):
        return
    undoing = {entry.undoes: entry for entry in header.history if entry.undoes}
    for step in replay(header.history, pad.template.stages if pad.template else tuple(Stage)):
        entry = step.entry
        if entry.date == day and (entry.outcome or entry.move is MoveKind.ADVANCE):
            actions = tuple(action for action in header.actions if action.source == entry.n)
            yield Ruling(stage=step.before.stage, entry=entry, actions=actions, undone=undoing.get(entry.n))


def undecided_since(header: FrontMatter, day: date) -> HistoryEntry | None:
    """Return the submission that a day left undecided, made for that day or an earlier one; None where none waited."""
    until = [entry for entry in header.history if entry.date <= day]
    if not until or until[-1].status is not Status.IN_REVIEW:
        return None
    taken_back = undone(until)
    submitted = [entry for entry in until if entry.meeting and counts(entry, taken_back)]
    asked = submitted[-1].meeting if submitted else None
    return submitted[-1] if asked and asked <= day else None


def facts_digest(pad: Pad, day: date, entries: Set[int]) -> str:
    """Return what tells the facts of a PAD at a meeting of a day from others, in hex digits; empty where there is none.

    `entries` are the numbers of those of the history that were for it. Titles and the names of people by which minutes
    are worded are not among the facts.
    """
    waits = undecided_since(pad.header, day) if pad.header else None
    ruled = (_facts(ruling) for ruling in rulings(pad, day) if ruling.entry.n in entries)
    facts = [*ruled, *([[str(waits.stage), str(waits.meeting)]] if waits and waits.n in entries else [])]
    return sha256(json.dumps(facts).encode()).hexdigest()[:_DIGITS] if facts else ""


def _facts(ruling: Ruling) -> list[object]:
    entry, undone = ruling.entry, ruling.undone
    return [
        str(ruling.stage),
        entry.model_dump(mode="json", exclude_none=True, exclude={"n", "text"}),
        [action.model_dump(mode="json", exclude_none=True, exclude={"done"}) for action in ruling.actions],
        str(undone.date) if undone else "",
    ]
