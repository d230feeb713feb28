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

from padctl.errors import Refused
from padctl.store.committing import await_index, forget_intent, settle
from padctl.store.kept import digest
from padctl.store.replacing import missing_folders, take_away, write_aside, write_back
from padctl.store.repository import Repository

JOURNAL = "padctl-journal.json"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of a write under way: whether git knew it, HEAD before, the old bytes and the digest of the new ones.

    `old` is None for a file that is created, `new_digest` that of no file for one that is removed. `root` is padctl's
    root from git's top folder, and `made` the folders that are not there yet; a note gets them when it is written.
    """

    path: str
    tracked: bool
    head: str
    old: bytes | None
    new_digest: str
    root: str = ""
    made: tuple[str, ...] = ()


class Outlook(Enum):
    """What healing does with what an interrupted run left."""

    PUT_BACK = "its old text is put back"
    FINISH = "it was committed, and is finished"
    LEAVE = "it is left as it is now, because it was edited or committed since"


def folder_of(repository: Repository) -> str:
    """Return a repository's root from git's top folder."""
    return repository.root.resolve().relative_to(repository.top).as_posix()


def rooted(repository: Repository, folder: str) -> Repository:
    """Return a repository with the root that a note names: another command may run with another one."""
    return Repository(repository.top / folder, repository.env)


def begin(repository: Repository, *entries: Entry) -> None:
    """Note a write before it happens.

    Raises:
        RepositoryError: the git directory cannot be written to.
    """
    root = folder_of(repository)
    values = [
        {**vars(entry), "root": root, "old": _encoded(entry.old), "made": _missing(repository, entry)}
        for entry in entries
    ]
    write_aside(repository.git_dir / JOURNAL, json.dumps(values).encode())


def end(repository: Repository) -> None:
    """Delete the note: the write is whole, or undone. One that stays does no harm: healing sees that all is done."""
    with suppress(OSError):
        (repository.git_dir / JOURNAL).unlink()


def interrupted(repository: Repository) -> tuple[Entry, ...]:
    """Return the files of a write that an earlier run did not finish; a note that cannot be read counts as none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        values = json.loads((repository.git_dir / JOURNAL).read_text(encoding="utf-8"))
        return tuple(
            Entry(**{**value, "old": _decoded(value["old"]), "made": tuple(value.get("made", ()))}) for value in values
        )
    return ()


def outlook(repository: Repository, entries: Sequence[Entry]) -> Outlook:
    """Return what becomes of the files of an interrupted run: all of them were written for one commit.

    It was made where HEAD has another content of all of them than before; of some, somebody else committed those.
    """
    repository = rooted(repository, entries[0].root)
    changed = {repository.blob_id("HEAD", one.path) != repository.blob_id(one.head, one.path) for one in entries}
    if changed == {True}:
        return Outlook.FINISH
    ours = changed == {False} and any(_is_ours(repository, entry) for entry in entries)
    return Outlook.PUT_BACK if ours else Outlook.LEAVE


def heal(repository: Repository) -> str:
    """Finish or undo what an interrupted run left, and return what was done in words; empty where nothing was left.

    A file is put back only while it still holds what that run wrote, or is gone, and nothing was committed to it
    since: whatever somebody did in between is theirs.

    Raises:
        RepositoryError: the old text cannot be put back, or another program keeps holding the index; the note stays
            for the next run.
    """
    entries = interrupted(repository)
    if not entries:
        end(repository)
        return ""
    await_index(repository)
    repository = rooted(repository, entries[0].root)
    decided = outlook(repository, entries)
    named, edited = ", ".join(entry.path for entry in entries), ""
    if decided is Outlook.FINISH:
        settle(repository, [entry.path for entry in entries])
    if decided is Outlook.PUT_BACK:
        stay = [entry.path for entry in reversed(entries) if not _put_back(repository, entry)]
        edited = f", but {', '.join(stay)} was edited since and stays" if stay else ""
    if decided is not Outlook.FINISH:
        for entry in (entry for entry in entries if not entry.tracked):
            forget_intent(repository, entry.path)
    end(repository)
    return {
        Outlook.PUT_BACK: f"an interrupted run had changed {named}; its old text is back{edited}",
        Outlook.FINISH: f"an interrupted run had committed {named}; it is finished now",
        Outlook.LEAVE: f"an interrupted run was writing {named}; it is left as it is now",
    }[decided]


def _put_back(repository: Repository, entry: Entry) -> bool:
    """Let a file be as before, and return whether it is: what somebody wrote since stays."""
    full = repository.root / entry.path
    now = _now(repository, entry)
    if now is None or not _is_ours(repository, entry):
        return now == digest(entry.old)
    if entry.old is None:
        take_away(full, [repository.root / folder for folder in entry.made])
        return True
    try:
        write_back(full, entry.old, over=now, aside=repository.git_dir)
    except Refused:
        return False
    return True


def _missing(repository: Repository, entry: Entry) -> Sequence[str]:
    folders = missing_folders(repository.root / entry.path)
    return [folder.relative_to(repository.root).as_posix() for folder in folders]


def _is_ours(repository: Repository, entry: Entry) -> bool:
    """Say whether a file is as the interrupted run wrote it, or gone, which no replacing of ours leaves behind."""
    now = _now(repository, entry)
    return now == entry.new_digest or (entry.old is not None and now == digest(None))


def _now(repository: Repository, entry: Entry) -> str | None:
    """Return the digest of what a file holds; None where it cannot be read."""
    try:
        return digest((repository.root / entry.path).read_bytes())
    except FileNotFoundError:
        return digest(None)
    except OSError:
        return None


def _encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
