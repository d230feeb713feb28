"""`padctl meet`: hold the meeting, item by item."""

from typing import Annotated

import typer

from padctl.cli.session import Session, names, parse_day
from padctl.cli.writing import Meets
from padctl.errors import UsageError

app = typer.Typer(add_completion=False)


@app.command(cls=Meets, epilog="Example: padctl meet --by sam --by ines --save")
def meet(
    ctx: typer.Context,
    day: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The meeting's date; else the next one.")] = None,
    meeting: Annotated[
        str | None, typer.Option(metavar="NAME", help="A meeting of the settings; else the common one.")
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="NAME", help="Who decides where they may; repeatable.")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Save the minutes at the end, as padctl minutes does.")] = False,
) -> None:
    """Hold a meeting at the terminal: each PAD of the agenda, its time, its outcome.

    First comes what would be refused, while there is time to mend it. Each decision is committed at once: whatever
    ends the run, what was decided stands, and padctl meet goes on with the rest. At the end come the minutes. With
    --branch the whole meeting is one branch, for one pull request.
    """
    from padctl.cli import meetings
    from padctl.cli.meeting import hold

    session = Session.of(ctx)
    if not session.interactive:
        fix = "padctl decide ID OUTCOME --by NAME records one decision"
        raise UsageError("meet asks questions, and nobody can answer them here", fix=fix)
    stream = meetings.stream(session, meeting)
    asked = parse_day(day, "DATE") if day else None
    deciding = tuple(map(session.workspace.settings.short_name, names(by or ())))
    hold(session, asked, stream, by=deciding, save=save)
