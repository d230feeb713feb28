"""`padctl withdraw`: give a PAD up."""

import typer

from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, ReasonOption, movable, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl withdraw 7 --reason 'solved by PAD-0003'")
def withdraw(
    ctx: typer.Context,
    pad_id: IdArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Give a PAD up, with the reason; padctl resume takes it up again."""
    session = Session.of(ctx)
    movable(session, pad_id, MoveKind.WITHDRAW)
    request = Request(
        move=MoveKind.WITHDRAW,
        day=session.today,
        today=session.today,
        reason=session.ask(reason, question="Why", flag="--reason TEXT"),
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
