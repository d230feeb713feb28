"""Headings of a PAD that can only be slips for the template's: for sections and stages that are not there."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from padctl.model.body import Heading
from padctl.model.pad import Pad
from padctl.model.places import title_heading
from padctl.model.spelling import singular
from padctl.model.template_faults import SECTION_LEVEL
from padctl.model.wording import heading_key

_ALIKE = 0.86  # one letter of eight is another, or one of four too many
_MOST = 100  # strangers among the headings, above which the page is no slip but another frame
_LONGEST = 80
_WORD = re.compile(r"[^\W_]+")
_LINKING = frozenset({"and", "the", "a", "an", "our"})
_NEGATIONS = frozenset({"not", "no", "non", "out", "without"})


def lookalikes(pad: Pad) -> Mapping[str, Heading]:
    """Return the headings that nearly are those of missing sections and stages, by the template's name for each.

    Another number, dash or `&`, a slip of the pen, or one word too many or too few of three. None where two headings,
    or two names, are equally near, and never for a name that is there.
    """
    keys = _keys(pad)
    known = {key for each in keys.values() for key in each}
    title = title_heading(pad)
    others = [h for h in pad.document.body.headings if h is not title and len(h.key) <= _LONGEST]
    there = {h.key for h in others}
    strangers = [h for h in others if h.key and h.key not in known]
    claims: dict[str, list[tuple[float, Heading]]] = {}
    for heading in strangers if len(strangers) <= _MOST else ():
        apart = sorted(_apart(heading, keys))
        if apart and apart[0][0] < min((far for far, _ in apart[1:]), default=1.0):
            far, name = apart[0]
            claims.setdefault(name, []).append((far, heading))
    nearest = {name: sorted(claim) for name, claim in claims.items() if not there & keys[name]}
    return {name: claim[0][1] for name, claim in nearest.items() if len(claim) == 1 or claim[0][0] < claim[1][0]}


def _keys(pad: Pad) -> dict[str, frozenset[str]]:
    """Return how each section and stage may be headed, as headings are compared."""
    sections = {placed.section.name: placed.section.keys for placed in pad.sections}
    stages = pad.template.headings if pad.template else ()
    return {**sections, **{name: frozenset({heading_key(name)}) for _, name in stages}}


def _apart(heading: Heading, keys: Mapping[str, frozenset[str]]) -> Iterator[tuple[float, str]]:
    """Yield how far a heading is from each name that it may mean, 0 to 1, the nearest 0."""
    for name, alternatives in keys.items():
        found = [far for key in alternatives if (far := _distance(heading, key)) is not None]
        if found:
            yield min(found), name


def _distance(heading: Heading, key: str) -> float | None:
    ours, theirs = _words(heading.key), _words(key)
    if ours == theirs:
        return 0.0
    letters = SequenceMatcher(None, " ".join(ours), " ".join(theirs), autojunk=False)
    if letters.real_quick_ratio() >= _ALIKE and letters.quick_ratio() >= _ALIKE and letters.ratio() >= _ALIKE:
        return 1 - letters.ratio()
    more, less = sorted((set(ours), set(theirs)), key=len, reverse=True)
    one_word = len(more - less) == 1 and less < more and len(less) > 1 and not more - less & _NEGATIONS
    return 0.5 if one_word and abs(heading.level - SECTION_LEVEL) <= 1 else None


def _words(key: str) -> list[str]:
    words = _WORD.findall(key)
    return [singular(word) for word in words if word not in _LINKING] or words
