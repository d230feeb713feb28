"""How git is asked to commit files, and to take back what was prepared for that."""

import os
import time
from collections.abc import Sequence

from padctl.errors import Reason, Refused, RepositoryError
from padctl.store.dead_locks import INDEX_LOCK, remove_dead_locks, unlock_command
from padctl.store.file_state import changes
from padctl.store.program import TookTooLong, git_seconds
from padctl.store.repository import Repository, Result

LOCK_SECONDS = 10.0
_PAUSE = 0.05
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
    """Say whether a commit has changed these files since a commit, an empty one is the beginning, and is ours.

    It is, where it says what the message says, or where the last commit holds the files as they are: a hook may have
    put other words in its place.

    Raises:
        RepositoryError: git cannot say.
    """
    head = repository.head
    if head == since:
        return False
    asked = ("log", "-z", "--no-show-signature", "--format=%B", f"{since}..{head}" if since else head)
    texts = [text for text in repository.must(*asked, "--", *paths).split("\0") if text]
    return any(says(text, message) for text in texts) or (bool(texts) and not repository.differs(paths, "HEAD"))


def says(text: str, message: str) -> bool:
    """Say whether a commit's message has the trailers of another one, whatever a hook did to the rest."""
    trailers = {line for line in message.strip().split("\n")[1:] if line}
    return trailers <= set(text.split("\n")) if trailers else text.strip() == message.strip()


def forget_intent(repository: Repository, path: str) -> None:
    """Take an `add --intent-to-add` back, where that is what the index holds of a file."""
    known = repository.is_tracked(path) and not repository.blob_id("HEAD", path)
    if known and not repository.differs([path], "--cached"):
        forget(repository, path)


def forget(repository: Repository, path: str) -> None:
    """Take a file out of the index.

    Raises:
        RepositoryError: git would not.
    """
    change_index(repository, "rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--", path)


def change_index(repository: Repository, *words: str) -> None:
    """Run a git command that changes the index, as `patiently` does.

    Raises:
        RepositoryError: git would not.
    """
    result = patiently(repository, *words)
    if result.status:
        raise repository.failed(words[0], result)


def patiently(repository: Repository, *words: str) -> Result:
    """Run a git command that changes something, again and again while another program holds git's lock.

    Raises:
        RepositoryError: that took too long; names the lock.
    """
    deadline = time.monotonic() + _patience()
    while True:
        result = repository.git(*words)
        if result.status < 0:
            remove_dead_locks(repository)
        if not result.status or not any(held in result.errors for held in _HELD):
            return result
        if time.monotonic() > deadline:
            _check_free(repository)
            return result
        time.sleep(_PAUSE)


def await_index(repository: Repository) -> None:
    """Wait until no other program holds the index.

    Raises:
        RepositoryError: that took too long; names the lock.
    """
    deadline = time.monotonic() + _patience()
    while (repository.git_dir / INDEX_LOCK).exists() and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    _check_free(repository)


def _patience() -> float:
    """Return how many seconds another program's lock is waited for."""
    return min(LOCK_SECONDS, git_seconds())


def _check_free(repository: Repository) -> None:
    lock = repository.git_dir / INDEX_LOCK
    if lock.exists():
        fix = (
            f"wait until it ends; if no git runs here, one was killed and left that file:\n{unlock_command(repository)}"
        )
        raise RepositoryError(f"another program has held {lock} for {_patience():g} s", fix=fix)


def _hooks(repository: Repository) -> list[str]:
    """Return the hooks that a commit runs here."""
    folder = repository.root / repository.ask("rev-parse", "--git-path", "hooks").output
    return [name for name in _HOOKS if (folder / name).is_file() and os.access(folder / name, os.X_OK)]
