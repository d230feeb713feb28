"""`padctl show`: one PAD's front matter and sections."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from padctl.cli.moving import IdArgument
from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.cli.where import whereabouts

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl show 7 --format json")
def show(
    ctx: typer.Context,
    pad_id: IdArgument,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Show one PAD.

    Where it stands, who is in it, which sections say something, and its actions.
    """
    show_pad(Session.of(ctx), pad_id, format, output)


def show_pad(session: Session, word: str, form: str, output: Path | None) -> None:
    """Show the PAD that a word names."""
    pad = session.pad(word)
    where = whereabouts(session, [pad])
    if form == "json":
        from padctl.render.machine import pad_data, to_json
        from padctl.report.feedback import owed_answers

        owed = owed_answers(pad, session.workspace.settings)
        data = {**pad_data(pad, only_on=where.only_on(pad)), "owed_answers": owed}
        session.write(to_json("show", data), output)
        return
    from padctl.render.overview import pad_text

    lines = pad_text(pad, session.workspace.settings, today=session.today, width=session.width, where=where.words(pad))
    session.show(lines, output)
