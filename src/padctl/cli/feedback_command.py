"""`padctl feedback`: what a reviewer says before the meeting."""

from typing import Annotated

import typer

from padctl.cli.moving import IdArgument, advised, change, recorder
from padctl.cli.people import person
from padctl.cli.session import Session
from padctl.cli.writing import Changes
from padctl.errors import UsageError
from padctl.lifecycle import FeedbackRequest, Planned, answering, resolving, under_review
from padctl.model.terms import Stance, suggestion

app = typer.Typer(add_completion=False)


@app.command(
    cls=Changes, epilog='Example: padctl feedback 7 --by eli --stance concern --note "Who pays for the storage?"'
)
def feedback(
    ctx: typer.Context,
    pad_id: IdArgument,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who says it, required; with --resolve, who answered.")
    ] = None,
    stance: Annotated[
        str | None, typer.Option(metavar="STANCE", help="support, concern or question; required without --resolve.")
    ] = None,
    note: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What is said in a sentence, required; with --resolve, how it was answered."),
    ] = None,
    resolve: Annotated[
        str | None, typer.Option(metavar="N|NAME", help="Mark a concern or question as answered instead.")
    ] = None,
) -> None:
    """Record what a reviewer says about the stage under review, or that a concern is answered.

    Who answers again adds an entry; padctl status ID numbers them, and --resolve takes that number, or the name where
    only one of that person's is open; with --note it keeps how it was answered, and by whom.
    """
    session = Session.of(ctx)
    with advised(session):
        pad = session.pad(pad_id)
        if resolve is None and session.state.branch is None:
            under_review(pad)
    if resolve is None:
        planned = _answer(session, by, stance, note)
    elif stance:
        fix = f"padctl feedback {pad.id} --resolve N --note TEXT"
        raise UsageError("--resolve goes without --stance", fix=fix)
    else:
        planned = _resolution(session, resolve, by, note)
    change(session, pad_id, "feedback", planned)


def _resolution(session: Session, word: str, by: str | None, note: str | None) -> Planned:
    """Return the change that resolves feedback; who says how is git's user where nobody is named."""
    who = person(session, by, "--by") if by else recorder(session) if note else None
    return resolving(word, session.today, session.workspace.settings, by=who, note=note)


def _answer(session: Session, by: str | None, stance: str | None, note: str | None) -> Planned:
    default = recorder(session) if session.interactive else None
    who = session.ask(by, question="Feedback of", flag="--by NAME", default=default)
    word = session.ask(stance, question="Support, concern or question", flag="--stance support|concern|question")
    if word.lower() not in list(Stance):
        listed = ", ".join(Stance)
        raise UsageError(f'there is no stance "{word}"{suggestion(word.lower(), Stance)}', fix=f"one of {listed}")
    text = session.ask(note, question="Note", flag="--note TEXT")
    asked = FeedbackRequest(by=person(session, who, "--by"), day=session.today, stance=Stance(word.lower()), note=text)
    return answering(asked)
