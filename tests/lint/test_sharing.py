"""Work that several processes share comes back whole and in order, whatever becomes of them."""

import os
import signal
import time

import pytest

from padctl.store import sharing
from padctl.store.sharing import shared_out

PARENT = os.getpid()


@pytest.fixture(autouse=True)
def _several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_processes", lambda: 3)


@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 1000, 30_001])
def test_results_come_in_the_order_of_the_things(count: int) -> None:
    assert shared_out(lambda number: number * number, range(count)) == [number * number for number in range(count)]


def test_a_process_that_is_killed_costs_nothing_but_time() -> None:
    def do(number: int) -> int:
        if os.getpid() != PARENT:
            os.kill(os.getpid(), signal.SIGKILL)
        return -number

    assert shared_out(do, range(500)) == [-number for number in range(500)]


def test_what_fails_elsewhere_fails_here() -> None:
    def do(number: int) -> int:
        if os.getpid() != PARENT:
            raise ValueError(number)
        time.sleep(0.01)
        return number

    with pytest.raises(ValueError, match=r"\d+"):
        shared_out(do, range(200))


def test_no_process_outlives_a_failure_here() -> None:
    def do(number: int) -> int:
        if os.getpid() == PARENT:
            raise KeyboardInterrupt
        time.sleep(60)
        return number

    with pytest.raises(KeyboardInterrupt):
        shared_out(do, range(200))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
