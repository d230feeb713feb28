"""`padctl list`: PADs, one line each."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.cli.where import whereabouts
from padctl.model.terms import Stage, Status

app = typer.Typer(add_completion=False)


@app.command("list", epilog="Example: padctl list --stage solution-framing --status in-review")
def list_pads(
    ctx: typer.Context,
    stage: Annotated[Stage | None, typer.Option(help="Only those in this stage.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only those with this status.")] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this owner.")] = None,
    team: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this team.")] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show them.")] = "text",
    output: Output = None,
) -> None:
    """List PADs by id."""
    from padctl.report.overview import listing

    session = Session.of(ctx)
    corpus = session.workspace.corpus
    only_on = whereabouts(session, corpus.pads).only_on
    rows = listing(corpus, today=session.today, only_on=only_on, stage=stage, status=status, owner=owner, team=team)
    if format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("list", rows), output)
        return
    from padctl.render.overview import row_table

    session.show(row_table(rows, width=session.width), output)
