"""What stands against moves before anybody is asked for them: of the repository, and of each PAD."""

from collections.abc import Iterator, Sequence

from padctl.errors import Reason, Refused
from padctl.model.pad import Pad
from padctl.store.moves import check_movable, check_unprotected
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace
from padctl.store.writer import check_author_edits


def check_ready(workspace: Workspace, *, branch: str) -> None:
    """Make sure that anything can be committed here at all; `branch` names one to make where the default is protected.

    Raises:
        Refused: the branch is protected.
        RepositoryError: the repository is in no state to be written to.
    """
    repository = Repository(workspace.root)
    repository.check_writable()
    check_unprotected(repository, workspace, "nothing can be recorded on this branch", branch=branch)


def obstacles(workspace: Workspace, pads: Sequence[Pad], *, include_edits: bool) -> dict[str, tuple[Reason, ...]]:
    """Return why git would not take a move of PADs now, by their paths; a PAD that it would take is not among them."""
    repository = Repository(workspace.root)
    found = {pad.path: tuple(_of_pad(repository, workspace, pad, include_edits)) for pad in pads}
    return {path: reasons for path, reasons in found.items() if reasons}


def _of_pad(repository: Repository, workspace: Workspace, pad: Pad, include_edits: bool) -> Iterator[Reason]:
    try:
        check_movable(repository, workspace, pad)
    except Refused as refused:
        yield from refused.reasons
    try:
        check_author_edits(repository.file_state(pad.path), pad.path, include=include_edits)
    except Refused as refused:
        yield from refused.reasons
