"""A PAD: a document read against its schema and its template, with its sections where they stand."""

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from padctl.model.body import Block, Cell, Heading, Table
from padctl.model.diagnostic import Severity
from padctl.model.document import Document
from padctl.model.fields import iso_date
from padctl.model.front_matter import FrontMatter, Violation, counts, read_front_matter
from padctl.model.template import Section, Template
from padctl.model.template_faults import SECTION_LEVEL, STAGE_LEVEL
from padctl.model.terms import Stage, Status
from padctl.model.transitions import Step, replay
from padctl.model.wording import heading_key, without_comments

_STAGES = {stage.value: stage for stage in Stage}
_STATUSES = {status.value: status for status in Status}


class Placed(NamedTuple):
    """A section of the template in a PAD.

    `heading` is None where the PAD lacks it; `repeats` are further headings of the same name. `blocks` are the
    top-level blocks between this heading and the next section, stage or higher heading, which starts at `end`.
    `skipped` is the reason in `N/A: reason`, where that is all the section says; a skip makes it `filled` only where
    the template lets it be skipped. `table` is the first one that has the section's columns, else the first one.
    """

    section: Section
    heading: Heading | None = None
    repeats: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    end: int = 0
    skipped: str = ""
    filled: bool = False
    table: Table | None = None

    def cells(self, column: str) -> list[Cell]:
        """Return the filled cells of the table's column of that name, names compared as headings are."""
        index = self.table.column(column) if self.table else None
        if self.table is None or index is None:
            return []
        return [row[index] for row in self.table.rows if row[index].filled]

    def rows(self) -> list[dict[str, str]]:
        """Return the table's rows that say anything, as plain text by the template's column names."""
        table = self.table
        if table is None:
            return []
        columns = [(name, table.column(name)) for name in self.section.columns]
        return [
            {name: row[index].text if index is not None else "" for name, index in columns}
            for row in table.filled_rows()
        ]

    def keyed_rows(self) -> list[dict[str, str]]:
        """Return the rows as `rows` does, by the columns' names as headings are compared."""
        return [{heading_key(name): text for name, text in row.items()} for row in self.rows()]

    @property
    def summary(self) -> str:
        """The section's first paragraph, on one line."""
        texts = (" ".join(block.text.split()) for block in self.blocks if block.filled and not block.table)
        return next(texts, "")


@dataclass(frozen=True, kw_only=True)
class Pad:
    """A PAD as it stands; `header` is None where the front matter breaks the schema, and `violations` say how."""

    document: Document
    template: Template | None
    header: FrontMatter | None
    violations: tuple[Violation, ...]

    @property
    def path(self) -> str:
        """The file's path from the root, with forward slashes."""
        return self.document.path

    @property
    def id(self) -> str:
        """The id as written, even where the schema is broken; empty where there is none."""
        value = self.document.values.get("id")
        return value.strip() if isinstance(value, str) else ""

    @property
    def former_ids(self) -> tuple[str, ...]:
        """The ids that the PAD had before, as written."""
        value = self.document.values.get("formerly")
        return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()

    @property
    def title_key(self) -> str:
        """The title as titles are compared; empty where it cannot be read."""
        return heading_key(self.header.title) if self.header else ""

    @cached_property
    def stage(self) -> Stage | None:
        """The stage as written, so that sections can be judged although another field breaks the schema."""
        return _STAGES.get(str(self.document.values.get("stage")))

    @cached_property
    def status(self) -> Status:
        """The status as written; a draft where it is none."""
        return _STATUSES.get(str(self.document.values.get("status")), Status.DRAFT)

    @cached_property
    def created(self) -> date | None:
        """The day of creation as written, or None where it is no date."""
        try:
            return iso_date(self.document.values.get("created"))
        except ValueError:
            return None

    @cached_property
    def sections(self) -> tuple[Placed, ...]:
        """The template's sections, all of them, in the template's order."""
        return tuple(_placed(self.document, self.template)) if self.template else ()

    @cached_property
    def due(self) -> tuple[Placed, ...]:
        """The sections that the PAD must fill by now: of the stages reached, where their conditions hold."""
        created, values, gaps = self.created, self.document.values, self.gaps
        reached = [placed for placed in self.sections if placed.section.stage in gaps]
        return tuple([p for p in reached if p.section.unconditional or p.section.applies_to(created, values)])

    @cached_property
    def tabular(self) -> tuple[Placed, ...]:
        """The sections that are there and for which the template shows a table."""
        return tuple([placed for placed in self.sections if placed.heading and placed.section.columns])

    @cached_property
    def due_tables(self) -> tuple[Placed, ...]:
        """Those of the sections due that are there and for which the template shows a table."""
        return tuple([placed for placed in self.due if placed.heading and placed.section.columns])

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The history, replayed under the PAD's template; empty where one of the two cannot be read."""
        return tuple(replay(self.header.history, self.template.stages)) if self.header and self.template else ()

    @cached_property
    def standing_steps(self) -> tuple[Step, ...]:
        """The steps that count: without those taken back, and without the undos."""
        taken_back = self.header.undone if self.header else frozenset()
        return tuple(step for step in self.steps if counts(step.entry, taken_back))

    @cached_property
    def overridden(self) -> frozenset[Stage]:
        """The stages in which a gate was passed by override: their gaps are known and were accepted."""
        if self.header is None or self.template is None or self.header.stage not in self.template.stages:
            return frozenset()
        if not any(entry.override for entry in self.header.history):
            return frozenset()
        return frozenset([step.before.stage for step in self.standing_steps if step.entry.override])

    @cached_property
    def gaps(self) -> Mapping[Stage, Severity]:
        """How bad a gap is in each stage that the PAD has reached, as it stands."""
        return _gaps(self.stage, self.status is Status.DRAFT, self.overridden)

    def sections_of(self, stage: Stage) -> tuple[Placed, ...]:
        """Return the sections of one stage."""
        return tuple(placed for placed in self.sections if placed.section.stage is stage)

    def section(self, name: str) -> Placed | None:
        """Return the section of that name in the template."""
        return next((placed for placed in self.sections if placed.section.name == name), None)

    def section_with(self, *columns: str, without: str = "") -> Placed | None:
        """Return the first section whose table has columns of these keys in the template, and none of the other."""
        wanted = (placed for placed in self.sections if placed.section.column_keys.issuperset(columns))
        return next((one for one in wanted if not without or without not in one.section.column_keys), None)

    def stage_heading(self, stage: Stage) -> Heading | None:
        """Return the heading under which the stage's sections stand."""
        name = self.template.heading_of(stage) if self.template else None
        return self._stage_level.get(heading_key(name)) if name is not None else None

    @cached_property
    def _stage_level(self) -> dict[str, Heading]:
        """The first heading of each key on the level of stages."""
        return {h.key: h for h in reversed(self.document.body.headings) if h.level == STAGE_LEVEL}

    def fingerprint(self, stage: Stage, former: Mapping[str, str] | None = None) -> str:
        """Return the first 12 hex digits of SHA-256 over the stage's sections as text.

        LF line ends, NFC, no trailing space, no comments: what a reader would call the same text stays the same.
        `former` gives ids that are to be read as the ones they replaced, in words and in names of files.
        """
        digest = hashlib.sha256()
        for placed in self.sections_of(stage):
            if placed.heading:
                text = _canonical(self.document.text[placed.heading.start : placed.end])
                for name, before in (former or {}).items():
                    text = re.sub(rf"(?<![^\W_])(?<!-){re.escape(name)}(?!\d)", before, text)
                digest.update(text.encode())
        return digest.hexdigest()[:12]


