"""Conditions of the frame: for which PADs a section or a field of the template counts."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from padctl.model.fields import AsMapping, Line, shown
from padctl.model.header import Plain


def _either(value: Any) -> Any:
    if value in (None, "", [], ()):
        raise PydanticCustomError("line", "nothing is written here")
    return value if isinstance(value, (list, tuple)) else [value]


def _always_or_where(value: Any) -> Any:
    if isinstance(value, dict) or value is None:
        return value
    if value in ("true", "false"):
        return {} if value == "true" else None
    problem = "{value} is neither true nor false, nor a condition such as {example}"
    raise PydanticCustomError("choice", problem, {"value": shown(value), "example": "{risk: high}"})


_Wanted = dict[str, Annotated[tuple[Line, ...], BeforeValidator(_either)]]
# Field to the values of which one must stand there; nothing at all always holds.
Conditions = Annotated[_Wanted, AsMapping]
# `true` is the condition that always holds, `false` is None.
AlwaysOrWhere = Annotated[_Wanted | None, BeforeValidator(_always_or_where)]


def hold(conditions: Mapping[str, tuple[str, ...]], values: Mapping[str, Plain]) -> bool:
    """Say whether each field has one of its values, or holds it where the field is a list."""
    return all(_stands(values.get(field), wanted) for field, wanted in conditions.items())


def told(conditions: Mapping[str, tuple[str, ...]]) -> str:
    """Return conditions as a person says them: `risk is high or severe and market is eu`."""
    return " and ".join(f"{field} is {' or '.join(wanted)}" for field, wanted in conditions.items())


def counts_for(since: date | None, created: date | None) -> bool:
    """Say whether what came in on a day counts for a PAD created on a day; one without a date is spared nothing."""
    return not (since and created and created < since)


def _stands(value: Plain, wanted: tuple[str, ...]) -> bool:
    entries = value if isinstance(value, list) else [value]
    return any(entry in wanted for entry in entries)
