"""`padctl decide`: record what the meeting decided."""

from typing import Annotated

import typer

from padctl.cli.branching import Branch, Branching, Push
from padctl.cli.moving import (
    ActionOption,
    By,
    DryRun,
    IncludeEdits,
    Override,
    ReasonOption,
    actions,
    day_option,
    deciders,
    movable,
    move,
    override_reason,
    recorder,
)  # fmt: skip
from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind, Outcome, suggestion

app = typer.Typer(add_completion=False)


@app.command(
    cls=Branching, epilog='Example: padctl decide 7 rework --by sam --action "dana: ask five teachers by 2026-12-03"'
)
def decide(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID... OUTCOME",
            help="PADs as in the other commands, then proceed, proceed-with-corrections, follow-up, rework; or 1 to 4.",
        ),
    ],
    by: By = None,
    action: ActionOption = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, for the minutes.")] = None,
    evidence: Annotated[str | None, typer.Option(metavar="URL", help="Where it was decided, if elsewhere.")] = None,
    meeting: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was decided; else today.")] = None,
    override: Override = False,
    reason: ReasonOption = None,
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Record the outcome of a review: one of four, decided by sponsors.

    All outcomes but proceed need at least one --action.
    PADs with one outcome go together, the outcome last: padctl decide 7 9 proceed --by sam
    """
    session = Session.of(ctx)
    passed = override_reason(override, reason)
    *pad_ids, outcome = words
    if not pad_ids:
        missing = "ID" if outcome.lower() in list(Outcome) else "OUTCOME"
        raise UsageError(f"{missing} is missing: decide takes PADs and an outcome", fix="padctl decide 7 proceed")
    chosen = parse_outcome(outcome)
    pads = movable(session, pad_ids, MoveKind.DECIDE, branch=branch)
    request = Request(
        move=MoveKind.DECIDE,
        day=day_option(meeting, "--meeting") or session.today,
        today=session.today,
        outcome=chosen,
        by=deciders(session, by, "Decided by"),
        recorded=recorder(session),
        note=note,
        evidence=evidence,
        actions=actions(action or ()),
        reason=None if passed else reason,
        override=passed,
    )
    move(session, pads, request, dry_run=dry_run, branch=branch, push=push, include_edits=include_edits)


def parse_outcome(word: str) -> Outcome:
    """Return the outcome of a name or of its number, 1 to 4.

    Raises:
        UsageError: there is none; suggests the nearest.
    """
    outcomes = list(Outcome)
    if word in {"1", "2", "3", "4"}:
        return outcomes[int(word) - 1]
    if word.lower() in outcomes:
        return Outcome(word.lower())
    listed = ", ".join(f"{number} {name}" for number, name in enumerate(outcomes, start=1))
    raise UsageError(f'there is no outcome "{word}"{suggestion(word.lower(), outcomes)}', fix=f"one of {listed}")
