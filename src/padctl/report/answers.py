"""What reviewers said in a review, and who still owes an answer by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter
from padctl.model.settings import Settings
from padctl.model.terms import MoveKind, Stance, Status


@dataclass(frozen=True, kw_only=True)
class OwedAnswer:
    """A reviewer who has not answered; `key` is the short name, `who` the full one."""

    key: str
    who: str
    due: Day
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A concern or question that is not resolved; `stage` is the label of the review in which it came up."""

    who: str
    date: Day
    stage: str
    stance: str
    note: str


def owed_answers(header: FrontMatter, settings: Settings, *, today: date) -> tuple[OwedAnswer, ...]:
    """Return the reviewers of a PAD in review who have not answered, in the PAD's order.

    An answer is a feedback entry for the stage under review since its last decision. It is due the settings' days after
    the submission, and at the latest on the day of the meeting.
    """
    if header.status is not Status.IN_REVIEW or header.slot is None:
        return ()
    submitted = submission(header)
    days = timedelta(days=settings.feedback.days)
    due = header.slot.date if submitted is None else min(submitted + days, header.slot.date)
    answered = set(_answered(header, settings))
    return tuple(
        OwedAnswer(key=settings.short_name(name), who=settings.person(name), due=due, overdue=due < today)
        for name in header.reviewers
        if settings.short_name(name).casefold() not in answered
    )


def open_remarks(header: FrontMatter, settings: Settings, stance: Stance) -> tuple[Remark, ...]:
    """Return what was said with a stance and is not resolved, of all stages, oldest first."""
    return tuple(
        Remark(who=settings.person(said.by), date=said.date, stage=said.stage.label, stance=said.stance, note=said.note)
        for said in sorted(header.feedback, key=lambda said: said.date)
        if said.stance is stance and said.resolved is None
    )


def submission(header: FrontMatter) -> date | None:
    """Return the day of the latest submit, or None."""
    return next((entry.date for entry in reversed(header.history) if entry.move is MoveKind.SUBMIT), None)


def _answered(header: FrontMatter, settings: Settings) -> Iterator[str]:
    decided = max((entry.date for entry in header.history if entry.outcome), default=date.min)
    for said in header.feedback:
        if said.stage is header.stage and said.date >= decided:
            yield settings.short_name(said.by).casefold()
