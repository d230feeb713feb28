"""What an edited template newly finds in the PADs there are, and the lines that spare the older ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, cast

from padctl.model.baseline import beyond, counted
from padctl.model.corpus import Corpus
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.document import Document
from padctl.model.edit import EditError, Value, flow, with_fields
from padctl.model.header import Mapping as Header
from padctl.model.header import last_offset
from padctl.model.pad import Pad, read_pad
from padctl.model.template import Section, Template
from padctl.model.wording import heading_key

OF_THE_FRAME = ("PC103", "PC112", "PC113", "PC114", "PC2", "PC301", "PC5")

Judge = Callable[[Corpus, Sequence[Pad]], Sequence[Diagnostic]]
Kind = Literal["sections", "fields"]


@dataclass(frozen=True, kw_only=True)
class NewFaults:
    """What one section or field newly finds: the rules' slugs with the number of PADs, the most frequent first.

    `sparable` says that a `since` spares older PADs this and no more. For a section that was there before it would
    spare them all of the section.
    """

    kind: Kind
    name: str
    sparable: bool
    faults: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class FrameChange:
    """What a template newly finds.

    `failing` counts the PADs with a new error, `warned` those with new warnings alone. `others` are faults of neither
    a section nor a field. Under `spared` stand the lines to write below `sections:` and `fields:` of the page, so that
    only PADs created from `since` on are held to what is sparable of `parts`.
    """

    path: str
    failing: int
    warned: int
    parts: tuple[NewFaults, ...]
    others: tuple[tuple[str, int], ...]
    since: date
    spared: Mapping[Kind, tuple[str, ...]]


def frame_change(corpus: Corpus, old: Template, new: Template, *, today: date, judge: Judge) -> FrameChange | None:
    """Compare what two versions of one template find in the PADs of a corpus; None where the newer finds nothing new.

    `judge` gives what lint finds in PADs of a corpus by the rules in `OF_THE_FRAME`. The proposed day is tomorrow, so
    that what was created up to today is spared.
    """
    changed = list(_changed(old, new))
    pads = [pad for pad in corpus.pads if pad.document.values.get("template") == new.name]
    if not pads or (not changed and _outline(old) == _outline(new)):
        return None
    before, earlier = _under(corpus, old, pads)
    known = counted(judge(before, earlier), corpus.ids)
    now, later = _under(corpus, new, pads)
    found = [one for one in beyond(judge(now, later), known, corpus.ids) if one.severity is not Severity.INFO]
    if not found:
        return None
    paths = {one.path for one in found}
    hit = [pad for pad in pads if pad.path in paths]
    since, parts, left = today + timedelta(days=1), list[NewFaults](), set(found)
    for kind, name in changed:
        spared, spared_pads = _under(corpus, _since(new, kind, name, since), hit)
        still = beyond(judge(spared, spared_pads), known, corpus.ids)
        if mine := beyond(found, counted(still, corpus.ids), corpus.ids):
            sparable = kind == "fields" or old.section_for(heading_key(name)) is None
            parts.append(NewFaults(kind=kind, name=name, sparable=sparable, faults=_tally(mine)))
            left -= set(mine)
    failing = {one.path for one in found if one.severity is Severity.ERROR}
    return FrameChange(
        path=new.document.path,
        failing=len(failing),
        warned=len(paths - failing),
        parts=tuple(parts),
        others=_tally(left),
        since=since,
        spared=_lines(new.document, parts, since),
    )


def _changed(old: Template, new: Template) -> Iterator[tuple[Kind, str]]:
    """Yield the sections and fields that are new or ask for something else."""
    for section in new.sections:
        before = old.section_for(heading_key(section.name))
        if before is None or _asked(before) != _asked(section):
            yield "sections", section.name
    yield from (("fields", name) for name, field in new.fields.items() if old.fields.get(name) != field)


def _outline(template: Template) -> tuple[object, ...]:
    return template.stages, template.headings, [section.name for section in template.sections], list(template.fields)


def _asked(section: Section) -> Section:
    """Return a section without what only shows: its prompt and its place on the page."""
    return replace(section, prompt="", start=0, end=0)


def _under(corpus: Corpus, template: Template, pads: Iterable[Pad]) -> tuple[Corpus, tuple[Pad, ...]]:
    """Return the corpus in which a template is another one, and some of its PADs read anew."""
    fresh = {pad.path: read_pad(pad.document, template) for pad in pads}
    all_pads = tuple(fresh.get(pad.path, pad) for pad in corpus.pads)
    templates = {**corpus.templates, template.name: template}
    return replace(corpus, pads=all_pads, templates=templates), tuple(fresh.values())


def _since(template: Template, kind: Kind, name: str, day: date) -> Template:
    """Return the template in which one section or field counts only for PADs created from a day on."""
    if kind == "fields":
        field = template.fields[name].model_copy(update={"since": day})
        return replace(template, fields={**template.fields, name: field})
    sections = (replace(one, since=day) if one.name == name else one for one in template.sections)
    return replace(template, sections=tuple(sections))


def _tally(found: Iterable[Diagnostic]) -> tuple[tuple[str, int], ...]:
    """Return in how many PADs each rule found something."""
    counts = Counter(slug for slug, _ in {(one.slug, one.path) for one in found})
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _lines(page: Document, parts: Sequence[NewFaults], since: date) -> Mapping[Kind, tuple[str, ...]]:
    """Return the lines of the page's front matter that say since when its parts count, indented below their key."""
    kinds: tuple[Kind, ...] = ("sections", "fields")
    wanted = {kind: [part.name for part in parts if part.kind == kind and part.sparable] for kind in kinds}
    return {kind: tuple(_entries(page, kind, names, since)) for kind, names in wanted.items() if names}


def _entries(page: Document, kind: Kind, names: Sequence[str], since: date) -> Iterator[str]:
    value = page.values.get(kind)
    entries = dict(cast("dict[str, Value]", value)) if isinstance(value, dict) else {}
    written = {heading_key(name) if kind == "sections" else name: name for name in entries}
    keys = [written.get(heading_key(name) if kind == "sections" else name, name) for name in names]
    for key in keys:
        entry = entries.get(key)
        entries[key] = {**(entry if isinstance(entry, dict) else {}), "since": since}
    try:
        edited = with_fields(page, {kind: entries})
    except EditError:
        yield from (flow({key: entries[key]})[1:-1] for key in keys)
        return
    for key in keys:
        yield from _as_written(edited, kind, key)


def _as_written(page: Document, kind: Kind, key: str) -> Iterator[str]:
    """Yield the lines of one entry as they stand in a page, the key at the margin."""
    table = page.header.entry(kind) if page.header else None
    entry = table[1].entry(key) if table and isinstance(table[1], Header) else None
    if entry:
        margin = " " * (page.column_of(entry[0].start) - 1)
        text = page.text[entry[0].start : last_offset(entry[1])]
        yield from (line.removeprefix(margin) for line in text.splitlines())
