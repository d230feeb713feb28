"""PC900 to PC999: lint itself: suppressions give a reason, name a rule, and have an effect."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import takewhile

from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad
from padctl.model.suppression import attempts, suppressions
from padctl.model.terms import suggestion
from padctl.rules.registry import Context, Finding, all_rules, rule

_BREAK = re.compile(r"[\s,;:()\[\]]+")


@rule("PC901", "suppression-without-reason", about="comments")
def suppression_without_reason(pad: Pad, _: Context) -> Iterator[Finding]:
    """A finding is silenced without saying why; it is not silenced then.

    Why: a reason is what the next reader, and the meeting, can agree or disagree with.

    Bad: `<!-- padctl: ignore PC405 -->`

    Good: `<!-- padctl: ignore PC405 the study is published on Friday -->`
    """
    for suppression in suppressions(pad.document):
        if suppression.word and not suppression.reason:
            message = f"{suppression.word} is suppressed without a reason"
            fix = f"write `<!-- padctl: ignore {suppression.word} reason -->`"
            yield Finding(document=pad.document, offset=suppression.offset, message=message, fix=fix)


@rule("PC902", "suppression-without-effect", Severity.WARNING, about="comments")
def suppression_without_effect(pad: Pad, context: Context) -> Iterator[Finding]:
    """A suppression silences nothing: the fault is mended, or the comment stands in another section.

    Why: it would silence the next fault of its kind before anybody has seen it.

    Bad: `<!-- padctl: ignore PC405 ... -->` in a section without a broken link

    Good: the comment deleted
    """
    for suppression in suppressions(pad.document):
        if suppression.offset in context.idle_suppressions:
            message = f"nothing of {suppression.word} is found here"
            fix = "delete the comment, or move it into the section that it is for"
            yield Finding(document=pad.document, offset=suppression.offset, message=message, fix=fix)


@rule("PC903", "unknown-suppression", Severity.WARNING, about="comments")
def unknown_suppression(pad: Pad, _: Context) -> Iterator[Finding]:
    """A comment that should silence a finding names no rule, or several, or is written in another form.

    Why: it silences nothing, and its author believes that it does.

    Bad:
        <!-- padctl: ignore PC40 soon -->
        <!-- padctl: disable PC405, PC502 soon -->

    Good: `<!-- padctl: ignore PC405 soon -->`
    """
    known = {name for each in all_rules() for name in (each.code, each.slug)} if pad.document.body.comments else set()
    for offset, text, can in attempts(pad.document):
        words = [word for word in _BREAK.split(text) if word]
        named = [name for word in takewhile(lambda word: _known(word, known), words) if (name := _known(word, known))]
        if can and len(named) == 1 and text.split()[0].upper() == named[0].upper():
            continue
        message = "this silences nothing: it is not how a finding is silenced"
        if len(named) > 1:
            message = f"one comment silences one rule, and this names {' and '.join(named)}"
        elif can:
            first = text.split()[0] if words else ""
            near = suggestion(first, known) or suggestion(first.upper(), known)
            message = f'there is no rule "{first}"{near}' if first else "the suppression names no rule"
        strange = bool(words) and (can or words[0].upper().startswith("PC"))
        reason = " ".join(words[len(named) or strange :]) or "reason"
        forms = [f"`<!-- padctl: ignore {name} {reason} -->`" for name in named or ["CODE"]]
        fix = f"write {' and '.join(forms)}{'' if named else '; padctl explain lists the codes'}"
        yield Finding(document=pad.document, offset=offset, message=message, fix=fix)


def _known(word: str, names: AbstractSet[str]) -> str:
    """Return the rule that a word names, in any case; empty where it names none."""
    return next((name for name in (word.upper(), word.lower()) if name in names), "")
