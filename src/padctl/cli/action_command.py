"""`padctl action`: who does what by when."""

from typing import Annotated, Literal

import typer

from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, actions, report
from padctl.cli.options import Output
from padctl.cli.session import Session

app = typer.Typer(
    add_completion=False, help="List, add and finish actions: who does what by when.", no_args_is_help=True
)


@app.command("list", epilog="Example: padctl action list --who dana")
def list_actions(
    ctx: typer.Context,
    pad_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One PAD; else all of them.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Only this person's.")] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show them.")] = "text",
    output: Output = None,
) -> None:
    """List open actions, the longest overdue first."""
    from padctl.report.agenda import owed_actions

    session = Session.of(ctx)
    settings = session.workspace.settings
    owed = owed_actions(session.workspace.corpus, today=session.today)
    wanted = session.pad(pad_id).id if pad_id else None
    owed = tuple(
        action
        for action in owed
        if wanted in {None, action.pad} and (who is None or action.who in {who, settings.person(who)})
    )
    if format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("actions", owed), output)
        return
    from padctl.render.agenda import owed_actions_text

    session.show(owed_actions_text(owed, width=session.width), output)


@app.command(epilog='Example: padctl action add 7 "dana: book the research room by 2026-12-01"')
def add(
    ctx: typer.Context,
    pad_id: IdArgument,
    text: Annotated[str, typer.Argument(metavar='"WHO: WHAT by DATE"', help="Who does what by when.")],
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Add an action to a PAD; it blocks nothing, unlike the actions of a decision."""
    from padctl.store.moves import How, adding, change_actions

    session = Session.of(ctx)
    (asked,) = actions([text])
    how = How(dry_run=dry_run, include_edits=include_edits)
    report(session, change_actions(session.workspace, session.pad(pad_id).path, adding(asked), how=how))


@app.command(epilog="Example: padctl action done 7 A1")
def done(
    ctx: typer.Context,
    pad_id: IdArgument,
    action_id: Annotated[str, typer.Argument(metavar="ACTION", help="The action's id, such as A1.")],
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
) -> None:
    """Mark an action as done today."""
    from padctl.store.moves import How, change_actions, finishing

    session = Session.of(ctx)
    how = How(dry_run=dry_run, include_edits=include_edits)
    change = finishing(action_id, session.today)
    report(session, change_actions(session.workspace, session.pad(pad_id).path, change, how=how))
