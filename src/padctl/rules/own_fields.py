"""PC112 to PC114: the fields that an organisation's template declares beside those of every PAD."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from padctl.model.condition import counts_for, told
from padctl.model.diagnostic import Severity
from padctl.model.fields import iso_date
from padctl.model.header import Path, Plain
from padctl.model.pad import Pad
from padctl.model.pattern import LONGEST_VALUE, matches
from padctl.model.template_header import FieldType, OwnField
from padctl.model.terms import suggestion
from padctl.rules.registry import Context, Finding, due, rule

_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_FORMS = {
    FieldType.TEXT: "TEXT",
    FieldType.DATE: "YYYY-MM-DD",
    FieldType.NUMBER: "NUMBER",
    FieldType.LIST: "[ONE, TWO]",
    FieldType.LINK: "https://...",
}


@rule("PC112", "own-field", about="own fields")
def own_field(pad: Pad, context: Context) -> Iterator[Finding]:
    """A field that the organisation's template declares is missing or has another form.

    Why: the organisation asked for it so that its own reports can count on it. A field that is missing only warns
    while the PAD is a draft.

    Bad:
        in the template:  risk_owner: {required: true}
        in the PAD:       no `risk_owner`

    Good:
        in the PAD:       risk_owner: noor
    """
    for name, field, value in _declared(pad):
        message, severity, fix = "", None, _form(name, field)
        if value is None and field.is_due(pad.document.values):
            where = f"; it is due where {told(field.conditions)}" if field.conditions else ""
            message, severity = f'the field "{name}" is missing{where}', _gap(pad, context)
            fix = "; ".join(filter(None, (fix, field.pattern_message)))
        elif value is not None and (problem := _problem(pad, field, value)):
            message = f'the field "{name}" {problem}'
        if message:
            blank = pad.document.values.get(name) is None
            offset = pad.document.key_offset(name) if blank else pad.document.offset_of((name,))
            yield Finding(document=pad.document, offset=offset, message=message, fix=fix, severity=severity)


@rule("PC113", "forbidden-field", about="own fields")
def forbidden_field(pad: Pad, context: Context) -> Iterator[Finding]:
    """A field is filled in that the organisation's template asks for only where another field has a certain value.

    Why: readers take it for true. A risk owner on a PAD of low risk is either left over from before, or the risk is
    not low; somebody has to say which. While the PAD is a draft this only warns.

    Bad:
        in the template:  risk_owner: {only_when: {risk: high}}
        in the PAD:       risk: low
                          risk_owner: noor

    Good:
        in the PAD:       risk: high
                          risk_owner: noor
    """
    for name, field, value in _declared(pad):
        if value is not None and not field.is_allowed(pad.document.values):
            message = f'the field "{name}" is there, and belongs only where {told(field.only_when)}'
            offset, severity = pad.document.key_offset(name), _gap(pad, context)
            fix = f"delete it, or check {' and '.join(f'`{other}`' for other in field.only_when)}"
            yield Finding(document=pad.document, offset=offset, message=message, fix=fix, severity=severity)


@rule("PC114", "pattern-mismatch", about="own fields")
def pattern_mismatch(pad: Pad, context: Context) -> Iterator[Finding]:
    """A field's value is not written as the pattern in the organisation's template asks.

    Why: other systems look the value up by exactly that form; what is written otherwise leads nowhere. While the
    PAD is a draft this only warns.

    Bad:
        in the template:  ticket: {pattern: 'OPS-[0-9]+'}
        in the PAD:       ticket: ops 123

    Good:
        in the PAD:       ticket: OPS-123
    """
    for name, field, value in _declared(pad):
        if value is None or field.pattern is None or _problem(pad, field, value):
            continue
        for path, entry in _entries(name, value):
            if not matches(field.pattern, entry):
                problem = field.pattern_message or f"this does not match {field.pattern}"
                fix = f"write the whole value as the template asks: {field.pattern}"
                if len(entry) > LONGEST_VALUE:
                    problem = f"this is longer than the {LONGEST_VALUE} characters that a pattern describes"
                    fix = "shorten it"
                offset, message, severity = pad.document.offset_of(path), f"{name}: {problem}", _gap(pad, context)
                yield Finding(document=pad.document, offset=offset, message=message, fix=fix, severity=severity)


def _declared(pad: Pad) -> Iterator[tuple[str, OwnField, Plain]]:
    """Yield the own fields that count for a PAD with their values, None for what is blank."""
    for name, field in (pad.template.fields if pad.template else {}).items():
        if counts_for(field.since, pad.created):
            value = pad.document.values.get(name)
            yield name, field, None if value in ("", []) else value


def _gap(pad: Pad, context: Context) -> Severity | None:
    """Return how bad it is now that a field is not as it has to be at submit."""
    return due(pad, context, pad.template.stages[0]) if pad.template else None


def _form(name: str, field: OwnField) -> str:
    """Return what to write."""
    if field.type is FieldType.ONE_OF:
        return f"write `{name}:` and one of {', '.join(field.values)}"
    return f"write `{name}: {_FORMS[field.type]}`"


def _entries(name: str, value: Plain) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a value with the places where they stand: one, or those of a list."""
    entries: list[tuple[Path, Plain]] = [((name,), value)]
    if isinstance(value, list):
        entries = [((name, number), entry) for number, entry in enumerate(value)]
    yield from ((path, entry) for path, entry in entries if isinstance(entry, str))


def _problem(pad: Pad, field: OwnField, value: Plain) -> str:
    """Say what is wrong with the form of a value that may be there, or return an empty string."""
    return _misfit(field, value) if field.is_allowed(pad.document.values) else ""


def _misfit(declared: OwnField, value: Plain) -> str:
    """Say what is wrong with an own field's value, or return an empty string."""
    if declared.type is FieldType.LIST:
        return "" if isinstance(value, list) else "is not a list"
    if not isinstance(value, str):
        return "is not a single value"
    problems = {
        FieldType.TEXT: "",
        FieldType.DATE: "" if _is_date(value) else "is not a date (YYYY-MM-DD)",
        FieldType.NUMBER: "" if _is_number(value) else "is not a number",
        FieldType.ONE_OF: ""
        if value in declared.values
        else f"is not one of {', '.join(declared.values)}{suggestion(value, declared.values)}",
        FieldType.LINK: "" if _is_link(value) else "is not a link (https://...)",
    }
    return problems[declared.type]


def _is_date(value: str) -> bool:
    try:
        return bool(iso_date(value))
    except ValueError:
        return False


def _is_number(value: str) -> bool:
    return bool(_NUMBER.fullmatch(value))


def _is_link(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.netloc if parts.scheme in {"http", "https"} else parts.scheme == "mailto" and parts.path)
    except ValueError:
        return False
