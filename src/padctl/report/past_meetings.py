"""Which meetings took place, and why the others did not, from the histories of their PADs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from padctl.model.corpus import Corpus
from padctl.model.front_matter import FrontMatter, HistoryEntry
from padctl.model.meeting import Meeting
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Outcome
from padctl.report.actions import open_actions
from padctl.report.agenda_days import days_behind, pads_of, pads_then, slot_day
from padctl.report.as_of import as_of
from padctl.report.hard_approval import Verdict, hard_approval
from padctl.report.standing import day as shown

_WAS = {
    Outcome.PROCEED: "was approved",
    Outcome.PROCEED_WITH_CORRECTIONS: "was approved with corrections",
    Outcome.FOLLOW_UP: "was to be followed up",
    Outcome.REWORK: "was not approved",
}


def on_agenda(pads: Iterable[Pad], meeting: Meeting, *, held: date, today: date) -> Iterator[tuple[Pad, date]]:
    """Yield PADs in review with the meeting day of their slot: the day itself, or one that passed."""
    for pad in pads:
        due = slot_day(pad, meeting)
        if due and (due == held or due < min(held, today)):
            yield pad, due


def looked_back(corpus: Corpus, day: date, stream: str | None) -> Verdict:
    """Return what hard approval made of a meeting of a past day."""
    meeting, then = corpus.meeting(stream), as_of(corpus, day)
    pads = list(pads_then(then, stream))
    reviewed = [pad for pad, _ in on_agenda(pads, meeting, held=day, today=day)]
    owed = open_actions(then, today=day, pads=pads)
    return hard_approval(reviewed, owed, meeting.cancel_when, met=_decided(then, day, stream))


def why_not_met(corpus: Corpus, day: date, stream: str | None) -> str:
    """Return as a clause why the meeting of a past day did not take place; empty where it did."""
    meeting = corpus.meeting(stream)
    if day in meeting.closures and not _decided(corpus, day, stream):
        return "the day is among the closures"
    why = looked_back(corpus, day, stream).why
    return why.behind if why else ""


def last_met(corpus: Corpus, before: date, stream: str | None, *, today: date) -> date | None:
    """Return the last day before a day on which the meeting took place; None where it never did.

    Today's has taken place once something was decided at it.
    """
    for day in days_behind(corpus, before, stream):
        if _decided(corpus, day, stream) or (day < today and not why_not_met(corpus, day, stream)):
            return day
    return None


def reaches_back(corpus: Corpus, day: date, stream: str | None, *, today: date) -> date:
    """Return the earliest day of which an agenda of a day speaks: of a meeting that was, or for which a PAD waits."""
    meeting = corpus.meeting(stream)
    waiting = [due for pad, due in on_agenda(pads_of(corpus, stream), meeting, held=day, today=today)]
    return min([last_met(corpus, day, stream, today=today) or date.min, *waiting])


def why_carried(corpus: Corpus, pad: Pad, due: date, stream: str | None) -> str:
    """Return in words why a PAD that was submitted for a past day still waits for its decision."""
    if taken_back := _taken_back(pad.header) if pad.header else None:
        decision, undo = taken_back
        was = _WAS[decision.outcome] if decision.outcome else "was decided"
        return f"it {was} on {shown(decision.date)}; taken back on {shown(undo.date)}"
    if why := why_not_met(corpus, due, stream):
        return f"the meeting of {shown(due)} did not take place: {why}"
    if pad.id in {dropped.id for dropped in looked_back(corpus, due, stream).dropped}:
        return f"it was not reviewed on {shown(due)}: its overdue actions were not done"
    return f"it was on the agenda of {shown(due)} and was not decided"


def _taken_back(header: FrontMatter) -> tuple[HistoryEntry, HistoryEntry] | None:
    """Return the latest decision after the standing submit that was taken back, with its undo."""
    submits = [entry.n for entry in header.standing_moves if entry.move is MoveKind.SUBMIT]
    undoing = {entry.undoes: entry for entry in header.history if entry.undoes}
    found = [e for e in header.history if e.outcome and e.n in undoing and e.n > max(submits, default=0)]
    return (found[-1], undoing[found[-1].n]) if found else None


def _decided(corpus: Corpus, day: date, stream: str | None) -> bool:
    """Say whether a decision stood on the evening of a day on which it was taken."""
    for pad in corpus.pads:
        history: Sequence[HistoryEntry] = pad.header.history if pad.header else ()
        undone = {entry.undoes for entry in history if entry.undoes and entry.date <= day}
        taken = (entry for entry in history if entry.outcome and entry.date == day and entry.n not in undone)
        if any(corpus.stream_at(pad, entry) == stream for entry in taken):
            return True
    return False
