"""`padctl withdraw`: give a PAD up."""

import typer

from padctl.cli.branching import Branch, Branching, Push
from padctl.cli.moving import DryRun, IdsArgument, IncludeEdits, ReasonOption, movable, move
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Branching, epilog="Example: padctl withdraw 7 --reason 'solved by PAD-0003'")
def withdraw(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Give a PAD up, with the reason; padctl resume takes it up again."""
    session = Session.of(ctx)
    pads = movable(session, pad_ids, MoveKind.WITHDRAW, branch=branch)
    request = Request(
        move=MoveKind.WITHDRAW,
        day=session.today,
        today=session.today,
        reason=session.ask(reason, question="Why", flag="--reason TEXT"),
    )
    move(session, pads, request, dry_run=dry_run, branch=branch, push=push, include_edits=include_edits)
