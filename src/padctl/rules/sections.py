"""PC200 to PC299: the sections that the template asks for are there, in their place, and say something.

What stands in their tables is judged in `padctl.rules.tables`.
"""

from collections.abc import Iterator, Sequence

from padctl.model.body import Heading
from padctl.model.diagnostic import Severity
from padctl.model.lookalikes import lookalikes
from padctl.model.markdown import title_key
from padctl.model.pad import Pad, Placed
from padctl.model.places import title_heading
from padctl.model.template_faults import SECTION_LEVEL, STAGE_LEVEL
from padctl.model.wording import heading_key
from padctl.rules.registry import Context, Finding, due, gaps, rule


def due_sections(pad: Pad, context: Context) -> Iterator[tuple[Placed, Severity]]:
    """Yield the sections that the PAD must fill by now, each with how bad a gap is."""
    severities = gaps(pad, context)
    for placed in pad.due:
        if severity := severities.get(placed.section.stage):
            yield placed, severity


def _question(placed: Placed) -> str:
    """Return what to write into a section: its prompt's question, and the row that its table needs."""
    row = f" Add a row: | {' | '.join(placed.section.columns)} |" if placed.section.columns else ""
    return f"answer it: {placed.section.prompt or placed.section.name}{row}"


def at(pad: Pad, heading: Heading, message: str, fix: str, severity: Severity | None = None) -> Finding:
    """Return a finding at a heading."""
    return Finding(document=pad.document, offset=heading.start, message=message, fix=fix, severity=severity)


@rule("PC201", "missing-section")
def missing_section(pad: Pad, context: Context) -> Iterator[Finding]:
    """A section that the template asks for at this stage has no heading in the PAD, be it a draft.

    Why: people in the meeting look for the same answer in the same place; a missing heading hides that nobody
    thought about it. A heading that is nearly the template's is named, and --fix writes it as it should be.

    Bad:
        ### Problem Statement
        ### Why

    Good:
        ### Problem Statement
        ### Audience
        ### Why
    """
    missing = [placed.section for placed, _severity in due_sections(pad, context) if placed.heading is None]
    alike = lookalikes(pad) if missing else {}
    for section in missing:
        line, message = f"### {section.name}", f'the section "{section.name}" is missing'
        if near := alike.get(section.name):
            yield _looks_like(pad, near, message, line)
            continue
        stage = pad.stage_heading(section.stage)
        offset = stage.start if stage else pad.document.body_start
        fix = f"add the heading `{line}` and answer it; padctl lint --fix adds it with its prompt"
        yield Finding(document=pad.document, offset=offset, message=message, fix=fix)


def _looks_like(pad: Pad, heading: Heading, message: str, line: str) -> Finding:
    message = f'{message}; "{heading.text}" looks like it'
    return at(pad, heading, message, f"write that heading as `{line}`; padctl lint --fix does it")


@rule("PC202", "empty-section")
def empty_section(pad: Pad, context: Context) -> Iterator[Finding]:
    """A section that is due holds nothing but its prompt, a placeholder or an empty table.

    Why: a heading without an answer makes a document look finished that is not. While the stage is being drafted
    this only warns.

    Bad:
        ### Audience
        TBD

    Good:
        ### Audience
        Teachers who plan a school year on one board.
    """
    for placed, severity in due_sections(pad, context):
        if placed.heading and not placed.filled:
            name = placed.section.name
            fix = _question(placed)
            fix += " Or write `N/A: reason`." if placed.section.skippable else ""
            message = f'the section "{name}" is empty'
            if placed.skipped:
                message = f'the section "{name}" cannot be skipped'
                fix = _question(placed)
            yield at(pad, placed.heading, message, fix, severity)


@rule("PC203", "duplicate-section")
def duplicate_section(pad: Pad, _: Context) -> Iterator[Finding]:
    """A section's heading is there twice.

    Why: readers find one of the two answers, and not the same one.

    Bad:
        ### Audience
        Teachers.
        ### Audience
        Parents.

    Good:
        ### Audience
        Teachers and parents.
    """
    for placed in pad.sections:
        for heading in placed.repeats:
            first = pad.document.line_of(placed.heading.start) if placed.heading else 0
            message = f'the section "{placed.section.name}" is already on line {first}'
            yield at(pad, heading, message, "merge the two")


