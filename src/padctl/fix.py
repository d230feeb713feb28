"""Safe edits that lint's findings ask for: a PAD in, its document with them out, every other byte as it was.

Each edit is one splice. The result is read again, and an edit after which anything else reads otherwise is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from padctl.errors import SettingsError
from padctl.model.baseline import gist
from padctl.model.body import Heading
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.document import Document
from padctl.model.edit import FIELD_ORDER, with_insertion, with_text
from padctl.model.header import plain
from padctl.model.links import anchors
from padctl.model.pad import Pad, read_pad_among
from padctl.model.places import in_order, opens_stage, place_of_section, place_of_stage
from padctl.model.spelling import meant
from padctl.model.template import Template
from padctl.model.template_faults import SECTION_LEVEL, STAGE_LEVEL
from padctl.model.terms import Stage
from padctl.model.wording import heading_key

FIXABLE = ("unknown-field", "wrong-heading-level", "missing-stage-heading", "missing-section")

_TEMPLATE = "template"
_EMPTY = "empty-section"
_APPROVED = "approved-text-edited"
_MARK = "padctl:"

Judge = Callable[[Pad], Sequence[Diagnostic]]
Choice = Callable[[Sequence[Diagnostic]], Sequence[Diagnostic]]
Fill = Callable[[Pad], Template | None]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an edit must know besides the PAD.

    `judge` gives all findings of a PAD, `asked` those of them that may be mended. `fill` gives a PAD's template with
    the PAD's values in it. `linked` holds the anchors that any link points to, in lower case.
    """

    templates: Mapping[str, Template]
    judge: Judge
    asked: Choice
    fill: Fill
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A document before and after its edits; `obstacle` says why edits that were asked for are left out, or nothing."""

    before: Document
    after: Document
    edits: int
    obstacle: str = ""


def fix(pad: Pad, around: Surroundings) -> Fix:
    """Return what can safely be mended in a PAD; `after` is `before` where that is nothing.

    All edits of the file are left out where they bring a new error or change a text that was approved, and first of
    all those of the front matter: a key that is read at last may break other rules.
    """
    nothing = Fix(before=pad.document, after=pad.document, edits=0)
    if pad.document.header is None or any(fault.slug == "not-utf-8" for fault in pad.document.faults):
        return nothing
    obstacle = ""
    for slugs in (FIXABLE, FIXABLE[1:]):
        try:
            mended, edits = _mended(pad, around, slugs)
        except SettingsError as error:
            return Fix(before=pad.document, after=pad.document, edits=0, obstacle=error.message)
        brought = next(_brought(pad, mended, around), None)
        if brought is None:
            return Fix(before=pad.document, after=mended.document, edits=edits, obstacle=obstacle)
        obstacle = obstacle or f"one would bring {brought.code} {brought.slug}: {brought.message}"
    return Fix(before=pad.document, after=pad.document, edits=0, obstacle=obstacle)


def _mended(pad: Pad, around: Surroundings, slugs: Sequence[str]) -> tuple[Pad, int]:
    """Return the PAD after all edits for findings of some kinds, and the number of edits."""
    edits = 0
    while document := next(_edits(pad, around, slugs), None):
        pad, edits = read_pad_among(around.templates, document), edits + 1
    return pad, edits


def _edits(pad: Pad, around: Surroundings, slugs: Sequence[str]) -> Iterator[Document]:
    """Yield the document after one edit, for each finding that has a safe one."""
    edit_of = {
        "unknown-field": _renamed,
        "wrong-heading-level": _levelled,
        "missing-stage-heading": _with_stage_heading,
        "missing-section": _with_section,
    }
    asked = around.asked(around.judge(pad))
    for slug in slugs:
        for found in asked:
            if found.slug == slug:
                yield from edit_of[slug](pad, found, around)


def _brought(before: Pad, after: Pad, around: Surroundings) -> Iterator[Diagnostic]:
    """Yield the findings that stand against the edits; a section that was added is empty, which is as it should be."""
    known = Counter(gist(found) for found in around.judge(before) if _is_serious(found))
    added = [placed.section.name for placed in before.sections if placed.heading is None]
    for found in filter(_is_serious, around.judge(after)):
        known[gist(found)] -= 1
        expected = found.slug == _EMPTY and any(_is_about(found, name) for name in added)
        if not expected and known[gist(found)] < 0:
            yield found


def _is_serious(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR or found.slug == _APPROVED


def _renamed(pad: Pad, found: Diagnostic, _: Surroundings) -> Iterator[Document]:
    """Yield the document with a mistyped key written as the one field that it must mean."""
    document = pad.document
    entries = document.header.entries if document.header else ()
    known = (*FIELD_ORDER, *pad.template.fields) if pad.template else FIELD_ORDER
    keys = [key.text or "" for key, _ in entries]
    meanings = [key if key in known else meant(key, known) for key in keys]
    at = next((n for n, (key, _) in enumerate(entries) if key.start == _offset(document, found)), None)
    field = meanings[at] if at is not None else None
    if at is None or not field or meanings.count(field) > 1 or (pad.template is None and field != _TEMPLATE):
        return
    key = entries[at][0]
    quote = key.style if key.style in {"'", '"'} else ""
    after = with_text(document, key.start, key.end, f"{quote}{field}{quote}")
    same_body = after.text[after.body_start :] == document.text[document.body_start :]
    keys[at] = field
    wanted = [(name, plain(value)) for name, (_, value) in zip(keys, entries, strict=True)]
    read = after.header.entries if after.header else ()
    if same_body and [(name.text or "", plain(value)) for name, value in read] == wanted:
        yield after


def _levelled(pad: Pad, found: Diagnostic, around: Surroundings) -> Iterator[Document]:
    """Yield the document with a heading at its level: in the template's spelling, else in its own."""
    document, start = pad.document, _offset(pad.document, found)
    heading = next((heading for heading in document.body.headings if heading.start == start), None)
    if heading is None or heading is _title(document):
        return
    raw = document.text[heading.start : heading.end].rstrip()
    line = _spelled(pad, heading, around)
    if not line or "<" in raw or any(heading.start <= link.start < heading.end for link in document.body.links):
        return
    marks = line.partition(" ")[0]
    first, *underline = raw.split("\n")
    if len(underline) > 1:
        return
    own = f"{marks} {first.strip()}" if underline else marks + raw[heading.level :]
    place = (heading.start, heading.start + 1)
    for spelling in (line, own):
        after = with_text(document, heading.start, heading.start + len(raw), spelling)
        unlinked = (anchors(document) - anchors(after)) & around.linked
        level = next((other.level for other in after.body.headings if other.start == heading.start), 0)
        same = _outline(after, without=place) == _outline(document, without=place)
        read = read_pad_among(around.templates, after)
        if not unlinked and same and level == len(marks) and _texts(read) == _texts(pad):
            yield after
            return


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


