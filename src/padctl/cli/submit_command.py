"""`padctl submit`: ask for a review in a meeting."""

from functools import partial
from typing import Annotated

import typer

from padctl.cli.moving import IdsArgument, Override, ReasonOption, check_committable, movable, move, override_reason
from padctl.cli.session import Session, parse_day
from padctl.cli.writing import Writes
from padctl.errors import UsageError
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Writes, epilog='Example: padctl submit 7 --meeting 2026-11-26 --minutes 20 --ask "Approve the beta"')
def submit(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    meeting: Annotated[str | None, typer.Option(metavar="DATE", help="The meeting that reviews it. Required.")] = None,
    minutes: Annotated[int | None, typer.Option(min=1, help="How long it takes; at most the meeting's slot.")] = None,
    presenter: Annotated[str | None, typer.Option(metavar="NAME", help="Who presents; else the owner.")] = None,
    ask: Annotated[str | None, typer.Option(metavar="TEXT", help="What the meeting is asked to decide.")] = None,
    override: Override = False,
    reason: ReasonOption = None,
) -> None:
    """Put PADs on the agenda of a meeting.

    Your uncommitted edits of a PAD are part of its commit.
    The stage must lint without error, and the actions of earlier decisions must be done.
    """
    from padctl.report.agenda_days import next_meeting

    session = Session.of(ctx)
    passed = override_reason(override, reason)
    pads = movable(session, pad_ids, MoveKind.SUBMIT)
    frame = session.workspace.frame
    coming = {next_meeting(frame, session.today, frame.stream_of(pad)) for pad in pads}
    default = str(*coming) if len(coming) == 1 and None not in coming else None
    first = partial(check_committable, session, pads, with_edits=True)
    word = session.ask(meeting, question="Meeting", flag="--meeting DATE", default=default, first=first)
    longest = min(frame.meeting_of(pad).slot for pad in pads)
    if minutes and minutes > longest:
        raise UsageError(f"--minutes: a slot has at most {longest} minutes", fix=f"--minutes {longest}")
    request = Request(
        move=MoveKind.SUBMIT,
        day=session.today,
        today=session.today,
        meeting=parse_day(word, "--meeting"),
        minutes=minutes,
        presenter=presenter,
        ask=ask,
        reason=None if passed else reason,
        override=passed,
    )
    move(session, pads, request, with_edits=True)
