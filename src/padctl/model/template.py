"""A PAD template: the Markdown page that says which stages, sections, prompts and columns a PAD has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from pydantic import ValidationError

from padctl.errors import SettingsError
from padctl.model.body import Heading
from padctl.model.condition import Conditions, counts_for, hold
from padctl.model.diagnostic import Fault
from padctl.model.document import Document, read_document
from padctl.model.header import Plain
from padctl.model.template_faults import SECTION_LEVEL, STAGE_LEVEL, frame_faults, header_faults
from padctl.model.template_header import OwnField, SectionHeader, TemplateHeader
from padctl.model.terms import Stage
from padctl.model.wording import heading_key

_USUAL = SectionHeader.model_construct()  # of a section of which the front matter says nothing


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section that the frame asks for.

    `prompt` is the question that the page's comment asks first, or empty; `start` and `end` are the section's slice of
    the template's text.
    """

    stage: Stage
    name: str
    keys: frozenset[str]
    columns: tuple[str, ...]
    optional_columns: frozenset[str]
    required: Conditions
    skippable: bool
    since: date | None
    prompt: str
    start: int
    end: int

    @cached_property
    def column_keys(self) -> frozenset[str]:
        """The columns' names as headings are compared."""
        return frozenset(map(heading_key, self.columns))

    @cached_property
    def required_columns(self) -> tuple[str, ...]:
        """The columns that a table cannot do without."""
        return tuple(name for name in self.columns if heading_key(name) not in self.optional_columns)

    @cached_property
    def required_keys(self) -> frozenset[str]:
        """Their names as headings are compared."""
        return frozenset(map(heading_key, self.required_columns))

    @cached_property
    def unconditional(self) -> bool:
        """Whether every PAD that reached the stage must fill the section."""
        return not self.required and self.since is None

    def holds_from(self, created: date | None) -> bool:
        """Say whether a PAD created on a day is held to the section at all."""
        return counts_for(self.since, created)

    def applies_to(self, created: date | None, values: Mapping[str, Plain]) -> bool:
        """Say whether a PAD with these front matter values must fill the section, and is not older than it."""
        return self.holds_from(created) and hold(self.required, values)


@dataclass(frozen=True, kw_only=True)
class Template:
    """A readable template; `stages` in the order of a PAD's life, `sections` in the order of the page."""

    name: str
    summary: str
    document: Document
    stages: tuple[Stage, ...]
    headings: tuple[tuple[Stage, str], ...]
    sections: tuple[Section, ...]
    fields: Mapping[str, OwnField]

    def next_stage(self, stage: Stage) -> Stage | None:
        """Return the stage after this one in the frame, or None after the last."""
        return next((later for later in self.stages if later.order > stage.order), None)

    def heading_of(self, stage: Stage) -> str | None:
        """Return the level-2 heading of a stage, or None for a stage without text."""
        return self._heading_of.get(stage)

    @cached_property
    def _heading_of(self) -> Mapping[Stage, str]:
        return dict(self.headings)

    @cached_property
    def stage_names(self) -> Mapping[str, str]:
        """The stages' headings by their keys."""
        return {heading_key(name): name for _, name in self.headings}

    def sections_of(self, stage: Stage) -> tuple[Section, ...]:
        """Return the sections of one stage in the order of the page."""
        return tuple(section for section in self.sections if section.stage is stage)

    def section_for(self, key: str) -> Section | None:
        """Return the section that a heading's key names."""
        return self.section_by_key.get(key)

    @cached_property
    def section_by_key(self) -> Mapping[str, Section]:
        """The sections by the keys of their names and aliases."""
        return {key: section for section in reversed(self.sections) for key in section.keys}

    def slice_of(self, section: Section) -> str:
        """Return the page's own text of a section: heading, prompt and empty table."""
        return self.document.text[section.start : section.end].strip("\r\n") + "\n"

    def preamble(self) -> str:
        """Return the page's text above the first stage."""
        first = next((h.start for h in self.document.body.headings if h.level == STAGE_LEVEL), None)
        return self.document.text[self.document.body_start : first].strip("\r\n") + "\n"


def read_template(document: Document) -> tuple[Template | None, tuple[Fault, ...]]:
    """Read a template page; None with its faults where the frame cannot be known."""
    unreadable = tuple(fault for fault in document.faults if fault.slug != "hidden-character")
    if unreadable or document.header is None:
        return None, unreadable
    try:
        header = TemplateHeader.model_validate({key: v for key, v in document.values.items() if v is not None})
    except ValidationError as error:
        return None, tuple(header_faults(document, error))
    faults = tuple(frame_faults(document, header))
    if faults:
        return None, faults
    return _template(document, header), ()


def _template(document: Document, header: TemplateHeader) -> Template:
    stages = tuple(stage.stage for stage in header.stages)
    headings = tuple((stage.stage, stage.heading) for stage in header.stages if stage.heading)
    stage_of = {heading_key(name): stage for stage, name in headings}
    extras = {heading_key(name): extra for name, extra in header.sections.items()}
    sections: list[Section] = []
    current: Stage | None = None
    outline = [h for h in document.body.headings if h.level in {STAGE_LEVEL, SECTION_LEVEL}]
    for heading, following in pairwise([*outline, None]):
        if heading is None:
            continue
        if heading.level == STAGE_LEVEL:
            current = stage_of[heading.key]
            continue
        end = following.start if following else len(document.text)
        extra = extras.get(heading.key, _USUAL)
        if current is not None:
            sections.append(_section(document, heading, current, extra, end))
    return Template(
        name=header.template,
        summary=header.summary or "",
        document=document,
        stages=stages,
        headings=headings,
        sections=tuple(sections),
        fields=header.fields,
    )


def _section(document: Document, heading: Heading, stage: Stage, extra: SectionHeader, end: int) -> Section:
    tables = [b.table for b in document.body.blocks if b.table and heading.start < b.start < end]
    return Section(
        stage=stage,
        name=heading.text,
        keys=frozenset({heading.key, *map(heading_key, extra.aliases)}),
        columns=tuple(cell.text for cell in tables[0].header) if tables else (),
        optional_columns=frozenset(map(heading_key, extra.optional_columns)),
        required=extra.required,
        skippable=extra.skippable,
        since=extra.since,
        prompt=_prompt(document.text[heading.end : end]),
        start=heading.start,
        end=end,
    )


def _prompt(text: str) -> str:
    """Return the first sentence of the comment under a heading, on one line."""
    _, opening, rest = text.partition("<!--")
    words = rest.partition("-->")[0].split() if opening else []
    last = next((n for n, word in enumerate(words) if word.endswith(("?", ".", "!"))), len(words) - 1)
    return " ".join(words[: last + 1])


def with_page(template: Template, fill: Callable[[str, str], str]) -> Template:
    """Return the template with its page's text filled in: `fill` takes the text and the path for its errors.

    Raises:
        SettingsError: the filled page is no longer a frame.
    """
    document = template.document
    head, page = document.text[: document.body_start], document.text[document.body_start :]
    above = "\n" * head.count("\n")  # so that the lines in errors are the file's
    text = head + fill(above + page, document.path).removeprefix(above)
    filled, faults = read_template(read_document(text.encode(), path=document.path))
    if filled is None:
        raise SettingsError(f"{document.path}: {faults[0].message}", fix="mend the template")
    return filled
