"""What an interrupted write left behind, and how the next one heals it.

Before files are replaced, their old bytes are noted in the git directory; after the commit the note is deleted. A
note that is still there when the lock is taken comes from a run that was killed in between.
"""

import base64
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from padctl.errors import RepositoryError
from padctl.store.repository import Repository

_NAME = "padctl-journal.json"
INDEX_LOCK = "index.lock"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of a write under way: whether git knew it, HEAD before, the old bytes and the digest of the new ones.

    `old` is None for a file that is created, `new_digest` that of no file for one that is removed.
    """

    path: str
    tracked: bool
    head: str
    old: bytes | None
    new_digest: str


class Outlook(Enum):
    """What healing does with what an interrupted run left."""

    PUT_BACK = "its old text is put back"
    FINISH = "it was committed, and is finished"
    LEAVE = "it is left as it is now, because something else was committed since"


def digest(content: bytes | None) -> str:
    """Return what tells two contents of a file apart; None stands for no file."""
    return sha256(content).hexdigest() if content is not None else ""


def begin(repository: Repository, *entries: Entry) -> None:
    """Note a write before it happens.

    Raises:
        RepositoryError: the git directory cannot be written to.
    """
    values = [{**vars(entry), "old": _encoded(entry.old)} for entry in entries]
    file = repository.git_dir / _NAME
    draft = file.with_suffix(".tmp")
    try:
        draft.write_text(json.dumps(values), encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise RepositoryError(message, fix="free space, or make the git directory writable") from None


def end(repository: Repository) -> None:
    """Delete the note: the write is whole, or undone."""
    (repository.git_dir / _NAME).unlink(missing_ok=True)


def interrupted(repository: Repository) -> tuple[Entry, ...]:
    """Return the files of a write that an earlier run did not finish; a note that cannot be read counts as none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        values = json.loads((repository.git_dir / _NAME).read_text(encoding="utf-8"))
        return tuple(Entry(**{**value, "old": _decoded(value["old"])}) for value in values)
    return ()


def outlook(repository: Repository, entries: Sequence[Entry]) -> Outlook:
    """Return what becomes of the files of an interrupted run: all of them were written for one commit."""
    if repository.head == entries[0].head:
        return Outlook.PUT_BACK
    whole = all(digest(repository.blob("HEAD", entry.path)) == entry.new_digest for entry in entries)
    return Outlook.FINISH if whole else Outlook.LEAVE


def heal(repository: Repository) -> str:
    """Finish or undo what an interrupted run left, and return what was done in words; empty where nothing was left.

    A file is put back only while it still holds what that run wrote and nothing was committed since: whatever
    somebody did in between is theirs.
    """
    entries = interrupted(repository)
    if not entries:
        end(repository)
        return ""
    if left_lock(repository):
        with suppress(OSError):
            (repository.git_dir / INDEX_LOCK).unlink()
    decided = outlook(repository, entries)
    for entry in entries:
        if decided is Outlook.PUT_BACK:
            _put_back(repository, entry)
        elif decided is Outlook.FINISH and entry.new_digest:
            repository.git("add", "--", entry.path)
    end(repository)
    named = ", ".join(entry.path for entry in entries)
    return {
        Outlook.PUT_BACK: f"an interrupted run had changed {named}; its old text is back",
        Outlook.FINISH: f"an interrupted run had committed {named}; it is finished now",
        Outlook.LEAVE: f"an interrupted run was writing {named}; it is left as it is now",
    }[decided]


def _put_back(repository: Repository, entry: Entry) -> None:
    full = repository.root / entry.path
    with suppress(OSError):
        now = full.read_bytes() if full.exists() else None
        if digest(now) == entry.new_digest:
            full.unlink(missing_ok=True) if entry.old is None else full.write_bytes(entry.old)
    if not entry.tracked:
        repository.forget_intent(entry.path)


def _encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def left_lock(repository: Repository) -> bool:
    """Say whether there is an index.lock younger than the note: it belonged to the git that was killed with the run."""
    lock, note = repository.git_dir / INDEX_LOCK, repository.git_dir / _NAME
    with suppress(OSError):
        return lock.stat().st_mtime_ns >= note.stat().st_mtime_ns
    return False
