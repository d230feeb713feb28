"""The options of every command that commits: on which branch, pushed or not; and what to say about a branch."""

import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from padctl.cli.session import Session
from padctl.model.terms import Outcome

if TYPE_CHECKING:
    from padctl.render.console import Line
    from padctl.store.branches import Proposal

_OPTION = "--branch"
# what follows may be an option, an id, a date, a quarter or an outcome
_NO_NAME = re.compile(rf"-.*|\d[\d-]*(?:[Qq]\d)?|{'|'.join(Outcome)}")

Branch = Annotated[
    str | None,
    typer.Option(_OPTION, metavar="[NAME]", help="Commit on a branch, made from the default one where it is new."),
]
Push = Annotated[bool, typer.Option("--push", help="Push the branch afterwards.")]


class Branching(TyperCommand):
    """A command whose --branch may come without a name, as git's own options may."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give --branch an empty name where none follows."""
        following = [*args, "-"][1:]
        return super().parse_args(ctx, [_with_name(word, after) for word, after in zip(args, following, strict=True)])


def _with_name(word: str, after: str) -> str:
    return f"{_OPTION}=" if word == _OPTION and _NO_NAME.fullmatch(after) else word


def typed(session: Session) -> str:
    """Return the command as it was typed, for a shell."""
    return shlex.join(["padctl", *session.state.arguments])


def check_push(session: Session) -> None:
    """Make sure, before anything is written, that there is something to push to."""
    from padctl.store.branches import check_remote
    from padctl.store.repository import Repository

    check_remote(Repository(session.workspace.root))


def say_where(session: Session, *, push: bool) -> None:
    """Say of a commit on another branch than the default one how it gets there, and push it where that was asked for.

    Raises:
        RepositoryError: it could not be pushed.
    """
    from padctl.store.branches import proposal, push_branch
    from padctl.store.repository import Repository
    from padctl.store.whereabouts import checked_out

    root, settings = session.workspace.root, session.workspace.settings.git
    branch, default = checked_out(root, settings.default)
    if branch and branch == default and not push:
        return
    repository = Repository(root, None if session.interactive else {"GIT_TERMINAL_PROMPT": "0"})
    found = proposal(repository, settings.default)
    pushed = False
    try:
        if push:
            for text in push_branch(repository).splitlines():
                session.note(text.rstrip())
            pushed = True
    finally:
        session.show(_to_do(found, pushed=pushed, width=session.width) if found else ())


def _to_do(found: "Proposal", *, pushed: bool, width: int) -> Iterator["Line"]:
    """Yield the commands, one a line, that bring a branch to the default one."""
    from padctl.render.console import folded, line

    yield line()
    yield from folded(f"On branch {found.branch}, not on {found.default} yet. To bring it there:", width=width)
    if found.push:
        if not pushed:
            yield line(f"  {found.push}")
        yield from folded(f"open a pull request from {found.branch} into {found.default}", width=width, first="  ")
        yield line("Once it is merged, everybody gets it with:")
    yield line(f"  {found.merge}")
