"""`padctl log`: what was moved and decided."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl log 7")
def log(
    ctx: typer.Context,
    pad_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One PAD; else all of them.")] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Show moves and decisions, oldest first.

    They come from the documents' own histories.
    """
    from padctl.report.history import log as moves

    session = Session.of(ctx)
    pads = [session.pad(pad_id)] if pad_id else session.workspace.corpus.pads
    view = moves(pads, session.workspace.settings)
    if format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("log", view), output)
        return
    from padctl.render.log import log_text

    session.show(log_text(view, width=session.width), output)
