"""Feedback as text: who said what, and whose answer is awaited."""

from collections.abc import Iterator, Sequence

from padctl.model.front_matter import Feedback
from padctl.model.settings import Settings
from padctl.render.console import Line, Piece, folded, line
from padctl.report.feedback import OwedAnswer
from padctl.report.standing import day


def feedback_text(feedback: Sequence[Feedback], settings: Settings, *, width: int) -> Iterator[Line]:
    """Yield each entry with the number by which it is resolved."""
    for number, said in enumerate(feedback, start=1):
        state = f", {_resolved(said, settings)}" if said.resolved else ""
        who = f"{settings.person(said.by)}, {said.stance} on {said.stage.label}, {day(said.date)}{state}"
        mark = Piece(f"{number:>3} ", "yellow" if said.open else "green")
        answer = f" Answer: {said.answer}" if said.answer else ""
        first, *rest = folded(f"{who}: {said.note}{answer}", width=width, first="    ")
        yield (mark, *first[1:])
        yield from rest


def _resolved(said: Feedback, settings: Settings) -> str:
    by = f" by {settings.person(settings.short_name(said.answered_by))}" if said.answered_by else ""
    return f"resolved {day(said.resolved)}{by}" if said.resolved else ""


def awaited_text(owed: Sequence[OwedAnswer], settings: Settings, *, width: int) -> Iterator[Line]:
    """Yield a sentence on whose answer is awaited until when, or nothing."""
    if owed:
        who = ", ".join(settings.person(answer.who) for answer in owed)
        yield from folded(f"{who}.", width=width, first=f"Asked for feedback by {day(owed[0].by)}: ")


def with_feedback(
    feedback: Sequence[Feedback], owed: Sequence[OwedAnswer], settings: Settings, *, width: int
) -> Iterator[Line]:
    """Yield the part of a PAD's page that is about feedback, or nothing."""
    if feedback or owed:
        yield line()
        yield line(Piece("Feedback", "bold"))
        yield from feedback_text(feedback, settings, width=width)
        yield from awaited_text(owed, settings, width=width)
