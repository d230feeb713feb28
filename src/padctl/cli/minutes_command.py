"""`padctl minutes`: what a meeting decided."""

from typing import Annotated, Literal

import typer

from padctl.cli.branching import say_where
from padctl.cli.moving import manner
from padctl.cli.options import Output
from padctl.cli.session import Session, parse_day
from padctl.cli.writing import Reports

app = typer.Typer(add_completion=False)


@app.command(cls=Reports, epilog="Example: padctl minutes 2026-11-26 --format html --output minutes.html")
def minutes(
    ctx: typer.Context,
    day: Annotated[
        str | None, typer.Argument(metavar="[DATE]", help="The meeting's date; else the last meeting's.")
    ] = None,
    meeting: Annotated[
        str | None, typer.Option(metavar="NAME", help="A meeting of the settings; else the common one.")
    ] = None,
    format: Annotated[Literal["text", "md", "html", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
    save: Annotated[bool, typer.Option("--save", help="Commit them as a page below the meetings' folder.")] = False,
) -> None:
    """Show what a meeting decided and why, who does what by when, and what is carried over.

    They are made anew from the PADs' histories each time. With --save they are kept as they are now, for those who read
    the repository; lint says when the histories have moved on.
    """
    from padctl.cli import meetings, minuting, reports

    session = Session.of(ctx, links=format != "text")
    reports.check_saving(session, save=save, form=format, output=output)
    stream = meetings.stream(session, meeting)
    asked = parse_day(day, "DATE") if day else None
    date = minuting.day_of(session, asked, stream)
    rolled = asked if asked != date else None
    if save:
        minuting.check_held(date, rolled, stream)
        minuting.save(session, date, stream, manner(session))
        say_where(session)
    else:
        minuting.show(session, date, stream, format, output, asked=rolled)
