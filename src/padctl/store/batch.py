"""Several edits as one commit each, or none: a commit that fails, or a run that is killed, takes the earlier ones back.

Before the first commit the batch is noted in the git directory. Its commits are taken back only while they are the
newest of their branch, nothing else in this clone refers to them (a remote-tracking branch, a tag), and their files
hold what was committed: whatever somebody did in between is theirs. Who pushed them by an address is told their id.
"""

import base64
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from padctl.errors import Refused
from padctl.store.committing import await_index, change_index, forget, says
from padctl.store.journal import folder_of, rooted
from padctl.store.kept import digest
from padctl.store.replacing import write_aside, write_back
from padctl.store.repository import Repository

BATCH = "padctl-batch.json"
_NO_ENTRY = ""


@dataclass(frozen=True, kw_only=True)
class _Item:
    """One edit: the file, its bytes in base64, its index entry as `mode,object,path`, the commit message's lines.

    `new` is the digest of what is written; `intent` says that the index only knew of the file; `seen` is the digest of
    what is taken back.
    """

    path: str
    old: str
    new: str
    entry: str
    intent: bool
    message: str
    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Edits under way: the branch's ref, its commit before, and, once they are being taken back, its newest one.

    `root` is padctl's root from git's top folder.
    """

    root: str
    ref: str
    start: str
    items: tuple[_Item, ...]
    tip: str = ""


def begin_batch(repository: Repository, edits: Sequence[tuple[str, bytes, bytes, str]]) -> Batch:
    """Note edits, each a path, the file's bytes before and after and the commit message, and return the note.

    Raises:
        RepositoryError: the git directory cannot be written to.
    """
    batch = Batch(
        root=folder_of(repository),
        ref=repository.must("symbolic-ref", "HEAD"),
        start=repository.head,
        items=tuple(_item(repository, *edit) for edit in edits),
    )
    _note(repository, batch)
    return batch


def end_batch(repository: Repository) -> None:
    """Delete the note: all commits are made, or taken back, or known to stay. One that stays does no harm."""
    with suppress(OSError):
        (repository.git_dir / BATCH).unlink(missing_ok=True)


def interrupted_batch(repository: Repository) -> bool:
    """Say whether an earlier run left a batch unfinished."""
    return (repository.git_dir / BATCH).exists()


def heal_batch(repository: Repository) -> str:
    """Take back what a killed run had committed of a batch, and say so; empty where nothing was left.

    Raises:
        RepositoryError: an old text cannot be put back; the note stays for the next run.
    """
    batch = _noted(repository)
    if batch is not None:
        repository = rooted(repository, batch.root)
    if batch is None or (not batch.tip and len(_commits(repository, batch)) in {0, len(batch.items)}):
        end_batch(repository)
        return ""
    await_index(repository)
    tip = batch.tip or _commits(repository, batch)[-1]
    kept, why = take_back(repository, batch)
    names = ", ".join(item.path for item in batch.items)
    if kept:
        return f"an interrupted run had committed {', '.join(kept)} of {names}; this stays, because {why}"
    return (
        f"an interrupted run had committed a part of its moves of {names}; they are taken back: make them again. "
        f"If somebody has those commits already, get them back first: git merge --ff-only {tip[:12]}"
    )


def take_back(repository: Repository, batch: Batch) -> tuple[Sequence[str], str]:
    """Take the commits of a batch back, and return the paths of those that stand all the same, with the reason.

    Raises:
        RepositoryError: an old text cannot be put back; the note stays for the next run.
    """
    if not batch.tip:
        made = _commits(repository, batch)
        done = [item for item in batch.items if any(_is_ours(repository, commit, item) for commit in made)]
        if why := _obstacle(repository, batch, made, done):
            end_batch(repository)
            return [item.path for item in batch.items if _commits(repository, batch, item.path)], why
        if not made:
            end_batch(repository)
            return [], ""
        seen = (replace(item, seen=digest((repository.root / item.path).read_bytes())) for item in done)
        batch = replace(batch, items=tuple(seen), tip=made[-1])
        _note(repository, batch)
    if repository.commit_id(batch.ref) == batch.tip:
        back = [batch.ref, batch.start] if batch.start else ["-d", batch.ref]
        result = repository.git("update-ref", "-m", "padctl: none of several moves", *back, batch.tip)
        if result.status:
            return [item.path for item in batch.items], result.errors
    for item in batch.items:
        _restore(repository, item)
    end_batch(repository)
    return [], ""


def _commits(repository: Repository, batch: Batch, *paths: str) -> Sequence[str]:
    """Return the commits since the batch began, those that changed some files or all, the oldest first."""
    if not repository.commit_id(batch.ref):
        return []
    since = [f"^{batch.start}"] if batch.start else []
    return repository.must("rev-list", "--reverse", batch.ref, *since, "--", *paths).split()


def _obstacle(repository: Repository, batch: Batch, made: Sequence[str], done: Sequence[_Item]) -> str:
    """Say why the commits made since, those of the items done among them, cannot be taken back; empty if they can."""
    if not made:
        return ""
    if repository.found("symbolic-ref", "--quiet", "HEAD") != batch.ref:
        return "another branch is checked out now"
    if len(made) != len(done):
        return "somebody else committed since"
    return _shared(repository, batch.ref, made) or _edited(repository, made[-1], [item.path for item in done])


def _shared(repository: Repository, ref: str, made: Sequence[str]) -> str:
    """Say which other branch, tag or remote has a commit already."""
    refs = repository.must("for-each-ref", "--format=%(refname)", "--contains", made[0]).split("\n")
    return next((f"{other} has it already" for other in refs if other not in {ref, ""}), "")


def _edited(repository: Repository, commit: str, paths: Sequence[str]) -> str:
    changed = any(repository.differs(paths, *where, commit) for where in ([], ["--cached"]))
    return "a file was edited in the meantime" if changed else ""


def _is_ours(repository: Repository, commit: str, item: _Item) -> bool:
    """Say whether a commit changes one item's file only, and has the trailers or the content that padctl wrote."""
    words = ("diff-tree", "-r", "-z", "--root", "--no-commit-id", "--name-only", "--relative", "--no-renames")
    if repository.must(*words, commit).strip("\0") != item.path:
        return False
    if says(repository.must("log", "-1", "--no-show-signature", "--format=%B", commit), item.message):
        return True
    with suppress(OSError):
        written = digest((repository.root / item.path).read_bytes()) == item.new
        return written and not repository.differs([item.path], commit)
    return False


