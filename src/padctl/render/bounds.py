"""A bound on the time and the memory that a template from a repository may take."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import thread_time
from types import FrameType
from typing import Any

_SECONDS = 3.0
_MEMORY = 256 * 1024 * 1024
_STEPS = 50


class TooLong(BaseException):
    """The time is over. No Exception, since Jinja swallows those while it compiles a template."""


@contextmanager
def bounded() -> Iterator[None]:
    """Let a block compute for 3 seconds and take 256 MiB of memory.

    The time is what the processor spends, looked at with each line of a template and each call of a function, so that
    it holds on every system and in every thread; the memory is bounded where the system can (Linux).

    Raises:
        TooLong: the time is over.
        MemoryError: the memory is used up.
    """
    steps, end = 0, thread_time() + _SECONDS

    def watch(frame: FrameType, *_: Any) -> Any:
        nonlocal steps
        steps += 1
        if steps % _STEPS == 0 and thread_time() > end:
            raise TooLong
        return None if "__name__" in frame.f_globals else watch  # only a template's code is in no module

    before = sys.gettrace()
    with _memory_bounded():
        sys.settrace(watch)
        try:
            yield
        finally:
            sys.settrace(before)


@contextmanager
def _memory_bounded() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415  # not on every system

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + _MEMORY
    bound = wanted if soft == resource.RLIM_INFINITY else min(wanted, soft)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