@rule("PC204", "section-out-of-order", Severity.WARNING)
def section_out_of_order(pad: Pad, _: Context) -> Iterator[Finding]:
    """A section stands before one that the template puts first.

    Why: a meeting reads the problem before the solution; a different order in each PAD costs everybody minutes.

    Bad:
        ### Success Metrics
        ### Problem Statement

    Good:
        ### Problem Statement
        ### Success Metrics
    """
    present = [placed for placed in pad.sections if placed.heading]
    starts = [placed.heading.start if placed.heading else 0 for placed in present]
    if starts == sorted(starts):
        return
    in_order = _longest_rise(starts)
    for number, placed in enumerate(present):
        if placed.heading and number not in in_order:
            before = present[number - 1].section.name if number else ""
            message = f'"{placed.section.name}" stands out of order'
            yield at(pad, placed.heading, message, f'move it behind "{before}"' if before else "move it to the top")


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the positions of a longest rising subsequence: what may stay when as little as possible is moved."""
    best: list[list[int]] = []
    for position, number in enumerate(numbers):
        before = sorted((run for run in best if numbers[run[-1]] < number), key=len)
        best.append([*before[-1], position] if before else [position])
    return set(sorted(best, key=len)[-1]) if best else set()


@rule("PC205", "wrong-heading-level", Severity.WARNING)
def wrong_heading_level(pad: Pad, _: Context) -> Iterator[Finding]:
    """A section's heading has another level than three, or a stage's another than two.

    Why: outlines, links and slides are cut at the levels, so the section ends up inside another.

    Bad: `#### Audience`

    Good: `### Audience`
    """
    for placed in pad.sections:
        if placed.heading and placed.heading.level != SECTION_LEVEL:
            marks = "#" * SECTION_LEVEL
            message = f'"{placed.section.name}" is a level {placed.heading.level} heading'
            yield at(pad, placed.heading, message, f"write `{marks} {placed.section.name}`")
    names, title = pad.template.stage_names if pad.template else {}, title_heading(pad)
    for heading in pad.document.body.headings:
        if heading.level != STAGE_LEVEL and heading is not title and heading.key in names:
            message = f'"{names[heading.key]}" is a level {heading.level} heading'
            yield at(pad, heading, message, f"write `## {names[heading.key]}`")


@rule("PC208", "missing-stage-heading", Severity.WARNING)
def missing_stage_heading(pad: Pad, context: Context) -> Iterator[Finding]:
    """The heading of a stage that was reached is missing.

    Why: readers jump to the stage under review; without its heading the sections run into those of the stage before.

    Bad: `### Proposed Solution` right after the sections of problem framing

    Good: `## Solution Framing` above it
    """
    headings = pad.template.headings if pad.template else ()
    missing = [(stage, name) for stage, name in headings if due(pad, context, stage) and not _is_there(pad, name)]
    alike = lookalikes(pad) if missing else {}
    for stage, name in missing:
        line, message = f"## {name}", f'the stage heading "{name}" is missing'
        if near := alike.get(name):
            yield _looks_like(pad, near, message, line)
            continue
        first = next((placed.heading for placed in pad.sections_of(stage) if placed.heading), None)
        offset = first.start if first else pad.document.body_start
        yield Finding(document=pad.document, offset=offset, message=message, fix=f"add `{line}`")


def _is_there(pad: Pad, name: str) -> bool:
    """Say whether a stage has its heading, be it at the wrong level."""
    key, title = heading_key(name), title_heading(pad)
    return any(heading.key == key and heading is not title for heading in pad.document.body.headings)


@rule("PC209", "title-mismatch", Severity.WARNING)
def title_mismatch(pad: Pad, _: Context) -> Iterator[Finding]:
    """The level-1 heading is not the title in the front matter.

    Why: the agenda shows one name and the page another, and people ask which is meant.

    Bad: `title: Template gallery` above `# Gallery of templates`

    Good: `title: Template gallery` above `# Template gallery`
    """
    if pad.header is None:
        return
    names = pad.template.stage_names if pad.template else {}
    others = (heading for heading in pad.document.body.headings if heading.level == 1 and heading.key not in names)
    first = title_heading(pad) or next(others, None)
    if first and first.key != title_key(pad.header.title):
        fix = f"write `# {pad.header.title}`, or give the PAD that title in the front matter"
        yield at(pad, first, f'the heading is not the title "{pad.header.title}"', fix)
