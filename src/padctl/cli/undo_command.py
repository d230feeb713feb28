"""`padctl undo`: take PADs' latest moves back."""

import typer

from padctl.cli.moving import (
    IdsArgument,
    ReasonOption,
    advised,
    filled_template,
    manner,
    meant,
    recorder,
    report,
)
from padctl.cli.session import Session
from padctl.cli.writing import Changes

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog='Example: padctl undo 7 --reason "recorded for the wrong PAD"')
def undo(
    ctx: typer.Context,
    pad_ids: IdsArgument,
    reason: ReasonOption = None,
) -> None:
    """Take back the latest move of PADs by a new commit.

    What the move wrote is reversed, what the author wrote stays, and both entries stand in the history. Undo again
    takes back the move before; to make an undone move again, make it anew.
    """
    from padctl.store.undoing import undo_moves

    session = Session.of(ctx)
    with advised(session):
        written = undo_moves(
            session.workspace,
            {pad.path: pad.id for pad in meant(session, pad_ids)},
            today=session.today,
            reason=reason,
            recorded=recorder(session),
            fill=filled_template,
            how=manner(session),
        )
    report(session, written)
