"""The agendas that were written down by hand, read."""

from dataclasses import dataclass, field
from datetime import date

from .diary import HERE


@dataclass(frozen=True)
class Row:
    """A PAD on an agenda; `mark` is late, carried, moved, no-room, dropped or empty, `of` the day that goes with it."""

    review: str
    pad: str
    presenter: str
    minutes: int
    mark: str
    of: str


@dataclass(frozen=True)
class Expected:
    """The agenda of a meeting; `held` is its day, which is another than `date` where that one is closed.

    `open` says that nothing is submitted and the cutoff is ahead.
    """

    meeting: str
    date: date
    held: date
    cancelled: bool
    open: bool
    rows: list[Row] = field(default_factory=list)

    def marked(self, *marks: str) -> list[Row]:
        return [row for row in self.rows if row.mark in marks]

    @property
    def name(self) -> str:
        return f"{self.meeting}-{self.date}"


def agendas() -> list[Expected]:
    """Return the expected agenda of every meeting, oldest first."""
    found: list[Expected] = []
    for text in (HERE / "agendas.txt").read_text(encoding="utf-8").splitlines():
        words = text.split()
        if text.startswith("  "):
            review, number, presenter, minutes, mark, of, *_ = [*words, "", ""]
            found[-1].rows.append(Row(review, f"PAD-{int(number):04}", presenter, int(minutes), mark, of))
        elif words and not text.startswith("#"):
            meeting, day, *rest = words
            held = rest[rest.index("to") + 1] if "to" in rest else day
            days = date.fromisoformat(day), date.fromisoformat(held)
            found.append(Expected(meeting, *days, "cancelled" in rest, "open" in rest))
    return found
