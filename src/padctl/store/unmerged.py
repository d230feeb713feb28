"""Which submissions the default branch does not have yet, and the command that brings them there."""

import shlex
from collections.abc import Iterator

from padctl.model.terms import Status
from padctl.report.remind import Unmerged
from padctl.store.branches import catch_up, default_branch, proposal
from padctl.store.observed import observing
from padctl.store.published import unpublished
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace


def unmerged_submissions(workspace: Workspace) -> tuple[Unmerged, ...]:
    """Return the submissions that the default branch lacks: of this clone, then those the agenda knows of branches."""
    repository = Repository(workspace.root)
    return (*_of_this_clone(workspace, repository), *_of_branches(workspace, repository))


def _of_this_clone(workspace: Workspace, repository: Repository) -> Iterator[Unmerged]:
    """Yield those of the work tree; none where there is no other branch to compare with.

    That is without a remote, and with the default branch checked out.
    """
    settings = workspace.settings
    waiting = [pad for pad in workspace.corpus.pads if pad.header and pad.header.status is Status.IN_REVIEW]
    found = unpublished(repository, settings.git, waiting, folder=settings.paths.pads) if waiting else None
    if found is None:
        return
    default, paths = found
    branch = repository.branch
    away = proposal(repository, settings.git.default)
    command = (away.push or away.merge) if away else "git push" if branch else "git switch --create NAME"
    name = branch or "a commit without a branch"
    place = "in this clone only" if name == default else f"in {name} only"
    for pad in waiting:
        if pad.path in paths:
            yield Unmerged(pad=pad, place=place, default=default, command=command)


def _of_branches(workspace: Workspace, repository: Repository) -> Iterator[Unmerged]:
    """Yield those that only remote-tracking branches have, each with the commands that merge it."""
    with observing(workspace) as observation:
        found = observation.facts((), {}).proposed
    if not found:
        return
    default = default_branch(repository, workspace.settings.git.default) or "the default branch"
    back = catch_up(repository, workspace.settings.git.default)
    for one in found:
        merge = f"git merge {shlex.quote(one.branch)} && git push"
        command = "" if workspace.settings.git.protected else " && ".join(filter(None, [back, merge]))
        yield Unmerged(pad=one.pad, place=f"on {one.branch}, not merged yet", default=default, command=command)
