"""`padctl resume`: take up a PAD again."""

import typer

from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, ReasonOption, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl resume 7")
def resume(
    ctx: typer.Context,
    pad_id: IdArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Take up a paused or withdrawn PAD where it was."""
    session = Session.of(ctx)
    request = Request(
        move=MoveKind.RESUME,
        day=session.today,
        today=session.today,
        reason=reason,
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
