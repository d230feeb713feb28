"""`padctl resume`: take up a PAD again."""

import typer

from padctl.cli.branching import Branch, Branching, Push
from padctl.cli.moving import DryRun, IdsArgument, IncludeEdits, ReasonOption, movable, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Branching, epilog="Example: padctl resume 7")
def resume(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Take up a paused or withdrawn PAD where it was."""
    session = Session.of(ctx)
    pads = movable(session, pad_ids, MoveKind.RESUME, branch=branch)
    request = Request(
        move=MoveKind.RESUME,
        day=session.today,
        today=session.today,
        reason=reason,
    )
    move(session, pads, request, dry_run=dry_run, branch=branch, push=push, include_edits=include_edits)
