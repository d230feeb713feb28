"""`padctl action`: who does what by when."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from padctl.cli.branching import Branch, Branching, Push
from padctl.cli.moving import DryRun, IdArgument, IncludeEdits, Output, actions, manner, report
from padctl.cli.session import Session

if TYPE_CHECKING:
    from padctl.store.moves import ActionChange, How

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


@app.command(cls=Branching, epilog='Example: padctl action add 7 "dana: book the research room by 2026-12-01"')
def add(
    ctx: typer.Context,
    pad_id: IdArgument,
    text: Annotated[str, typer.Argument(metavar='"WHO: WHAT by DATE"', help="Who does what by when.")],
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Add an action to a PAD; it blocks nothing, unlike the actions of a decision."""
    from padctl.store.moves import adding

    session = Session.of(ctx)
    (asked,) = actions([text])
    how = manner(session, dry_run=dry_run, include_edits=include_edits, branch=branch, push=push)
    _change(session, pad_id, adding(asked), how, push=push)


@app.command(cls=Branching, epilog="Example: padctl action done 7 A1")
def done(
    ctx: typer.Context,
    pad_id: IdArgument,
    action_id: Annotated[str, typer.Argument(metavar="ACTION", help="The action's id, such as A1.")],
    include_edits: IncludeEdits = False,
    dry_run: DryRun = False,
    branch: Branch = None,
    push: Push = False,
) -> None:
    """Mark an action as done today."""
    from padctl.store.moves import finishing

    session = Session.of(ctx)
    how = manner(session, dry_run=dry_run, include_edits=include_edits, branch=branch, push=push)
    _change(session, pad_id, finishing(action_id, session.today), how, push=push)


def _change(session: Session, word: str, change: "ActionChange", how: "How", *, push: bool) -> None:
    from padctl.store.moves import change_actions

    pad = session.pad(word)
    written = change_actions(session.workspace, {pad.path: pad.id or ""}, change, how=how)
    report(session, [written], push=push)
