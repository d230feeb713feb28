"""`padctl undo`: take a PAD's latest move back."""

import typer

from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, ReasonOption, filled_template, recorder, report
from padctl.cli.session import Session

app = typer.Typer(add_completion=False)


@app.command(epilog='Example: padctl undo 7 --reason "recorded for the wrong PAD"')
def undo(
    ctx: typer.Context,
    pad_id: IdArgument,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Take back a PAD's latest move by a new commit.

    What the move wrote is reversed, what the author wrote stays, and both entries stand in the history. Undo again
    takes back the move before; to make an undone move again, make it anew.
    """
    from padctl.store.moves import How
    from padctl.store.undoing import undo_move

    session = Session.of(ctx)
    how = How(dry_run=dry_run, include_edits=include_edits)
    written = undo_move(
        session.workspace,
        session.pad(pad_id).path,
        today=session.today,
        reason=reason,
        recorded=recorder(session),
        fill=filled_template,
        how=how,
    )
    report(session, written)
