"""The shapes of an agenda: items, what was promised, what is owed."""

from dataclasses import dataclass
from datetime import date

from padctl.model.fields import Day


@dataclass(frozen=True, kw_only=True)
class OwedAction:
    """An open action of a PAD; `overdue` when it was due before today."""

    pad: str
    title: str
    id: str
    kind: str
    who: str
    what: str
    due: date
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A success metric as the PAD has it; actual and verdict are empty before the recap."""

    metric: str
    baseline: str
    target: str
    by: str
    actual: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An action that an earlier decision asked for; `done` is None while it is open."""

    action: str
    id: str
    due: date
    done: date | None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One PAD on the agenda.

    `carried_over` is the date that passed without a decision, `late` says that it was submitted after the cutoff,
    `minutes` is what it takes, `promised` what earlier decisions asked for.
    """

    pad: str
    title: str
    path: str
    link: str
    review: str
    standing: str
    owner: str
    team: str
    presenter: str
    minutes: int
    ask: str
    summary: str
    metrics: tuple[Metric, ...]
    submitted: date | None
    late: bool
    carried_over: date | None
    promised: tuple[Promise, ...]
    overrides: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OwedRecap:
    """A launched PAD whose recap is not decided yet."""

    pad: str
    title: str
    owner: str
    launched: date
    due: date
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision of the meeting's day."""

    pad: str
    title: str
    outcome: str
    by: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class Later:
    """How many PADs are submitted for a later date."""

    date: Day
    pads: int


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A meeting's agenda; without items there is nothing to decide and the meeting is cancelled.

    `minutes` is what the items take together, `capacity` what the meeting has. `decided` is what was decided on this
    day, `later` counts what is submitted for later dates, `unreadable` are the PADs that may be missing here.
    """

    meeting: str
    date: Day
    time: str
    timezone: str
    today: Day
    closed: bool
    regular: bool
    capacity: int
    minutes: int
    cancelled: bool
    required: tuple[str, ...]
    optional: tuple[str, ...]
    sponsors: tuple[str, ...]
    items: tuple[Item, ...]
    decided: tuple[Decided, ...]
    later: tuple[Later, ...]
    unreadable: tuple[str, ...]
    actions: tuple[OwedAction, ...]
    recaps: tuple[OwedRecap, ...]
