"""`padctl new`: scaffold a PAD."""

import os
import shlex
import subprocess
from typing import Annotated

import typer

from padctl.cli.session import Session
from padctl.errors import UsageError

app = typer.Typer(add_completion=False)


@app.command(epilog='Example: padctl new "Team template gallery" --owner dana --team growth')
def new(
    ctx: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="What the PAD is about, in a few words.")] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who owns it; else git's user.name.")] = None,
    team: Annotated[str | None, typer.Option(metavar="NAME", help="The team that would do it.")] = None,
    template: Annotated[str, typer.Option(metavar="NAME", help="standard, light, or your own.")] = "standard",
    edit: Annotated[bool, typer.Option("--edit", help="Open it in your editor.")] = False,
) -> None:
    """Write a new PAD with the sections of its first stage.

    It is not committed: submit does that. The sections of later stages are added when the PAD gets there.
    """
    from padctl.cli.healing import heal
    from padctl.render.template import fill_page
    from padctl.store.creation import create_pad

    session = Session.of(ctx)
    heal(session)
    made = create_pad(
        session.workspace,
        title=session.ask(title, question="Title", flag="TITLE"),
        owner=owner,
        team=team,
        template=template,
        today=session.today,
        fill=fill_page,
    )
    session.write(f"wrote {made.path}\n")
    session.write(f"Next: fill its sections, then padctl submit {made.id} --meeting DATE\n")
    if edit:
        _open(session, made.path)


def _open(session: Session, path: str) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UsageError("no editor is set", fix=f"set EDITOR, or open {path} yourself")
    words = [*shlex.split(editor), str(session.workspace.root / path)]
    try:
        subprocess.run(words, check=False)  # noqa: S603  # the user's own editor
    except OSError as error:
        raise UsageError(f"{words[0]} cannot be started: {error.strerror}", fix="set EDITOR") from None
