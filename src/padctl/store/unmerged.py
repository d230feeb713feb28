"""Which submissions the default branch does not have yet, and the command that brings them there."""

from padctl.model.terms import Status
from padctl.report.remind import Unmerged
from padctl.store.branches import proposal
from padctl.store.published import unpublished
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace


def unmerged_submissions(workspace: Workspace) -> dict[str, Unmerged]:
    """Return the PADs in review here whose submission the default branch lacks, by path.

    Empty where there is no other branch to compare with: no remote, and the default branch checked out.
    """
    settings, repository = workspace.settings, Repository(workspace.root)
    waiting = [pad for pad in workspace.corpus.pads if pad.header and pad.header.status is Status.IN_REVIEW]
    found = unpublished(repository, settings.git, waiting, folder=settings.paths.pads) if waiting else None
    if found is None:
        return {}
    default, paths = found
    branch = repository.branch
    away = proposal(repository, settings.git.default)
    command = (away.push or away.merge) if away else "git push" if branch else "git switch --create NAME"
    where = Unmerged(branch=branch or "a commit without a branch", default=default, command=command)
    return dict.fromkeys(sorted(paths), where)
