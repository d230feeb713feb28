"""The scalar types that untrusted text is read into, shared by front matter, settings and templates."""

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from padctl.model.terms import PAD_ID, YEARS, Stage, Status, suggestion

NOTHING = "nothing is written here"

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"\w[\w.@-]*")
_EMAIL = re.compile(r"[\w.!$'*+=^{|}~-]+@[\w-]+(?:\.[\w-]+)*")  # nothing that means more in a mailto address
_CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})
_STAGES, _STATUSES = frozenset(Stage), frozenset(Status)
_OBJECTIVE = re.compile(r"\w[\w.-]*")


class Record(BaseModel):
    """A frozen value whose unknown keys are faults."""

    # a run validates a few of the two dozen records, and a nested one is built with the one around it
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=False, defer_build=True)


def iso_date(value: Any) -> date:
    """Read YYYY-MM-DD."""
    if isinstance(value, date) and not isinstance(value, datetime):
        day = value
    elif isinstance(value, str) and _DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("date", "{value} is not a day of the calendar", {"value": value}) from None
    else:
        raise PydanticCustomError("date", "{value} is not a date; write YYYY-MM-DD", {"value": shown(value)})
    if day.year not in YEARS:
        raise PydanticCustomError("date", "{value} is outside of the years 1900 to 2999", {"value": str(value)})
    return day


def shown(value: Any) -> str:
    """Return a value as a message quotes it: short, and never a Python repr."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    text = str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'  # noqa: PLR2004  # fits a line


_PLAIN = {
    "list": "a list belongs here",
    "tuple": "a list belongs here",
    "dict": "a table of keys and values belongs here",
    "model": "a table of keys and values belongs here",
    "string": "a text belongs here",
    "int": "a whole number belongs here",
    "bool": "true or false belongs here",
}


def plain_message(detail: Any) -> str:
    """Return what a validation error says, in words for people who know no Python."""
    kind, _, rest = detail["type"].partition("_")
    wrong_type = rest in {"type", "parsing", "from_float", "attributes_type"}
    return _PLAIN[kind] if wrong_type and kind in _PLAIN else str(detail["msg"]).replace("Input should", "it should")


def _line(value: Any) -> str:
    if isinstance(value, (list, dict)):
        raise PydanticCustomError("line", "{value} stands where a line of text belongs", {"value": shown(value)})
    text = str(value).strip() if value is not None else ""
    if text.isprintable() and text:
        return text
    if not text:
        raise PydanticCustomError("line", NOTHING)
    if any(unicodedata.category(char) in _CONTROL for char in text):
        raise PydanticCustomError("control", "a line break or control character stands in a one-line field")
    return text


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        problem = "{value} is not a name; use one word of letters, digits, dots and hyphens"
        raise PydanticCustomError("name", problem, {"value": shown(text)})
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        problem = "{value} is no e-mail address such as dana@example.com"
        raise PydanticCustomError("email", problem, {"value": shown(text)})
    return text


def _email_if_any(text: str) -> str:
    return _email(text) if "@" in text else text


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:  # noqa: PLR2004  # fits every platform
        return int(value)
    raise PydanticCustomError("number", "{value} is not a whole number", {"value": shown(value)})


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return bool(value == "true")
    raise PydanticCustomError("choice", "{value} is neither true nor false", {"value": shown(value)})


def _pad_id(text: str) -> str:
    if not PAD_ID.fullmatch(text):
        raise PydanticCustomError("id", "{value} is not an id such as PAD-0007", {"value": shown(text)})
    return text


def _objective(text: str) -> str:
    if not _OBJECTIVE.fullmatch(text):
        raise PydanticCustomError("id", "{value} is not an objective's id such as 2026-Q4-O1", {"value": shown(text)})
    return text


def _list(value: Any) -> Any:
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple)):
        return value
    problem = "{value} stands where a list belongs; write it in brackets"
    raise PydanticCustomError("list", problem, {"value": shown(value)})


def _mapping(value: Any) -> Any:
    if value is None:
        return {}
    if isinstance(value, (dict, BaseModel)):
        return value
    raise PydanticCustomError("mapping", "{value} stands where `name: value` pairs belong", {"value": shown(value)})


def _state(text: str) -> str:
    stage, _, status = text.partition("/")
    if stage not in _STAGES or status not in _STATUSES:
        raise PydanticCustomError("choice", "{value} is not a stage/status", {"value": shown(text)})
    return text


def choice(kind: type[StrEnum]) -> BeforeValidator:
    """Return the validator of an enum whose message lists what is allowed and suggests the nearest."""
    known = [member.value for member in kind]

    def check(value: Any) -> Any:
        if value in known:
            return value
        problem = "{value} is not one of {known}{suggestion}"
        near = suggestion(str(value), known)
        context = {"value": shown(value), "known": ", ".join(known), "suggestion": near}
        raise PydanticCustomError("choice", problem, context)

    return BeforeValidator(check)


Day = Annotated[date, BeforeValidator(iso_date)]
Line = Annotated[str, BeforeValidator(_line)]
Name = Annotated[str, BeforeValidator(_line), AfterValidator(_name)]
Email = Annotated[str, BeforeValidator(_line), AfterValidator(_email)]
Invited = Annotated[str, BeforeValidator(_line), AfterValidator(_email_if_any)]
Whole = Annotated[int, BeforeValidator(_whole)]
Truth = Annotated[bool, BeforeValidator(_truth)]
PadId = Annotated[str, BeforeValidator(_line), AfterValidator(_pad_id)]
ObjectiveId = Annotated[str, BeforeValidator(_line), AfterValidator(_objective)]
State = Annotated[str, BeforeValidator(_line), AfterValidator(_state)]
AsList = BeforeValidator(_list)
AsMapping = BeforeValidator(_mapping)
