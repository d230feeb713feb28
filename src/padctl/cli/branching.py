"""What to say about the branch on which a command commits, and pushing it."""

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from padctl.cli.session import Session

if TYPE_CHECKING:
    from padctl.render.console import Line
    from padctl.store.branches import Proposal


def typed(session: Session) -> str:
    """Return the command as it was typed, for a shell."""
    return shlex.join(["padctl", *session.state.arguments])


def check_push(session: Session) -> None:
    """Make sure, before anything is written, that there is something to push to."""
    from padctl.store.branches import check_remote
    from padctl.store.repository import Repository

    check_remote(Repository(session.workspace.root))


def say_where(session: Session) -> None:
    """Say of a commit on another branch than the default one how it gets there, and push it where that was asked for.

    After a dry run there is nothing to say.

    Raises:
        RepositoryError: it could not be pushed.
    """
    if session.state.dry_run:
        return
    from padctl.store.branches import proposal, push_branch
    from padctl.store.repository import Repository
    from padctl.store.whereabouts import checked_out

    push = session.state.push
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
