"""`padctl template`: the frames that PADs are made from."""

from typing import Annotated

import typer

from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.model.terms import suggestion

app = typer.Typer(
    add_completion=False, help="List, show and copy the templates that PADs are made from.", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The template's name, such as standard.")]


@app.command("list", epilog="Example: padctl template list")
def list_templates(ctx: typer.Context) -> None:
    """List the templates that are in force here."""
    from padctl.render.console import table

    session = Session.of(ctx)
    templates = session.workspace.corpus.templates
    rows = [(name, template.summary) for name, template in sorted(templates.items())]
    session.show(table(rows, width=session.width, styles=("bold",)))


@app.command(epilog="Example: padctl template show light")
def show(ctx: typer.Context, name: NameArgument) -> None:
    """Print a template's page."""
    session = Session.of(ctx)
    session.tell(_page(session, name))


@app.command(epilog="Example: padctl template eject standard")
def eject(ctx: typer.Context, name: NameArgument) -> None:
    """Copy a template into the repository, where yours wins: add a heading and it becomes a required section."""
    from padctl.cli.healing import heal
    from padctl.store.writer import create_file, locked_around

    session = Session.of(ctx)
    heal(session)
    text = _page(session, name)
    path = f"{session.workspace.settings.paths.templates}/pad/{name}.md"
    with locked_around(session.root) as aside:
        create_file(session.root, path, text.encode(), aside=aside)
    session.write(f"wrote {path}\n")
    session.write(
        f"Next: edit it, then padctl lint\n(`since: {session.today}` in a section's entry spares older PADs)\n"
    )


def _page(session: Session, name: str) -> str:
    templates = session.workspace.corpus.templates
    if name not in templates:
        raise UsageError(f'there is no template "{name}"{suggestion(name, templates)}', fix="padctl template list")
    return templates[name].document.text
