"""`padctl init`: make a folder ready for PADs, or make the example repository; with `--ci` a pipeline too."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from padctl.cli.session import Session, names

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl init --example tessaly && cd tessaly && padctl status")
def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; it is made where it is missing.")] = Path(),
    example: Annotated[bool, typer.Option("--example", help="Make an invented company's repository.")] = False,
    ci: Annotated[
        list[str] | None, typer.Option("--ci", metavar="github|gitlab", help="Add a pipeline that runs lint.")
    ] = None,
) -> None:
    """Make a folder ready for PADs.

    A git repository where there is none, settings, and folders. Nothing that exists is
    overwritten, and nothing is committed. With --example the folder must be empty.
    With --ci a repository that has settings gets the pipeline and nothing else.
    """
    from padctl.cli.healing import heal
    from padctl.store.setup import add_pipeline, check_hosts, is_set_up, next_steps, set_up

    session = Session.of(ctx)
    hosts = names(ci or ())
    check_hosts(hosts)
    if folder.is_dir():
        heal(session, folder)
    if example:
        _make_example(session, folder)
    elif not (hosts and is_set_up(folder)):
        for path in set_up(folder):
            session.write(f"made {path}\n")
        for step in next_steps(folder):
            session.write(f"{step}\n")
    for host in hosts:
        pipeline = add_pipeline(folder, host)
        session.write(f"made {pipeline.path}\n" if pipeline.made else f"kept {pipeline.path} as it is\n")
        if pipeline.advice:
            session.write(f"Next: {pipeline.advice}\n")


def _make_example(session: Session, folder: Path) -> None:
    from padctl.cli.moving import filled_template
    from padctl.render.console import folded
    from padctl.store.example import make_example

    made = make_example(folder, fill=filled_template)
    where = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    text = f"Made the example repository in {folder}: {made.commits} commits from {made.first} to {made.last}."
    session.show(folded(text, width=session.width))
    session.write(f"Next: {where}padctl agenda --today {made.today}\n")
