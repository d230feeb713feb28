"""One file replaced, created or removed in one step: whoever reads it finds the old bytes or the new ones, whole.

The new bytes are written to a draft, which then takes the file's place. In a repository drafts lie in the git
directory, so that nothing of theirs is ever seen in the work tree; a killed run's are swept by the next one. A
file that goes is kept there by a second link, so that putting it back needs no space.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from padctl.errors import RepositoryError

_PREFIX, _DRAFT, _KEPT = "padctl-", ".new", ".old"


def replace_file(full: Path, content: bytes, *, aside: Path | None = None) -> Callable[[], None]:
    """Replace a file in one step, its mode kept, and return what puts the old one back.

    `aside` is the git directory, and its lock is held; without it the draft lies beside the file.

    Raises:
        RepositoryError: it cannot be written; the old file is untouched.
    """
    try:
        put_back = _kept(full, aside)
        _write(full, content, stat.S_IMODE(full.stat().st_mode), aside)
    except OSError as error:
        raise _unwritable(full, error) from None
    return put_back


def remove_file(full: Path, *, aside: Path | None = None) -> Callable[[], None]:
    """Remove a file, and return what puts it back; `aside` is as in `replace_file`.

    Raises:
        RepositoryError: it cannot be removed.
    """
    try:
        put_back = _kept(full, aside)
        full.unlink()
    except OSError as error:
        raise _unwritable(full, error) from None
    return put_back


def create_file(root: Path, path: str, content: bytes, *, aside: Path | None = None) -> Callable[[], None]:
    """Create a file that must not exist yet, at a path from the root; it appears whole or not at all.

    Returns what takes it away again.

    Raises:
        RepositoryError: it exists, cannot be written, or a link on the way leads out of the root or into `.git`.
    """
    full, top = root / path, root.resolve()
    inside = full.parent.resolve()
    if not inside.is_relative_to(top) or ".git" in inside.relative_to(top).parts:
        raise RepositoryError(f"{path} would be written to {inside}", fix="replace the link on the way by a folder")
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        _create(full, content, aside)
    except FileExistsError:
        raise RepositoryError(f"{full} exists already", fix="edit that file, or move it away first") from None
    except OSError as error:
        raise _unwritable(full, error) from None
    return lambda: take_away(full)


def take_away(full: Path) -> None:
    """Delete a file that padctl had created.

    Raises:
        RepositoryError: it cannot be deleted.
    """
    try:
        full.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(full, error) from None


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


def write_back(full: Path, content: bytes, *, aside: Path) -> None:
    """Put a text back that an earlier run had replaced, its folder too where that is gone.

    Raises:
        RepositoryError: it cannot be written.
    """
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(full.stat().st_mode) if full.exists() else None
        _write(full, content, mode, aside)
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


def sweep(git_dir: Path) -> None:
    """Delete drafts and kept files in the git directory; the lock is held, so nobody uses them."""
    with suppress(OSError):
        for name in os.listdir(git_dir):  # noqa: PTH208
            if name.startswith(_PREFIX) and name.endswith((_DRAFT, _KEPT)):
                with suppress(OSError):
                    (git_dir / name).unlink()


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


def _kept(full: Path, aside: Path | None) -> Callable[[], None]:
    """Keep a file as it is now, and return what puts it back, its folder too where that is gone."""
    old, mode = full.read_bytes(), stat.S_IMODE(full.stat().st_mode)
    link = _keep(full, aside)

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


def _keep(full: Path, aside: Path | None) -> Path | None:
    """Return a second link to a file, or None where the file system has none to give."""
    if aside is None:
        return None
    kept = aside / _named(full, _KEPT)
    try:
        kept.unlink(missing_ok=True)
        os.link(full, kept)
    except OSError:
        return None
    return kept


def _moved(kept: Path | None, full: Path) -> None:
    if kept is None:
        raise FileNotFoundError
    kept.replace(full)


def _write(full: Path, content: bytes, mode: int | None, aside: Path | None) -> None:
    """Put a draft in a file's place; `mode` is None for a new file, which gets the usual one."""
    draft = _draft(full, aside)
    try:
        _fill(draft, content, mode)
        draft.replace(full)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if aside and isinstance(error, OSError) and error.errno == errno.EXDEV:
            return _write(full, content, mode, None)
        raise


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
        except FileExistsError:
            raise
        except OSError:  # no links here, or not across to this file system
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
        return aside / _named(full, _DRAFT)
    start = f".{_named(full, '.')}"
    for name in os.listdir(full.parent):  # noqa: PTH208
        pid = name.removeprefix(start).removesuffix(_DRAFT)
        if name == f"{start}{pid}{_DRAFT}" and pid.isdecimal() and not alive(int(pid)):
            with suppress(OSError):
                (full.parent / name).unlink()
    return full.with_name(f"{start}{os.getpid()}{_DRAFT}")


def _named(full: Path, ending: str) -> str:
    return _PREFIX + sha256(os.fsencode(full)).hexdigest()[:16] + ending


def _unwritable(full: Path, error: OSError | RuntimeError) -> RepositoryError:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return RepositoryError(f"{full} cannot be written: {why}", fix="free space, or make the folder writable")
