"""`padctl status`: where everything stands, or one PAD."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output, state_of
from padctl.cli.session import Session
from padctl.cli.where import whereabouts

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl status 7")
def status(
    ctx: typer.Context,
    pad_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One PAD; else all of them.")] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Show where PADs stand and what each waits for."""
    session = Session.of(ctx)
    if pad_id:
        from padctl.cli.show_command import show_pad

        show_pad(session, pad_id, format, output)
        return
    from padctl.report.overview import overview

    corpus = session.workspace.corpus
    view = overview(corpus, today=session.today, only_on=whereabouts(session, corpus.pads).only_on)
    if format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("status", view), output)
        return
    from padctl.render.overview import overview_text

    session.show(overview_text(view, width=session.width), output)


def bare(ctx: typer.Context) -> bool:
    """Show the status where the working directory is inside a repository; say whether it is."""
    from padctl.store.roots import find_root

    if state_of(ctx).root is None and find_root(Session.of(ctx).cwd) is None:
        return False
    status(ctx, None, "text", None)
    return True
