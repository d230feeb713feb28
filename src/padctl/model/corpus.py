"""Everything one repository holds, by id: PADs, templates, objectives, teams, settings; look-ups only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError

from padctl.model.diagnostic import Fault
from padctl.model.document import Document
from padctl.model.fields import AsList, Day, Line, Name, Record, plain_message
from padctl.model.objectives import Objective
from padctl.model.pad import Pad
from padctl.model.settings import Meeting, Settings
from padctl.model.template import Template
from padctl.model.terms import suggestion
from padctl.model.wording import heading_key


class Team(Record):
    """A team's charter: its front matter; `meeting` names one of the settings' meetings."""

    name: Name
    lead: Name | None = None
    stream: Name | None = None
    members: Annotated[tuple[Name, ...], AsList] = ()
    meeting: Name | None = None
    board: Line | None = None
    research: Line | None = None


class ObjectivesHeader(Record):
    """The front matter of an objectives page; `agreed` maps each team to the day it agreed."""

    period: Line
    reviewed: Day | None = None
    agreed: dict[Name, Day] = Field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Another page of the repository (template, objectives, charter) with what is wrong with it."""

    document: Document
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """One repository, read; `pads` in the order of their paths.

    `linked` holds those relative link targets that exist, as paths from the root; `pages` the other documents.
    """

    settings: Settings
    pads: tuple[Pad, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = ()
    teams: tuple[Team, ...] = ()
    pages: tuple[Page, ...] = ()
    linked: frozenset[str] = frozenset()

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Pad, ...]]:
        """PADs by id; an id with more than one PAD is a duplicate."""
        found: dict[str, list[Pad]] = {}
        for pad in self.pads:
            if pad.id:
                found.setdefault(pad.id, []).append(pad)
        return {key: tuple(pads) for key, pads in found.items()}

    @cached_property
    def by_path(self) -> Mapping[str, Pad]:
        """PADs by path from the root."""
        return {pad.path: pad for pad in self.pads}

    @cached_property
    def by_title(self) -> Mapping[str, tuple[Pad, ...]]:
        """PADs by their title, compared as headings are."""
        found: dict[str, list[Pad]] = {}
        for pad in self.pads:
            if pad.header and (key := heading_key(pad.header.title)):
                found.setdefault(key, []).append(pad)
        return {key: tuple(pads) for key, pads in found.items()}

    @cached_property
    def former_ids(self) -> Mapping[str, tuple[Pad, ...]]:
        """PADs by the ids they had before they were renumbered; one that is an id again is first that PAD's."""
        found: dict[str, list[Pad]] = {}
        for pad in self.pads:
            for former in pad.former_ids:
                found.setdefault(former, []).append(pad)
        return {former: tuple(pads) for former, pads in found.items()}

    @cached_property
    def renumbered(self) -> tuple[Pad, ...]:
        """PADs that had another id before."""
        return tuple(pad for pad in self.pads if pad.former_ids)

    def meeting_of(self, pad: Pad) -> Meeting:
        """Return the meeting that reviews a PAD: its team's, else the common one."""
        return self.meeting(self.stream_of(pad))

    def stream_of(self, pad: Pad) -> str | None:
        """Return the name of the meeting of the PAD's team, or None for the common one."""
        name = pad.header.team if pad.header else None
        team = next((team for team in self.teams if team.name == name), None)
        return team.meeting if team and team.meeting in self.settings.meetings else None

    def meeting(self, stream: str | None) -> Meeting:
        """Return the meeting of a name in `[meetings]`, or the common one."""
        return self.settings.meetings[stream] if stream else self.settings.meeting

    @cached_property
    def objective_ids(self) -> frozenset[str]:
        """The ids of all goals and objectives."""
        return frozenset(objective.id for objective in self.objectives)

    @cached_property
    def team_names(self) -> frozenset[str]:
        """The names of all declared teams."""
        return frozenset(team.name for team in self.teams)


R = TypeVar("R", bound=Record)


def read_header_as(kind: type[R], document: Document) -> tuple[R | None, tuple[Fault, ...]]:
    """Read a page's front matter as a record; None with its faults where it breaks the shape."""
    if document.header is None:
        return None, document.faults
    try:
        return kind.model_validate({k: v for k, v in document.values.items() if v is not None}), document.faults
    except ValidationError as error:
        details = error.errors(include_url=False)
    faults = []
    for detail in details:
        path = tuple(step for step in detail["loc"] if isinstance(step, (str, int)))
        name = ".".join(map(str, path))
        known = suggestion(name, kind.model_fields) if detail["type"] == "extra_forbidden" else ""
        message = {
            "extra_forbidden": f'unknown key "{name}"{known}',
            "missing": f'the key "{name}" is missing',
        }.get(detail["type"], f"{name}: {plain_message(detail)}")
        place = document.key_offset(*path) if detail["type"] == "extra_forbidden" else document.offset_of(path)
        keys = ", ".join(kind.model_fields)
        faults.append(Fault(slug="invalid-page", offset=place, message=message, fix=f"the keys of this page: {keys}"))
    return None, (*document.faults, *faults)
