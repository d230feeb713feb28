"""`padctl resume`: take up a PAD again."""

import typer

from padctl.cli.moving import IdsArgument, ReasonOption, plain_move
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog="Example: padctl resume 7")
def resume(ctx: typer.Context, pad_ids: IdsArgument, reason: ReasonOption = None) -> None:
    """Take up a paused or withdrawn PAD where it was."""
    plain_move(Session.of(ctx), pad_ids, MoveKind.RESUME, reason, why=False)
