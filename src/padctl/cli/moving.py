"""What all moves have in common on the command line: their options, carrying them out, and saying what happened."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from padctl.cli.session import Session, names, parse_day
from padctl.errors import UsageError
from padctl.lifecycle import Request, ensure_possible
from padctl.model.terms import MoveKind

if TYPE_CHECKING:
    from padctl.model.pad import Pad
    from padctl.model.template import Template
    from padctl.store.moves import Written

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="PAD-0007, 7, a path, or a part of the file's name.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the diff; write nothing.")]
IncludeEdits = Annotated[bool, typer.Option("--include-edits", help="Commit your own edits of the PAD along with it.")]
Override = Annotated[bool, typer.Option("--override", help="Pass the gates; needs --reason, and is recorded.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the history.")]
By = Annotated[list[str] | None, typer.Option("--by", metavar="NAME", help="Who decided; repeatable. Required.")]
ActionOption = Annotated[
    list[str] | None, typer.Option("--action", metavar='"WHO: WHAT by DATE"', help="Who does what by when; repeatable.")
]


def override_reason(override: bool, reason: str | None) -> str | None:
    """Return the reason for passing gates, or None where they are not passed.

    Raises:
        UsageError: `--override` without `--reason`.
    """
    if override and not reason:
        raise UsageError("--override needs --reason", fix='add --reason "why the gate does not apply"')
    return reason if override else None


def movable(session: Session, word: str, kind: MoveKind) -> "Pad":
    """Return the PAD that a word names, once what a killed run left is healed and the lifecycle has the move for it.

    Raises:
        Refused: the move is not possible now; said before anybody is asked for what it needs.
    """
    heal(session)
    pad = session.pad(word)
    ensure_possible(pad, kind)
    return pad


def heal(session: Session) -> None:
    """Finish or take back what a killed run left, before anything is read, and say so."""
    from padctl.store.journal import interrupted
    from padctl.store.repository import Repository
    from padctl.store.writer import locked

    repository = Repository(session.root)
    if interrupted(repository):
        with locked(repository) as healed:
            session.note(f"note: {healed}")


def deciders(session: Session, given: list[str] | None, question: str) -> tuple[str, ...]:
    """Return who decided, asking where nobody was named.

    Raises:
        UsageError: nobody is named and nobody can be asked.
    """
    found = names(given or [session.ask(None, question=question, flag="--by NAME")])
    if not found:
        raise UsageError("--by names nobody", fix="add --by NAME")
    return tuple(map(session.workspace.settings.short_name, found))


def recorder(session: Session) -> str | None:
    """Return who writes the decision down: git's user, by the short name that the settings give."""
    from padctl.store.repository import Repository

    workspace = session.workspace
    return workspace.settings.short_name(Repository(workspace.root).user_name()) or None


def move(session: Session, word: str, request: Request, *, dry_run: bool, include_edits: bool) -> None:
    """Carry out one move of the PAD that a word names, and say what became of it."""
    from padctl.store.moves import How, make_move

    pad = session.pad(word)
    how = How(dry_run=dry_run, include_edits=include_edits)
    report(session, make_move(session.workspace, pad.path, request, fill=filled_template, how=how))


def report(session: Session, written: "Written") -> None:
    """Say what a write did: the diff of a dry run, else where the PAD stands and what comes next."""
    from padctl.render.console import folded, line
    from padctl.render.feedback import awaited_text
    from padctl.report.feedback import owed_answers
    from padctl.report.standing import next_step, standing

    for note in written.notes:
        session.note(f"note: {note}")
    if not written.committed:
        session.write(written.diff)
        return
    pad = written.pad
    if written.said:
        session.write(f"{written.said}\n")
    session.show(folded(f"{standing(pad)}.", width=session.width, first=f"{pad.id}: "))
    if written.move:
        settings = session.workspace.settings
        session.show(awaited_text(owed_answers(pad, settings), settings, width=session.width))
    on_agenda = pad.header.slot.date if pad.header and pad.header.slot and written.move else None
    if step := f"padctl agenda {on_agenda}" if on_agenda else next_step(pad):
        session.show([line("Next: ", step)])


def filled_template(pad: "Pad") -> "Template | None":
    """Return the PAD's template with the PAD's own values in its page."""
    from padctl.model.template import with_page
    from padctl.render.template import fill_page

    if pad.template is None:
        return None
    values = {name: value for name, value in pad.document.values.items() if isinstance(value, str)}
    known = {name: values.get(name, "") for name in ("id", "title", "owner", "team", "created", "template")}
    return with_page(pad.template, lambda text, path: fill_page(text, known, path=path))


def day_option(given: str | None, flag: str) -> date | None:
    """Return a date option's value, or None where it was not given."""
    return parse_day(given, flag) if given else None
