"""`padctl withdraw`: give a PAD up."""

import typer

from padctl.cli.moving import IdsArgument, ReasonOption, plain_move
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog="Example: padctl withdraw 7 --reason 'solved by PAD-0003'")
def withdraw(ctx: typer.Context, pad_ids: IdsArgument, reason: ReasonOption = None) -> None:
    """Give a PAD up, with the reason; padctl resume takes it up again."""
    plain_move(Session.of(ctx), pad_ids, MoveKind.WITHDRAW, reason, why=True)
