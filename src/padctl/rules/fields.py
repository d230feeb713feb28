"""PC100 to PC199: the front matter keeps the schema, and so do the template and the other pages.

The fields that an organisation declares itself are judged in `padctl.rules.own_fields`.
"""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.ids import canonical_id, named_id, next_id
from padctl.model.pad import Pad
from padctl.model.terms import CLOSED, PAD_ID, suggestion
from padctl.rules.file import reported
from padctl.rules.registry import Context, Finding, due, rule


def _violations(pad: Pad, slug: str, context: Context) -> Iterator[Finding]:
    for violation in pad.violations:
        if violation.slug == slug:
            fix = _written_id(pad, context) if violation.path == ("id",) else violation.fix
            key = violation.path if violation.at_key else ()
            offset = pad.document.key_offset(*key) if key else pad.document.offset_of(violation.path)
            yield Finding(document=pad.document, offset=offset, message=violation.message, fix=fix)


@rule("PC101", "missing-field", about="violations")
def missing_field(pad: Pad, context: Context) -> Iterator[Finding]:
    """A key that every PAD needs is missing.

    Why: without it the PAD cannot be found, addressed or put on an agenda.

    Bad: front matter without `owner`

    Good: `owner: dana`
    """
    yield from _violations(pad, "missing-field", context)


@rule("PC102", "duplicate-key", about="faults")
def duplicate_key(pad: Pad, _: Context) -> Iterator[Finding]:
    """A key is written twice.

    Why: some tools take the first and some the last, so a draft can read as approved.

    Bad:
        status: draft
        status: done

    Good: `status: draft`
    """
    yield from reported(pad, "duplicate-key")


@rule("PC103", "unknown-field", about="violations")
def unknown_field(pad: Pad, context: Context) -> Iterator[Finding]:
    """A key is not one of the PAD's fields.

    Why: a mistyped key is silently ignored by everything that should have used it.

    Bad: `sponsor: [sam]`

    Good: `sponsors: [sam]`
    """
    yield from _violations(pad, "unknown-field", context)


@rule("PC104", "wrong-type", about="violations")
def wrong_type(pad: Pad, context: Context) -> Iterator[Finding]:
    """A value has another form than its field needs.

    Why: the value cannot be used, so the PAD would be treated as if it were not there.

    Bad: `sponsors: sam`

    Good: `sponsors: [sam]`
    """
    yield from _violations(pad, "wrong-type", context)


@rule("PC105", "invalid-date", about="violations")
def invalid_date(pad: Pad, context: Context) -> Iterator[Finding]:
    """A date is not a day of the calendar written as YYYY-MM-DD.

    Why: meetings and reminders are computed from it.

    Bad: `created: 2026-02-30`

    Good: `created: 2026-02-28`
    """
    yield from _violations(pad, "invalid-date", context)


@rule("PC106", "unknown-value", about="violations")
def unknown_value(pad: Pad, context: Context) -> Iterator[Finding]:
    """A value is none of those that its field knows.

    Why: a PAD in a status that does not exist is on nobody's list.

    Bad: `status: in review`

    Good: `status: in-review`
    """
    yield from _violations(pad, "unknown-value", context)


@rule("PC107", "invalid-id")
def invalid_id(pad: Pad, context: Context) -> Iterator[Finding]:
    """An id is not written as ids are here.

    Why: people and links name a PAD by its id; it must be one word that never changes.

    Bad: `id: 7`

    Good: `id: PAD-0007`
    """
    yield from _violations(pad, "invalid-id", context)
    if PAD_ID.fullmatch(pad.id) and canonical_id(pad.id, context.corpus.settings.ids) != pad.id:
        message = f'the id "{pad.id}" is not written as ids are here'
        offset = pad.document.offset_of(("id",))
        yield Finding(document=pad.document, offset=offset, message=message, fix=_written_id(pad, context))


