"""The submissions that only remote-tracking branches have: PADs in review there which the work tree has no such way."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from padctl.model.document import read_document
from padctl.model.pad import Pad, read_pad_among
from padctl.model.terms import Status
from padctl.report.agenda_facts import Proposed
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace

REMOTES = "refs/remotes/"
_BRANCHES = 100  # the newest ones: of each, the files are compared
_IN_REVIEW = b"in-review"
_FILES = ("-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--relative", "--diff-filter=AM")


class File(NamedTuple):
    """A PAD's file that may be a proposal: the ref of the branch that has it, its path, its bytes."""

    ref: str
    path: str
    content: bytes


def files_of_branches(repository: Repository, folder: str, here: str, upstream: str) -> Iterator[File]:
    """Yield the files with a review that unmerged branches changed themselves and that differ from those of HEAD.

    `here` is the tree of HEAD.
    """
    branches = _unmerged(repository, upstream)
    if not branches:
        return
    merged = [f"^{ref}" for ref in ("HEAD", upstream) if ref]
    log = repository.must("log", "--no-show-signature", "--format=", "-m", *_FILES, *branches, *merged, "--", folder)
    own = {blob for _, _, blob in _listed(log)}
    trees = "".join(f"{here} {tree}\n" for tree in branches.values())
    said = repository.must("diff-tree", "--stdin", *_FILES, "--", folder, asked=trees)
    differing: dict[str, list[tuple[str, str]]] = {}
    for tree, path, blob in _listed(said):
        if blob in own and path.endswith(".md"):
            differing.setdefault(tree, []).append((path, blob))
    blobs = list(dict.fromkeys(blob for files in differing.values() for _, blob in files))
    contents = dict(zip(blobs, repository.contents(blobs), strict=True))
    for ref, tree in branches.items():
        for path, blob in differing.get(tree, ()):
            if _IN_REVIEW in contents[blob]:
                yield File(ref, path, contents[blob])


def proposed(workspace: Workspace, files: Iterable[File]) -> Iterator[Proposed]:
    """Yield the PADs that are in review in files of branches where the work tree does not have that submission."""
    for file in files:
        pad = read_pad_among(workspace.frame.templates, read_document(file.content, path=file.path))
        if pad.header and pad.header.status is Status.IN_REVIEW:
            *_, known = (None, *map(workspace.pad, workspace.paths_of(pad.id)))
            if _goes_beyond(pad, known):
                yield Proposed(branch=file.ref.removeprefix(REMOTES), pad=pad)


def _goes_beyond(pad: Pad, known: Pad | None) -> bool:
    """Say whether a PAD's history continues the one that is here; one that was squashed or overtaken does not."""
    if known is None:
        return True
    if known.header is None or pad.header is None:
        return False
    mine, theirs = known.header.history, pad.header.history
    return len(theirs) > len(mine) and theirs[: len(mine)] == mine


def _unmerged(repository: Repository, upstream: str) -> dict[str, str]:
    """Return the remote-tracking branches with commits of their own, the newest first: ref to tree."""
    merged = [f"--no-merged={ref}" for ref in ("HEAD", upstream) if ref]
    shape = "--format=%(symref)%00%(refname)%00%(tree)"
    newest = ("--sort=-committerdate", f"--count={_BRANCHES}")
    said = repository.must("for-each-ref", shape, *newest, *merged, REMOTES)
    refs = [ref.split("\0") for ref in said.split("\n") if ref]
    return {name: tree for link, name, tree in refs if tree and not link and name != upstream}


def _listed(said: str) -> Iterator[tuple[str, str, str]]:
    """Yield what git lists of changed files: the tree that is compared, as far as it is named; path and blob."""
    tree, details = "", ""
    for part in said.split("\0"):
        if details:
            yield tree, part, details.split(" ")[3]
            details = ""
        else:
            heads, _, details = part.rpartition("\n")
            tree = heads.rpartition(" ")[2] or tree
