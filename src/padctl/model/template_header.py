"""The front matter of a template: what a page cannot show about stages, sections and own fields."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from padctl.model.fields import AsList, AsMapping, Day, Line, Name, Record, Truth, choice
from padctl.model.terms import Stage


class StageHeader(Record):
    """A stage of the frame; without a heading it has no text of its own."""

    stage: Annotated[Stage, choice(Stage)]
    heading: Line | None = None


class SectionHeader(Record):
    """What a page cannot show about a section.

    `required` maps a front matter field to the value under which the section must be there; `since` is the first
    creation date that is held to it.
    """

    required: Annotated[dict[str, Line], AsMapping] = Field(default_factory=dict)
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
    """A front matter field that the organisation declares; `values` are the choices of a one-of."""

    type: Annotated[FieldType, choice(FieldType)] = FieldType.TEXT
    required: Truth = False
    values: Annotated[tuple[Line, ...], AsList] = ()


class TemplateHeader(Record):
    """A template's front matter."""

    template: Name
    summary: Line | None = None
    stages: Annotated[tuple[StageHeader, ...], AsList] = ()
    sections: Annotated[dict[str, SectionHeader], AsMapping] = Field(default_factory=dict)
    fields: Annotated[dict[str, OwnField], AsMapping] = Field(default_factory=dict)
