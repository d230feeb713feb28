"""`padctl slides`: a PAD as a couple of slides for its review."""

from typing import Annotated, Literal

import typer

from padctl.cli.moving import IdArgument
from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import UsageError

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl slides 7 --format html --output slides.html")
def slides(
    ctx: typer.Context,
    pad_id: IdArgument,
    format: Annotated[
        Literal["md", "html"], typer.Option(help="Marp's Markdown, or one file to open in a browser.")
    ] = "md",
    output: Output = None,
) -> None:
    """Make two or three slides of a PAD for the stage under review.

    What the stage says, its tables with a chart of the directions, and the decision asked. Long text is cut at a
    sentence, with a pointer to the PAD. The html file works from disk: arrow keys or a swipe turn its slides, and it
    prints one slide a page.
    """
    from padctl.cli.reports import rendered
    from padctl.render.slides import LAYOUTS
    from padctl.report.slides import deck

    session = Session.of(ctx, links=True)
    pad = session.pad(pad_id)
    if pad.header is None or pad.template is None:
        raise UsageError(f"{pad.path} cannot be read", fix=f"padctl lint {pad.path}")
    view = deck(session.workspace.frame, pad, pad.header, layout=LAYOUTS[format], today=session.today)
    session.tell(rendered(session.workspace, f"slides.{format}", view), output, html=format == "html")
