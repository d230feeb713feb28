"""A PAD: a document read against its schema and its template, with its sections where they stand."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from padctl.model.body import Block, Heading, Table
from padctl.model.document import Document
from padctl.model.fields import iso_date
from padctl.model.front_matter import FrontMatter, Violation, read_front_matter
from padctl.model.template import Section, Template
from padctl.model.template_faults import SECTION_LEVEL, STAGE_LEVEL
from padctl.model.terms import Stage, Status
from padctl.model.transitions import replay
from padctl.model.wording import heading_key, without_comments

_STAGES = {stage.value: stage for stage in Stage}
_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A section of the template in a PAD.

    `heading` is None where the PAD lacks it; `repeats` are further headings of the same name. `blocks` are the
    top-level blocks between this heading and the next section, stage or higher heading.
    """

    section: Section
    heading: Heading | None
    repeats: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    end: int

    @cached_property
    def skipped(self) -> str:
        """The reason in `N/A: reason`, where that is all the section says."""
        said = [block for block in self.blocks if block.filled]
        return said[0].skipped if len(said) == 1 else ""

    @cached_property
    def filled(self) -> bool:
        """Whether the section says anything; a skip counts only where the template lets it be skipped."""
        if self.skipped:
            return self.section.skippable
        return any(block.filled for block in self.blocks)

    @cached_property
    def table(self) -> Table | None:
        """The first table that has the section's columns, else the first table."""
        tables = [block.table for block in self.blocks if block.table]
        complete = (t for t in tables if all(t.column(name) is not None for name in self.section.columns))
        return next(complete, tables[0] if tables else None)

    def rows(self) -> list[dict[str, str]]:
        """Return the table's rows that say anything, as plain text by the template's column names."""
        table = self.table
        if table is None:
            return []
        columns = [(name, table.column(name)) for name in self.section.columns]
        return [
            {name: row[index].text if index is not None else "" for name, index in columns}
            for row in table.rows
            if any(cell.filled for cell in row)
        ]

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
        if self.stage is None:
            return ()
        reached = (placed for placed in self.sections if placed.section.stage.order <= self.stage.order)
        values = self.document.values
        return tuple(placed for placed in reached if placed.section.applies_to(self.created, values))

    @cached_property
    def overridden(self) -> frozenset[Stage]:
        """The stages in which a gate was passed by override: their gaps are known and were accepted."""
        if self.header is None or self.template is None or self.header.stage not in self.template.stages:
            return frozenset()
        steps = replay(self.header.history, self.template.stages)
        return frozenset(step.before.stage for step in steps if step.entry.override)

    def sections_of(self, stage: Stage) -> tuple[Placed, ...]:
        """Return the sections of one stage."""
        return tuple(placed for placed in self.sections if placed.section.stage is stage)

    def section(self, name: str) -> Placed | None:
        """Return the section of that name in the template."""
        return next((placed for placed in self.sections if placed.section.name == name), None)

    def stage_heading(self, stage: Stage) -> Heading | None:
        """Return the heading under which the stage's sections stand."""
        name = self.template.heading_of(stage) if self.template else None
        if name is None:
            return None
        return next((h for h in self.document.body.headings if h.level == STAGE_LEVEL and _names(h, name)), None)

    def fingerprint(self, stage: Stage) -> str:
        """Return the first 12 hex digits of SHA-256 over the stage's sections as text.

        LF line ends, NFC, no trailing space, no comments: what a reader would call the same text stays the same.
        """
        digest = hashlib.sha256()
        for placed in self.sections_of(stage):
            if placed.heading:
                digest.update(_canonical(self.document.text[placed.heading.start : placed.end]).encode())
        return digest.hexdigest()[:12]


def read_pad_among(templates: Mapping[str, Template], document: Document) -> Pad:
    """Read a PAD against the template that it names, where there is one of that name."""
    name = document.values.get("template")
    return read_pad(document, templates.get(name) if isinstance(name, str) else None)


def read_pad(document: Document, template: Template | None) -> Pad:
    """Read a document as a PAD; never raises."""
    header, violations = None, list[Violation]()
    if document.header is not None:
        header, violations = read_front_matter(document.values, template.fields if template else {})
    return Pad(document=document, template=template, header=header, violations=tuple(violations))


def _names(heading: Heading, name: str) -> bool:
    return heading.key == heading_key(name)


def _placed(document: Document, template: Template) -> Iterator[Placed]:
    stage_keys = {heading_key(name) for _, name in template.headings}
    headings = document.body.headings
    title = headings[0] if headings and headings[0].level == 1 else None
    found: dict[str, list[tuple[Heading, int]]] = {section.name: [] for section in template.sections}
    for position, heading in enumerate(headings):
        section = template.section_for(heading.key) if heading is not title else None
        if section and not (heading.level == STAGE_LEVEL and heading.key in stage_keys):
            found[section.name].append((heading, position))
    for name, hits in found.items():
        found[name] = sorted(hits, key=lambda hit: hit[0].level != SECTION_LEVEL)
    named = {hits[0][1] for hits in found.values() if hits}
    for section in template.sections:
        hits = found[section.name]
        if not hits:
            yield Placed(section=section, heading=None, repeats=(), blocks=(), end=0)
            continue
        heading, position = hits[0]
        following = (
            later.start
            for index, later in enumerate(headings[position + 1 :], start=position + 1)
            if index in named or later.level <= heading.level or later.level <= STAGE_LEVEL
        )
        end = next(following, len(document.text))
        repeats = tuple(hit[0] for hit in hits[1:] if hit[0].level == SECTION_LEVEL)
        blocks = tuple(block for block in document.body.blocks if heading.start < block.start < end)
        yield Placed(
            section=section,
            heading=heading,
            repeats=repeats,
            blocks=blocks,
            end=end,
        )


def _canonical(text: str) -> str:
    text = unicodedata.normalize("NFC", "".join(without_comments(text)))
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line) + "\n"
