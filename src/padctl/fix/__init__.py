"""Safe edits that lint's findings ask for: a PAD in, its document with them out, every other byte as it was.

Each edit is one splice. The result is read again, and an edit after which anything else reads otherwise is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from padctl.errors import SettingsError
from padctl.fix.fields import renamed
from padctl.fix.headings import levelled, with_section, with_stage_heading
from padctl.fix.surroundings import Fill, Surroundings, is_about
from padctl.model.baseline import gist
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.document import Document
from padctl.model.pad import Pad, read_pad_among

_EDITS: Mapping[str, Callable[[Pad, Diagnostic, Surroundings], Iterator[Document]]] = {
    "unknown-field": renamed,
    "wrong-heading-level": levelled,
    "missing-stage-heading": with_stage_heading,
    "missing-section": with_section,
}
FIXABLE = tuple(_EDITS)

_OF_SECTIONS = "PC2"
_APPROVED = "approved-text-edited"

__all__ = ["FIXABLE", "Fill", "Fix", "Surroundings", "fix"]


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
    asked = around.asked(around.judge(pad))
    for slug in slugs:
        for found in asked:
            if found.slug == slug:
                yield from _EDITS[slug](pad, found, around)


def _brought(before: Pad, after: Pad, around: Surroundings) -> Iterator[Diagnostic]:
    """Yield the findings that stand against the edits; what a section that was added lacks is as it should be."""
    known = Counter(gist(found) for found in around.judge(before) if _is_serious(found))
    added = [placed.section.name for placed in before.sections if placed.heading is None]
    for found in filter(_is_serious, around.judge(after)):
        known[gist(found)] -= 1
        expected = found.code.startswith(_OF_SECTIONS) and any(is_about(found, name) for name in added)
        if not expected and known[gist(found)] < 0:
            yield found


def _is_serious(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR or found.slug == _APPROVED
