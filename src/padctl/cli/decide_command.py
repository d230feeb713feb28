"""`padctl decide`: record what the meeting decided."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from padctl.cli.deciding import Given, complete, parse_outcome
from padctl.cli.moving import (
    ActionOption,
    By,
    Override,
    ReasonOption,
    check_committable,
    day_option,
    movable,
    move,
    override_reason,
    recorder,
)  # fmt: skip
from padctl.cli.people import asked_action
from padctl.cli.session import Session, names
from padctl.cli.writing import Changes
from padctl.errors import UsageError
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind, Outcome

app = typer.Typer(add_completion=False)


@app.command(
    cls=Changes, epilog='Example: padctl decide 7 rework --by sam --action "dana: ask five teachers by 2026-12-03"'
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
) -> None:
    """Record the outcome of a review: one of four, decided by sponsors.

    All outcomes but proceed need at least one --action. In a terminal, what is missing for one PAD is asked for.
    PADs with one outcome go together, the outcome last: padctl decide 7 9 proceed --by sam
    """
    session = Session.of(ctx)
    passed = override_reason(override, reason)
    pad_ids, outcome = _parted(words)
    given = Given(
        outcome=outcome,
        day=day_option(meeting, "--meeting"),
        by=tuple(map(session.workspace.settings.short_name, names(by or ()))),
        actions=tuple(asked_action(session, text, "--action") for text in action or ()),
        note=note,
        override=passed,
    )
    pads = movable(session, pad_ids, MoveKind.DECIDE)
    decision = complete(session, pads, given, first=partial(check_committable, session, pads))
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
        seen=decision.seen,
    )
    move(session, pads, request)


def _parted(words: Sequence[str]) -> tuple[Sequence[str], Outcome | None]:
    """Return the PADs and the outcome of a command line; one word alone is a PAD, whose outcome may be asked for."""
    if len(words) > 1:
        return words[:-1], parse_outcome(words[-1])
    if words[0].lower() in list(Outcome):
        raise UsageError("ID is missing: decide takes PADs and an outcome", fix="padctl decide 7 proceed")
    return words, None