def read_pad_among(templates: Mapping[str, Template], document: Document) -> Pad:
    """Read a PAD against the template that it names, where there is one of that name."""
    name = document.values.get("template")
    return read_pad(document, templates.get(name) if isinstance(name, str) else None)


def read_pad(document: Document, template: Template | None) -> Pad:
    """Read a document as a PAD; never raises."""
    header, violations = None, list[Violation]()
    if document.written is not None:
        header, violations = read_front_matter(document.values, template.fields if template else {})
    return Pad(document=document, template=template, header=header, violations=tuple(violations))


@lru_cache(maxsize=256)
def _gaps(last: Stage | None, draft: bool, overridden: Set[Stage]) -> Mapping[Stage, Severity]:
    reached = [stage for stage in Stage if last and stage.order <= last.order]
    mild = {last, *overridden} if draft else overridden
    return MappingProxyType({stage: Severity.WARNING if stage in mild else Severity.ERROR for stage in reached})


def _placed(document: Document, template: Template) -> Iterator[Placed]:
    headings, blocks = document.body.headings, document.body.blocks
    starts = [block.start for block in blocks]
    found = _found(headings, template)
    named = {hits[0] for hits in found.values()}
    for section in template.sections:
        hits = found.get(section.name)
        if hits is None:
            yield Placed(section)
            continue
        heading = headings[hits[0]]
        end = _end(headings, hits[0], named, len(document.text))
        repeats = tuple([headings[n] for n in hits[1:] if headings[n].level == SECTION_LEVEL]) if hits[1:] else ()
        own = blocks[bisect_right(starts, heading.start) : bisect_left(starts, end)]
        said = [block for block in own if block.filled]
        skipped = said[0].skipped if len(said) == 1 else ""
        filled = section.skippable if skipped else bool(said)
        table = _table([block.table for block in own if block.table], section.columns)
        yield Placed(section, heading, repeats, own, end, skipped, filled, table)


def _found(headings: Sequence[Heading], template: Template) -> dict[str, list[int]]:
    """Return the positions of each section's headings by the section's name, those of the right level first."""
    found: dict[str, list[int]] = {}
    sections, stages = template.section_by_key, template.stage_names
    for position, heading in enumerate(headings):
        section = sections.get(heading.key)
        is_title = position == 0 and heading.level == 1
        if section and not is_title and not (heading.level == STAGE_LEVEL and heading.key in stages):
            found.setdefault(section.name, []).append(position)
    for hits in found.values():
        if len(hits) > 1:
            hits.sort(key=lambda position: headings[position].level != SECTION_LEVEL)
    return found


def _end(headings: Sequence[Heading], first: int, named: Set[int], last: int) -> int:
    """Return where the next section, stage or higher heading after the first one starts, or `last`."""
    highest = max(headings[first].level, STAGE_LEVEL)
    for position in range(first + 1, len(headings)):
        if position in named or headings[position].level <= highest:
            return headings[position].start
    return last


def _table(tables: Sequence[Table], columns: Sequence[str]) -> Table | None:
    if len(tables) <= 1:
        return tables[0] if tables else None
    complete = (table for table in tables if all(table.column(name) is not None for name in columns))
    return next(complete, tables[0])


def _canonical(text: str) -> str:
    text = unicodedata.normalize("NFC", "".join(without_comments(text)))
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line) + "\n"
