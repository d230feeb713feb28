"""`padctl recall`: take a PAD off the agenda."""

import typer

from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, ReasonOption, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl recall 7")
def recall(
    ctx: typer.Context,
    pad_id: IdArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Take a PAD off the agenda; it is a draft again."""
    session = Session.of(ctx)
    request = Request(
        move=MoveKind.RECALL,
        day=session.today,
        today=session.today,
        reason=reason,
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
