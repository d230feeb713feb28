"""Everything one repository holds, by id: PADs, templates, objectives, teams, settings; look-ups only."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError

from padctl.model.diagnostic import Fault
from padctl.model.document import Document
from padctl.model.fields import AsList, Day, Line, Name, Record, plain_message
from padctl.model.front_matter import HistoryEntry
from padctl.model.links import anchors
from padctl.model.meeting import Meeting
from padctl.model.objectives import Objective
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.template import Template
from padctl.model.terms import suggestion

_COMMON = "common"  # what an entry calls the meeting of teams without one of their own


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
    """Another page of the repository (template, objectives, charter) with what is wrong with it.

    `links` holds the files that it links to, as paths from the root, each with whether it is there.
    """

    document: Document
    faults: tuple[Fault, ...]
    links: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SavedMinutes:
    """A meeting's saved minutes: the day, the meeting (None for the common one), digests of facts by the PADs' ids."""

    document: Document
    day: date
    stream: str | None
    facts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """One repository, read; `pads` in the order of their paths.

    `team_files` holds teams by the names of their files, without the ending. `files` holds the paths from the root at
    which there is a file or folder; `pages` are the other documents.
    """

    settings: Settings
    pads: tuple[Pad, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = ()
    teams: tuple[Team, ...] = ()
    team_files: Mapping[str, Team] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    minutes: tuple[SavedMinutes, ...] = ()
    files: Container[str] = frozenset()

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
    def ids(self) -> Mapping[str, str]:
        """The ids of PADs by their paths; those that have one."""
        return {pad.path: pad.id for pad in self.pads if pad.id}

    @cached_property
    def _by_title(self) -> Mapping[str, tuple[Pad, ...]]:
        found: dict[str, list[Pad]] = {}
        for pad in self.pads:
            found.setdefault(pad.title_key, []).append(pad)
        return {key: tuple(pads) for key, pads in found.items()}

    def with_id(self, pad_id: str, *, but: str) -> tuple[str, ...]:
        """Return the paths of PADs of an id, without the one at the path `but`."""
        return tuple(pad.path for pad in self.by_id.get(pad_id, ()) if pad.path != but)

    def with_title(self, key: str, *, but: str) -> tuple[str, ...]:
        """Return the ids, else the paths, of PADs with a title, compared as headings are, without the one at `but`."""
        return tuple(pad.id or pad.path for pad in self._by_title.get(key, ()) if pad.path != but)

    def earlier_ids(self, pad_id: str) -> tuple[str, ...]:
        """Return the ids that the PAD of an id had before it was renumbered."""
        return tuple(former for pad in self.by_id.get(pad_id, ()) for former in pad.former_ids)

    def has_pad(self, pad_id: str) -> bool:
        """Say whether a PAD has an id, or had it before it was renumbered."""
        return pad_id in self.by_id or pad_id in self.former_ids

    def pad_ids(self) -> Iterable[str]:
        """Return the ids of all PADs."""
        return self.by_id

    def has_file(self, path: str) -> bool:
        """Say whether a relative link of a PAD leads to something in the repository."""
        return path in self.files

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return the anchors of the PAD at a path, or None where that is no PAD."""
        pad = self.by_path.get(path)
        return anchors(pad.document) if pad else None

    @cached_property
    def minuted_days(self) -> tuple[date, ...]:
        """The days of which minutes were saved, sorted."""
        return tuple(sorted({saved.day for saved in self.minutes}))

    @cached_property
    def former_ids(self) -> Mapping[str, tuple[Pad, ...]]:
        """PADs by the ids they had before they were renumbered; one that is an id again is first that PAD's."""
        found: dict[str, list[Pad]] = {}
        for pad in self.pads:
            for former in pad.former_ids:
                found.setdefault(former, []).append(pad)
        return {former: tuple(pads) for former, pads in found.items()}

    def meeting_of(self, pad: Pad) -> Meeting:
        """Return the meeting that reviews a PAD: its team's, else the common one."""
        return self.meeting(self.stream_of(pad))

    def stream_of(self, pad: Pad) -> str | None:
        """Return the name of the meeting of the PAD's team, or None for the common one."""
        team = self.team((pad.header.team or "") if pad.header else "")
        return team.meeting if team and team.meeting in self.settings.meetings else None

    def stream_at(self, pad: Pad, entry: HistoryEntry) -> str | None:
        """Return the name of the meeting that an entry of a PAD's history was for, or None for the common one.

        An entry that does not say it was for the meeting that the PAD's team has now.
        """
        if entry.stream is None:
            return self.stream_of(pad)
        return None if entry.stream == _COMMON and _COMMON not in self.settings.meetings else entry.stream

    @cached_property
    def entries(self) -> Mapping[str | None, Sequence[tuple[Pad, HistoryEntry]]]:
        """The entries of all histories, each with its PAD, by the name of the meeting that they were for."""
        found: dict[str | None, list[tuple[Pad, HistoryEntry]]] = {}
        for pad in self.pads:
            for entry in pad.header.history if pad.header else ():
                found.setdefault(self.stream_at(pad, entry), []).append((pad, entry))
        return found

    def stream_to_record(self, pad: Pad) -> str | None:
        """Return what a new entry of a PAD's history says of its meeting; None where there is only the common one."""
        return self.stream_of(pad) or (_COMMON if self.settings.meetings else None)

    def meeting(self, stream: str | None) -> Meeting:
        """Return the meeting of a name in `[meetings]`, or the common one."""
        return self.settings.meetings[stream] if stream else self.settings.meeting

    def attendees(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the people whom a list of people and teams invites, by short name, each once, in the list's order.

        A team brings its lead, then its members. A name that is neither stays as it is written.
        """
        invited: dict[str, None] = {}
        for name in names:
            short = self.settings.short_name(name)
            team = self.team(name) if short not in self.settings.people else None
            people = [*filter(None, [team.lead]), *team.members] if team else [short]
            invited.update(dict.fromkeys(map(self.settings.short_name, people)))
        return tuple(invited)

    @cached_property
    def objective_ids(self) -> frozenset[str]:
        """The ids of all goals and objectives."""
        return frozenset(objective.id for objective in self.objectives)

    def team(self, name: str) -> Team | None:
        """Return the team of a name, or of its file's name, in any case."""
        return self._teams.get(name.casefold())

    @cached_property
    def _teams(self) -> Mapping[str, Team]:
        named = [(team.name, team) for team in reversed(self.teams)]
        return {name.casefold(): team for name, team in (*self.team_files.items(), *named)}

    @cached_property
    def team_names(self) -> frozenset[str]:
        """The names of all declared teams."""
        return frozenset(team.name for team in self.teams)


R = TypeVar("R", bound=Record)

_FORMS = {
    "name": "write the team in one word, as in `name: growth`",
    "lead": "write the short name, as in `lead: dana`",
    "members": "write short names, as in `members: [dana, mika]`",
    "period": "write the quarter or year, as in `period: 2026-Q4`",
    "reviewed": "write the day, as in `reviewed: 2026-11-16`",
    "agreed": "write the day of each team, as in `agreed: {growth: 2026-09-28}`",
}


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
        fix = _FORMS.get(str(path[0]) if path else "", f"the keys of this page: {', '.join(kind.model_fields)}")
        faults.append(Fault(slug="invalid-page", offset=place, message=message, fix=fix))
    return None, (*document.faults, *faults)
