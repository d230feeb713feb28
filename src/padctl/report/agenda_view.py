"""The shape of a whole agenda: when and where, the items, and what is owed around them."""

from dataclasses import dataclass
from datetime import date

from padctl.model.fields import Day
from padctl.report.actions import OpenAction
from padctl.report.agenda_facts import Origin
from padctl.report.agenda_item import Item


@dataclass(frozen=True, kw_only=True)
class OwedRecap:
    """A launched PAD whose recap is not submitted yet."""

    pad: str
    title: str
    owner: str
    launched: date
    due: date
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A PAD that waits on a follow-up since a day; `open` counts its actions, at 0 it can be advanced."""

    pad: str
    title: str
    owner: str
    since: Day
    open: int
    next: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happened to a PAD since the last meeting, in words."""

    pad: str
    title: str
    date: Day
    words: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A PAD that was submitted on a branch and has no slot until it is merged; `missed` when the cutoff has passed."""

    pad: str
    title: str
    owner: str
    branch: str
    meeting: Day
    cutoff: Day
    missed: bool


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision of the meeting's day; `taken_back` is the later day on which it was undone."""

    pad: str
    title: str
    outcome: str
    by: tuple[str, ...]
    note: str
    taken_back: Day | None


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A PAD that is not reviewed because actions are overdue."""

    pad: str
    title: str
    owner: str
    overrides: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Later:
    """How many PADs are submitted for a later date."""

    date: Day
    pads: int


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A meeting's agenda.

    `stream` is the name of one of the settings' meetings, empty for the common one. `date` is the day of the
    meeting, `asked` the date that was asked for where that is no meeting day, for the reason in `asked_why`. `time` and
    `ends` are HH:MM in `timezone`, empty where the settings have no time. `minutes` is what the items take together,
    `capacity` what the meeting has, `cutoff` the last day to submit in time, `previous` the last day before this
    one on which the meeting took place, None where it never did.

    `cancelled` says that it does not take place, for `reason`; then there are no items. `pending` says that it is
    cancelled unless a PAD is submitted by the cutoff, `unless` what will cancel it unless it is done. A meeting of the
    past is shown as it was on the evening of its day, `over`. `dropped` are PADs that are not
    reviewed because of the actions in `owing`. `decided` is what was decided on this day, `later` counts what is
    submitted for later dates, `actions` are due by the meeting and `actions_later` counts the others. `unreadable` are
    the PADs that may be missing here.
    """

    meeting: str
    stream: str
    date: Day
    weekday: str
    asked: Day | None
    asked_why: str
    time: str
    ends: str
    timezone: str
    today: Day
    cutoff: Day
    previous: Day | None
    capacity: int
    minutes: int
    cancelled: bool
    reason: str
    pending: bool
    unless: tuple[str, ...]
    over: bool
    required: tuple[str, ...]
    optional: tuple[str, ...]
    sponsors: tuple[str, ...]
    origin: Origin | None
    items: tuple[Item, ...]
    dropped: tuple[Dropped, ...]
    owing: tuple[OpenAction, ...]
    decided: tuple[Decided, ...]
    waiting: tuple[Waiting, ...]
    later: tuple[Later, ...]
    unreadable: tuple[str, ...]
    actions: tuple[OpenAction, ...]
    actions_later: int
    follow_ups: tuple[FollowUp, ...]
    recaps: tuple[OwedRecap, ...]
    changes: tuple[Change, ...]
