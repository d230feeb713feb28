"""Where the latest moves of PADs are: what reading commands say of the branch that is checked out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from padctl.cli.session import Session
from padctl.errors import RepositoryError

if TYPE_CHECKING:
    from padctl.model.pad import Pad
    from padctl.store.whereabouts import Whereabouts


def whereabouts(session: Session, pads: "Sequence[Pad]") -> "Whereabouts":
    """Return where the latest moves of PADs are; git is loaded on another branch than the default one only."""
    from padctl.store.whereabouts import Whereabouts, checked_out

    root, settings = session.workspace.root, session.workspace.settings
    branch, default = checked_out(root, settings.git.default)
    if not branch or branch == default:
        return Whereabouts(branch=branch, default=default)
    from padctl.store.published import unpublished
    from padctl.store.repository import Repository

    try:
        found = unpublished(Repository(root), settings.git, pads, folder=settings.paths.pads)
    except RepositoryError:  # git is missing, or an object is: what can be read is shown all the same
        return Whereabouts()
    return Whereabouts(branch=branch, default=found[0], alone=found[1]) if found else Whereabouts()
