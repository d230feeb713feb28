"""`padctl hold`: pause a PAD."""

import typer

from padctl.cli.branching import Branch, Branching, Push
from padctl.cli.moving import DryRun, IdsArgument, IncludeEdits, ReasonOption, movable, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Branching, epilog="Example: padctl hold 7 --reason 'waits for the pricing study'")
def hold(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Pause a PAD; padctl resume takes it up again where it was."""
    session = Session.of(ctx)
    pads = movable(session, pad_ids, MoveKind.HOLD, branch=branch)
    request = Request(
        move=MoveKind.HOLD,
        day=session.today,
        today=session.today,
        reason=session.ask(reason, question="Why", flag="--reason TEXT"),
    )
    move(session, pads, request, dry_run=dry_run, branch=branch, push=push, include_edits=include_edits)
