"""What a new PAD holds: the next id, the file's name, and the slice of the template for its first stage."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from padctl.model.condition import counts_for, told
from padctl.model.document import Document
from padctl.model.edit import flow
from padctl.model.pad import Pad, read_pad
from padctl.model.template import Section, Template
from padctl.model.template_header import FieldType
from padctl.model.terms import Classification, Stage
from padctl.model.wording import heading_key

_SLUG_LENGTH = 60


def slug(title: str) -> str:
    """Return a title as a file name: lower-case words joined by hyphens, in any script, at most 60 characters."""
    text = unicodedata.normalize("NFC", title).casefold()
    words = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text).split()
    short = ""
    for word in words:
        if short and len(short) + len(word) >= _SLUG_LENGTH:
            break
        short = f"{short}-{word}" if short else word[:_SLUG_LENGTH]
    return short or "untitled"


def new_pad(
    *,
    pad_id: str,
    title: str,
    owner: str,
    team: str | None,
    template: Template,
    today: date,
    sponsors: Sequence[str] = (),
) -> str:
    """Return the text of a new PAD: front matter and the first stage of the template, in LF.

    The template is one that was filled for this PAD, so that its title stands in the text.
    """
    classes = ", ".join(Classification)
    lines = [
        "---",
        f"id: {pad_id}",
        f"title: {flow(title)}",
        f"owner: {flow(owner)}",
        *([f"team: {flow(team)}"] if team else []),
        f"template: {flow(template.name)}",
        f"stage: {template.stages[0]}",
        "status: draft",
        f"created: {today}",
        f"classification:  # one of {classes}",
        "objectives: []  # such as 2026-Q4-O1; or propose one with `proposes_objective: ...`",
        f"sponsors: {flow(list(sponsors))}",
        "reviewers: []",
        *_own_fields(template, today),
        "---",
    ]
    return "\n".join(lines) + "\n" + template.preamble() + "\n" + stage_text(template, template.stages[0], today)


def _own_fields(template: Template, today: date) -> Iterator[str]:
    """Yield a line for each field of the template's own that a PAD may have to fill, with what belongs there."""
    for name, field in template.fields.items():
        if field.conditions is not None and counts_for(field.since, today):
            forms = {
                FieldType.DATE: "YYYY-MM-DD",
                FieldType.NUMBER: "a number",
                FieldType.ONE_OF: f"one of {', '.join(field.values)}",
                FieldType.LIST: "a list",
                FieldType.LINK: "https://...",
            }
            when = f"where {told(field.conditions)}" if field.conditions else "required"
            hint = "; ".join(filter(None, (when, forms.get(field.type, ""), field.pattern_message)))
            yield f"{flow(name)}:{' []' if field.type is FieldType.LIST else ''}  # {hint}"


def stage_text(template: Template, stage: Stage, created: date) -> str:
    """Return a stage's heading and sections as the template shows them; empty for a stage without text.

    Sections that begin to hold after the day of creation are left out.
    """
    heading = template.heading_of(stage)
    parts = [f"## {heading}\n"] if heading else []
    parts += [template.slice_of(section) for section in template.sections_of(stage) if section.holds_from(created)]
    return "\n".join(parts)


def stage_insertion(pad: Pad, template: Template, stage: Stage) -> tuple[int, str]:
    """Return where in the PAD the headings of a stage that are not there yet belong, and their text.

    The text is empty where nothing is missing. The Success Reflection's table gets a row for each success metric.
    """
    gaps = [placed.section for placed in pad.sections_of(stage) if placed.heading is None]
    missing = [section for section in gaps if section.holds_from(pad.created)]
    parts = [_with_metrics(pad, section, template.slice_of(section)) for section in missing]
    own = pad.stage_heading(stage)
    if own is None and (heading := template.heading_of(stage)):
        parts.insert(0, f"## {heading}\n")
    if not parts:
        return len(pad.document.text), ""
    text = pad.document.text
    offset = _end_of_stage(pad, stage)
    before, after = text[:offset], text[offset:]
    lead = "" if before.endswith(("\n\n", "\n\r\n")) else "\n" if before.endswith("\n") else "\n\n"
    return offset, lead + "\n".join(parts) + ("\n" if after else "")


