"""Every call by which a run changes something, counted; at the n-th one the run is killed, interrupted or refused.

Installed in a forked process, before the command runs. A point is an open for writing, a write, a flush to disk, a
rename, link, removal, change of mode, new folder, or the start of a git.
"""

import builtins
import errno
import io
import os
import signal
import subprocess
from collections.abc import Callable
from typing import Any

FILE_EFFECTS = ("kill", "kill-after", "int", "term", "ENOSPC", "EIO", "EROFS")
GIT_EFFECTS = (
    "kill", "kill-after", "int", "term", "int-after", "term-after", "unstartable", "git-fails", "git-killed",
    "git-killed-after",
)  # fmt: skip
_CALLS = (
    "fsync", "rename", "replace", "link", "symlink", "unlink", "remove", "chmod", "fchmod", "mkdir", "rmdir",
    "truncate", "ftruncate", "sendfile",
)  # fmt: skip
_SIGNALS = {"int": signal.SIGINT, "term": signal.SIGTERM}


class Points:
    """Counts points in `seen`, by kind, and lets the effect happen at the one numbered `at`, from 1."""

    def __init__(self, at: int = 0, effect: str = "") -> None:
        self.at, self.effect = at, effect
        self.seen: list[str] = []

    def met(self, kind: str) -> str:
        """Note a point and return the effect that is due at it, or an empty text."""
        self.seen.append(kind)
        return self.effect if len(self.seen) == self.at else ""

    def around(self, kind: str, act: Callable[[], Any], *, half: Callable[[], Any] | None = None) -> Any:
        """Do what the run asked for, unless the effect forbids it; `half` is done before a kill or an error."""
        effect = self.met(kind)
        if effect in {"kill", "ENOSPC", "EIO", "EROFS"} and half:
            half()
        if effect == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if effect in {"ENOSPC", "EIO", "EROFS"}:
            number = getattr(errno, effect)
            raise OSError(number, os.strerror(number))
        if effect in _SIGNALS:
            os.kill(os.getpid(), _SIGNALS[effect])
        result = act()
        if effect == "kill-after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def install(points: Points) -> None:
    """Put the points into this process, for good."""
    for name in _CALLS:
        _patch_call(points, name)
    _patch_os_open(points)
    _patch_open(points)
    _patch_git(points)


def _patch_call(points: Points, name: str) -> None:
    real = getattr(os, name)

    def call(*words: Any, **named: Any) -> Any:
        return points.around(name, lambda: real(*words, **named))

    setattr(os, name, call)


def _patch_os_open(points: Points) -> None:
    real, real_write = os.open, os.write

    def opened(path: Any, flags: int, *words: Any, **named: Any) -> int:
        if not flags & (os.O_WRONLY | os.O_RDWR) or str(path) in {os.devnull, "/dev/tty"}:
            return real(path, flags, *words, **named)
        return int(points.around("open", lambda: real(path, flags, *words, **named)))

    def written(handle: int, data: Any) -> int:
        def half() -> int:
            return real_write(handle, data[: len(data) // 2])

        return int(points.around("write", lambda: real_write(handle, data), half=half))

    os.open, os.write = opened, written


def _patch_open(points: Points) -> None:
    real = io.open

    class Raw(io.FileIO):
        """A file whose writes are points."""

        def write(self, data: Any) -> int | None:
            plain = super().write
            return points.around("write", lambda: plain(data), half=lambda: plain(bytes(data)[: len(data) // 2]))

    def opened(file: Any, mode: str = "r", buffering: int = -1, *words: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+") or str(file) == os.devnull:
            return real(file, mode, buffering, *words, **named)
        plain, own = (
            mode.replace("b", "").replace("t", ""),
            {k: named.pop(k) for k in ("closefd", "opener") if k in named},
        )
        raw = (
            Raw(file, plain, **own) if isinstance(file, int) else points.around("open", lambda: Raw(file, plain, **own))
        )
        if buffering == 0:
            return raw
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *words, **named)

    io.open = builtins.open = opened


def _patch_git(points: Points) -> None:
    real = subprocess.Popen.__init__

    def started(self: Any, words: Any, *rest: Any, **named: Any) -> None:
        effect = points.met(f"git {_verb(words)}")
        if effect == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if effect == "unstartable":
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        if effect in _SIGNALS:
            os.kill(os.getpid(), _SIGNALS[effect])
        script = {
            "git-fails": "echo 'fatal: no space left on device' >&2; exit 128",
            "git-killed": "kill -9 $$",
            "git-killed-after": '"$@"; kill -9 $$',
        }.get(effect)
        real(self, ["sh", "-c", script, "sh", *words] if script else words, *rest, **named)
        if effect == "kill-after":
            os.kill(os.getpid(), signal.SIGKILL)
        if effect.endswith("-after") and effect.removesuffix("-after") in _SIGNALS:
            os.kill(os.getpid(), _SIGNALS[effect.removesuffix("-after")])

    subprocess.Popen.__init__ = started  # type: ignore[method-assign]


def _verb(words: Any) -> str:
    plain = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    return plain[0] if plain else "?"
