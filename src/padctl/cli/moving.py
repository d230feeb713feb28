"""What all moves have in common on the command line: their options, carrying them out, and saying what happened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from padctl.cli.branching import check_push, say_where, typed
from padctl.cli.session import Session, names, parse_day
from padctl.errors import Reason, Refused, UsageError
from padctl.lifecycle import Impossible, Planned, Request, ensure_possible, for_all
from padctl.model.meeting import meeting_option
from padctl.model.terms import MoveKind

if TYPE_CHECKING:
    from padctl.model.front_matter import HistoryEntry
    from padctl.model.pad import Pad
    from padctl.model.template import Template
    from padctl.store.moves import How, Written

_ID_HELP = "PAD-0007, 7, a path, or a part of the file's name"
IdArgument = Annotated[str, typer.Argument(metavar="ID", help=f"{_ID_HELP}.")]
IdsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help=f"{_ID_HELP}; or several: all move, or none.")]
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


def movable(session: Session, words: Sequence[str], kind: MoveKind) -> "tuple[Pad, ...]":
    """Return the PADs that words name, once the lifecycle has the move for them.

    On a branch that is switched to later they may stand elsewhere: the move itself judges them there.

    Raises:
        UsageError: a word names no PAD, or two name the same.
        Refused: the move is not possible now; said before anybody is asked for what it needs.
    """
    pads = meant(session, words)
    if session.state.branch is None:
        check_possible(session, pads, kind)
    return pads


def check_possible(session: Session, pads: "Sequence[Pad]", kind: MoveKind) -> None:
    """Make sure that the lifecycle has a move for all of these PADs.

    Raises:
        Refused: it does not have it for one of them.
    """
    with advised(session):
        for_all(pads, lambda pad: ensure_possible(pad, kind))


def meant(session: Session, words: Sequence[str]) -> "tuple[Pad, ...]":
    """Return the PADs that words name, each once.

    Raises:
        UsageError: a word names no PAD, or two name the same.
    """
    with advised(session):
        pads = tuple(map(session.pad, words))
    for position, pad in enumerate(pads):
        if pad.path in {other.path for other in pads[:position]}:
            raise UsageError(f'"{words[position]}" is {pad.id}, given twice', fix="give each PAD once")
    return pads


@contextmanager
def advised(session: Session) -> Iterator[None]:
    """Say, where a PAD is not there or not where a move starts, that others may have moved it in the meantime."""
    from padctl.store.branches import catch_up
    from padctl.store.repository import Repository

    workspace = session.workspace
    try:
        yield
    except Impossible as error:
        if fix := catch_up(Repository(workspace.root), workspace.settings.git.default):
            reason = Reason(message="others may have moved it since this clone was last brought up to date", fix=fix)
            raise Impossible(error.message, [*error.reasons, reason]) from None
        raise
    except UsageError as error:
        fix = catch_up(Repository(workspace.root), workspace.settings.git.default)
        if fix and error.message.startswith("there is no PAD"):
            raise UsageError(error.message, fix=f"{error.fix}; those of others come with:\n{fix}") from None
        raise


def check_committable(session: Session, pads: "Sequence[Pad]", *, with_edits: bool = False) -> None:
    """Make sure that a move of PADs could be committed now, before anybody is asked for what it needs.

    Raises:
        Refused: git stands against it.
        RepositoryError: the repository is in no state to be written to.
    """
    from padctl.store import obstacles

    how = manner(session, with_edits=with_edits)
    if how.dry_run:
        return
    obstacles.check_committable(session.workspace, how)
    found = obstacles.obstacles(session.workspace, pads, how) if how.branch is None else {}
    if found:
        told = [(path, reason) for path, reasons in found.items() for reason in reasons]
        named = [Reason(message=f"{path}: {reason.message}", fix=reason.fix) for path, reason in told]
        raise Refused("nothing was written", named)


def deciders(
    session: Session, given: list[str] | None, question: str, first: Callable[[], None] = lambda: None
) -> tuple[str, ...]:
    """Return who decided, asking where nobody was named.

    Raises:
        UsageError: nobody is named and nobody can be asked.
    """
    found = names(given or [session.ask(None, question=question, flag="--by NAME", first=first)])
    if not found:
        raise UsageError("--by names nobody", fix="add --by NAME")
    return tuple(map(session.workspace.settings.short_name, found))


def recorder(session: Session) -> str | None:
    """Return who writes the decision down: git's user, by the short name that the settings give."""
    from padctl.store.repository import Repository

    workspace = session.workspace
    return workspace.settings.short_name(Repository(workspace.root).user_name()) or None


