"""What an edit must know besides the PAD, and how it finds what a finding is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from padctl.model.diagnostic import Diagnostic
from padctl.model.document import Document
from padctl.model.pad import Pad
from padctl.model.template import Template

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


def offset_of(document: Document, found: Diagnostic) -> int:
    """Return where in a document a finding stands."""
    return document.line_starts[found.line - 1] + found.column - 1


def is_about(found: Diagnostic, name: str) -> bool:
    """Say whether a finding speaks of a section or stage."""
    return f'"{name}"' in found.message
