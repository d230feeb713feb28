"""`padctl hold`: pause a PAD."""

import typer

from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, ReasonOption, movable, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl hold 7 --reason 'waits for the pricing study'")
def hold(
    ctx: typer.Context,
    pad_id: IdArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Pause a PAD; padctl resume takes it up again where it was."""
    session = Session.of(ctx)
    movable(session, pad_id, MoveKind.HOLD)
    request = Request(
        move=MoveKind.HOLD,
        day=session.today,
        today=session.today,
        reason=session.ask(reason, question="Why", flag="--reason TEXT"),
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