def _restore(repository: Repository, item: _Item) -> None:
    """Put a file and its index entry back, the entry first; what somebody wrote since stays."""
    full = repository.root / item.path
    now = ""
    with suppress(OSError):
        now = digest(full.read_bytes())
        if now != item.seen:
            return
    if item.entry == _NO_ENTRY or item.intent:
        forget(repository, item.path)
    if item.intent:
        change_index(repository, "add", "--force", "--intent-to-add", "--", item.path)
    elif item.entry != _NO_ENTRY:
        change_index(repository, "update-index", "--add", "--cacheinfo", item.entry)
    with suppress(Refused):
        write_back(full, base64.b64decode(item.old), over=now, aside=repository.git_dir)


def _item(repository: Repository, path: str, old: bytes, new: bytes, message: str) -> _Item:
    listed = repository.must("ls-files", "-s", "-z", "--full-name", "--", path).partition("\0")[0]
    details, _, name = listed.partition("\t")
    unborn = bool(listed) and repository.blob("HEAD", path) is None
    return _Item(
        path=path,
        old=base64.b64encode(old).decode(),
        new=digest(new),
        entry=",".join([*details.split(" ")[:2], name]) if listed else _NO_ENTRY,
        intent=unborn and not repository.differs([path], "--cached"),
        message=message,
    )


def _note(repository: Repository, batch: Batch) -> None:
    """Note a batch before it happens.

    Raises:
        RepositoryError: the git directory cannot be written to.
    """
    write_aside(repository.git_dir / BATCH, json.dumps(asdict(batch)).encode())


def _noted(repository: Repository) -> Batch | None:
    """Return the batch that an earlier run did not finish; a note that cannot be read counts as none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        values = json.loads((repository.git_dir / BATCH).read_text(encoding="utf-8"))
        return Batch(**{**values, "items": tuple(_Item(**item) for item in values["items"])})
    return None
