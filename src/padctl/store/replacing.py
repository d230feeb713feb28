"""One file replaced, created or removed in one step: whoever reads it finds the old bytes or the new ones, whole.

The new bytes are written to a draft, which then takes the file's place. In a repository drafts lie in the git
directory, so that nothing of theirs is ever seen in the work tree; a killed run's are swept by the next one. A
file that goes is kept there by a second link, so that putting it back needs no space.

Between the last look at a file and the renaming of the draft over it lie microseconds. What an editor writes into the
old file then is found in its second link; only a file of its own that an editor renames into place in that instant is
lost. No call of Python replaces a file on condition, and moving the old file away first would leave none there where
the run is killed.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.store.kept import DRAFT, content_of, digest, keep, place_of, saved_meanwhile


def replace_file(
    full: Path, content: bytes, *, old: bytes | None = None, aside: Path | None = None
) -> Callable[[], None]:
    """Replace a file in one step, its mode kept, and return what puts the old one back.

    `old` is what was read of it; `aside` is the git directory, and its lock is held; without it the draft lies beside
    the file.

    Raises:
        Refused: it does not hold `old` any more; it is untouched.
        RepositoryError: it cannot be written; the old file is untouched.
    """
    try:
        put_back = _kept(full, old, aside)
        _write(full, content, stat.S_IMODE(full.stat().st_mode), aside, over=None if old is None else digest(old))
    except OSError as error:
        raise _unwritable(full, error) from None
    return put_back


def remove_file(full: Path, *, old: bytes, aside: Path | None = None) -> Callable[[], None]:
    """Remove a file, and return what puts it back; `old` and `aside` are as in `replace_file`.

    Raises:
        Refused: it does not hold `old` any more.
        RepositoryError: it cannot be removed.
    """
    try:
        put_back = _kept(full, old, aside)
        _check_holds(full, digest(old))
        full.unlink()
    except OSError as error:
        raise _unwritable(full, error) from None
    return put_back


def create_file(root: Path, path: str, content: bytes, *, aside: Path | None = None) -> Callable[[], None]:
    """Create a file that must not exist yet, at a path from the root; it appears whole or not at all.

    Returns what takes it away again, and the folders that were made for it.

    Raises:
        RepositoryError: it exists, cannot be written, or a link on the way leads out of the root or into `.git`.
    """
    full, top = root / path, root.resolve()
    inside = full.parent.resolve()
    if not inside.is_relative_to(top) or ".git" in inside.relative_to(top).parts:
        raise RepositoryError(f"{path} would be written to {inside}", fix="replace the link on the way by a folder")
    made = missing_folders(full)
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        _create(full, content, aside)
    except BaseException as error:
        remove_empty(made)
        if isinstance(error, FileExistsError):
            raise RepositoryError(f"{full} exists already", fix="edit that file, or move it away first") from None
        if isinstance(error, OSError):
            raise _unwritable(full, error) from None
        raise
    return lambda: take_away(full, made)


def take_away(full: Path, made: Sequence[Path] = ()) -> None:
    """Delete a file that padctl had created, and of the folders that it `made` for it those in which nothing is.

    Raises:
        RepositoryError: it cannot be deleted.
    """
    try:
        full.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(full, error) from None
    remove_empty(made)


def missing_folders(full: Path) -> Sequence[Path]:
    """Return the folders that a file needs and that are not there, the innermost first."""
    return [folder for folder in full.parents if not os.path.lexists(folder)]


def remove_empty(folders: Sequence[Path]) -> None:
    """Remove those of some folders in which nothing is; the innermost come first."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def save_file(full: Path, content: bytes) -> None:
    """Write a file that a person names: a new one, in place of an old one, or into a pipe or device.

    Raises:
        RepositoryError: it cannot be written; an old file is untouched.
    """
    try:
        target = full.resolve()
        kind = target.stat().st_mode if target.exists() else None
        if kind is None:
            _write(target, content, None, None)
        elif stat.S_ISREG(kind) and os.access(target.parent, os.W_OK):
            _write(target, content, stat.S_IMODE(kind), None)
        else:
            target.write_bytes(content)
    except (OSError, RuntimeError) as error:
        raise _unwritable(full, error) from None


