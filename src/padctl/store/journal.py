"""What an interrupted write left behind, and how the next one heals it.

Before a file is replaced, its old bytes are noted in the git directory; after the commit the note is deleted. A note
that is still there when the lock is taken comes from a run that was killed in between.
"""

import base64
import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from padctl.errors import RepositoryError
from padctl.store.repository import Repository

_NAME = "padctl-journal.json"
_INDEX_LOCK = "index.lock"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One write under way: the file, whether git knew it, HEAD before, the old bytes and the digest of the new ones.

    `old` is None where there was no file.
    """

    path: str
    tracked: bool
    head: str
    old: bytes | None
    new_digest: str


def digest(content: bytes) -> str:
    """Return what tells two contents of a file apart."""
    return sha256(content).hexdigest()


def begin(repository: Repository, entry: Entry) -> None:
    """Note a write before it happens.

    Raises:
        RepositoryError: the git directory cannot be written to.
    """
    values = {**vars(entry), "old": None if entry.old is None else base64.b64encode(entry.old).decode()}
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


def interrupted(repository: Repository) -> Entry | None:
    """Return the write that an earlier run did not finish; a note that cannot be read counts as none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        values = json.loads((repository.git_dir / _NAME).read_text(encoding="utf-8"))
        old = values["old"]
        return Entry(**{**values, "old": None if old is None else base64.b64decode(old)})
    return None


def heal(repository: Repository) -> str:
    """Finish or undo what an interrupted run left, and return what was done in words; empty where nothing was left.

    The file is put back only while it still holds what that run wrote and nothing was committed since: whatever
    somebody did in between is theirs.
    """
    entry = interrupted(repository)
    if entry is None:
        end(repository)
        return ""
    _remove_own_lock(repository)
    full = repository.root / entry.path
    said = f"an interrupted run was writing {entry.path}; it is left as it is now"
    if repository.head == entry.head:
        said = f"an interrupted run had changed {entry.path}; its old text is back"
        with suppress(OSError):
            if entry.old is None:
                said = f"an interrupted run was writing {entry.path}; it is not there any more"
                if digest(full.read_bytes()) in {entry.new_digest, digest(b"")}:
                    full.unlink()
            elif digest(full.read_bytes()) == entry.new_digest:
                full.write_bytes(entry.old)
        if not entry.tracked:
            repository.forget_intent(entry.path)
    elif digest(repository.blob("HEAD", entry.path) or b"") == entry.new_digest:
        said = f"an interrupted run had committed {entry.path}; it is finished now"
        repository.git("add", "--", entry.path)
    end(repository)
    return said


def _remove_own_lock(repository: Repository) -> None:
    """Delete an index.lock that is younger than the note: it belonged to the git that was killed with the run."""
    lock, note = repository.git_dir / _INDEX_LOCK, repository.git_dir / _NAME
    with suppress(OSError):
        if lock.stat().st_mtime_ns >= note.stat().st_mtime_ns:
            lock.unlink()