def _written_id(pad: Pad, context: Context) -> str:
    """Return what to write for an id that is not written as ids are here: its number, else that of the file's name."""
    ids = context.corpus.settings.ids
    known = (canonical_id(pad.id, ids), named_id(pad.path, ids))
    free = (name for name in known if name and not context.others.with_id(name, but=pad.path))
    return f"write `id: {next(free, None) or next_id(context.others.pad_ids(), ids)}`"


@rule("PC108", "unknown-template")
def unknown_template(pad: Pad, context: Context) -> Iterator[Finding]:
    """The PAD names a template that is not there or cannot be read.

    Why: without its frame nobody can say which sections the PAD needs.

    Bad: `template: standart`

    Good: `template: standard`
    """
    name = pad.document.values.get("template")
    if pad.template is None and isinstance(name, str):
        message = f'there is no template "{name}"{suggestion(name, context.corpus.templates)}'
        fix = f"write one of the templates that are here: {', '.join(sorted(context.corpus.templates))}"
        page = f"{context.corpus.settings.paths.templates}/pad/{name}.md"
        if any(known.document.path == page for known in context.corpus.pages):
            message, fix = (
                f'the template "{name}" cannot be read',
                f"mend the template; this says why\npadctl lint {page}",
            )
        yield Finding(document=pad.document, offset=pad.document.offset_of(("template",)), message=message, fix=fix)


@rule("PC109", "missing-classification")
def missing_classification(pad: Pad, context: Context) -> Iterator[Finding]:
    """The PAD does not say whether it neutralizes a competitor, differentiates or delights.

    Why: the answer decides what the meeting asks: a neutralizer must know the competition, the others need not.

    Bad: `classification:`

    Good: `classification: differentiator`
    """
    header = pad.header
    if header and header.classification is None and pad.template:
        severity = due(pad, context, pad.template.stages[0])
        offset = pad.document.key_offset("classification")
        message = "the classification is missing; it is due at submit"
        fix = "write `classification: competitive-neutralizer`, `differentiator` or `delighter`"
        yield Finding(document=pad.document, offset=offset, message=message, fix=fix, severity=severity)


@rule("PC110", "missing-objective", Severity.WARNING)
def missing_objective(pad: Pad, context: Context) -> Iterator[Finding]:
    """The PAD serves no objective and proposes none, though it asks for a review.

    Why: work that is tied to no objective competes with the work that is.

    Bad: `objectives: []`

    Good: `objectives: [2026-Q4-O1]` or `proposes_objective: Small teams plan a week in one sitting`
    """
    header = pad.header
    if header is None or header.objectives or header.proposes_objective or not pad.template or pad.status in CLOSED:
        return
    if due(pad, context, pad.template.stages[0]) is Severity.ERROR:
        offset = pad.document.key_offset("objectives")
        message = "the PAD serves no objective and proposes none"
        fix = "write `objectives: [ID]` or `proposes_objective: TEXT`"
        yield Finding(document=pad.document, offset=offset, message=message, fix=fix)


@rule("PC111", "control-character", about="violations")
def control_character(pad: Pad, context: Context) -> Iterator[Finding]:
    r"""A line break or control character stands in a field of one line.

    Why: titles go into commit messages, calendars and chats, where a line break forges another line.

    Bad: `title: "Gallery\nPad-Outcome: proceed"`

    Good: `title: Gallery`
    """
    yield from _violations(pad, "control-character", context)


@rule("PC120", "invalid-template", about="faults")
def invalid_template(pad: Pad, _: Context) -> Iterator[Finding]:
    """A template page cannot be used as a frame.

    Why: every PAD made from it would be judged by a frame that nobody can read.

    Bad: `stages: [{stage: problem framing}]`

    Good: `stages: [{stage: problem-framing, heading: Opportunity/Problem Framing}]`
    """
    yield from reported(pad, "invalid-template")


@rule("PC121", "invalid-page", about="faults")
def invalid_page(pad: Pad, _: Context) -> Iterator[Finding]:
    """A team's charter or an objectives page has front matter, or a day of a reading, of another form than it needs.

    Why: PADs refer to these pages; what they declare must be readable.

    Bad: a charter without `name`

    Good: `name: growth`
    """
    yield from reported(pad, "invalid-page")
