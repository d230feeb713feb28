"""Who was asked for an answer before the meeting and has not given one."""

from dataclasses import dataclass
from datetime import date, timedelta

from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import PARKED, MoveKind, Status


@dataclass(frozen=True, kw_only=True)
class OwedAnswer:
    """A reviewer, by short name, who has not answered, and the last day on which an answer is in time."""

    who: str
    by: Day


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


def _asked_on(header: FrontMatter) -> date:
    """Return the day on which the review began; another date for the meeting, or a pause, begins no new one."""
    began, status = header.created, Status.DRAFT
    for entry in header.history:
        if entry.move is MoveKind.SUBMIT and status is not Status.IN_REVIEW:
            began = entry.date
        status = status if entry.status in PARKED else entry.status
    return began
