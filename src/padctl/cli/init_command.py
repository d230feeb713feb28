"""`padctl init`: make a folder ready for PADs, or make the example repository."""

from pathlib import Path
from typing import Annotated

import typer

from padctl.cli.session import Session

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl init --example tessaly && cd tessaly && padctl status")
def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it is made where it is missing.")] = Path(),
    example: Annotated[bool, typer.Option("--example", help="Make an invented company's repository.")] = False,
) -> None:
    """Make a folder ready for PADs.

    A git repository where there is none, settings, and folders. Nothing that exists is
    overwritten, and nothing is committed. With --example the folder must be empty.
    """
    from padctl.cli.moving import filled_template
    from padctl.store.example import make_example
    from padctl.store.setup import set_up

    session = Session.of(ctx)
    if example:
        made = make_example(folder, fill=filled_template)
        where = "" if folder == Path() else f"cd {folder} && "
        session.write(
            f"Made the example repository in {folder}: {made.commits} commits from {made.first} to {made.last}.\n"
        )
        session.write(f"Next: {where}padctl agenda --today {made.today}\n")
        return
    for path in set_up(folder):
        session.write(f"made {path}\n")
    session.write('Next: padctl new "What you want to achieve"\n')
