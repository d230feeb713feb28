"""`padctl advance`: go on after a follow-up without another meeting."""

from functools import partial
from typing import Annotated

import typer

from padctl.cli.moving import (
    By,
    IdsArgument,
    Override,
    ReasonOption,
    as_seen,
    check_committable,
    deciders,
    movable,
    move,
    override_reason,
    recorder,
)
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog="Example: padctl advance 7 --by sam")
def advance(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    by: By = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What the follow-up brought.")] = None,
    override: Override = False,
    reason: ReasonOption = None,
) -> None:
    """Take a PAD to its next stage once its follow-ups are done and a sponsor agrees."""
    session = Session.of(ctx)
    passed = override_reason(override, reason)
    pads = movable(session, pad_ids, MoveKind.ADVANCE)
    request = Request(
        move=MoveKind.ADVANCE,
        day=session.today,
        today=session.today,
        by=deciders(session, by, "Agreed by", partial(check_committable, session, pads)),
        recorded=recorder(session),
        note=note,
        reason=None if passed else reason,
        override=passed,
        seen={} if by else as_seen(pads),
    )
    move(session, pads, request)
