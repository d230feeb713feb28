"""`padctl recap`: what came of the PADs launched in a quarter."""

from datetime import date
from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.model.quarter import quarter_name, quarter_named

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl recap 2026-Q4 --format html --output recap.html")
def recap(
    ctx: typer.Context,
    quarter: Annotated[
        str | None, typer.Argument(metavar="[QUARTER]", help="Such as 2026-Q4; else the latest one with a launch.")
    ] = None,
    format: Annotated[Literal["text", "md", "html", "json", "csv"], typer.Option(help="How to show it.")] = "text",
    save: Annotated[bool, typer.Option("--save", help="Commit it as a file of the meetings' folder, too.")] = False,
    output: Output = None,
) -> None:
    """Show what came of the PADs launched in a quarter.

    Each by its own metrics, with what was learned, how long it took, and who still owes a recap. A quarter belongs to
    the year in which its fiscal year starts ([year] in the settings).
    """
    from padctl.report.recap import recap as recapped

    session = Session.of(ctx)
    view = recapped(session.workspace.corpus, _within(session, quarter), today=session.today)
    if save:
        from padctl.cli.reports import rendered
        from padctl.cli.reports import save as saved
        from padctl.render.recap import metrics_rate

        message = f"Recap of {view.quarter}\n\n{metrics_rate(view)}\n"
        saved(session, f"recap-{view.quarter}.md", rendered(session, "recap.md", view), message)
    if format == "text":
        from padctl.render.recap import recap_text

        session.show(recap_text(view, width=session.width), output)
    elif format == "csv":
        from padctl.render.recap import recap_csv

        session.write(recap_csv(view), output)
    elif format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("recap", view), output)
    else:
        from padctl.cli.reports import rendered

        session.write(rendered(session, f"recap.{format}", view), output)


def _within(session: Session, given: str | None) -> date:
    """Return a day of the quarter that was asked for, else of the latest quarter with a launch.

    Raises:
        UsageError: what was given names no quarter.
    """
    from padctl.report.recap import latest_launch

    starts = session.workspace.settings.year.starts
    if given:
        try:
            return quarter_named(given, starts=starts)
        except ValueError:
            raise UsageError(f'"{given}" is no quarter', fix="write it as 2026-Q4") from None
    latest = latest_launch(session.workspace.corpus, session.today) or session.today
    now, shown = (quarter_name(day, starts=starts) for day in (session.today, latest))
    if shown != now:
        session.note(f"note: nothing is launched in {now} yet; this is {shown}, the latest quarter with a launch")
    return latest
