"""The shape of padctl.toml, and where in it a fault stands."""

import datetime
import re
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    Strict,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from padctl.errors import SettingsError
from padctl.model.addresses import Links
from padctl.model.fields import Day, Email, Line, Name, Record, plain_message, shown
from padctl.model.meeting import Count, Meeting
from padctl.model.quarter import quarter_end
from padctl.model.terms import suggestion
from padctl.model.toml import line_of, loads, places_of

_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|^[-/.]|^@$|[/.]$|\.lock(/|$)")


def _folder(value: str) -> str:
    value = value.replace("\\", "/")
    parts = value.split("/")
    if value.startswith("/") or ".." in parts or ":" in value:
        raise PydanticCustomError("folder", "{value} leads out of the repository", {"value": shown(value)})
    return "/".join(part for part in parts if part not in {"", "."}) or "."


def _prefix(value: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{0,15}", value):
        problem = "{value} is no prefix; use up to 16 capital letters and digits, such as PAD"
        raise PydanticCustomError("prefix", problem, {"value": shown(value)})
    return value


def _branch(value: str) -> str:
    if _NO_BRANCH.search(value):
        raise PydanticCustomError("branch", "{value} is no name of a branch", {"value": shown(value)})
    return value


def _domain(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*", value):
        problem = "{value} is no domain; use small letters, digits, hyphens and dots, as in pads.example.com"
        raise PydanticCustomError("domain", problem, {"value": shown(value)})
    return value


def _named(kind: type[Record], example: str) -> BeforeValidator:
    """Return the validator of a table of tables, which says in one line that the keys of one stand in it."""

    def check(value: Any) -> Any:
        entries = value.items() if isinstance(value, dict) else ()
        keys = [key for key, item in entries if key in kind.model_fields and not isinstance(item, dict)]
        if keys:
            problem = 'this table holds others by their names, and "{key}" stands in it (did you mean {example}?)'
            raise PydanticCustomError("named", problem, {"key": keys[0], "example": example})
        return value

    return BeforeValidator(check)


Folder = Annotated[Line, AfterValidator(_folder)]


class Paths(Record):
    """Folders below the root; `new` is where `padctl new` puts a PAD, else `pads`."""

    pads: Folder = "pads"
    objectives: Folder = "objectives"
    teams: Folder = "teams"
    meetings: Folder = "meetings"
    templates: Folder = "templates"
    new: Folder | None = None

    @property
    def frames(self) -> str:
        """The folder of the PAD templates."""
        return f"{self.templates}/pad".removeprefix("./")

    @model_validator(mode="after")
    def _new_below_pads(self) -> "Paths":
        if self.new and self.pads != "." and not f"{self.new}/".startswith(f"{self.pads}/"):
            raise PydanticCustomError("folder", "`new` has to lie below `pads`, or its PADs are not found")
        return self


class Ids(Record):
    """How an id is written: prefix, hyphen, number of at least `width` digits."""

    prefix: Annotated[Line, AfterValidator(_prefix)] = "PAD"
    width: Annotated[Count, Field(ge=1, le=9)] = 4


class GitSettings(Record):
    """The branch that is the record; `protected` when it only changes by pull request."""

    default: Annotated[Line, AfterValidator(_branch)] | None = None
    protected: Annotated[bool, Strict()] = False


class Person(Record):
    """Someone behind a short name; `left` is the last day, `successor` another short name."""

    name: Line
    email: Email | None = None
    chat: Line | None = None
    left: Day | None = None
    successor: Name | None = None

    def gone(self, today: date) -> bool:
        """Say whether the last day has passed."""
        return self.left is not None and self.left < today


class CalendarSettings(Record):
    """`domain` is what stands behind the @ of the calendar's UIDs: set once, it tells repositories' meetings apart."""

    domain: Annotated[Line, AfterValidator(_domain)] = "padctl.invalid"


class FeedbackSettings(Record):
    """How many days reviewers have to answer."""

    days: Annotated[Count, Field(ge=0, le=365)] = 3


class RecapSettings(Record):
    """How many days after launch the recap is due; `minutes` is the length of the quarter's session, 0 for none."""

    due_days: Annotated[Count, Field(ge=0, le=1000)] = 30
    minutes: Annotated[Count, Field(ge=0, le=1440)] = 60


class RemindSettings(Record):
    """After how many days a draft counts as stale, and how many days ahead actions and recaps are mentioned."""

    stale_days: Annotated[Count, Field(ge=1, le=1000)] = 30
    ahead_days: Annotated[Count, Field(ge=0, le=365)] = 7


class Year(Record):
    """The month in which the fiscal year starts, 1 to 12."""

    starts: Annotated[Count, Field(ge=1, le=12)] = 1


class LintPath(Record):
    """Other severities for the PADs whose path matches a glob."""

    path: Line
    ignore: tuple[Line, ...] = ()
    warn: tuple[Line, ...] = ()
    error: tuple[Line, ...] = ()


class LintSettings(Record):
    """Codes, slugs or code prefixes with another severity than the rule's own."""

    ignore: tuple[Line, ...] = ()
    warn: tuple[Line, ...] = ()
    error: tuple[Line, ...] = ()
    per_path: tuple[LintPath, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All the codes, slugs and prefixes that are named."""
        parts: list[LintSettings | LintPath] = [self, *self.per_path]
        return tuple(word for part in parts for word in (*part.ignore, *part.warn, *part.error))


class Settings(Record):
    """All of padctl.toml; every table is optional. What a meeting of `meetings` does not set is that of `meeting`."""

    # defaults are not validated, and a validator for each would have to be built at every start
    paths: Paths = Paths.model_construct()
    ids: Ids = Ids.model_construct()
    git: GitSettings = GitSettings.model_construct()
    meeting: Meeting = Meeting.model_construct()
    meetings: Annotated[dict[str, Meeting], _named(Meeting, "[meeting]")] = Field(default_factory=dict)
    people: Annotated[dict[str, Person], _named(Person, "[people.NAME]")] = Field(default_factory=dict)
    feedback: FeedbackSettings = FeedbackSettings.model_construct()
    recap: RecapSettings = RecapSettings.model_construct()
    remind: RemindSettings = RemindSettings.model_construct()
    year: Year = Year.model_construct()
    links: Links = Links.model_construct()
    calendar: CalendarSettings = CalendarSettings.model_construct()
    lint: LintSettings = LintSettings.model_construct()

    @field_validator("meetings")
    @classmethod
    def _streams(cls, meetings: dict[str, Meeting], info: ValidationInfo) -> dict[str, Meeting]:
        common = info.data.get("meeting")  # not there where it is faulty
        return {key: common.stream(key, own) for key, own in meetings.items()} if common else meetings

    def short_name(self, name: str) -> str:
        """Return the short name behind a short name in any case, a full name or an e-mail; else the text itself."""
        return self._short_names.get(name.casefold(), name)

    @cached_property
    def _short_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, person in self.people.items():
            for name in (key, person.name, person.email or person.name):
                found.setdefault(name.casefold(), key)
        return found

    def recap_due(self, launched: date) -> date:
        """Return the day by which a PAD's recap is due: the days that are given, and not before its quarter ends."""
        days = min(datetime.timedelta(days=self.recap.due_days), date.max - launched)
        return max(launched + days, quarter_end(launched, starts=self.year.starts))

    def person(self, key: str) -> str:
        """Return the full name behind a short one, or the short one itself."""
        return self.people[key].name if key in self.people else key

    def known_as(self, name: str, on: date) -> str:
        """Return the full name behind any name of a person, with a mark where they have left by a day."""
        key = self.short_name(name)
        return f"{self.person(key)}{' (left)' if key in self.people and self.people[key].gone(on) else ''}"

    def stand_in(self, key: str, today: date) -> str:
        """Return who takes over what a person owes: the first successor who is still there, else the person itself."""
        passed: list[str] = []
        current: str | None = key
        while current in self.people and self.people[current].gone(today) and current not in passed:
            passed.append(current)
            current = self.people[current].successor
        return key if current is None or current in passed else current


def read_settings(text: str, *, path: str, table: tuple[str, ...] = ()) -> Settings:
    """Read settings from TOML; `table` leads to them in a file that holds more, such as pyproject.toml.

    Raises:
        SettingsError: the file is not TOML, or a key or value is not known; names file, line and the nearest name.
    """
    try:
        values: Any = loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"{path}: not valid TOML: {error}", fix="quote texts, and close brackets and quotes"
        ) from None
    for step in table:
        values = values.get(step, {}) if isinstance(values, dict) else {}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)
    places = places_of(text)
    steps = [(*table, *map(str, detail["loc"])) for detail in details]
    found = sorted(zip([line_of(places, step) for step in steps], steps, details, strict=True), key=itemgetter(0))
    lines = [_described(f"{path}:{line}", step, len(table), detail) for line, step, detail in found]
    fix = "correct what stands there"
    if any(detail["type"] == "extra_forbidden" for detail in details):
        fix = "the keys are listed in the README, under Settings"
    raise SettingsError("\n".join(lines), fix=fix)


def _described(where: str, steps: tuple[str, ...], skip: int, detail: Any) -> str:
    name = steps[-1] if steps else ""
    if detail["type"] == "extra_forbidden":
        near = suggestion(name, _known(steps[skip:-1]))
        if steps[skip:-1] == ("meeting",) and isinstance(detail["input"], dict):
            near = f" (did you mean [meetings.{name}]?)"
        return f'{where}: unknown key "{name}"{near}'
    return f"{where}: {'.'.join(steps[skip:] or steps)}: {plain_message(detail)}"


def _known(steps: tuple[str, ...]) -> list[str]:
    """Return the keys known in the table at a path."""
    if not steps:
        return list(Settings.model_fields)
    tables = {"meetings": Meeting, "people": Person, "per_path": LintPath}
    found = next((tables[step] for step in steps if step in tables), None)
    annotation = found or Settings.model_fields[steps[0]].annotation
    return list(getattr(annotation, "model_fields", {}))
