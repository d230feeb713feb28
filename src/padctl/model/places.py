"""Where a stage's heading and its sections belong in a PAD, by the order of the template."""

from padctl.model.body import Heading
from padctl.model.pad import Pad, Placed
from padctl.model.template import Section
from padctl.model.template_faults import SECTION_LEVEL
from padctl.model.terms import Stage


def title_heading(pad: Pad) -> Heading | None:
    """Return the page's first heading where it is of level 1, and not a stage's own that slipped there."""
    first = next(iter(pad.document.body.headings), None)
    if first is None or first.level != 1:
        return None
    slipped = pad.template is not None and first.key in pad.template.stage_names and first.key != pad.title_key
    return None if slipped else first


def place_of_section(pad: Pad, section: Section) -> int:
    """Return the offset at which a missing section belongs: before the next one of its stage, else at its end."""
    end = end_of_stage(pad, section.stage)
    own = pad.stage_heading(section.stage)
    names = [placed.section.name for placed in pad.sections]
    later = pad.sections[names.index(section.name) + 1 :]
    following = [
        placed.heading.start
        for placed in later
        if placed.heading and placed.section.stage is section.stage
        if (own.start if own else -1) < placed.heading.start < end
    ]
    return _line_start(pad, following[0]) if following else end


def place_of_stage(pad: Pad, stage: Stage) -> int | None:
    """Return the offset at which a missing stage heading belongs, or None where its sections are mixed with others."""
    own = [placed.heading.start for placed in pad.sections_of(stage) if placed.heading]
    place = _line_start(pad, min(own)) if own else end_of_stage(pad, stage)
    return place if opens_stage(pad, stage, place) else None


def opens_stage(pad: Pad, stage: Stage, offset: int) -> bool:
    """Say whether a stage's heading at an offset has its own and all later text below it, and all earlier above."""
    marks = [(placed.section.stage, placed.heading) for placed in pad.sections]
    marks += [(other, pad.stage_heading(other)) for other in Stage if other is not stage]
    return all((heading.start < offset) == (other.order < stage.order) for other, heading in marks if heading)


def in_order(pad: Pad, placed: Placed) -> bool:
    """Say whether a section stands between those that the template puts before and after it, and in its stage."""
    if placed.heading is None:
        return False
    start, own = placed.heading.start, pad.sections.index(placed)
    others = [(at, other.heading) for at, other in enumerate(pad.sections) if other is not placed]
    stages = [(other, pad.stage_heading(other)) for other in Stage]
    return all((heading.start < start) == (at < own) for at, heading in others if heading) and all(
        (heading.start < start) == (other.order <= placed.section.stage.order) for other, heading in stages if heading
    )


def end_of_stage(pad: Pad, stage: Stage) -> int:
    """Return where a stage's text ends: before the next heading of a later stage or its sections, else at the end."""
    heading = pad.stage_heading(stage)
    above = [p.heading.start for p in pad.sections if p.heading and p.section.stage.order <= stage.order]
    start = heading.start if heading else max(above, default=-1)
    later = [pad.stage_heading(other) for other in Stage if other.order > stage.order]
    later += [
        placed.heading
        for placed in pad.sections
        if placed.section.stage.order > stage.order and placed.heading and placed.heading.level <= SECTION_LEVEL
    ]
    ends = [other.start for other in later if other and other.start > start]
    return _line_start(pad, min(ends)) if ends else len(pad.document.text)


def _line_start(pad: Pad, offset: int) -> int:
    return pad.document.line_starts[pad.document.line_of(offset) - 1]
