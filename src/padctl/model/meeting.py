"""A meeting in the settings: when it is held, for how long, who takes part, and what cancels it."""

import datetime
import re
import shlex
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

from padctl.model.fields import Day, Invited, Line, Name, Record, shown
from padctl.model.terms import suggestion

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Count = Annotated[int, Strict()]


def _weekday(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in WEEKDAYS:
        return value.lower()
    near = suggestion(value.lower(), WEEKDAYS) if isinstance(value, str) else ""
    problem = "{value} is no weekday{near}; write monday to sunday in English"
    raise PydanticCustomError("weekday", problem, {"value": shown(value), "near": near})


def _clock(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return datetime.time.fromisoformat(value)
    if isinstance(value, datetime.time):
        return value
    raise PydanticCustomError("clock", "{value} is no time of day; write HH:MM", {"value": shown(value)})


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        problem = "{value} is no time zone; write a name such as Europe/Lisbon"
        raise PydanticCustomError("zone", problem, {"value": shown(value)}) from None
    return value


def meeting_option(stream: str | None) -> str:
    """Return how a command is told which meeting, with a blank before it; empty for the common one."""
    return f" --meeting {shlex.quote(stream)}" if stream else ""


class Meeting(Record):
    """A weekly meeting; `minutes` is its capacity and `slot` the most one item gets, both in minutes.

    `required` and `optional` hold short names, e-mail addresses and teams. `facilitator` is the person who sends its
    agenda and is reminded of what was left undecided; `organizer` is who invites, else the facilitator: one of
    [people], or an address.
    """

    name: Line = "Product alignment meeting"
    weekday: Annotated[str, BeforeValidator(_weekday)] = "thursday"
    time: Annotated[datetime.time | None, BeforeValidator(_clock)] = None
    timezone: Annotated[Line, AfterValidator(_zone)] = "UTC"
    minutes: Annotated[Count, Field(ge=1, le=1440)] = 60
    slot: Annotated[Count, Field(ge=1, le=30)] = 30
    cutoff_days: Annotated[Count, Field(ge=0, le=60)] = 1
    required: tuple[Invited, ...] = ()
    optional: tuple[Invited, ...] = ()
    sponsors: tuple[Name, ...] = ()
    facilitator: Name | None = None
    closures: tuple[Day, ...] = ()
    cancel_when: tuple[Literal["empty", "overdue-actions", "any-overdue-action"], ...] = ("empty",)
    organizer: Invited | None = None

    def stream(self, key: str, own: "Meeting") -> "Meeting":
        """Return the meeting of a key in `[meetings]`: what it sets of its own, the rest as this one has it.

        Its name is its own in any case: the key where it sets none.
        """
        set_there = {name: getattr(own, name) for name in own.model_fields_set}
        return self.model_copy(update={"name": key[:1].upper() + key[1:], **set_there})

    @property
    def weekday_number(self) -> int:
        """Monday is 0, as in `date.weekday()`."""
        return WEEKDAYS.index(self.weekday)

    def holds_on(self, day: date) -> bool:
        """Say whether the meeting takes place on a day."""
        return day.weekday() == self.weekday_number and day not in self.closures
