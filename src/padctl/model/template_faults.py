"""What keeps a page from being a template, each at its own line."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pydantic import ValidationError

from padctl.model.body import Heading
from padctl.model.diagnostic import Fault
from padctl.model.document import Document
from padctl.model.fields import Record, plain_message
from padctl.model.template_fields import condition_faults, fault, field_faults
from padctl.model.template_header import OwnField, SectionHeader, StageHeader, TemplateHeader
from padctl.model.terms import Stage, suggestion
from padctl.model.wording import heading_key

STAGE_LEVEL = 2
SECTION_LEVEL = 3
_MOST = 500
_FORMS: dict[str | int, str] = {
    "stages": "write `- {stage: problem-framing, heading: Opportunity/Problem Framing}`",
    "sections": "write `Section Name: {skippable: true}`",
    "fields": "write `field_name: {type: text, required: true}`",
    "stage": "write one of these after `stage:`",
    "aliases": "write `Section Name: {aliases: [Other Name]}`",
    "optional_columns": "write `Section Name: {optional_columns: [Column]}`",
    "skippable": "write `skippable: true` or `skippable: false`",
    "required": "write a field and its value: `required: {classification: delighter}`",
    "only_when": "write a field and its value: `only_when: {classification: delighter}`",
    "since": "write the day from which on PADs are held to it: `since: 2027-01-01`",
    "pattern": "put it in single quotes: `pattern: '[A-Z]+'`",
}
_NESTED: dict[str, type[Record]] = {"sections": SectionHeader, "stages": StageHeader, "fields": OwnField}


def header_faults(document: Document, error: ValidationError) -> Iterator[Fault]:
    """Yield a fault for each breach of the front matter's shape."""
    for detail in error.errors(include_url=False):
        path = tuple(step for step in detail["loc"] if isinstance(step, (str, int)))
        message, name = plain_message(detail), str(path[-1]) if path else ""
        offset = document.offset_of(path)
        fix = next((_FORMS[step] for step in path[::-1] if step in _FORMS), "see `padctl explain PC120`")
        if detail["type"] == "extra_forbidden":
            known = (_NESTED.get(str(path[0]), TemplateHeader) if len(path) > 1 else TemplateHeader).model_fields
            message = f'unknown key "{name}"{suggestion(name, known)}'
            offset, fix = document.key_offset(*path), f"the keys here: {', '.join(known)}"
        elif detail["type"] == "missing":
            message = f'the key "{name}" is missing'
        yield fault(offset, message, fix)


def frame_faults(document: Document, header: TemplateHeader) -> Iterator[Fault]:
    """Yield a fault wherever front matter and page do not make one frame together."""
    outline = [heading for heading in document.body.headings if heading.level in {STAGE_LEVEL, SECTION_LEVEL}]
    if len(outline) > _MOST:
        message = f"the page has {len(outline):,} headings; at most {_MOST} are read"
        yield fault(outline[_MOST].start, message, "shorten the frame: people have to fill it")
        return
    yield from _stage_faults(document, header)
    yield from _heading_faults(document, header, outline)
    yield from _section_faults(document, header, outline)
    yield from field_faults(document, header)


def _stage_faults(document: Document, header: TemplateHeader) -> Iterator[Fault]:
    orders = [stage.stage.order for stage in header.stages]
    if not orders:
        start = document.offset_of(("stages",))
        yield fault(start, "the template names no stages", "list them under `stages:`")
    late = next((n for n, (before, order) in enumerate(pairwise(orders), start=1) if order <= before), None)
    if late is not None:
        message = f"{header.stages[late].stage} comes before {header.stages[late - 1].stage} in a PAD's life"
        if orders[late] in orders[:late]:
            message = f"the stage {header.stages[late].stage} is there twice"
        yield fault(document.offset_of(("stages", late)), message, f"name each once, in this order: {', '.join(Stage)}")
    elif Stage.POST_LAUNCH_RECAP.order in orders and Stage.DELIVERY.order not in orders:
        offset = document.offset_of(("stages", orders.index(Stage.POST_LAUNCH_RECAP.order)))
        yield fault(offset, "a recap needs a launch, and so the stage delivery", "add `- {stage: delivery}` above it")


def _heading_faults(document: Document, header: TemplateHeader, outline: Sequence[Heading]) -> Iterator[Fault]:
    on_page = [heading for heading in outline if heading.level == STAGE_LEVEL]
    wanted: dict[str, str] = {}
    for position, stage in enumerate(header.stages):
        name, key = stage.heading or "", heading_key(stage.heading or "")
        offset = document.offset_of(("stages", position, "heading"))
        if name and key in wanted:
            yield fault(offset, f'"{name}" is the heading of another stage too', "give each stage its own heading")
        elif name and all(heading.key != key for heading in on_page):
            fix = f"add `## {name}` to the page, or write the heading that stands there"
            yield fault(offset, f'the heading "{name}" is not on the page', fix)
        wanted |= {key: name} if name else {}
    yield from _order_faults(wanted, [heading for heading in on_page if heading.key in wanted])
    for heading in on_page:
        if heading.key not in wanted:
            near = suggestion(heading.text, wanted.values())
            fix = "name it as a stage's `heading:`, or make it a level-3 heading"
            yield fault(heading.start, f'"{heading.text}" is the heading of no stage{near}', fix)
    if outline and outline[0].level == SECTION_LEVEL:
        yield fault(outline[0].start, f'"{outline[0].text}" stands under no stage', "put it under a `## ` heading")
    sections = [heading for heading in outline if heading.level == SECTION_LEVEL]
    for position, heading in enumerate(sections):
        if heading.key in wanted or heading.key in {other.key for other in sections[:position]}:
            yield fault(heading.start, f'"{heading.text}" is there twice', "give each section its own name")
        elif not heading.key:
            yield fault(heading.start, "the section has no name", "write letters or digits after `###`")


def _order_faults(wanted: Mapping[str, str], stages: Sequence[Heading]) -> Iterator[Fault]:
    keys = [heading.key for heading in stages]
    again = next((heading for n, heading in enumerate(stages) if heading.key in keys[:n]), None)
    if again:
        yield fault(again.start, f'"{again.text}" is there twice', "leave one of the two")
        return
    for heading, key in zip(stages, [key for key in wanted if key in keys], strict=True):
        if heading.key != key:
            message = f'"{wanted[key]}" comes here, by the order of `stages:`'
            yield fault(heading.start, message, "put the headings in that order")
            return


def _section_faults(document: Document, header: TemplateHeader, outline: Sequence[Heading]) -> Iterator[Fault]:
    sections = {heading.key: heading.text for heading in outline if heading.level == SECTION_LEVEL}
    taken = dict(sections)
    for name, extra in header.sections.items():
        for position, alias in enumerate(extra.aliases):
            owner = taken.setdefault(heading_key(alias), name)
            if heading_key(owner) != heading_key(name):
                offset = document.offset_of(("sections", name, "aliases", position))
                yield fault(offset, f'the alias "{alias}" of "{name}" names "{owner}" too', "choose another alias")
    for name, extra in header.sections.items():
        if heading_key(name) not in sections:
            offset = document.key_offset("sections", name)
            near = suggestion(name, sections.values())
            yield fault(offset, f'there is no section "{name}"{near}', "name a level-3 heading")
        yield from condition_faults(document, header, ("sections", name, "required"), extra.required)
