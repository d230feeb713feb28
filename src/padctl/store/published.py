"""Which submissions the default branch does not have yet, asked of git in a handful of commands."""

from padctl.model.document import read_document
from padctl.model.pad import Pad, read_pad
from padctl.model.terms import Status
from padctl.report.remind import Unmerged
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace

_REMOTE = "refs/remotes/origin/"


def unmerged_submissions(workspace: Workspace) -> dict[str, Unmerged]:
    """Return the PADs in review here whose submission the default branch lacks, by path.

    Empty where there is no other branch to compare with: no remote, and the default branch checked out.
    """
    waiting = [pad for pad in workspace.corpus.pads if pad.header and pad.header.status is Status.IN_REVIEW]
    repository = Repository(workspace.root)
    if not waiting or repository.ask("rev-parse", "--git-dir").status:
        return {}
    branch = repository.branch or "a commit without a branch"
    configured = workspace.settings.git.default
    ref = repository.default_ref(configured) or _local_default(repository, configured)
    default = ref.removeprefix(_REMOTE).removeprefix("refs/heads/")
    if not ref or (branch == default and not ref.startswith(_REMOTE)):
        return {}
    remote = ref.startswith(_REMOTE)
    push = f"git push --set-upstream origin {branch}"
    command = "git push" if branch == default else push if remote else f"git switch {default} && git merge {branch}"
    where = Unmerged(branch=branch, default=default, command=command)
    return {pad.path: where for pad in _lacking(repository, ref, waiting)}


def _local_default(repository: Repository, configured: str | None) -> str:
    names = (configured,) if configured else ("main", "master")
    refs = (f"refs/heads/{name}" for name in names)
    return next((ref for ref in refs if repository.commit_id(ref)), "")


def _lacking(repository: Repository, ref: str, pads: list[Pad]) -> list[Pad]:
    """Return the PADs whose history is not all there at a ref."""
    entries = repository.entries(ref)
    there = [pad.path for pad in pads if pad.path in entries]
    texts = dict(zip(there, repository.contents([entries[path] for path in there]), strict=True))
    return [pad for pad in pads if pad.path not in texts or not _has_all(texts[pad.path], pad)]


def _has_all(raw: bytes, pad: Pad) -> bool:
    published = read_pad(read_document(raw, path=pad.path), pad.template).header
    if published is None or pad.header is None:
        return False
    mine = pad.header.history
    return published.history[: len(mine)] == mine
