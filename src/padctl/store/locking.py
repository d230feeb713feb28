"""The repository's lock: one writer at a time, in all linked work trees, and a word on who it is."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from padctl.errors import PadctlError, RepositoryError, also
from padctl.store.batch import BATCH, heal_batch
from padctl.store.committing import LOCK_SECONDS
from padctl.store.dead_locks import forget_trace, remove_dead_locks, trace_of
from padctl.store.journal import JOURNAL, heal
from padctl.store.kept import TAKE, sweep
from padctl.store.program import TRACE, lifeline
from padctl.store.replacing import alive
from padctl.store.repository import Repository
from padctl.store.whereabouts import git_dir_around

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
        RepositoryError: another one holds it for too long; names its process and command. At the end: somebody wrote
            into a file that was replaced; names where that text is.
    """
    path = repository.common_dir / "padctl.lock"
    signed = repository.common_dir / _HOLDER
    lock = _Lock(path)
    hooked = os.environ.get(TRACE) == str(trace_of(repository))  # in a hook of a writer, who waits for its end
    try:
        lock.acquire(timeout=0 if hooked else LOCK_SECONDS)
    except Timeout:
        raise _held(repository, hooked=hooked) from None
    except OSError as error:
        message = f"the lock {path} cannot be taken: {error.strerror}"
        raise RepositoryError(message, fix="make the git directory writable") from None
    try:
        with suppress(OSError):
            signed.write_text(f"{os.getpid()} {_command()}", encoding="utf-8")
        with lifeline(lock.descriptor, trace_of(repository)):
            remove_dead_locks(repository)
            healed = "; ".join(filter(None, (heal(repository), heal_batch(repository), sweep(repository.git_dir))))
            forget_trace(repository)
            yield healed
        if saved := sweep(repository.git_dir):
            raise RepositoryError(saved, fix=TAKE)
    except PadctlError as error:
        if saved := sweep(repository.git_dir):
            raise also(error, saved, TAKE) from None
        raise
    finally:
        sweep(repository.git_dir)
        if not _unfinished(repository.git_dir):
            forget_trace(repository)
        with suppress(OSError):
            signed.unlink()
        lock.release()


@contextmanager
def locked_around(folder: Path) -> Iterator[Path | None]:
    """Hold the lock of the repository around a folder and yield its git directory; outside of git there is neither.

    Raises:
        RepositoryError: another one holds it for too long; names its process and command.
    """
    if git_dir_around(folder) is None:
        yield None
        return
    repository = Repository(folder)
    with locked(repository):
        yield repository.git_dir


def left_unfinished(folder: Path) -> bool:
    """Say whether a killed run left a note in the repository around a folder; git is not started for it."""
    git_dir = git_dir_around(folder)
    return git_dir is not None and _unfinished(git_dir)


def _unfinished(git_dir: Path) -> bool:
    return any((git_dir / name).exists() for name in (JOURNAL, BATCH))


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


def _held(repository: Repository, *, hooked: bool) -> RepositoryError:
    """Return an error that says who holds the lock; who has just taken it may not have signed yet."""
    deadline, pid, command = time.monotonic() + _HOLDER_SECONDS, "", ""
    while not (pid.isdecimal() and alive(int(pid))) and time.monotonic() < deadline:
        pid, command = holder(repository)
        time.sleep(_PAUSE)
    fix = "wait for it, then run the command again"
    if hooked:
        fix = "this runs in a hook of it, where padctl can only read: padctl lint without --fix, for example"
    if not pid.isdecimal():
        return RepositoryError("another process is writing in this repository", fix=fix)
    if alive(int(pid)):
        return RepositoryError(f"process {pid} ({command}) is writing in this repository", fix=fix)
    message = f"a git that process {pid} ({command}) started before it was killed is still at work here"
    return RepositoryError(message, fix="wait for it, or end it and its hook; then run the command again")
