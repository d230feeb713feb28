"""The repository's lock: one writer at a time, in all linked work trees, and a word on who it is."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from padctl.errors import RepositoryError
from padctl.store.batch import heal_batch
from padctl.store.committing import LOCK_SECONDS
from padctl.store.journal import heal
from padctl.store.program import lifeline
from padctl.store.replacing import alive, sweep
from padctl.store.repository import Repository

_HOLDER = "padctl.holder"
_HOLDER_SECONDS = 1.0
_PAUSE = 0.02
_COMMAND_LENGTH = 60


class _Lock(FileLock):
    """A lock whose descriptor can be handed on."""

    @property
    def descriptor(self) -> int | None:
        """What holds the lock while it is open anywhere."""
        return self._context.lock_file_fd


@contextmanager
def locked(repository: Repository) -> Iterator[str]:
    """Hold the repository's lock, one writer at a time, and yield what was healed of an interrupted run, if anything.

    Raises:
        RepositoryError: another one holds it for too long; names its process and command.
    """
    path = repository.common_dir / "padctl.lock"
    signed = repository.common_dir / _HOLDER
    lock = _Lock(path)
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout:
        raise _held(repository) from None
    except OSError as error:
        message = f"the lock {path} cannot be taken: {error.strerror}"
        raise RepositoryError(message, fix="make the git directory writable") from None
    try:
        with suppress(OSError):
            signed.write_text(f"{os.getpid()} {_command()}", encoding="utf-8")
        with lifeline(lock.descriptor):
            healed = "; ".join(filter(None, (heal(repository), heal_batch(repository))))
            sweep(repository.git_dir)
            yield healed
    finally:
        sweep(repository.git_dir)
        with suppress(OSError):
            signed.unlink()
        lock.release()


@contextmanager
def locked_around(folder: Path) -> Iterator[Path | None]:
    """Hold the lock of the repository around a folder and yield its git directory; outside of git there is neither.

    Raises:
        RepositoryError: another one holds it for too long; names its process and command.
    """
    if not in_git(folder):
        yield None
        return
    repository = Repository(folder)
    with locked(repository):
        yield repository.git_dir


def in_git(folder: Path) -> bool:
    """Say whether a folder lies in a git work tree, as far as the names on the way tell."""
    return any((parent / ".git").exists() for parent in (folder, *folder.resolve().parents))


def _command() -> str:
    """Return this run's command line, clipped: other people read it."""
    return " ".join(["padctl", *sys.argv[1:]])[:_COMMAND_LENGTH]


def holder(repository: Repository) -> tuple[str, str]:
    """Return the process and the command that signed as the lock's holder; empty texts where nobody did."""
    with suppress(OSError):
        signed = (repository.common_dir / _HOLDER).read_text(encoding="utf-8", errors="replace")
        pid, _, command = signed.strip().partition(" ")
        return pid, command
    return "", ""


def _held(repository: Repository) -> RepositoryError:
    """Return an error that says who holds the lock; who has just taken it may not have signed yet."""
    deadline, pid, command = time.monotonic() + _HOLDER_SECONDS, "", ""
    while not (pid.isdecimal() and alive(int(pid))) and time.monotonic() < deadline:
        pid, command = holder(repository)
        time.sleep(_PAUSE)
    fix = "wait for it, then run the command again"
    if not pid.isdecimal():
        return RepositoryError("another process is writing in this repository", fix=fix)
    if alive(int(pid)):
        return RepositoryError(f"process {pid} ({command}) is writing in this repository", fix=fix)
    message = f"a git that process {pid} ({command}) started before it was killed is still at work here"
    return RepositoryError(message, fix="wait for it, or end it and its hook; then run the command again")
