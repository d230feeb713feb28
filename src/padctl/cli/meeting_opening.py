"""What `padctl meet` says before the first item is called: the meeting, and what would stand in its way."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from padctl.cli.session import Session
from padctl.errors import Reason
from padctl.report.standing import day as shown

if TYPE_CHECKING:
    from padctl.render.console import Line
    from padctl.report.agenda_view import Agenda
    from padctl.store.moves import How


def say_meeting(session: Session, view: "Agenda") -> None:
    """Say which meeting this is, what it has to do, and why PADs are not on it."""
    from padctl.render.console import Piece, folded, line

    width = session.width
    at = f", {view.time} to {view.ends} ({view.timezone})" if view.time else ""
    session.show([line(Piece(f"{view.meeting}, {view.weekday} {shown(view.date)}{at}", "bold"))])
    if view.asked:
        text = f"{shown(view.asked)} is no meeting day: {view.asked_why}. This is the next meeting."
        session.show(folded(text, width=width, style="yellow"))
    if view.decided:
        session.show([line(f"Decided already: {', '.join(decided.pad for decided in view.decided)}")])
    if view.items:
        count = len(view.items)
        session.show([line(f"{count} PAD{'s' if count > 1 else ''}, {view.minutes} of {view.capacity} minutes")])
    else:
        nothing = "Nothing is left to decide." if view.decided else f"There is nothing to decide on {shown(view.date)}."
        until = f" PADs are taken until {shown(view.cutoff)}." if view.pending else ""
        session.show(folded(view.reason or f"{nothing}{until}", width=width))
    for dropped in view.dropped:
        text = f"{dropped.pad} {dropped.title} ({dropped.owner})"
        session.show(folded(text, width=width, first="Not reviewed before its actions are done: ", rest="  "))


def say_gates(session: Session, view: "Agenda", by: Sequence[str], how: "How") -> None:
    """List everything that would be refused, or that should be known, before the first item is called."""
    from padctl.cli.meeting_gates import missing_gates
    from padctl.render.console import Piece, folded, line

    found = missing_gates(session, view, by, how)
    if not found:
        session.show([line("Nothing stands in the way of a decision.")])
        return
    session.show([line(), line(Piece("Before you start", "bold"))])
    for name, reasons in found.items():
        session.show(folded(name, width=session.width, first="· "))
        for reason in reasons:
            session.show(folded(reason.message, width=session.width, first="  ", style="yellow"))
            session.show(_fix(reason))


def _fix(reason: Reason) -> "Iterator[Line]":
    from padctl.render.console import line

    for number, text in enumerate(filter(None, reason.fix.split("\n"))):
        yield line(f"  {'fix: ' if number == 0 else '     '}{text}")