def write_back(full: Path, content: bytes, *, over: str, aside: Path) -> None:
    """Put a text back that an earlier run had replaced, its folder too where that is gone.

    `over` is the digest of what is there now.

    Raises:
        Refused: something else is there by now.
        RepositoryError: it cannot be written.
    """
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(full.stat().st_mode) if full.exists() else None
        _write(full, content, mode, aside, over=over)
    except OSError as error:
        raise _unwritable(full, error) from None


def write_aside(full: Path, content: bytes) -> None:
    """Write a file of padctl's own in the git directory, its name flushed to the disk too; the lock is held.

    Raises:
        RepositoryError: it cannot be written.
    """
    try:
        _write(full, content, None, full.parent)
    except OSError as error:
        raise _unwritable(full, error) from None
    _flush_names(full.parent)


def alive(pid: int) -> bool:
    """Say whether a process runs; where that cannot be asked harmlessly, it does."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
        stat_line = Path(f"/proc/{pid}/stat").read_bytes()
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return not stat_line.rpartition(b")")[2].lstrip().startswith((b"Z", b"X"))  # dead, but nobody has asked for it


def _kept(full: Path, read: bytes | None, aside: Path | None) -> Callable[[], None]:
    """Keep a file as it is now, and return what puts it back, its folder too where that is gone."""
    old, mode = full.read_bytes() if read is None else read, stat.S_IMODE(full.stat().st_mode)
    link = keep(full, old, aside) if aside else None

    def put_back() -> None:
        try:
            full.parent.mkdir(parents=True, exist_ok=True)
            try:
                _moved(link, full)
            except OSError:
                _write(full, old, mode, aside)
        except OSError as error:
            raise _unwritable(full, error) from None

    return put_back


def _moved(kept: Path | None, full: Path) -> None:
    if kept is None:
        raise FileNotFoundError
    kept.replace(full)


def _write(full: Path, content: bytes, mode: int | None, aside: Path | None, *, over: str | None = None) -> None:
    """Put a draft in a file's place; `mode` is None for a new file, which gets the usual one.

    `over` is the digest of what it may take the place of, where that matters.
    """
    draft = _draft(full, aside)
    try:
        _fill(draft, content, mode)
        if over is not None:
            _check_holds(full, over)
        draft.replace(full)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if aside and isinstance(error, OSError) and error.errno == errno.EXDEV:
            return _write(full, content, mode, None, over=over)
        raise


def _check_holds(full: Path, expected: str) -> None:
    """Refuse where somebody saved a file since it was read."""
    if digest(content_of(full)) != expected:
        raise saved_meanwhile(full)


def _flush_names(folder: Path) -> None:
    """Flush what a folder holds, where the system can: a kill is survived without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _create(full: Path, content: bytes, aside: Path | None) -> None:
    draft = _draft(full, aside)
    try:
        _fill(draft, content, None)
        try:
            os.link(draft, full)
        except OSError:  # no links here, not across to this file system, or it exists: that is found again
            _create_in_place(full, content)
    finally:
        with suppress(OSError):
            draft.unlink()


def _create_in_place(full: Path, content: bytes) -> None:
    with full.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except BaseException:
            full.unlink()
            raise


def _fill(draft: Path, content: bytes, mode: int | None) -> None:
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        draft.chmod(mode)


def _draft(full: Path, aside: Path | None) -> Path:
    """Return where the draft of a file goes; beside the file each process has its own, and dead ones' are swept."""
    if aside:
        return aside / f"{place_of(full)}{DRAFT}"
    start = f".{place_of(full)}."
    for name in os.listdir(full.parent):  # noqa: PTH208  # names alone count
        pid = name.removeprefix(start).removesuffix(DRAFT)
        if name == f"{start}{pid}{DRAFT}" and pid.isdecimal() and not alive(int(pid)):
            with suppress(OSError):
                (full.parent / name).unlink()
    return full.with_name(f"{start}{os.getpid()}{DRAFT}")


def _unwritable(full: Path, error: OSError | RuntimeError) -> RepositoryError:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return RepositoryError(f"{full} cannot be written: {why}", fix="free space, or make the folder writable")
