"""PADs as they stood on the evening of an earlier day, from their own histories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import inf

from padctl.model.corpus import Corpus
from padctl.model.front_matter import Action, Feedback, FrontMatter, HistoryEntry, Slot, counts, undone
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Stage, Status


def as_of(corpus: Corpus, day: date) -> Corpus:
    """Return the corpus with its PADs as they stood when a day was over; those that are younger are left out.

    What was done on the day itself counts as open: it was, when the meeting began. The texts are today's.
    """
    return replace(corpus, pads=tuple(filter(None, (_pad(pad, day) for pad in corpus.pads))))


def before_decisions(corpus: Corpus, day: date) -> Corpus:
    """Return the corpus with its PADs as they stood on a day before the first decision that still stands was taken."""
    pads = []
    for pad in corpus.pads:
        moves = pad.header.standing_moves if pad.header else ()
        first = next((entry.n for entry in moves if entry.outcome and entry.date == day), None)
        pads.append(pad if first is None else _pad(pad, day, until=first))
    return replace(corpus, pads=tuple(filter(None, pads)))


def _pad(pad: Pad, day: date, until: float = inf) -> Pad | None:
    """Return a PAD as of the evening of a day, or before its move of the number `until`."""
    header = pad.header
    if header is None:
        return pad
    history = tuple(entry for entry in header.history if entry.date <= day and entry.n < until)
    if not history and header.created > day:
        return None
    feedback = tuple(_said(said, day) for said in header.feedback if said.date <= day)
    numbers = {entry.n for entry in history}
    actions = tuple(_asked(one, day) for one in header.actions if one.source is None or one.source in numbers)
    if (history, feedback, actions) == (header.history, header.feedback, header.actions):
        return pad
    first = pad.template.stages[0] if pad.template else Stage.PROBLEM_FRAMING
    stage, status = (history[-1].stage, history[-1].status) if history else (first, Status.DRAFT)
    launched = any(entry.move is MoveKind.LAUNCH for entry in _standing(history))
    changed = {
        "history": history,
        "feedback": feedback,
        "actions": actions,
        "stage": stage,
        "status": status,
        "slot": _slot(header, history) if status is Status.IN_REVIEW else None,
        "launched": header.launched if launched else None,
    }
    return replace(pad, header=header.model_copy(update=changed))


def _said(said: Feedback, day: date) -> Feedback:
    return said.model_copy(update={"resolved": None}) if said.resolved and said.resolved > day else said


def _asked(action: Action, day: date) -> Action:
    return action.model_copy(update={"done": None}) if action.done and action.done >= day else action


def _slot(header: FrontMatter, history: Sequence[HistoryEntry]) -> Slot | None:
    """Return the place that the latest submit asked for; its minutes are known while the PAD still waits there."""
    submit = next((entry for entry in reversed(_standing(history)) if entry.meeting), None)
    if submit is None or submit.meeting is None:
        return None
    later = any(entry.meeting for entry in header.history if entry.n > submit.n)
    return header.slot if header.slot and not later else Slot(date=submit.meeting)


def _standing(history: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    taken_back = undone(history)
    return [entry for entry in history if counts(entry, taken_back)]
