"""`padctl decide`: record what the meeting decided."""

from typing import Annotated

import typer

from padctl.cli.deciding import Given, complete, parse_outcome
from padctl.cli.moving import (
    ActionOption,
    By,
    DryRun,
    IdArgument,
    IncludeEdits,
    Override,
    ReasonOption,
    day_option,
    movable,
    move,
    override_reason,
    recorder,
)  # fmt: skip
from padctl.cli.people import asked_action
from padctl.cli.session import Session, names
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

app = typer.Typer(add_completion=False)


@app.command(epilog='Example: padctl decide 7 rework --by sam --action "dana: ask five teachers by 2026-12-03"')
def decide(
    ctx: typer.Context,
    pad_id: IdArgument,
    outcome: Annotated[
        str | None,
        typer.Argument(metavar="OUTCOME", help="proceed, proceed-with-corrections, follow-up, rework; or 1 to 4."),
    ] = None,
    by: By = None,
    action: ActionOption = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, for the minutes.")] = None,
    evidence: Annotated[str | None, typer.Option(metavar="URL", help="Where it was decided, if elsewhere.")] = None,
    meeting: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was decided; else today.")] = None,
    override: Override = False,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Record the outcome of a review: one of four, decided by sponsors.

    All outcomes but proceed need at least one --action. In a terminal, what is missing is asked for.
    """
    session = Session.of(ctx)
    passed = override_reason(override, reason)
    given = Given(
        outcome=parse_outcome(outcome) if outcome else None,
        day=day_option(meeting, "--meeting"),
        by=tuple(map(session.workspace.settings.short_name, names(by or ()))),
        actions=tuple(asked_action(session, text, "--action") for text in action or ()),
        note=note,
        override=override,
    )
    decision = complete(session, movable(session, pad_id, MoveKind.DECIDE), given)
    request = Request(
        move=MoveKind.DECIDE,
        day=decision.day,
        today=session.today,
        outcome=decision.outcome,
        by=decision.by,
        recorded=recorder(session),
        note=decision.note,
        evidence=evidence,
        actions=decision.actions,
        reason=None if passed else reason,
        override=passed,
    )
    move(session, pad_id, request, dry_run=dry_run, include_edits=include_edits)
