"""What is wrong with what charters and objectives pages say, beyond the shape of their front matter."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from padctl.model.body import Cell, Table
from padctl.model.corpus import Team
from padctl.model.diagnostic import Fault
from padctl.model.document import Document
from padctl.model.fields import iso_date
from padctl.model.links import anchors, relative_targets
from padctl.model.objectives import Declared, declared, reading_tables
from padctl.model.settings import Settings
from padctl.model.terms import suggestion

_SEVERAL = re.compile(r"\s*[,;/&]\s*|\s+and\s+")
_GOAL = re.compile(r"-G\d+$")


@dataclass(frozen=True, kw_only=True)
class Declarations:
    """What the pages of a repository declare, each with the page and line of the first that does.

    `teams` are without case. `charters` are the names that charters' files have: a faulty charter's team is known all
    the same.
    """

    settings: Settings
    objectives: dict[str, str]
    key_results: AbstractSet[str]
    teams: dict[str, str]
    charters: AbstractSet[str]

    def knows_team(self, name: str) -> bool:
        """Say whether a team is called so, or its file, in any case."""
        return name.casefold() in {*self.teams, *map(str.casefold, self.charters)}


def declarations(
    settings: Settings, objectives: Sequence[Document], charters: Iterable[tuple[Document, Team | None]]
) -> Declarations:
    """Gather what pages declare, in their order."""
    ids: dict[str, str] = {}
    results = set[str]()
    for document in objectives:
        for one in declared(document):
            ids.setdefault(one.id, _place(document, one.start))
            results |= {f"{one.id}-{cell.text}" for cell in _cells(one.tables, "KR")}
    teams: dict[str, str] = {}
    names = set[str]()
    for document, team in charters:
        names.add(document.path.rpartition("/")[2].rpartition(".")[0])
        if team:
            teams.setdefault(team.name.casefold(), _place(document, document.offset_of(("name",))))
    return Declarations(settings=settings, objectives=ids, key_results=results, teams=teams, charters=names)


def objectives_faults(document: Document, known: Declarations) -> Iterator[Fault]:
    """Yield what an objectives page says twice, or of goals, teams, people and days that there are not."""
    agreed = document.values.get("agreed")
    for team in agreed if isinstance(agreed, dict) else ():
        if known.teams and not known.knows_team(team):
            message = f'there is no team "{team}"{suggestion(team, known.teams)}'
            fix = f"add {known.settings.paths.teams}/{team}.md, or name another team"
            yield Fault(slug="unknown-team", offset=document.key_offset("agreed", team), message=message, fix=fix)
    goals = [name for name in known.objectives if _GOAL.search(name)]
    for one in declared(document):
        yield from _twice(document, one.start, one.id, known.objectives)
        if one.serves and one.serves not in known.objectives and (goals or not _GOAL.search(one.serves)):
            message = f'there is no goal "{one.serves}"{suggestion(one.serves, goals)}'
            fix = f"declare it in {known.settings.paths.objectives}/, or name another"
            yield Fault(slug="unknown-objective", offset=one.serves_at, message=message, fix=fix)
        yield from _key_result_faults(document, one, known)
    for table in reading_tables(document):
        yield from _reading_faults(table, known)


def charter_faults(document: Document, team: Team, known: Declarations) -> Iterator[Fault]:
    """Yield what a charter says of people whom nobody knows, and a team that has a charter already."""
    yield from _twice(document, document.offset_of(("name",)), team.name.casefold(), known.teams)
    named = [(("lead",), team.lead)] if team.lead else []
    for path, name in (*named, *((("members", n), name) for n, name in enumerate(team.members))):
        yield from _stranger(document.offset_of(path), name, known, ())


def link_faults(
    document: Document, exists: Callable[[str], bool], others: Callable[[str], Document | None]
) -> Iterator[Fault]:
    """Yield the links that lead to no file, or to a heading that is not there; `others` gives pages by their paths."""
    for offset, target, anchor in relative_targets(document):
        if target and not exists(target):
            fix = "correct the path; it starts at this file's folder"
            yield Fault(slug="broken-link", offset=offset, message=f'there is no file "{target}"', fix=fix)
            continue
        page = others(target) if target else document
        if anchor and page and anchor.lower() not in (there := anchors(page)):
            where = f" in {target}" if target else ""
            message = f'there is no heading "#{anchor}"{where}{suggestion(anchor, there)}'
            yield Fault(slug="broken-anchor", offset=offset, message=message, fix="correct the anchor")


def _key_result_faults(document: Document, one: Declared, known: Declarations) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for cell in _cells(one.tables, "KR"):
        place = seen.setdefault(cell.text, _place(document, cell.start))
        yield from _twice(document, cell.start, cell.text, {cell.text: place})
    for cell in _cells(one.tables, "Owner"):
        whole = known.settings.short_name(cell.text) in known.settings.people
        for name in [cell.text] if whole else _SEVERAL.split(cell.text):
            if not known.knows_team(name):
                yield from _stranger(cell.start, name, known, known.teams)


def _reading_faults(table: Table, known: Declarations) -> Iterator[Fault]:
    for cell in _cells([table], "Date"):
        try:
            iso_date(cell.text)
        except ValueError:
            fix = "write the day as YYYY-MM-DD"
            yield Fault(slug="invalid-page", offset=cell.start, message=f'"{cell.text}" is no date', fix=fix)
    for cell in _cells([table], "KR"):
        if cell.text not in known.key_results:
            near = suggestion(cell.text, known.key_results)
            message = f'there is no key result "{cell.text}"{near}'
            fix = "write the objective and its key result, such as 2026-Q4-O1-KR1"
            yield Fault(slug="unknown-objective", offset=cell.start, message=message, fix=fix)


def _stranger(offset: int, name: str, known: Declarations, teams: Iterable[str]) -> Iterator[Fault]:
    people = known.settings.people
    if people and name and known.settings.short_name(name) not in {*people, *teams}:
        where = "neither in [people] nor a team" if teams else "not in [people]"
        message = f'"{name}" is {where}{suggestion(name, [*people, *teams])}'
        fix = "write the short name that [people] in the settings has, or add the person"
        yield Fault(slug="unknown-person", offset=offset, message=message, fix=fix)


def _twice(document: Document, offset: int, name: str, places: dict[str, str]) -> Iterator[Fault]:
    place = _place(document, offset)
    if places.get(name, place) != place:
        message, fix = f'"{name}" is declared in {places[name]} already', "give one of the two another name"
        yield Fault(slug="declared-twice", offset=offset, message=message, fix=fix)


def _place(document: Document, offset: int) -> str:
    return f"{document.path} on line {document.line_of(offset)}"


def _cells(tables: Iterable[Table], column: str) -> Iterator[Cell]:
    for table in tables:
        index = table.column(column)
        if index is not None:
            yield from (row[index] for row in table.rows if row[index].filled)