def _with_stage_heading(pad: Pad, found: Diagnostic, around: Surroundings) -> Iterator[Document]:
    """Yield the document with the heading of a stage above its sections."""
    for stage, name in _stage_names(pad):
        headings = (other for other in pad.document.body.headings if other is not _title(pad.document))
        if not _is_about(found, name) or any(other.key == heading_key(name) for other in headings):
            continue
        place = place_of_stage(pad, stage)
        template = around.fill(pad)
        if place is not None and template and (heading := template.heading_of(stage)):
            there = partial(Pad.stage_heading, stage=stage)
            yield from _inserted(pad, place, f"{'#' * STAGE_LEVEL} {heading}", around, there)


def _with_section(pad: Pad, found: Diagnostic, around: Surroundings) -> Iterator[Document]:
    """Yield the document with a missing section as the template shows it."""
    for placed in pad.due:
        name = placed.section.name
        if placed.heading or not _is_about(found, name):
            continue
        template = around.fill(pad)
        section = template.section_for(heading_key(name)) if template else None
        if template and section:
            there = partial(_heading_of, name=name)
            text = template.slice_of(section).replace("\r\n", "\n").strip("\n")
            yield from _inserted(pad, place_of_section(pad, placed.section), text, around, there)


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
    heading, texts = there(read), _texts(read)
    same = _outline(after, without=added) == _outline(document)
    same = same and all(texts.get(name) == blocks for name, blocks in _texts(pad).items())
    if same and heading and added[0] <= heading.start < added[1]:
        yield after


def _offset(document: Document, found: Diagnostic) -> int:
    return document.line_starts[found.line - 1] + found.column - 1


def _is_about(found: Diagnostic, name: str) -> bool:
    return f'"{name}"' in found.message


def _stage_names(pad: Pad) -> tuple[tuple[Stage, str], ...]:
    return pad.template.headings if pad.template else ()


def _heading_of(pad: Pad, name: str) -> Heading | None:
    placed = pad.section(name)
    return placed.heading if placed and placed.heading and placed.heading.level == SECTION_LEVEL else None


def _title(document: Document) -> Heading | None:
    """Return the first heading where it is one of level 1."""
    first = next(iter(document.body.headings), None)
    return first if first and first.level == 1 else None


def _outline(document: Document, *, without: tuple[int, int] = (0, 0)) -> list[tuple[int, str]]:
    """Return level and text of each top-level block, 0 for those that are no headings, but not of those in a range."""
    blocks = [(block.start, block.end, 0) for block in document.body.blocks]
    blocks += [(heading.start, heading.end, heading.level) for heading in document.body.headings]
    outside = (block for block in sorted(blocks) if not without[0] <= block[0] < without[1])
    return [(level, document.text[start:end].strip()) for start, end, level in outside]


def _texts(pad: Pad) -> dict[str, list[str]]:
    """Return what each section that is there holds, block by block."""
    text = pad.document.text
    return {
        placed.section.name: [text[block.start : block.end].strip() for block in placed.blocks]
        for placed in pad.sections
        if placed.heading
    }
