"""How a run ends early: asked to by a signal, or because a stream takes nothing more."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

_ASKED = ("SIGTERM", "SIGHUP")


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """Let a request to end (SIGTERM, a closed terminal) do in the block what Ctrl-C does.

    Raises:
        KeyboardInterrupt: one came.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _ASKED if hasattr(signal, name)]
    before = {number: signal.signal(number, _interrupt) for number in numbers if _unhandled(number)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def flushed(stream: TextIO) -> str:
    """Write out what a stream still holds, and return why it cannot be; empty where it can, or nobody reads it.

    A stream that fails takes everything from then on and keeps nothing, so that the interpreter's own end is quiet.
    """
    try:
        stream.flush()
    except OSError as error:
        silence(stream)
        return "" if isinstance(error, BrokenPipeError) else (error.strerror or str(error))
    return ""


def silence(stream: TextIO) -> None:
    """Let a stream lead to nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    with suppress(OSError):
        stream.flush()


def _unhandled(number: int) -> bool:
    return signal.getsignal(number) == signal.SIG_DFL


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
