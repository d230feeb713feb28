"""One run of the git program: where it looks, what ends it, and what keeps the repository's lock while it lives."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import cast

from padctl.errors import Interrupted, RepositoryError, UsageError
from padctl.store.gitpython import Git, GitCommandNotFound
from padctl.store.process import communicated, end, send

_TIMEOUT = "PADCTL_GIT_TIMEOUT"
_SECONDS = 120.0
TRACE = "GIT_TRACE2_EVENT"  # names the file into which a git that writes, its hooks and their gits trace
OURS = "padctl"  # what git's trace calls the gits that were started here, and not by a hook
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
# A hook's environment names the repository that runs the hook, perhaps with a temporary index; padctl works in the one
# around its root, whose files it reads.
_FOREIGN = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE",
    "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
)  # fmt: skip


class TookTooLong(RepositoryError):
    """Git was still running when its time was up, and was ended."""


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What a run gave: its exit status (negative for a signal), its output, its messages."""

    status: int
    output: bytes
    errors: str


@dataclass
class Deferred:
    """The signals that came while they were put off, and what was done all the same."""

    signals: list[int] = field(default_factory=list)
    done: str = ""


@dataclass
class _Now:
    """What is going on in this process: the lock's descriptor, the git that writes and its trace, signals put off."""

    lifeline: int | None = None
    trace: Path | None = None
    writing: subprocess.Popen[bytes] | None = None
    deferred: Deferred | None = None


_now = _Now()


def git_seconds() -> float:
    """Return how many seconds one run of git may take, hooks and signing included.

    Raises:
        UsageError: PADCTL_GIT_TIMEOUT is no positive number.
    """
    given = os.environ.get(_TIMEOUT)
    try:
        seconds = float(given) if given else _SECONDS
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < threading.TIMEOUT_MAX:
        raise UsageError(f'{_TIMEOUT}: "{given}" is no number of seconds', fix=f"{_TIMEOUT}={_SECONDS:g}")
    return seconds


def run_git(
    words: Sequence[str], *, folder: Path, env: Mapping[str, str] | None, writes: bool, asked: bytes | None = None
) -> Finished:
    """Run git in a folder to its end; one that `writes` holds the repository's lock even when this process is killed.

    Raises:
        TookTooLong: it was ended because its time was up.
        RepositoryError: git is missing, cannot be started, or was killed while it read.
    """
    seconds = git_seconds()
    token = _now.lifeline if writes else None
    group = {"process_group": 0} if writes and _alone() else {}
    env = {**(env or {}), **_tracing()} if writes else env
    running = _started(words, folder, env, istream=token if asked is None else subprocess.PIPE, **group)
    process = cast("subprocess.Popen[bytes]", running.proc)
    _now.writing = process if writes else None
    try:
        output, errors = communicated(process, asked, seconds)
    except subprocess.TimeoutExpired:
        raise _too_long(words, seconds) from None
    finally:
        _now.writing = None
        end(process)
    if not writes:
        _check_not_killed(process)
    return Finished(status=process.returncode, output=output, errors=_text(errors))


class Running:
    """A git that reads, started for a question that is asked in a moment; what it is `asked` is a few lines."""

    def __init__(
        self, words: Sequence[str], *, folder: Path, env: Mapping[str, str] | None, asked: bytes | None
    ) -> None:
        """Start it.

        Raises:
            RepositoryError: git is missing, or cannot be started.
        """
        self._words, self._seconds = words, git_seconds()
        self._held = _started(words, folder, env, istream=None if asked is None else subprocess.PIPE)
        self._process = cast("subprocess.Popen[bytes]", self._held.proc)
        if asked is not None and self._process.stdin:
            with suppress(OSError), self._process.stdin:
                self._process.stdin.write(asked)
            self._process.stdin = None

    def finished(self) -> Finished:
        """Return what it gave, once it is at its end.

        Raises:
            TookTooLong: it was ended because its time was up.
            RepositoryError: it was killed.
        """
        try:
            output, errors = communicated(self._process, None, self._seconds)
        except subprocess.TimeoutExpired:
            raise _too_long(self._words, self._seconds) from None
        finally:
            end(self._process)
        _check_not_killed(self._process)
        return Finished(status=self._process.returncode, output=output, errors=_text(errors))

    def stop(self) -> None:
        """End it: nobody asked."""
        end(self._process)


