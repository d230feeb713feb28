"""`padctl remind`: who owes what today."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.people import known_name
from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.report.remind import Reminder, reminders

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl remind --to dana")
def remind(
    ctx: typer.Context,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this person owes.")] = None,
    format: Annotated[Literal["text", "md", "json"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
    post: Annotated[
        str | None, typer.Option(metavar="URL", help="Post it to a chat's webhook, one message a person.")
    ] = None,
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="Post to this machine too, and by http.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --post: show what would be posted.")] = False,
) -> None:
    """Show who owes what today, with the command that settles each.

    Reviewers who have not answered, concerns without an answer, old drafts, submissions that are not merged, actions
    and recaps that are due, and for whoever runs the meeting the agenda to send and what was left undecided.
    What somebody who left owes goes to the successor.
    """
    from padctl.store.unmerged import unmerged_submissions

    session = Session.of(ctx)
    if dry_run and not post:
        raise UsageError("--dry-run goes with --post", fix="add --post URL, or leave it out")
    found = reminders(session.workspace.corpus, today=session.today, unmerged=unmerged_submissions(session.workspace))
    nobody = "Nobody owes anything today."
    if to is not None:
        settings = session.workspace.settings
        wanted = settings.stand_in(known_name(session, to, {reminder.who for reminder in found}), session.today)
        found = tuple(reminder for reminder in found if reminder.who == wanted)
        nobody = f"{settings.person(wanted)} owes nothing today."
    if post:
        _post(session, found, post, allow_loopback=allow_loopback, dry_run=dry_run)
    else:
        _show(session, found, nobody, format, output)


def _show(session: Session, found: tuple[Reminder, ...], nobody: str, form: str, output: Output) -> None:
    if form == "text":
        from padctl.render.remind import remind_text

        session.show(remind_text(found, nobody=nobody, width=session.width), output)
        return
    from padctl.render.machine import as_data, to_json

    if form == "json":
        session.write(to_json("reminders", found), output)
        return
    from padctl.render.remind import deadline, heading, task
    from padctl.render.template import render_report
    from padctl.store.templates import report_folders

    workspace = session.workspace
    people = [
        {
            "heading": heading(reminder),
            "debts": [{**as_data(debt), "task": task(debt), "deadline": deadline(debt)} for debt in reminder.debts],
        }
        for reminder in found
    ]
    data = {"today": str(session.today), "nobody": nobody, "reminders": people}
    folders = report_folders(workspace.root, workspace.settings.paths.templates)
    session.tell(render_report("remind.md", data, folders), output)


def _post(session: Session, found: tuple[Reminder, ...], url: str, *, allow_loopback: bool, dry_run: bool) -> None:
    from padctl.render.machine import dumped
    from padctl.render.remind import chat_payload
    from padctl.store.webhook import read_webhook

    webhook = read_webhook(url, loopback=allow_loopback)
    payloads = [chat_payload(reminder, entities=webhook.entities) for reminder in found]
    if dry_run:
        session.write(dumped(payloads))
        return
    webhook.post(payloads)
    session.write(f"posted {len(payloads)} message{'' if len(payloads) == 1 else 's'} to {webhook.name}\n")
