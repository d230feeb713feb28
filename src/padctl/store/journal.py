"""What an interrupted write left behind, and how the next one heals it.

Before a file is replaced, its old bytes are noted in the git directory; after the commit the note is deleted. A note
that is still there when the lock is taken comes from a run that was killed in between.
"""

import base64
import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from padctl.store.committing import forget_intent, remove_dead_locks, settle
from padctl.store.replacing import write_aside, write_back
from padctl.store.repository import Repository

_NAME = "padctl-journal.json"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One write under way: the file, whether git knew it, HEAD before, the old bytes and the digest of the new ones.

    `root` is padctl's root from git's top folder; a note gets it when it is written.
    """

    path: str
    tracked: bool
    head: str
    old: bytes
    new_digest: str
    root: str = ""


def digest(content: bytes) -> str:
    """Return what tells two contents of a file apart."""
    return sha256(content).hexdigest()


def begin(repository: Repository, entry: Entry) -> None:
    """Note a write before it happens.

    Raises:
        RepositoryError: the git directory cannot be written to.
    """
    root = repository.root.resolve().relative_to(repository.top).as_posix()
    values = {**vars(entry), "root": root, "old": base64.b64encode(entry.old).decode()}
    write_aside(repository.git_dir / _NAME, json.dumps(values).encode())


def end(repository: Repository) -> None:
    """Delete the note: the write is whole, or undone. One that stays does no harm: healing sees that all is done."""
    with suppress(OSError):
        (repository.git_dir / _NAME).unlink(missing_ok=True)


def interrupted(repository: Repository) -> Entry | None:
    """Return the write that an earlier run did not finish; a note that cannot be read counts as none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        values = json.loads((repository.git_dir / _NAME).read_text(encoding="utf-8"))
        return Entry(**{**values, "old": base64.b64decode(values["old"])})
    return None


def heal(repository: Repository) -> str:
    """Finish or undo what an interrupted run left, and return what was done in words; empty where nothing was left.

    The file is put back only while it still holds what that run wrote, or is gone, and nothing was committed to it
    since: whatever somebody did in between is theirs.

    Raises:
        RepositoryError: the old text cannot be put back; the note stays for the next run.
    """
    entry = interrupted(repository)
    if entry is None:
        end(repository)
        return ""
    with suppress(OSError):
        remove_dead_locks(repository, since=(repository.git_dir / _NAME).stat().st_mtime)
    repository = Repository(repository.top / entry.root, repository.env)
    full = repository.root / entry.path
    if repository.blob_id("HEAD", entry.path) != repository.blob_id(entry.head, entry.path):
        said = f"an interrupted run had committed {entry.path}; it is finished now"
        settle(repository, entry.path)
    elif _holds(full, entry.new_digest):
        said = f"an interrupted run had changed {entry.path}; its old text is back"
        write_back(full, entry.old, aside=repository.git_dir)
        _forget(repository, entry)
    else:
        said = f"an interrupted run was writing {entry.path}; it is left as it is now"
        _forget(repository, entry)
    end(repository)
    return said


def _forget(repository: Repository, entry: Entry) -> None:
    if not entry.tracked:
        forget_intent(repository, entry.path)


def _holds(full: Path, new_digest: str) -> bool:
    """Say whether a file is as the interrupted run wrote it, or gone, which no write of ours leaves behind."""
    try:
        return digest(full.read_bytes()) == new_digest
    except FileNotFoundError:
        return True
    except OSError:
        return False
