"""`padctl doctor`: what is wrong with the machine, the clone or the repository, and what to do about it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl doctor")
def doctor(
    ctx: typer.Context,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Check git, settings, templates, ids and references, and say what to do about each.

    Nothing is written. It works outside of a repository and with settings that cannot be read, too. The exit code is
    1 where something is wrong.
    """
    from padctl.report.checkup import checkup
    from padctl.store.doctor import examine

    session = Session.of(ctx)
    root = Path(session.state.root) if session.state.root else None
    view = checkup(tuple(examine(start=session.cwd, root=root, today=session.today)))
    if format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("doctor", view), output)
    else:
        from padctl.render.checkup import checkup_text

        session.show(checkup_text(view, width=session.width), output)
    if view.problems:
        raise typer.Exit(1)
