"""The one way in which a PAD changes on disk: lock, check, edit, prove, replace, commit; or nothing at all."""

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from padctl.errors import Reason, Refused, RepositoryError
from padctl.model.document import Document
from padctl.store.batch import heal_batch
from padctl.store.journal import Entry, begin, digest, end, heal
from padctl.store.repository import FileState, Repository

_LOCK_SECONDS = 10.0
HOLDER = "padctl.holder"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of one document, ready to be committed."""

    before: Document
    after: Document
    message: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One file of a commit: its bytes before, None for a new file, and after, None for one that goes."""

    path: str
    old: bytes | None
    new: bytes | None


@contextmanager
def locked(repository: Repository) -> Iterator[str]:
    """Hold the repository's lock, one writer at a time, and yield what was healed of an interrupted run, if anything.

    Raises:
        RepositoryError: another one holds it for too long; names its process.
    """
    path = repository.common_dir / "padctl.lock"
    holder = repository.common_dir / HOLDER
    lock = FileLock(path)
    try:
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout:
        who = "another process"
        with suppress(OSError):
            who = f"process {holder.read_text()}"
        raise RepositoryError(
            f"{who} is writing in this repository", fix="wait for it, then run the command again"
        ) from None
    except OSError as error:
        message = f"the lock {path} cannot be taken: {error.strerror}"
        raise RepositoryError(message, fix="make the git directory writable") from None
    try:
        with suppress(OSError):
            holder.write_text(str(os.getpid()))
        yield "; ".join(filter(None, (heal(repository), heal_batch(repository, replace_file))))
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def check_author_edits(state: FileState, path: str, *, include: bool) -> str:
    """Return what to say about the author's uncommitted edits that the commit will include; empty for none.

    Raises:
        Refused: the file is partially staged, or edited and the move does not include edits.
    """
    if state.partially_staged:
        fix = f"git add -- {path}, or git restore --staged -- {path}"
        reason = Reason(message="one part of its edits is staged and another is not", fix=fix)
        raise Refused(f"{path}: nothing was written", [reason])
    if not (state.edited or state.staged):
        return ""
    if not include:
        lines = f"{state.lines} line{'' if state.lines == 1 else 's'}"
        what = f"{lines} of edits are not committed yet" if state.tracked else "it is not committed yet"
        fix = f'commit it (git commit -m "..." -- {path}), or add --include-edits'
        raise Refused(f"{path}: nothing was written", [Reason(message=what, fix=fix)])
    plural = "" if state.lines == 1 else "s"
    return f"included {state.lines} line{plural} of uncommitted edits" if state.tracked else "included the new file"


def commit_edit(repository: Repository, edit: Edit) -> None:
    """Replace the file and commit it; on any failure put the old file back. The lock is held by the caller.

    Raises:
        Refused: git or a hook would not commit.
        RepositoryError: the file cannot be written.
    """
    change = Change(path=edit.before.path, old=edit.before.encoded(), new=edit.after.encoded())
    commit_changes(repository, [change], edit.message)


def commit_changes(repository: Repository, changes: Sequence[Change], message: str) -> None:
    """Write, create and remove files in one commit; on any failure all of them are as before. The lock is held.

    Raises:
        Refused: git or a hook would not commit.
        RepositoryError: a file cannot be written.
    """
    for change in changes:
        full = repository.root / change.path
        if (full.read_bytes() if full.exists() else None) != change.old:
            reason = Reason(message="somebody saved it in this moment", fix="run the command again")
            raise Refused(f"{change.path}: nothing was written", [reason])
    head = repository.head
    tracked = {change.path: repository.is_tracked(change.path) for change in changes}
    begin(
        repository,
        *(Entry(path=c.path, tracked=tracked[c.path], head=head, old=c.old, new_digest=digest(c.new)) for c in changes),
    )
    restores: list[Callable[[], None]] = []
    try:
        for change in changes:
            restores.append(_applied(repository.root, change))  # what is done so far must be known
        with _interrupt_deferred():
            repository.commit_files([change.path for change in changes], message)
    except BaseException:
        if repository.head == head or repository.last_message != message.strip():
            for restore in reversed(restores):
                restore()
            for path in (path for path, known in tracked.items() if not known):
                repository.forget_intent(path)
        raise
    finally:
        end(repository)


def _applied(root: Path, change: Change) -> Callable[[], None]:
    """Carry out one change on disk and return what takes it back."""
    full = root / change.path
    if change.new is None:
        return _removed(full)
    if change.old is None:
        create_file(root, change.path, change.new)
        return lambda: full.unlink(missing_ok=True)
    return replace_file(full, change.new)


def _removed(full: Path) -> Callable[[], None]:
    try:
        old, mode = full.read_bytes(), full.stat().st_mode
        full.unlink()
    except OSError as error:
        message = f"{full} cannot be removed: {error.strerror}"
        raise RepositoryError(message, fix="make the folder writable") from None
    return lambda: _write(full, old, mode)


@contextmanager
def _interrupt_deferred() -> Iterator[None]:
    """Let git come to its end before Ctrl-C ends the run; git itself gets the signal too, and so does its hook."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    met: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: met.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if met:
            raise KeyboardInterrupt


def replace_file(full: Path, content: bytes) -> Callable[[], None]:
    """Replace a file in one step, its mode kept, and return what puts the old one back.

    Raises:
        RepositoryError: it cannot be written; the old file is untouched.
    """
    try:
        old, mode = full.read_bytes(), full.stat().st_mode
        _write(full, content, mode)
    except OSError as error:
        message = f"{full} cannot be written: {error.strerror}"
        raise RepositoryError(message, fix="free space, or make the folder writable") from None
    return lambda: _write(full, old, mode)


def create_file(root: Path, path: str, content: bytes) -> None:
    """Create a file that must not exist yet, at a path from the root.

    Raises:
        RepositoryError: it exists, cannot be written, or a link on the way leads out of the root or into `.git`.
    """
    full, top = root / path, root.resolve()
    inside = full.parent.resolve()
    if not inside.is_relative_to(top) or ".git" in inside.relative_to(top).parts:
        raise RepositoryError(f"{path} would be written to {inside}", fix="replace the link on the way by a folder")
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        with full.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except BaseException:
                full.unlink()
                raise
    except FileExistsError:
        raise RepositoryError(f"{full} exists already", fix="edit that file, or move it away first") from None
    except OSError as error:
        raise RepositoryError(f"{full} cannot be written: {error.strerror}") from None


def _write(full: Path, content: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=full.parent, prefix=f".{full.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode & 0o7777)
        Path(name).replace(full)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
