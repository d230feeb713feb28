"""Edits of headings: one at another level or nearly the template's is written as it should be, a missing one put in.

An edit after which anything else of the page reads otherwise is left out.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from padctl.fix.surroundings import Surroundings, is_about, offset_of
from padctl.model.body import Heading
from padctl.model.diagnostic import Diagnostic
from padctl.model.document import Document
from padctl.model.edit import with_insertion, with_text
from padctl.model.links import anchors
from padctl.model.lookalikes import lookalikes
from padctl.model.pad import Pad, read_pad_among
from padctl.model.places import in_order, opens_stage, place_of_section, place_of_stage, title_heading
from padctl.model.template_faults import SECTION_LEVEL, STAGE_LEVEL
from padctl.model.terms import Stage
from padctl.model.wording import heading_key

_MARK = "padctl:"


def levelled(pad: Pad, found: Diagnostic, around: Surroundings) -> Iterator[Document]:
    """Yield the document with a heading at its level: in the template's spelling, else in its own."""
    document, start = pad.document, offset_of(pad.document, found)
    heading = next((heading for heading in document.body.headings if heading.start == start), None)
    line = _spelled(pad, heading, around) if heading and heading is not title_heading(pad) else ""
    if heading and line:
        marks, raw = line.partition(" ")[0], _raw(document, heading)
        text, underlined, _ = raw.partition("\n")
        own = f"{marks} {text.strip()}" if underlined else marks + raw[heading.level :]
        yield from (after.document for after in _reworded(pad, heading, (line, own), around))


def _reworded(pad: Pad, heading: Heading, lines: Sequence[str], around: Surroundings) -> Iterator[Pad]:
    """Yield the PAD with a heading written as the first of some lines that leaves all else as it was."""
    document, raw = pad.document, _raw(pad.document, heading)
    linked = any(heading.start <= link.start < heading.end for link in document.body.links)
    if "<" in raw or linked or raw.count("\n") > 1:
        return
    place = (heading.start, heading.start + 1)
    for line in lines:
        after = with_text(document, heading.start, heading.start + len(raw), line)
        unlinked = (anchors(document) - anchors(after)) & around.linked
        level = next((other.level for other in after.body.headings if other.start == heading.start), 0)
        same = _outline(after, without=place) == _outline(document, without=place)
        read = read_pad_among(around.templates, after)
        if not unlinked and same and level == len(line.partition(" ")[0]) and _keeps_texts(read, pad):
            yield read
            return


def _raw(document: Document, heading: Heading) -> str:
    """Return a heading as it is written, the line under it included where that makes it one."""
    return document.text[heading.start : heading.end].rstrip()


def _spelled(pad: Pad, heading: Heading, around: Surroundings) -> str:
    """Return a heading's line as the template writes it; empty where it may be another heading than the template's."""
    placed = next((placed for placed in pad.sections if placed.heading == heading), None)
    stage = next((stage for stage, name in _stage_names(pad) if heading_key(name) == heading.key), None)
    template = around.fill(pad)
    keys = placed.section.keys if placed else {heading.key}
    twice = sum(other.key in keys for other in pad.document.body.headings) > 1
    if template is None or twice or (placed and (stage or not in_order(pad, placed))):
        return ""
    if placed:
        section = template.section_for(heading_key(placed.section.name))
        return template.slice_of(section).partition("\n")[0].strip() if section else ""
    name = template.heading_of(stage) if stage and opens_stage(pad, stage, heading.start) else None
    return f"{'#' * STAGE_LEVEL} {name}" if name else ""


def with_stage_heading(pad: Pad, found: Diagnostic, around: Surroundings) -> Iterator[Document]:
    """Yield the document with a stage's heading: what looks like it renamed, else put in above its sections."""
    for stage, name in _stage_names(pad):
        template = around.fill(pad)
        heading = template.heading_of(stage) if template else None
        if not is_about(found, name) or heading is None:
            continue
        line, place = f"{'#' * STAGE_LEVEL} {heading}", place_of_stage(pad, stage)
        if near := lookalikes(pad).get(name):
            after = _reworded(pad, near, (line,), around)
            yield from (read.document for read in after if opens_stage(read, stage, near.start))
        elif place is not None:
            yield from _inserted(pad, place, line, around, partial(Pad.stage_heading, stage=stage))


def with_section(pad: Pad, found: Diagnostic, around: Surroundings) -> Iterator[Document]:
    """Yield the document with a missing section: what looks like its heading renamed, else as the template shows it."""
    for placed in pad.due:
        name = placed.section.name
        if placed.heading or not is_about(found, name):
            continue
        template = around.fill(pad)
        section = template.section_for(heading_key(name)) if template else None
        text = template.slice_of(section).replace("\r\n", "\n").strip("\n") if template and section else ""
        if near := lookalikes(pad).get(name) if text else None:
            after = _reworded(pad, near, (text.partition("\n")[0].strip(),), around)
            yield from (read.document for read in after if _is_in_order(read, name))
        elif text:
            place = place_of_section(pad, placed.section)
            yield from _inserted(pad, place, text, around, partial(_heading_of, name=name))


def _inserted(
    pad: Pad, at: int, text: str, around: Surroundings, there: Callable[[Pad], Heading | None]
) -> Iterator[Document]:
    """Yield the document with a block of text between blank lines at the start of a line, or at the end."""
    document = pad.document
    above, below = document.text[:at], document.text[at:]
    if any(not document.text[c.end : at].strip() and _MARK in c.text for c in document.body.comments if c.end <= at):
        return  # a suppression speaks for the line below it
    ended, blank = above.endswith("\n"), above.endswith(("\n\n", "\n\r\n")) or at == document.body_start
    lead = "" if ended and blank else "\n" if ended else "\n\n"
    tail = "\n\n" if below else "\n" if ended else ""
    after = with_insertion(document, at, lead + text + tail)
    added = (at, at + len(after.text) - len(document.text))
    read = read_pad_among(around.templates, after)
    heading = there(read)
    same = _outline(after, without=added) == _outline(document) and _keeps_texts(read, pad)
    if same and heading and added[0] <= heading.start < added[1]:
        yield after


def _stage_names(pad: Pad) -> tuple[tuple[Stage, str], ...]:
    return pad.template.headings if pad.template else ()


def _heading_of(pad: Pad, name: str) -> Heading | None:
    placed = pad.section(name)
    return placed.heading if placed and placed.heading and placed.heading.level == SECTION_LEVEL else None


def _is_in_order(pad: Pad, name: str) -> bool:
    placed = pad.section(name)
    return placed is not None and in_order(pad, placed)


def _outline(document: Document, *, without: tuple[int, int] = (0, 0)) -> list[tuple[int, str]]:
    """Return level and text of each top-level block, 0 for those that are no headings, but not of those in a range."""
    blocks = [(block.start, block.end, 0) for block in document.body.blocks]
    blocks += [(heading.start, heading.end, heading.level) for heading in document.body.headings]
    outside = (block for block in sorted(blocks) if not without[0] <= block[0] < without[1])
    return [(level, document.text[start:end].strip()) for start, end, level in outside]


def _keeps_texts(after: Pad, before: Pad) -> bool:
    """Say whether every section that was there holds what it held."""
    texts = _texts(after)
    return all(texts.get(name) == blocks for name, blocks in _texts(before).items())


def _texts(pad: Pad) -> dict[str, list[str]]:
    """Return what each section that is there holds, block by block."""
    text = pad.document.text
    return {
        placed.section.name: [text[block.start : block.end].strip() for block in placed.blocks]
        for placed in pad.sections
        if placed.heading
    }
