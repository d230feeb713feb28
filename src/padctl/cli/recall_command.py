"""`padctl recall`: take a PAD off the agenda."""

import typer

from padctl.cli.moving import IdsArgument, ReasonOption, plain_move
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog="Example: padctl recall 7")
def recall(ctx: typer.Context, pad_ids: IdsArgument, reason: ReasonOption = None) -> None:
    """Take a PAD off the agenda; it is a draft again."""
    plain_move(Session.of(ctx), pad_ids, MoveKind.RECALL, reason, why=False)
