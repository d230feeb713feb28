"""The list of rules: code, slug, severity and the text that explains each."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, Protocol

from padctl.errors import UsageError
from padctl.model.corpus import Corpus
from padctl.model.diagnostic import Severity
from padctl.model.document import Document
from padctl.model.pad import Pad
from padctl.model.terms import Stage, suggestion


class Others(Protocol):
    """What a rule may ask about the other PADs and files of the repository; paths are from the root."""

    def with_id(self, pad_id: str, *, but: str) -> tuple[str, ...]:
        """Return the paths of PADs of an id, without the one at the path `but`."""

    def with_title(self, key: str, *, but: str) -> tuple[str, ...]:
        """Return the ids, else the paths, of PADs with a title, compared as headings are, without the one at `but`."""

    def has_pad(self, pad_id: str) -> bool:
        """Say whether a PAD has an id, or had it before it was renumbered."""

    def earlier_ids(self, pad_id: str) -> tuple[str, ...]:
        """Return the ids that the PAD of an id had before it was renumbered."""

    def pad_ids(self) -> Iterable[str]:
        """Return the ids of all PADs."""

    def has_file(self, path: str) -> bool:
        """Say whether a relative link of a PAD leads to something in the repository."""

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return the anchors of the PAD at a path, or None where that is no PAD."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a rule may know besides the PAD.

    The corpus may lack the PADs: what a rule wants of them it asks the `others`.
    `review_as_submitted` judges drafts as if they were in review: the question that `submit` asks.
    `base` is the corpus that a change is compared with, and `base_ref` what git calls it. `idle_suppressions` are the
    offsets of those of the PAD's suppressions that silenced nothing.
    """

    corpus: Corpus
    others: Others
    today: date
    review_as_submitted: bool = False
    idle_suppressions: frozenset[int] = frozenset()
    base: Corpus | None = None
    base_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found: offset in the document, and a severity where it is not the rule's own."""

    document: Document
    offset: int
    message: str
    fix: str = ""
    severity: Severity | None = None


Check = Callable[[Pad, Context], Iterator[Finding]]
Matter = Literal[
    "faults", "violations", "own fields", "history", "related", "links", "feedback", "comments", "people", "a change"
]
# What a PAD must have, or its surroundings, before the rules about it have anything to look at.
_MATTERS: dict[Matter, Callable[[Pad, Context], object]] = {
    "faults": lambda pad, _: pad.document.faults,
    "violations": lambda pad, _: pad.violations,
    "own fields": lambda pad, _: pad.template and pad.template.fields,
    "history": lambda pad, _: pad.header and pad.header.history,
    "related": lambda pad, _: pad.header and pad.header.related,
    "links": lambda pad, _: pad.document.body.links or pad.document.values.get("links"),
    "feedback": lambda pad, _: pad.header and pad.header.feedback,
    "comments": lambda pad, _: pad.document.body.comments,
    "people": lambda _, context: context.corpus.settings.people,
    "a change": lambda _, context: context.base,
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One fault that padctl looks for. `what`, `why`, `bad` and `good` come from the rule's docstring.

    `about` is what a PAD must have for the rule to be asked at all; None for nothing.
    """

    code: str
    slug: str
    severity: Severity
    what: str
    why: str
    bad: str
    good: str
    check: Check
    about: Matter | None = None

    def named_by(self, word: str) -> bool:
        """Say whether a code, a prefix of codes or a slug names this rule."""
        return self.code.startswith(word.upper()) or self.slug == word.lower()


_RULES: dict[str, Rule] = {}


def rule(
    code: str, slug: str, severity: Severity = Severity.ERROR, *, about: Matter | None = None
) -> Callable[[Check], Check]:
    """Register a generator of findings as a rule; its docstring holds what, `Why:`, `Bad:` and `Good:`.

    A rule `about` something is asked only where a PAD has it.

    Raises:
        ValueError: the code is taken, or the docstring lacks a part.
    """

    def register(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"{code} is registered twice")
        parts = _parts(inspect.getdoc(check) or "")
        _RULES[code] = Rule(code=code, slug=slug, severity=severity, check=check, about=about, **parts)
        return check

    return register


def all_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of the codes."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def rules_for(pad: Pad, context: Context) -> tuple[Rule, ...]:
    """Return the rules that have something to look at in a PAD, in the order of the codes."""
    return _about(tuple([bool(has(pad, context)) for has in _MATTERS.values()]))


@cache
def _about(present: tuple[bool, ...]) -> tuple[Rule, ...]:
    matters = {None, *(matter for matter, there in zip(_MATTERS, present, strict=True) if there)}
    return tuple(rule for rule in all_rules() if rule.about in matters)


def find_rule(word: str) -> Rule:
    """Return the rule of a code or slug, in any case.

    Raises:
        UsageError: there is none; names the nearest.
    """
    for known in all_rules():
        if word.casefold() in {known.code.casefold(), known.slug}:
            return known
    names = [name for known in all_rules() for name in (known.code, known.slug)]
    raise UsageError(
        f'no rule "{word}"{suggestion(word.upper(), names) or suggestion(word, names)}',
        fix="`padctl explain` lists all rules",
    )


def find_rules(word: str) -> tuple[Rule, ...]:
    """Return the rules that a code, a prefix of codes or a slug names.

    Raises:
        UsageError: none does; names the nearest.
    """
    found = tuple(known for known in all_rules() if known.named_by(word))
    return found or (find_rule(word),)


def due(pad: Pad, context: Context, stage: Stage) -> Severity | None:
    """Return how bad a gap in a stage is now: None where the stage is not reached yet.

    A gap warns while its stage is being drafted and is an error once somebody is asked to review it. Where a gate of
    the stage was overridden it stays a warning: somebody has accepted it, with a reason.
    """
    return gaps(pad, context).get(stage)


def gaps(pad: Pad, context: Context) -> Mapping[Stage, Severity]:
    """Return how bad a gap is now in each stage that is reached, as `due` does for one."""
    if context.review_as_submitted and pad.stage and pad.stage not in pad.overridden:
        return {**pad.gaps, pad.stage: Severity.ERROR}
    return pad.gaps


def _parts(text: str) -> dict[str, str]:
    parts = {"what": text}
    for name in ("good", "bad", "why"):
        before, mark, after = parts["what"].partition(f"\n\n{name.capitalize()}:")
        if not mark:
            raise ValueError(f"a rule's docstring lacks {name.capitalize()}:")
        parts["what"] = before
        parts[name] = inspect.cleandoc(after.lstrip("\n") if after.startswith("\n") else after.strip())
    return parts
