"""The diary of a quarter, read: on which day who did what, and which meeting was held."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
MOVES = ("submit", "decide", "advance", "launch", "recall", "hold", "withdraw", "resume", "undo")


@dataclass(frozen=True)
class Line:
    """What somebody did: a verb with its words as typed."""

    who: str
    words: tuple[str, ...]

    @property
    def verb(self) -> str:
        return self.words[0]

    @property
    def pad(self) -> str:
        """The PAD that it is about."""
        number = self.words[2] if self.verb == "action" else self.words[1]
        return f"PAD-{int(number):04}"

    def all(self, flag: str) -> list[str]:
        """Return what an option was given, each time."""
        return [self.words[n + 1] for n, word in enumerate(self.words) if word == flag]

    def one(self, flag: str) -> str:
        """Return what an option was given, or an empty text."""
        return next(iter(self.all(flag)), "")


@dataclass(frozen=True)
class Day:
    """One day; `meeting` is riders, fleet or common, empty where none is held on its weekday."""

    date: date
    meeting: str
    lines: list[Line] = field(default_factory=list)


@cache
def diary() -> list[Day]:
    """Return all days, oldest first."""
    days: list[Day] = []
    for page in sorted((HERE / "diary").glob("*.txt")):
        for text in page.read_text(encoding="utf-8").splitlines():
            if text.startswith("  "):
                who, *words = shlex.split(text)
                days[-1].lines.append(Line(who, tuple(word.replace("\\n", "\n") for word in words)))
            elif text and not text.startswith("#"):
                day, _, meeting = text.partition(" ")
                days.append(Day(date.fromisoformat(day), meeting))
    assert days == sorted(days, key=lambda day: day.date)
    return days


def moves() -> Iterator[tuple[Day, Line]]:
    """Yield the moves of PADs in their order."""
    for day in diary():
        yield from ((day, line) for line in day.lines if line.verb in MOVES)
