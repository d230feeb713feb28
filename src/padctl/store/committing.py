"""How git is asked to commit files, and to take back what was prepared for that."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from padctl.errors import Reason, Refused, RepositoryError
from padctl.store.file_state import changes
from padctl.store.program import TookTooLong, git_seconds
from padctl.store.replacing import alive
from padctl.store.repository import Repository, Result

LOCK_SECONDS = 10.0
INDEX_LOCK = "index.lock"
_PAUSE = 0.05
_TICK = 0.05  # a file's time may be a tick of the kernel's clock behind ours
_PARTING = 10.0
_INDEX_DRAFT = re.compile(r"next-index-\d+\.lock")
_HELD = ("index.lock': File exists", "cannot lock ref")
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "reference-transaction", "post-index-change", "post-commit")


def commit_files(repository: Repository, paths: Sequence[str], message: str, *, unknown: Sequence[str] = ()) -> None:
    """Commit files as they stand in the work tree, gone ones as removed, and nothing else that is staged.

    `unknown` are those that git does not know yet.

    Raises:
        Refused: git would not commit, a hook for example; carries git's own words.
        RepositoryError: another program held the index, or git or a hook did not come to an end.
    """
    result = patiently(repository, "add", "--intent-to-add", "--", *unknown) if unknown else None
    if result is None or not result.status:
        commit = ("commit", "--quiet", "--only", "--cleanup=verbatim", "-m", message, "--", *paths)
        try:
            result = patiently(repository, *commit)
        except TookTooLong as late:
            hooks = _hooks(repository)
            waits = f"; the {' or '.join(hooks)} hook may be what it waited for" if hooks else ""
            raise TookTooLong(late.message + waits, fix=late.fix) from None
    if result.status:
        words = result.errors or result.output or f"git ended with status {result.status}"
        raise Refused(
            f"git would not commit {', '.join(paths)}", [Reason(message=words, fix="mend it and run the command again")]
        )


def settle(repository: Repository, paths: Sequence[str]) -> bool:
    """Let the index hold what was just committed: a hook may have changed a file on its way into the commit.

    Returns whether commit, index and work tree had one content of the files.

    Raises:
        RepositoryError: git would not.
    """
    staged, edited = changes(repository, *paths)
    if staged:
        result = patiently(repository, "reset", "--quiet", "--", *paths)
        if result.status:
            raise RepositoryError(f"git reset failed: {result.errors}", fix=f"git reset -- {' '.join(paths)}")
    return not (staged or edited)


def committed(repository: Repository, paths: Sequence[str], message: str, *, since: str) -> bool:
    """Say whether a commit of that message has changed these files since a commit; an empty one is the beginning.

    Raises:
        RepositoryError: git cannot say.
    """
    head = repository.head
    if head == since:
        return False
    messages = repository.must("log", "-z", "--format=%B", f"{since}..{head}" if since else head, "--", *paths)
    return message.strip() in {text.strip() for text in messages.split("\0")}


def forget_intent(repository: Repository, path: str) -> None:
    """Take an `add --intent-to-add` back, where that is what the index holds of a file."""
    known = repository.is_tracked(path) and not repository.blob_id("HEAD", path)
    if known and not repository.differs([path], "--cached"):
        forget(repository, path)


def forget(repository: Repository, path: str) -> None:
    """Take a file out of the index."""
    patiently(repository, "rm", "--cached", "--quiet", "--force", "--", path)


def patiently(repository: Repository, *words: str) -> Result:
    """Run a git command that changes something, again and again while another program holds git's lock.

    Raises:
        RepositoryError: that took too long; names the lock.
    """
    seconds = min(LOCK_SECONDS, git_seconds())
    deadline = time.monotonic() + seconds
    lock = repository.git_dir / INDEX_LOCK
    while True:
        started = time.time()
        result = repository.git(*words)
        if result.status < 0:
            remove_dead_locks(repository, since=started - _TICK)
        if not result.status or not any(held in result.errors for held in _HELD):
            return result
        if time.monotonic() > deadline and lock.exists():
            fix = f"wait until it ends; if no git is running, delete {lock}"
            raise RepositoryError(f"another program has held {lock} for {seconds:g} s", fix=fix)
        if time.monotonic() > deadline:
            return result
        time.sleep(_PAUSE)


def remove_dead_locks(repository: Repository, *, since: float) -> None:
    """Delete the lock files of a git of ours that was killed; `since` is when it was not running yet, in seconds."""
    for lock in dead_locks(repository, since=since):
        with suppress(OSError):
            lock.unlink()


def dead_locks(repository: Repository, *, since: float) -> Iterator[Path]:
    """Yield the lock files of a git of ours that was killed; `since` is when it was not running yet, in seconds.

    Its lock files are younger than that, but not by more than git may take. Those of a program that is alive are told
    by the process in the name of the index that it prepares.
    """
    with suppress(OSError):
        drafts = [path for path in repository.git_dir.iterdir() if _INDEX_DRAFT.fullmatch(path.name)]
        if any(alive(int(path.name.split("-")[2].removesuffix(".lock"))) for path in drafts):
            return
        refs = [repository.git_dir / "HEAD.lock", repository.common_dir / f"refs/heads/{repository.branch}.lock"]
        for lock in (*drafts, repository.git_dir / INDEX_LOCK, *refs):
            with suppress(OSError):
                if 0 <= lock.stat().st_mtime - since <= git_seconds() + _PARTING:
                    yield lock


def _hooks(repository: Repository) -> list[str]:
    """Return the hooks that a commit runs here."""
    folder = repository.root / repository.ask("rev-parse", "--git-path", "hooks").output
    return [name for name in _HOOKS if (folder / name).is_file() and os.access(folder / name, os.X_OK)]
