"""The front matter of a template: what a page cannot show about stages, sections and own fields."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from padctl.model.condition import AlwaysOrWhere, Conditions, hold
from padctl.model.fields import AsList, AsMapping, Day, Line, Name, Record, Truth, choice
from padctl.model.header import Plain
from padctl.model.terms import Stage


class StageHeader(Record):
    """A stage of the frame; without a heading it has no text of its own."""

    stage: Annotated[Stage, choice(Stage)]
    heading: Line | None = None


class SectionHeader(Record):
    """What a page cannot show about a section.

    `required` are the conditions under which the section must be there; `since` is the first creation date that is
    held to it.
    """

    required: Conditions = Field(default_factory=dict)
    skippable: Truth = False
    aliases: Annotated[tuple[Line, ...], AsList] = ()
    optional_columns: Annotated[tuple[Line, ...], AsList] = ()
    since: Day | None = None


class FieldType(StrEnum):
    """What an organisation's own front matter field holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    ONE_OF = "one-of"
    LIST = "list"
    LINK = "link"


class OwnField(Record):
    """A front matter field that the organisation declares.

    `values` are the choices of a one-of. `required` are the conditions under which the field must be there, none at
    all for always, or None for never; under `only_when` it must be there, and may not be there otherwise. `pattern`
    describes the whole value, or each entry of a list, and `pattern_message` says so to people. `since` is the first
    creation date that is held to any of this.
    """

    type: Annotated[FieldType, choice(FieldType)] = FieldType.TEXT
    required: AlwaysOrWhere = None
    only_when: Conditions = Field(default_factory=dict)
    values: Annotated[tuple[Line, ...], AsList] = ()
    pattern: Line | None = None
    pattern_message: Line | None = None
    since: Day | None = None

    @property
    def conditions(self) -> Conditions | None:
        """The conditions under which the field must be there; None where it never must."""
        return self.only_when or self.required

    def is_due(self, values: Mapping[str, Plain]) -> bool:
        """Say whether a PAD with these front matter values must have the field."""
        return self.conditions is not None and hold(self.conditions, values)

    def is_allowed(self, values: Mapping[str, Plain]) -> bool:
        """Say whether a PAD with these front matter values may have the field."""
        return hold(self.only_when, values)


class TemplateHeader(Record):
    """A template's front matter."""

    template: Name
    summary: Line | None = None
    stages: Annotated[tuple[StageHeader, ...], AsList] = ()
    sections: Annotated[dict[str, SectionHeader], AsMapping] = Field(default_factory=dict)
    fields: Annotated[dict[str, OwnField], AsMapping] = Field(default_factory=dict)
