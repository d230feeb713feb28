"""Questions to the person at the terminal: asked again, with what is wrong, until the answer can be used."""

from collections.abc import Callable
from typing import TypeVar

import typer

from padctl.cli.session import Session
from padctl.errors import UsageError

T = TypeVar("T")


def ask_until(session: Session, question: str, read: Callable[[str], T], *, default: str | None = None) -> T:
    """Return what `read` makes of an answer; it raises UsageError where the answer cannot be used.

    An empty default lets the person answer nothing.
    """
    while True:
        answer = str(typer.prompt(question, default=default, show_default=bool(default), err=True))
        try:
            return read(answer.strip())
        except UsageError as error:
            session.note(f"  {error.message}")
            if error.fix:
                session.note(f"  fix: {error.fix}")


def agreed(question: str, *, default: bool = True) -> bool:
    """Say whether the person agrees; an empty answer does as `default` says."""
    return typer.confirm(question, default=default, err=True)
