"""What the record holds of a PAD: the default branch, as far as this clone knows it, against the PAD here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from padctl.errors import Reason, Refused
from padctl.model.document import Document, read_document
from padctl.model.front_matter import FrontMatter, read_front_matter
from padctl.model.pad import Pad
from padctl.model.settings import GitSettings
from padctl.store.branches import default_branch, record_ref, start_again
from padctl.store.file_state import file_state
from padctl.store.repository import Repository

_GROWING = ("history", "feedback", "actions")
_RECORDED = ("history", "stage", "status", "launched")


def check_against_head(repository: Repository, pad: Pad) -> None:
    """Refuse a PAD whose history, stage or status was edited by hand since the last commit."""
    committed = _committed(repository, "HEAD", pad.path)
    before = _header(committed, pad) if committed else None
    if before is None or pad.header is None:
        return
    changed = [name for name in _RECORDED if getattr(before, name) != getattr(pad.header, name)]
    if changed:
        fix = f"put these lines back as git show HEAD:{pad.path} has them, then make the move"
        reason = Reason(message=f"edited since the last commit: {', '.join(changed)}", fix=fix)
        raise Refused(f"{pad.id}: only moves change the history, stage and status", [reason])


def check_unprotected(repository: Repository, settings: GitSettings, *, again: str) -> None:
    """Refuse a commit on the default branch where that changes by pull request only.

    `again` is the command as it was typed, for the form of it that works.
    """
    if not settings.protected:
        return
    default = default_branch(repository, settings.default) or "main"
    if repository.branch == default:
        reason = Reason(message=f"{default} changes by pull request only", fix=f"{again} --branch")
        raise Refused("nothing was written", [reason])


def check_published(repository: Repository, settings: GitSettings, pad: Pad, *, folder: str, stem: str) -> None:
    """Refuse a move whose PAD lacks moves that the remote's default branch already has.

    The history there must be a prefix of the PAD's own: otherwise the clone is stale, or its branch was squashed and is
    used again. `stem` names the branch on which to start again.
    """
    ref = repository.default_ref(settings.default)
    found = Difference.between(repository, ref, folder).published(pad) if ref and pad.header else None
    if found is None or pad.header is None:
        return
    branch, theirs = ref.removeprefix("refs/remotes/"), _header(_as_checked_out(repository, ref, found), pad)
    if theirs is None:
        reason = Reason(message="its header cannot be read there", fix=f"mend it on {branch} first")
        raise Refused(f"{pad.id}: the published PAD cannot be compared with this one", [reason])
    mine = pad.header.history
    if theirs.history == mine[: len(theirs.history)]:
        return
    missing = next(entry for i, entry in enumerate(theirs.history) if i >= len(mine) or mine[i] != entry)
    label = f" ({missing.outcome.label})" if missing.outcome else ""
    what = f"{missing.move} of {missing.date}{label} is on {branch} and not here"
    if found.path != pad.path:
        what += f"; the PAD is {found.path} there"
    commands = start_again(repository, branch.partition("/")[2], stem)
    fix = "\n".join(["start again:", *_with_edits(repository, pad.path, commands), "then make the move there"])
    raise Refused(f"{pad.id}: this copy is behind {branch}", [Reason(message=what, fix=fix)])


def unpublished(
    repository: Repository, settings: GitSettings, pads: Sequence[Pad], *, folder: str
) -> tuple[str, frozenset[str]] | None:
    """Return the default branch and the paths of PADs whose latest move it does not have; None where none is known.

    It costs one comparison of trees, whatever the number of PADs.
    """
    default = default_branch(repository, settings.default)
    ref = record_ref(repository, default)
    if not ref:
        return None
    difference = Difference.between(repository, ref, folder)
    moved = [pad for pad in pads if pad.header and pad.header.history and pad.path in difference.changed]
    return default, frozenset(
        pad.path for pad in moved if not _begins_with(difference.published(pad), pad.document)
    )  # fmt: skip


def open_proposal(repository: Repository, ref: str, commit: str, paths: Sequence[str]) -> bool:
    """Say whether a commit holds moves, feedback or actions of PADs that follow the record's and are not there yet."""
    for path in paths:
        found = (_committed(repository, where, path) if where else None for where in (commit, ref))
        ours, theirs = (document or read_document(b"", path=path) for document in found)
        mine, known = _history(ours), _history(theirs)
        if mine[: len(known)] == known and any(_goes_on(_listed(ours, k), _listed(theirs, k)) for k in _GROWING):
            return True
    return False


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The PADs of another commit that read otherwise, or lie elsewhere, than at HEAD; and all paths that differ."""

    texts: Mapping[str, bytes]
    changed: frozenset[str]

    @classmethod
    def between(cls, repository: Repository, ref: str, folder: str) -> "Difference":
        """Compare a ref with HEAD below a folder, as trees.

        Raises:
            RepositoryError: git cannot.
        """
        head = repository.head or repository.must("hash-object", "-t", "tree", "--stdin")
        words = ("diff-tree", "-r", "-z", "--relative", "--no-renames", ref, head, "--", folder)
        parts = repository.must(*words).split("\0")
        objects = {path: details.split(" ")[2] for details, path in zip(parts[0::2], parts[1::2], strict=False)}
        there = {path: name for path, name in objects.items() if path.endswith(".md") and name.strip("0")}
        contents = repository.contents(list(there.values())) if there else ()
        return cls(texts=dict(zip(there, contents, strict=True)), changed=frozenset(objects))

    def published(self, pad: Pad) -> Document | None:
        """Return the PAD as the other commit has it: at its path, else under its id; None where it is the same or new.

        Two PADs that took one number on two branches are not the same: they were not made on one day by one owner.
        """
        if pad.path in self.texts:
            return read_document(self.texts[pad.path], path=pad.path)
        name = (pad.id or "").encode()
        found = (read_document(text, path=path) for path, text in self.texts.items() if name and name in text)
        return next((document for document in found if _same(document, pad)), None)


def _committed(repository: Repository, ref: str, path: str) -> Document | None:
    """Return a document at a commit, or None where it is not there."""
    raw = repository.blob(ref, path)
    return None if raw is None else _as_checked_out(repository, ref, read_document(raw, path=path))


def _as_checked_out(repository: Repository, ref: str, document: Document) -> Document:
    """Return a document of a commit that git stores through a filter, encrypted for example, as a checkout has it.

    Whoever moves a PAD lets git run that filter anyway.
    """
    if document.values.get("id"):
        return document
    return read_document(repository.checked_out(ref, document.path), path=document.path)


def _same(document: Document, pad: Pad) -> bool:
    values, own = document.values, pad.document.values
    former = values.get("formerly")
    ids = [values.get("id"), *(former if isinstance(former, list) else [])]
    alike = values.get("owner") == own.get("owner") or values.get("title") == own.get("title")
    return pad.id in ids and values.get("created") == own.get("created") and alike


def _with_edits(repository: Repository, path: str, commands: Sequence[str]) -> Sequence[str]:
    """Return commands that take the author's uncommitted edits of a file along."""
    state = file_state(repository, path)
    if not state.tracked:
        return [f"mv {quote(path)} {quote(path)}.mine", *commands]
    if state.edited or state.staged:
        return [f"git stash push -- {quote(path)}", *commands, "git stash pop"]
    return commands


def _begins_with(document: Document | None, own: Document) -> bool:
    """Say whether a published history holds a PAD's whole history."""
    mine = _history(own)
    return document is not None and _history(document)[: len(mine)] == mine


def _goes_on(mine: Sequence[object], known: Sequence[object]) -> bool:
    """Say whether there are more entries than are known, or one says what no known one says, as that it is done."""
    told = [entry for entry in known if isinstance(entry, dict)]
    more = (entry for entry in mine if isinstance(entry, dict) and not any(entry.items() <= k.items() for k in told))
    return len(mine) > len(known) or next(more, None) is not None


def _history(document: Document) -> list[object]:
    return _listed(document, "history")


def _listed(document: Document, name: str) -> list[object]:
    found = document.values.get(name)
    return list(found) if isinstance(found, list) else []


def _header(document: Document, pad: Pad) -> FrontMatter | None:
    """Return the header of another version of a PAD, read with the PAD's own template; None where it cannot be."""
    return read_front_matter(document.values, pad.template.fields if pad.template else {})[0]