def stream_git(words: Sequence[str], *, folder: Path, env: Mapping[str, str] | None) -> Generator[bytes]:
    """Yield the lines that a reading git prints, as it prints them; closing the iterator ends it.

    Raises:
        TookTooLong: it was ended because its time was up.
        RepositoryError: git is missing, cannot be started, failed, or was killed: what it printed is not all.
    """
    seconds, late = git_seconds(), threading.Event()
    running = _started(words, folder, env)
    process = cast("subprocess.Popen[bytes]", running.proc)

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield from process.stdout or ()
        complaint = process.stderr.read().decode(errors="replace").strip() if process.stderr else ""
        process.wait()
    finally:
        timer.cancel()
        end(process)
    if late.is_set():
        raise _too_long(words, seconds)
    _check_not_killed(process)
    if process.returncode:
        message = f"git {_verb(words)} failed: {complaint or f'it ended with {process.returncode}'}"
        raise RepositoryError(message, fix="mend the repository; git fsck and git status say more")


@contextmanager
def lifeline(descriptor: int | None, trace: Path) -> Iterator[None]:
    """Give the lock's descriptor to every git that writes, as its standard input, which its hooks do not get.

    A lock of `flock` is held until the last copy of its descriptor is closed: so a git that outlives a killed padctl
    still keeps the next writer out. What these gits do is traced to a file: of one that is killed it tells its locks.
    """
    _now.lifeline, _now.trace = descriptor, trace
    try:
        yield
    finally:
        _now.lifeline = _now.trace = None


@contextmanager
def signals_deferred() -> Iterator[Deferred]:
    """Put Ctrl-C and requests to end off until the block is over; a git that is writing is asked to end.

    A block inside another one leaves them to that one.

    Raises:
        KeyboardInterrupt: at the end, where a signal came.
        Interrupted: the same, where something was done all the same.
    """
    if _now.deferred:
        yield Deferred(_now.deferred.signals)
        return
    deferred = Deferred()
    if threading.current_thread() is not threading.main_thread():
        yield deferred
        return

    def note(number: int, _: FrameType | None) -> None:
        deferred.signals.append(number)
        if _now.writing and _now.writing.returncode is None:
            send(_now.writing, signal.SIGTERM)

    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    _now.deferred = deferred
    before = {number: signal.signal(number, note) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield deferred
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _now.deferred = None
        if deferred.signals and deferred.done:
            raise Interrupted(f"interrupted; {deferred.done}")
        if deferred.signals:
            raise KeyboardInterrupt


def _started(
    words: Sequence[str], folder: Path, env: Mapping[str, str] | None, **streams: int | None
) -> Git.AutoInterrupt:
    """Start git; it ends when what is returned is forgotten.

    Raises:
        RepositoryError: git is missing, or cannot be started.
    """
    for name in _FOREIGN:
        os.environ.pop(name, None)
    try:
        return Git(folder).execute(list(words), as_process=True, env=dict(env) if env else None, **streams)
    except GitCommandNotFound:
        raise RepositoryError("git is not installed, or not on the PATH", fix="install git 2.30 or later") from None
    except OSError as error:
        raise RepositoryError(f"git cannot be started: {error.strerror}", fix="run the command again") from None


def _text(errors: bytes) -> str:
    return errors.decode(errors="replace").strip()


def _check_not_killed(process: "subprocess.Popen[bytes]") -> None:
    if process.returncode < 0:
        raise RepositoryError(f"git was killed by signal {-process.returncode}", fix="run the command again")


def _tracing() -> Mapping[str, str]:
    """Return git's environment for its trace, as `git help trace2` has it."""
    if _now.trace is None:
        return {}
    nesting = {"GIT_TRACE2_EVENT_NESTING": "9", "GIT_TRACE2_EVENT_BRIEF": "0"}
    return {TRACE: str(_now.trace), "GIT_TRACE2_PARENT_SID": OURS, **nesting}


def _too_long(words: Sequence[str], seconds: float) -> TookTooLong:
    return TookTooLong(
        f"git {_verb(words)} did not end within {seconds:g} s and was stopped",
        fix=f"see what it waits for, or allow it more: {_TIMEOUT}={seconds * 5:g}",
    )


def _verb(words: Sequence[str]) -> str:
    """Return what git was asked to do, as in `log`."""
    return next((word for before, word in pairwise(words) if before != "-c" and not word.startswith("-")), "")


def _alone() -> bool:
    """Say whether a group of its own does git no harm: beside a terminal it could not ask for a passphrase there."""
    if sys.platform == "win32":
        return False
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDWR))
        return False
    return True
