"""Who was asked for an answer before the meeting and has not given one, and what was said and is not settled."""

from dataclasses import dataclass
from datetime import date, timedelta

from padctl.model.fields import Day
from padctl.model.front_matter import Feedback, FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import PARKED, MoveKind, Stance, Status


@dataclass(frozen=True, kw_only=True)
class OwedAnswer:
    """A reviewer, by short name, who has not answered, and the last day on which an answer is in time."""

    who: str
    by: Day


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A concern or question that is not resolved; `stage` is the label of the review in which it came up."""

    who: str
    date: Day
    stage: str
    stance: str
    note: str


def owed_answers(pad: Pad, settings: Settings) -> tuple[OwedAnswer, ...]:
    """Return the reviewers who have not answered since the stage was submitted, in the PAD's order.

    Empty unless the PAD is in review. A successor's answer counts as the answer of the person who left. An answer is
    in time within the days of `[feedback]`, and on the meeting's day at the latest.
    """
    header = pad.header
    if header is None or header.slot is None or header.status is not Status.IN_REVIEW:
        return ()
    asked = _asked_on(header)
    answered = {
        settings.short_name(said.by) for said in header.feedback if said.stage is header.stage and said.date >= asked
    }
    by = min(asked + timedelta(days=settings.feedback.days), header.slot.date)
    reviewers = dict.fromkeys(map(settings.short_name, header.reviewers))
    waiting = (name for name in reviewers if not answered & {name, settings.stand_in(name, date.max)})
    return tuple(OwedAnswer(who=name, by=by) for name in waiting)


def answer_due(header: FrontMatter, said: Feedback, settings: Settings) -> date | None:
    """Return by when the owner answers a concern or question; None once its stage was decided, or it was resolved.

    It is answered within the days of `[feedback]`, and on the day of the meeting at the latest.
    """
    decided = any(entry.outcome and entry.date >= said.date for entry in header.standing_moves)
    if not said.open or said.stage is not header.stage or (decided and header.slot is None):
        return None
    due = said.date + timedelta(days=settings.feedback.days)
    return min(due, header.slot.date) if header.slot else due


def open_remarks(header: FrontMatter, settings: Settings, stance: Stance) -> tuple[Remark, ...]:
    """Return what was said with a stance and is not resolved, of all stages, oldest first."""
    return tuple(
        Remark(who=settings.person(said.by), date=said.date, stage=said.stage.label, stance=said.stance, note=said.note)
        for said in sorted(header.feedback, key=lambda said: said.date)
        if said.stance is stance and said.resolved is None
    )


def _asked_on(header: FrontMatter) -> date:
    """Return the day on which the review began; another date for the meeting, or a pause, begins no new one."""
    began, status = header.created, Status.DRAFT
    for entry in header.standing_moves:
        if entry.move is MoveKind.SUBMIT and status is not Status.IN_REVIEW:
            began = entry.date
        status = status if entry.status in PARKED else entry.status
    return began
