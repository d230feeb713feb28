"""`padctl hold`: pause a PAD."""

import typer

from padctl.cli.moving import IdsArgument, ReasonOption, plain_move
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog="Example: padctl hold 7 --reason 'waits for the pricing study'")
def hold(ctx: typer.Context, pad_ids: IdsArgument, reason: ReasonOption = None) -> None:
    """Pause a PAD; padctl resume takes it up again where it was."""
    plain_move(Session.of(ctx), pad_ids, MoveKind.HOLD, reason, why=True)
