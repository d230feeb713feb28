"""Work on many things shared out among processes, this one among them.

Each takes the next few things as soon as it has done its last ones: their numbers stand in a pipe that all read.
"""

import marshal
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import Connection
from typing import TypeVar

_AT_ONCE = 20
_MOST_TURNS = 1000  # their numbers fit into the smallest of pipes
_MOST_PROCESSES = 8
_DIGITS = 4
_ENDING = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}

T = TypeVar("T")
R = TypeVar("R")


def shared_out(do: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """Return what doing something with each thing gives, in their order.

    What is done elsewhere is marshalled, so results are plain data; things, and what `do` holds, are inherited.
    What a process leaves undone that is ended from outside is done here.

    Raises:
        Exception: whatever `do` raises.
    """
    size = max(_AT_ONCE, -(-len(things) // _MOST_TURNS))
    turns = [things[first : first + size] for first in range(0, len(things), size)]
    others = min(_processes(), len(turns)) - 1
    if others < 1:
        return list(map(do, things))
    fork = multiprocessing.get_context("fork")
    numbers, full = os.pipe()
    os.write(full, b"".join(number.to_bytes(_DIGITS) for number in range(len(turns))))
    os.close(full)
    helpers = []
    done: dict[int, list[R]] = {}
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)  # until all stand on the list of those to be ended
    try:
        for _ in range(others):
            here, there = fork.Pipe(duplex=False)
            helper = fork.Process(target=_help, args=(do, turns, numbers, there), daemon=True)
            helpers.append((helper, here))
            helper.start()
            there.close()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        done.update(_taken(do, turns, numbers))
        for _, here in helpers:
            with suppress(EOFError):
                done.update(_received(here))
    finally:
        os.close(numbers)
        for helper, here in helpers:
            here.close()
            if helper.pid:
                helper.terminate()
                helper.join()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    return list(chain.from_iterable(done.get(n) or list(map(do, turn)) for n, turn in enumerate(turns)))


def _processes() -> int:
    """Return how many processes may share work here; 1 where they would not see what this one has loaded."""
    return min(len(os.sched_getaffinity(0)), _MOST_PROCESSES) if hasattr(os, "sched_getaffinity") else 1


def _help(do: Callable[[T], R], turns: Sequence[Sequence[T]], numbers: int, there: Connection) -> None:
    """Take turns and send what they gave; in a group of its own, so that only the process that waits for it ends it."""
    os.setpgid(0, 0)
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    try:
        done = marshal.dumps(list(_taken(do, turns, numbers)))
    except Exception as error:  # it is raised where the results are waited for
        there.send(error)
    else:
        there.send(None)
        there.send_bytes(done)


def _taken(do: Callable[[T], R], turns: Sequence[Sequence[T]], numbers: int) -> Iterator[tuple[int, list[R]]]:
    while word := os.read(numbers, _DIGITS):
        number = int.from_bytes(word)
        yield number, list(map(do, turns[number]))


def _received(here: Connection) -> list[tuple[int, list[R]]]:
    error = here.recv()
    if error is not None:
        raise error
    return marshal.loads(here.recv_bytes())  # type: ignore[no-any-return]  # noqa: S302  # from a process of our own
