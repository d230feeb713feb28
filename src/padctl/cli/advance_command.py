"""`padctl advance`: go on after a follow-up without another meeting."""

from typing import Annotated

import typer

from padctl.cli.moving import (
    By,
    DryRun,
    IdArgument,
    IncludeEdits,
    Override,
    ReasonOption,
    deciders,
    movable,
    move,
    override_reason,
    recorder,
)
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl advance 7 --by sam")
def advance(
    ctx: typer.Context,
    pad_id: IdArgument,
    by: By = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What the follow-up brought.")] = None,
    override: Override = False,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Take a PAD to its next stage once its follow-ups are done and a sponsor agrees."""
    session = Session.of(ctx)
    passed = override_reason(override, reason)
    movable(session, pad_id, MoveKind.ADVANCE)
    request = Request(
        move=MoveKind.ADVANCE,
        day=session.today,
        today=session.today,
        by=deciders(session, by, "Agreed by"),
        recorded=recorder(session),
        note=note,
        reason=None if passed else reason,
        override=passed,
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
