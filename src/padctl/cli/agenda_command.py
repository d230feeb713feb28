"""`padctl agenda`: what the meeting reviews."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session, parse_day
from padctl.errors import UsageError
from padctl.model.terms import suggestion

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl agenda 2026-11-26 --format md --output agenda.md")
def agenda(
    ctx: typer.Context,
    day: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The meeting's date; else the next one.")] = None,
    meeting: Annotated[
        str | None, typer.Option(metavar="NAME", help="A meeting of the settings; else the common one.")
    ] = None,
    format: Annotated[Literal["text", "md", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Show what the next meeting reviews.

    Who presents, what is asked, what earlier decisions asked for, and which actions and recaps are owed.
    """
    from padctl.report.agenda import agenda as view_of
    from padctl.report.agenda import next_meeting

    session = Session.of(ctx)
    workspace = session.workspace
    known = workspace.settings.meetings
    if meeting and meeting not in known:
        listed = ", ".join(known) or "none"
        raise UsageError(f'there is no meeting "{meeting}"{suggestion(meeting, known)}', fix=f"[meetings] has {listed}")
    date = parse_day(day, "DATE") if day else next_meeting(workspace.corpus, session.today, meeting)
    if date is None:
        raise UsageError("no meeting is ahead: the closures cover all of them", fix="give a date: padctl agenda DATE")
    view = view_of(workspace.corpus, day=date, today=session.today, stream=meeting)
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

    folders = report_folders(workspace.root, workspace.settings.paths.templates)
    session.tell(render_report("agenda.md", as_data(view), folders), output)
