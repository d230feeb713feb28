"""`padctl agenda`: what the meeting reviews."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session, names, parse_day
from padctl.errors import UsageError

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl agenda 2026-11-26 --format md --output agenda.md")
def agenda(
    ctx: typer.Context,
    day: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The meeting's date; else the next one.")] = None,
    meeting: Annotated[
        str | None, typer.Option(metavar="NAME", help="A meeting of the settings; else the common one.")
    ] = None,
    order: Annotated[
        list[str] | None, typer.Option(metavar="ID,ID", help="Put these PADs first, this time only.")
    ] = None,
    format: Annotated[Literal["text", "md", "html", "json", "ics"], typer.Option(help="How to show it.")] = "text",
    all_days: Annotated[
        bool, typer.Option("--all", help="With --format ics: every meeting behind and ahead, as a feed.")
    ] = False,
    invite: Annotated[
        bool, typer.Option("--invite", help="With --format ics: an invitation or a cancellation to mail.")
    ] = False,
    recap: Annotated[
        bool, typer.Option("--recap", help="With --format ics: the recap session of the date's quarter.")
    ] = False,
    output: Output = None,
) -> None:
    """Show what the next meeting reviews.

    Who presents and when, what is asked, what earlier decisions asked for, who has not answered, and which actions and
    recaps are owed. It is made anew from the PADs each time and never saved.
    """
    from padctl.cli import meetings

    session = Session.of(ctx, links=format != "text")
    if format != "ics" and (all_days or invite or recap):
        raise UsageError("--all, --invite and --recap are for the calendar", fix="add --format ics")
    if all_days and (invite or recap or day or order):
        raise UsageError("--all is the whole feed of a meeting", fix="leave out DATE and the other options")
    asked = parse_day(day, "DATE") if day else None
    stream = meetings.stream(session, meeting)
    if all_days:
        meetings.write_feed(session, stream, output)
        return
    if recap:
        meetings.write_recap(session, asked or session.today, invite=invite, output=output)
        return
    date = meetings.date_of(session, asked, stream)
    view = meetings.agenda_of(session, date, stream, order=names(order or ()))
    if format == "ics":
        meetings.write_event(session, view, stream, invite=invite, output=output)
        return
    if format == "text":
        from padctl.render.agenda import agenda_text

        session.show(agenda_text(view, width=session.width), output)
        return
    from padctl.render.machine import as_data, to_json

    if format == "json":
        session.write(to_json("agenda", view), output)
        return
    from padctl.render.template import render_report
    from padctl.store.templates import report_folders

    settings = session.workspace.settings
    folders = report_folders(session.workspace.root, settings.paths.templates)
    page = render_report(f"agenda.{format}", as_data(view), folders, settings.links)
    session.tell(page, output, html=format == "html")
