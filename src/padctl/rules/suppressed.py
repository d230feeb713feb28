"""PC900 to PC999: lint itself: suppressions give a reason, name a rule, and have an effect."""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad
from padctl.model.suppression import suppressions
from padctl.model.terms import suggestion
from padctl.rules.registry import Context, Finding, all_rules, rule


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
    """A suppression names no rule.

    Why: it silences nothing, and its author believes that it does.

    Bad: `<!-- padctl: ignore PC40 soon -->`

    Good: `<!-- padctl: ignore PC405 soon -->`
    """
    found = suppressions(pad.document)
    known = {name for each in all_rules() for name in (each.code, each.slug)} if found else set()
    for suppression in found:
        word = suppression.word
        if word not in known:
            near = suggestion(word, known) or suggestion(word.upper(), known)
            message = f'there is no rule "{word}"{near}' if word else "the suppression names no rule"
            fix = "write `<!-- padctl: ignore CODE reason -->`; padctl explain lists the codes"
            yield Finding(document=pad.document, offset=suppression.offset, message=message, fix=fix)
