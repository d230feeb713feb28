"""`padctl action`: who does what by when."""

from typing import Annotated, Literal

import typer

from padctl.cli.moving import IdArgument, change, day_option
from padctl.cli.options import Output
from padctl.cli.people import asked_action, known_name
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.errors import UsageError
from padctl.lifecycle import adding, finishing
from padctl.report.actions import Grouping

app = typer.Typer(
    add_completion=False, help="List, add and finish actions: who does what by when.", no_args_is_help=True
)


@app.command("list", epilog="Example: padctl action list --who dana")
def list_actions(
    ctx: typer.Context,
    pad_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One PAD; else all of them.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Only this person's.")] = None,
    pad: Annotated[str | None, typer.Option("--pad", metavar="ID", help="Only this PAD's; the same as ID.")] = None,
    group: Annotated[Grouping, typer.Option(help="Put those of one person or one PAD together.")] = "person",
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show them.")] = "text",
    output: Output = None,
) -> None:
    """List open actions and what waits for them, the longest overdue first."""
    from padctl.report.actions import grouped_actions, open_actions

    session = Session.of(ctx)
    word = pad_id or pad
    found = open_actions(
        session.workspace.corpus, today=session.today, pads=[session.pad(word)] if word is not None else None
    )
    if who is not None:
        wanted = known_name(session, who, {action.person for action in found})
        found = tuple(action for action in found if action.person == wanted)
    if format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("actions", found), output)
        return
    from padctl.render.actions import action_list_text

    session.show(action_list_text(grouped_actions(found, group), group, width=session.width), output)


@app.command(cls=Changes, epilog='Example: padctl action add 7 "dana: book the research room by 2026-12-01"')
def add(
    ctx: typer.Context,
    pad_id: IdArgument,
    text: Annotated[str, typer.Argument(metavar='"WHO: WHAT by DATE"', help="Who does what by when.")],
) -> None:
    """Add an action to a PAD; it blocks nothing, unlike the actions of a decision."""
    session = Session.of(ctx)
    planned = adding(asked_action(session, text, "the action"))
    change(session, pad_id, "action", planned)


@app.command(cls=Changes, epilog="Example: padctl action done 7 A1")
def done(
    ctx: typer.Context,
    pad_id: IdArgument,
    action_id: Annotated[str, typer.Argument(metavar="ACTION", help="The action's id, such as A1.")],
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day on which it was done; else today.")] = None,
) -> None:
    """Mark an action as done, today or on an earlier day."""
    session = Session.of(ctx)
    day = day_option(date, "--date") or session.today
    if day > session.today:
        raise UsageError(f"--date: {day} is in the future", fix="record the action once it is done")
    planned = finishing(action_id, day)
    change(session, pad_id, "action", planned)