def stage_removal(
    document: Document,
    template: Template,
    stage: Stage,
    *,
    before: Document | None = None,
    after: Document | None = None,
) -> tuple[list[tuple[int, int]], list[str]]:
    """Return the stretches of text that entering a stage brought and nobody has touched, and the sections that stay.

    `before` and `after` are the document around that move, where they are known: they tell what was there already,
    what the template said then, and how many blank lines came with it. The stretches are in order and hold nothing
    that says anything, but for the metrics that padctl itself had copied.
    """
    pad = read_pad(document, template)
    earlier = _headings(before, template, stage)
    then = _headings(after, template, stage)
    cuts: list[tuple[int, int]] = []
    stays: list[str] = []
    for placed in pad.sections_of(stage):
        name = placed.section.name
        if placed.heading is None or name in earlier:
            continue
        fresh = {_with_metrics(pad, placed.section, template.slice_of(placed.section)).strip(), then.get(name, "")}
        if _lf(document.text[placed.heading.start : placed.end]) in fresh - {""}:
            cuts.append((placed.heading.start, placed.end))
        else:
            stays.append(name)
    cuts.sort()
    own = pad.stage_heading(stage)
    if not cuts:
        return [], stays
    if stays or own is None or (before and read_pad(before, template).stage_heading(stage)):
        return _with_blanks(document, cuts), stays
    if _without(document.text, own.end, _end_of_stage(pad, stage), cuts).strip():
        return _with_blanks(document, cuts), [own.text]
    cuts[0] = (own.start, cuts[0][1])
    return _with_blanks(document, cuts, _inserted(before, after) if before and after else ""), []


def _headings(document: Document | None, template: Template, stage: Stage) -> dict[str, str]:
    """Return the sections of a stage that a document has, each with its text where that says nothing yet."""
    found = read_pad(document, template).sections_of(stage) if document else ()
    return {
        placed.section.name: "" if placed.filled or document is None else _lf(document.text[heading.start : placed.end])
        for placed in found
        if (heading := placed.heading)
    }


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _inserted(before: Document, after: Document) -> str:
    """Return what a body got at one place, or an empty text where more than that was changed."""
    old, new = (document.text[document.body_start :] for document in (before, after))
    pairs = enumerate(zip(old, new, strict=False))
    start, size = next((n for n, (a, b) in pairs if a != b), len(old)), len(new) - len(old)
    return new[start : start + size] if size > 0 and old[start:] == new[start + size :] else ""


def _without(text: str, start: int, end: int, cuts: list[tuple[int, int]]) -> str:
    """Return the text between two offsets without the cuts."""
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def _with_blanks(document: Document, cuts: list[tuple[int, int]], inserted: str = "") -> list[tuple[int, int]]:
    """Return the cuts with the blank lines that came with them: those of a known insertion, else the one before it."""
    start = document.text.find(inserted, document.body_start) if inserted else -1
    if 0 <= start <= cuts[0][0] and cuts[-1][1] <= start + len(inserted):
        return [(start, start + len(inserted))]
    joined: list[tuple[int, int]] = []
    for first, last in cuts:
        start = joined.pop()[0] if joined and joined[-1][1] == first else first
        joined.append((start, last))
    first, last = joined[-1]
    if last == len(document.text) and document.text[:first].endswith(document.newline * 2):
        joined[-1] = (first - len(document.newline), last)
    return joined


def _end_of_stage(pad: Pad, stage: Stage) -> int:
    """Return where the stage's text ends: before the first heading of a later stage."""
    later = [
        heading.start
        for other in Stage
        if other.order > stage.order and (heading := pad.stage_heading(other)) is not None
    ]
    return min(later, default=len(pad.document.text))


def _with_metrics(pad: Pad, section: Section, text: str) -> str:
    """Put a row for each success metric under a table that asks for an actual and a verdict."""
    columns = [heading_key(column) for column in section.columns]
    if not {"metric", "actual", "verdict"} <= set(columns):
        return text
    source = pad.section_with("metric", "target", without="verdict")
    known = source.keyed_rows() if source else []
    rows = ["| " + " | ".join(_cell(row.get(column, "")) for column in columns) + " |" for row in known]
    return text.rstrip("\n") + "\n" + "".join(row.replace("|  |", "| |").replace("|  |", "| |") + "\n" for row in rows)


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
