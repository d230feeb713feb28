"""`padctl renumber`: another number for a PAD, and for everything that names it."""

from typing import Annotated

import typer

from padctl.cli.branching import say_where
from padctl.cli.moving import IdArgument, manner
from padctl.cli.session import Session
from padctl.cli.writing import Writes

app = typer.Typer(add_completion=False)


@app.command(cls=Writes, epilog="Example: padctl renumber 7 --dry-run")
def renumber(
    ctx: typer.Context,
    pad_id: IdArgument,
    to: Annotated[str | None, typer.Option("--to", metavar="N", help="The new number; else the next free one.")] = None,
) -> None:
    """Give a PAD another number, in one commit.

    Where two PADs have one id, the younger moves; a path names one of them exactly. The file's name, the id, the
    heading, and what names the PAD in other PADs, objectives, charters and minutes change with it.
    """
    from padctl.store.renumbering import renumber as renumber_pad

    session = Session.of(ctx)
    done = renumber_pad(session.workspace, pad_id, cwd=session.cwd, to=to, how=manner(session))
    for note in done.notes:
        session.note(f"note: {note}")
    if session.state.dry_run:
        session.tell(done.diff)
        return
    change, files = done.change, len(done.files)
    also = f"; {files} other file{'' if files == 1 else 's'} with it" if files else ""
    session.tell(f"{change.old_id} is {change.new_id} now: {change.new_path}{also}\n")
    say_where(session)
