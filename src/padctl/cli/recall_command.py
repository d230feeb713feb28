"""`padctl recall`: take a PAD off the agenda."""

import typer

from padctl.cli.branching import Branch, Branching, Push
from padctl.cli.moving import DryRun, IdsArgument, IncludeEdits, ReasonOption, movable, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Branching, epilog="Example: padctl recall 7")
def recall(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Take a PAD off the agenda; it is a draft again."""
    session = Session.of(ctx)
    pads = movable(session, pad_ids, MoveKind.RECALL, branch=branch)
    request = Request(
        move=MoveKind.RECALL,
        day=session.today,
        today=session.today,
        reason=reason,
    )
    move(session, pads, request, dry_run=dry_run, branch=branch, push=push, include_edits=include_edits)