def move(session: Session, pads: "Sequence[Pad]", request: Request, *, with_edits: bool = False) -> None:
    """Carry out one move of PADs, with the author's edits where it says so or the command line does, and say how."""
    report(session, moved(session, pads, request, manner(session, with_edits=with_edits)))


def moved(session: Session, pads: "Sequence[Pad]", request: Request, how: "How") -> "tuple[Written, ...]":
    """Carry out one move of PADs."""
    from padctl.store.moves import make_moves

    with advised(session):
        return make_moves(
            session.workspace, {pad.path: pad.id or "" for pad in pads}, request, fill=filled_template, how=how
        )


def as_seen(pads: "Sequence[Pad]") -> "dict[str, Sequence[HistoryEntry]]":
    """Return the histories of PADs by their ids, as a person who is asked now sees them."""
    return {pad.id: pad.header.history for pad in pads if pad.header}


def plain_move(session: Session, words: Sequence[str], kind: MoveKind, reason: str | None, *, why: bool) -> None:
    """Carry out a move of which nothing is to be known but the reason; where `why`, it is asked for."""
    pads = movable(session, words, kind)
    seen = as_seen(pads) if why and not reason else {}
    if why:
        first = partial(check_committable, session, pads)
        reason = session.ask(reason, question="Why", flag="--reason TEXT", first=first)
    move(session, pads, Request(move=kind, day=session.today, today=session.today, reason=reason, seen=seen))


def change(session: Session, word: str, kind: str, planned: Planned) -> None:
    """Carry out a change of the PAD that a word names, such as an action: no move; and say what became of it."""
    from padctl.store.moves import change_fields

    how = manner(session)
    with advised(session):
        pad = session.pad(word)
        written = change_fields(session.workspace, {pad.path: pad.id or ""}, kind, planned, how=how)
    report(session, written)


def manner(session: Session, *, with_edits: bool = False) -> "How":
    """Return how to write, after making sure that --push has somewhere to push to."""
    from padctl.store.moves import How

    given = session.state
    if given.push:
        check_push(session)
    return How(
        dry_run=given.dry_run,
        include_edits=with_edits or given.include_edits,
        branch=given.branch,
        again=typed(session),
    )


def report(session: Session, several: "Sequence[Written]", *, last: bool = True) -> None:
    """Say what writes did: the diff of a dry run, else where each PAD stands, what comes next.

    After the last ones of a command, say also what the branch waits for.
    """
    from padctl.render.console import line

    for written in several:
        for note in written.notes:
            session.note(f"note: {note}")
        if not written.committed:
            session.tell(written.diff)
            continue
        _say_standing(session, written)
    if several[0].committed:
        steps = dict.fromkeys(filter(None, (_next(session, written) for written in several)))
        session.show(line("Next: ", step) for step in steps)
        if last:
            say_where(session)


def _say_standing(session: Session, written: "Written") -> None:
    from padctl.render.console import folded
    from padctl.render.feedback import awaited_text
    from padctl.report.feedback import owed_answers
    from padctl.report.standing import standing

    if written.said:
        session.tell(f"{written.said}\n")
    session.show(folded(f"{standing(written.pad)}.", width=session.width, first=f"{written.pad.id}: "))
    if written.move:
        settings = session.workspace.settings
        session.show(awaited_text(owed_answers(written.pad, settings), settings, width=session.width))


def _next(session: Session, written: "Written") -> str:
    """Return the command that comes after a write: the agenda on which it put the PAD, or the PAD's own next one."""
    from padctl.report.standing import next_step

    header = written.pad.header
    if header is None or header.slot is None or not written.move:
        return next_step(written.pad)
    stream = session.workspace.frame.stream_of(written.pad)
    return f"padctl agenda {header.slot.date}{meeting_option(stream)}"


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
