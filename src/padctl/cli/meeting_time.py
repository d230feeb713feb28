"""The time that a meeting takes, item by item, against the slots of its agenda."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

_SECONDS = 60


class Stopwatch:
    """Counts the minutes that each item takes; `slots` are the minutes it has, `capacity` those of the meeting.

    `before` are the minutes of the meeting that an earlier run took.
    """

    def __init__(self, slots: Mapping[int, int], capacity: int, before: int = 0) -> None:
        self._before = before * _SECONDS
        self._slots = slots
        self._capacity = capacity
        self._used = dict.fromkeys(slots, 0.0)
        self._since: tuple[int, float] | None = None

    @contextmanager
    def running(self, number: int) -> Iterator[None]:
        """Count the time of a block as an item's."""
        self._since = (number, time.monotonic())
        try:
            yield
        finally:
            self._used[number] = self._seconds(number)
            self._since = None

    def of(self, number: int) -> str:
        """Return how much of its slot an item has used: "4 of 20 min", "23 of 20 min, 3 over"."""
        return _against(self._seconds(number), self._slots[number])

    def whole(self, number: int) -> str:
        """Return how much time an item and the meeting have used."""
        used = self._before + sum(map(self._seconds, self._used))
        return f"this item {self.of(number)}; the meeting {_against(used, self._capacity)}"

    def _seconds(self, number: int) -> float:
        now = time.monotonic() - self._since[1] if self._since and self._since[0] == number else 0.0
        return self._used[number] + now


def minutes_into(start: datetime | None) -> int:
    """Return how many minutes ago a meeting began, on its own day; 0 before it, and where it has no time."""
    if start is None:
        return 0
    now = datetime.now(start.tzinfo)
    return max(0, int((now - start).total_seconds()) // _SECONDS) if now.date() == start.date() else 0


def _against(seconds: float, slot: int) -> str:
    minutes = int(seconds // _SECONDS)
    over = f", {minutes - slot} over" if minutes > slot else ""
    return f"{minutes} of {slot} min{over}"
