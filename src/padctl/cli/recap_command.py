"""`padctl recap`: what came of the PADs launched in a quarter."""

from datetime import date
from typing import Annotated, Literal

import typer

from padctl.cli.branching import say_where
from padctl.cli.moving import manner
from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.cli.writing import Reports
from padctl.errors import UsageError
from padctl.model.quarter import quarter_name, quarter_named

app = typer.Typer(add_completion=False)


@app.command(cls=Reports, epilog="Example: padctl recap 2026-Q4 --format html --output recap.html")
def recap(
    ctx: typer.Context,
    quarter: Annotated[
        str | None, typer.Argument(metavar="[QUARTER]", help="Such as 2026-Q4; else the latest one with a launch.")
    ] = None,
    format: Annotated[Literal["text", "md", "html", "json", "csv"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
    save: Annotated[bool, typer.Option("--save", help="Commit it as a page in the meetings' folder.")] = False,
) -> None:
    """Show what came of the PADs launched in a quarter.

    Each by its own metrics, with what was learned, how long it took, and who still owes a recap. Quarters are those of
    the fiscal year in the settings, named after the year in which it starts.
    """
    from padctl.cli import reports

    session = Session.of(ctx, links=format != "text")
    reports.check_saving(session, save=save, form=format, output=output)
    within = _within(session, quarter)
    if not save:
        _show(session, within, format, output)
        return
    from padctl.report.recap import recap as recapped
    from padctl.store.saving import Report

    name = quarter_name(within, starts=session.workspace.settings.year.starts)
    report = Report(
        path=f"{session.workspace.settings.paths.meetings}/recap-{name}.md".removeprefix("./"),
        page=lambda fresh: reports.rendered(fresh, "recap.md", recapped(fresh.corpus, within, today=session.today)),
        message=f"Recap of {name}\n",
        stem=f"recap-{name}".lower(),
    )
    reports.save(session, report, manner(session))
    say_where(session)


def _show(session: Session, within: date, form: str, output: Output) -> None:
    from padctl.report.recap import recap as recapped

    view = recapped(session.workspace.corpus, within, today=session.today)
    if form == "text":
        from padctl.render.recap import recap_text

        session.show(recap_text(view, width=session.width), output)
    elif form == "csv":
        from padctl.render.recap import recap_csv

        session.tell(recap_csv(view), output)
    elif form == "json":
        from padctl.render.machine import to_json

        session.write(to_json("recap", view), output)
    else:
        from padctl.cli.reports import rendered

        session.tell(rendered(session.workspace, f"recap.{form}", view), output, html=form == "html")


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
