"""`padctl launch`: record that it reached its customers."""

import re
from typing import Annotated

import typer

from padctl.cli.moving import (
    Override,
    ReasonOption,
    day_option,
    movable,
    move,
    override_reason,
)
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.lifecycle import Request
from padctl.model.terms import MoveKind

_DATE = re.compile(r"\d+-\d")

app = typer.Typer(add_completion=False)


@app.command(cls=Changes, epilog="Example: padctl launch 7 8 2026-11-24")
def launch(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ID... [DATE]", help="PADs as in the other commands; last the day, else today."),
    ],
    override: Override = False,
    reason: ReasonOption = None,
) -> None:
    """Record a launch; the recap begins.

    Its table is filled from the success metrics.
    PADs that were launched on one day go together, the day last.
    """
    session = Session.of(ctx)
    dated = len(words) > 1 and _DATE.match(words[-1]) is not None
    pad_ids, day = (words[:-1], words[-1]) if dated else (words, None)
    launched = day_option(day, "DATE") or session.today
    passed = override_reason(override, reason)
    pads = movable(session, pad_ids, MoveKind.LAUNCH)
    request = Request(
        move=MoveKind.LAUNCH,
        day=session.today,
        today=session.today,
        launched=launched,
        reason=None if passed else reason,
        override=passed,
    )
    move(session, pads, request)
