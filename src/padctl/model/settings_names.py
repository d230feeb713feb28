"""Names in the settings that mean nobody: attendees, sponsors, facilitators and successors."""

from collections.abc import Collection, Iterator
from itertools import accumulate

from padctl.model.diagnostic import Fault
from padctl.model.meeting import Meeting
from padctl.model.settings import Settings
from padctl.model.terms import suggestion
from padctl.model.toml import line_of, places_of

_LISTS = ("required", "optional", "sponsors")


def strangers(settings: Settings, teams: Collection[str], text: str, table: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Yield the names in the settings' text that are neither in [people] nor a team, where people are listed.

    `table` leads to the settings in a file that holds more. A successor has to be a person.
    """
    if not settings.people:
        return
    known = {*settings.people, *teams}
    places, starts = places_of(text), [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for steps, name in _named(settings):
        wanted = set(settings.people) if steps[-1] == "successor" else known
        if settings.short_name(name).casefold() not in {one.casefold() for one in wanted}:
            near = suggestion(name, wanted)
            where, start = ".".join(steps), starts[line_of(places, (*table, *steps)) - 1]
            neither = "is not in [people]" if steps[-1] == "successor" else "is neither in [people] nor a team"
            yield Fault(
                slug="unknown-person-in-settings",
                offset=_offset(text, start, name),
                message=f'{where}: "{name}" {neither}{near}',
                fix="add the person to [people], or correct the name",
            )


def _named(settings: Settings) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every name with the keys that lead to it."""
    meetings: list[tuple[tuple[str, ...], Meeting]] = [(("meeting",), settings.meeting)]
    meetings += [(("meetings", key), meeting) for key, meeting in settings.meetings.items()]
    for steps, meeting in meetings:
        common = settings.meeting if steps[0] == "meetings" else Meeting()  # what is taken from it stands there
        for key in _LISTS:
            own = getattr(meeting, key) if getattr(meeting, key) != getattr(common, key) else ()
            yield from (((*steps, key), name) for name in own)
        if meeting.facilitator and meeting.facilitator != common.facilitator:
            yield (*steps, "facilitator"), meeting.facilitator
    for key, person in settings.people.items():
        if person.successor:
            yield ("people", key, "successor"), person.successor


def _offset(text: str, start: int, name: str) -> int:
    """Return where a name stands at or behind an offset, that of its key's line."""
    return min((at for quote in "\"'" if (at := text.find(f"{quote}{name}{quote}", start)) >= 0), default=start)
