"""What stands against moves before anybody is asked for them: of the repository, and of each PAD."""

from collections.abc import Callable, Iterator, Sequence

from padctl.errors import Reason, Refused
from padctl.model.pad import Pad
from padctl.store.moves import How
from padctl.store.published import check_against_head, check_published, check_unprotected
from padctl.store.readiness import check_writable
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace
from padctl.store.writer import check_edits


def check_ready(workspace: Workspace, how: How) -> None:
    """Make sure that anything can be committed as it is asked for, and that a branch of that name is not left aside.

    Raises:
        Refused: the branch is protected, or the one to commit on is there and not checked out.
        RepositoryError: the repository is in no state to be written to.
    """
    check_committable(workspace, how)
    repository = Repository(workspace.root, how.env)
    if how.branch and repository.branch != how.branch and repository.commit_id(f"refs/heads/{how.branch}"):
        reason = Reason(message=f"{how.branch} is there already; go on where it is", fix=f"git switch {how.branch}")
        raise Refused("nothing was written", [reason])


def check_committable(workspace: Workspace, how: How) -> None:
    """Make sure that anything can be committed as it is asked for.

    Raises:
        Refused: the branch is protected.
        RepositoryError: the repository is in no state to be written to.
    """
    repository = Repository(workspace.root, how.env)
    check_writable(repository)
    if how.branch is None:
        check_unprotected(repository, workspace.settings.git, again=how.again)


def obstacles(workspace: Workspace, pads: Sequence[Pad], how: How) -> dict[str, tuple[Reason, ...]]:
    """Return why git would not take a move of PADs now, by their paths; a PAD that it would take is not among them."""
    repository = Repository(workspace.root, how.env)
    found = {pad.path: tuple(_of_pad(repository, workspace, pad, how)) for pad in pads}
    return {path: reasons for path, reasons in found.items() if reasons}


def _of_pad(repository: Repository, workspace: Workspace, pad: Pad, how: How) -> Iterator[Reason]:
    settings = workspace.settings
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_against_head(repository, pad),
        lambda: check_published(repository, settings.git, pad, folder=settings.paths.pads, stem=pad.id.lower()),
        lambda: check_edits(repository, pad.document, include=how.include_edits),
    )
    for check in checks:
        try:
            check()
        except Refused as refused:
            yield from refused.reasons
