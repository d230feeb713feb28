"""`padctl launch`: record that it reached its customers."""

from typing import Annotated

import typer

from padctl.cli.moving import (
    DryRun,
    IdArgument,
    IncludeEdits,
    Override,
    ReasonOption,
    day_option,
    move,
    override_reason,
)
from padctl.cli.session import Session
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl launch 7 2026-11-24")
def launch(
    ctx: typer.Context,
    pad_id: IdArgument,
    day: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The day of the launch; else today.")] = None,
    override: Override = False,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Record a launch; the recap begins.

    Its table is filled from the success metrics.
    """
    session = Session.of(ctx)
    request = Request(
        move=MoveKind.LAUNCH,
        day=session.today,
        today=session.today,
        launched=day_option(day, "DATE") or session.today,
        reason=None if override else reason,
        override=override_reason(override, reason),
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
