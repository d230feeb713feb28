"""What is wrong with the conditions and the own fields that a template's front matter declares."""

from collections.abc import Iterator, Mapping

from padctl.model.condition import Conditions
from padctl.model.diagnostic import Fault
from padctl.model.document import Document
from padctl.model.front_matter import FrontMatter
from padctl.model.header import Path
from padctl.model.pattern import pattern_problem
from padctl.model.template_header import FieldType, OwnField, TemplateHeader
from padctl.model.terms import Classification, Status, suggestion

_WITHOUT_A_VALUE = ("links", "slot", "feedback", "history", "actions")


def fault(offset: int, message: str, fix: str) -> Fault:
    """Return a fault of a template."""
    return Fault(slug="invalid-template", offset=offset, message=message, fix=fix)


def field_faults(document: Document, header: TemplateHeader) -> Iterator[Fault]:
    """Yield what is wrong with the own fields, each at its line."""
    for name, field in header.fields.items():
        offset = document.key_offset("fields", name)
        if name in FrontMatter.model_fields:
            yield fault(offset, f'"{name}" is a field of every PAD already', "choose another name")
        if (field.type is FieldType.ONE_OF) != bool(field.values):
            yield fault(offset, f'"{name}": `values` and `type: one-of` belong together', "write both or neither")
        if field.required is not None and field.only_when:
            message = f'"{name}": `only_when` says already when the field is required'
            yield fault(document.key_offset("fields", name, "required"), message, "delete `required`, or `only_when`")
        for key in ("required", "only_when"):
            yield from condition_faults(document, header, ("fields", name, key), getattr(field, key) or {})
        yield from _pattern_faults(document, name, field)


def condition_faults(document: Document, header: TemplateHeader, path: Path, conditions: Conditions) -> Iterator[Fault]:
    """Yield what keeps conditions from ever holding; `path` leads to them in the front matter."""
    fields = [*FrontMatter.model_fields, *header.fields]
    known = _known_values(header)
    for field, wanted in conditions.items():
        offset = document.key_offset(*path, field)
        if field not in fields:
            message = f'there is no front matter field "{field}"{suggestion(field, fields)}'
            yield fault(offset, message, "name a field of the PAD, or declare it under `fields:`")
        elif path[:2] == ("fields", field):
            yield fault(offset, f'"{field}" cannot depend on itself', "name another field")
        elif field in _WITHOUT_A_VALUE:
            yield fault(offset, f'nothing can depend on "{field}": it holds no single value', "name another field")
        for value in wanted if field in known else ():
            if value not in known[field]:
                message = f'"{field}" is never "{value}"{suggestion(value, known[field])}'
                yield fault(document.offset_of((*path, field)), message, f"its values: {', '.join(known[field])}")


def _known_values(header: TemplateHeader) -> Mapping[str, tuple[str, ...]]:
    """Return the fields that know their values."""
    own = {name: field.values for name, field in header.fields.items() if field.values}
    stages = tuple(stage.stage.value for stage in header.stages)
    return {"classification": tuple(Classification), "status": tuple(Status), "stage": stages, **own}


def _pattern_faults(document: Document, name: str, field: OwnField) -> Iterator[Fault]:
    if field.pattern is None:
        if field.pattern_message:
            offset = document.key_offset("fields", name, "pattern_message")
            yield fault(offset, f'"{name}": there is no `pattern` for this message', "add `pattern`")
    elif field.type is FieldType.ONE_OF:
        message = f'"{name}": its `values` say already what may stand there'
        yield fault(document.key_offset("fields", name, "pattern"), message, "delete `pattern`")
    elif problem := pattern_problem(field.pattern):
        message = f'"{name}": the pattern cannot be used: {problem}'
        fix = "write a plainer one, such as 'OPS-[0-9]+'; docs/templates.md says what it may hold"
        yield fault(document.offset_of(("fields", name, "pattern")), message, fix)
