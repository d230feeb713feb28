"""The shape of a PAD's front matter, and what the schema says is wrong with one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from padctl.model.fields import (
    NOTHING,
    AsList,
    AsMapping,
    Day,
    Line,
    Name,
    ObjectiveId,
    PadId,
    Record,
    State,
    Whole,
    choice,
    plain_message,
)
from padctl.model.front_matter_advice import form_of
from padctl.model.header import Path
from padctl.model.spelling import meant
from padctl.model.terms import (
    ActionKind,
    Classification,
    MoveKind,
    Outcome,
    Stage,
    Stance,
    Status,
    suggestion,
)


class Slot(Record):
    """A place on a meeting's agenda; `minutes` is at most the meeting's slot length."""

    date: Day
    minutes: Whole | None = None
    presenter: Line | None = None
    ask: Line | None = None


class Feedback(Record):
    """What a reviewer said before the meeting; `answer` is how it was resolved, and `answered_by` who says so."""

    by: Name
    date: Day
    stage: Annotated[Stage, choice(Stage)]
    stance: Annotated[Stance, choice(Stance)]
    note: Line
    resolved: Day | None = None
    answered_by: Line | None = None
    answer: Line | None = None

    @property
    def open(self) -> bool:
        """Whether it asks for an answer that nobody has given."""
        return self.stance is not Stance.SUPPORT and self.resolved is None


class HistoryEntry(Record):
    """One move; `n` counts up from 1, `to` is the stage/status that it led to.

    `stream` is the meeting that it was for, by its name in the settings; entries from before it was written have none.
    """

    n: Whole
    date: Day
    move: Annotated[MoveKind, choice(MoveKind)]
    outcome: Annotated[Outcome, choice(Outcome)] | None = None
    by: Annotated[tuple[Name, ...], AsList] = ()
    recorded: Line | None = None
    to: State
    meeting: Day | None = None
    stream: Line | None = None
    note: Line | None = None
    reason: Line | None = None
    evidence: Line | None = None
    undoes: Whole | None = None
    text: Line | None = None
    override: Line | None = None

    @property
    def decides(self) -> bool:
        """Whether somebody decided: on a review, or that a follow-up is done."""
        return self.outcome is not None or self.move is MoveKind.ADVANCE

    @property
    def stage(self) -> Stage:
        """The stage that the move led to."""
        return Stage(self.to.partition("/")[0])

    @property
    def status(self) -> Status:
        """The status that the move led to."""
        return Status(self.to.partition("/")[2])


def undone(history: Sequence[HistoryEntry]) -> frozenset[int]:
    """Return the numbers of the moves that an `undo` of the history took back."""
    return frozenset(entry.undoes for entry in history if entry.move is MoveKind.UNDO and entry.undoes)


def counts(entry: HistoryEntry, taken_back: frozenset[int]) -> bool:
    """Say whether a move counts: it was not taken back, and is not itself the taking back."""
    return entry.move is not MoveKind.UNDO and entry.n not in taken_back


class Action(Record):
    """Who does what by when; `source` is the `n` of the decision it came from, or None."""

    id: Name
    kind: Annotated[ActionKind, choice(ActionKind)]
    what: Line
    who: Name
    due: Day
    source: Whole | None = Field(default=None, alias="from")
    done: Day | None = None


class FrontMatter(Record):
    """All that a PAD's header says."""

    id: PadId
    title: Line
    owner: Line
    team: Name | None = None
    template: Name
    stage: Annotated[Stage, choice(Stage)]
    status: Annotated[Status, choice(Status)]
    created: Day
    classification: Annotated[Classification, choice(Classification)] | None = None
    objectives: Annotated[tuple[ObjectiveId, ...], AsList] = ()
    proposes_objective: Line | None = None
    sponsors: Annotated[tuple[Name, ...], AsList] = ()
    reviewers: Annotated[tuple[Name, ...], AsList] = ()
    related: Annotated[tuple[PadId, ...], AsList] = ()
    formerly: Annotated[tuple[PadId, ...], AsList] = ()
    links: Annotated[dict[str, Line], AsMapping] = Field(default_factory=dict)
    slot: Slot | None = None
    launched: Day | None = None
    feedback: Annotated[tuple[Feedback, ...], AsList] = ()
    history: Annotated[tuple[HistoryEntry, ...], AsList] = ()
    actions: Annotated[tuple[Action, ...], AsList] = ()

    @property
    def state(self) -> str:
        """Stage and status as history writes them."""
        return f"{self.stage}/{self.status}"

    @property
    def undone(self) -> frozenset[int]:
        """The numbers of the moves that were taken back."""
        return undone(self.history)

    @property
    def standing_moves(self) -> tuple[HistoryEntry, ...]:
        """The moves that count: the history without what was taken back, and without the taking back."""
        taken_back = self.undone
        return tuple(entry for entry in self.history if counts(entry, taken_back))

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """The actions that nobody has reported done."""
        return tuple(action for action in self.actions if action.done is None)

    @property
    def open_decision_actions(self) -> tuple[Action, ...]:
        """The open actions that a decision asked for; they block the next submit and advance."""
        return tuple(action for action in self.open_actions if action.source is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """A breach of the schema: the rule's slug, where in the front matter, and what is wrong."""

    slug: str
    path: Path
    message: str
    fix: str = ""
    at_key: bool = False


_SLUGS = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "date": "invalid-date",
    "choice": "unknown-value",
    "id": "invalid-id",
    "control": "control-character",
}


_FIXES = {
    "invalid-date": "write a day of the calendar as YYYY-MM-DD",
    "unknown-value": "use one of these words",
    "control-character": "write it on one line, without control characters",
}


def read_front_matter(values: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[FrontMatter | None, list[Violation]]:
    """Validate a header's values against the schema.

    `own` names the fields that the PAD's template declares; they and `x-*` keys are not the schema's. Returns the
    front matter, or None with what is wrong; never raises.
    """
    known = {key: value for key, value in values.items() if key not in own and not key.startswith("x-")}
    known = {key: value for key, value in known.items() if value is not None}
    try:
        return FrontMatter.model_validate(known), []
    except ValidationError as error:
        return None, list(_violations(error, values))


def _violations(error: ValidationError, values: Mapping[str, Any]) -> Iterator[Violation]:
    for detail in error.errors(include_url=False):
        path = tuple(step for step in detail["loc"] if isinstance(step, (str, int)))
        slug = _SLUGS.get(detail["type"], "wrong-type")
        field = str(path[-1]) if path else ""
        if slug == "missing-field":
            empty = len(path) == 1 and field in values
            where = f" in {_spelled(path[:-1])}" if len(path) > 1 else ""
            message = f'the key "{field}" is {"empty" if empty else "missing"}{where}'
            yield Violation(slug=slug, path=path, message=message, fix=form_of(path), at_key=empty)
        elif slug == "unknown-field":
            message = f'the key "{field}" is not known{suggestion(field, _keys_at(path[:-1]))}'
            fix = "rename it; a key of your own starts with `x-` or is declared in the template's `fields`"
            if len(path) == 1 and (name := meant(field, _keys_at(()))) and name not in values:
                fix = f"write `{name}` for it; padctl lint --fix does it"
            if len(path) > 1:
                fix = f"the keys here: {', '.join(_keys_at(path[:-1]))}"
            yield Violation(slug=slug, path=path, message=message, fix=fix, at_key=True)
        else:
            blank = detail["msg"] == NOTHING and isinstance(path[-1], int)
            fix = "take the empty entry out, or fill it in" if blank else _FIXES.get(slug) or form_of(path)
            fix = form_of(path) if field == "to" else fix
            yield Violation(slug=slug, path=path, message=f"{_spelled(path)}: {_message(detail)}", fix=fix)


def _message(detail: Any) -> str:
    return "`key: value` pairs belong here" if detail["type"] == "model_type" else plain_message(detail)


def _spelled(path: Path) -> str:
    """Return a path as people count: history entry 2, date."""
    words: list[str] = []
    for step in path:
        words.append(str(step + 1) if isinstance(step, int) else step)
    return " ".join(words)


_NESTED: dict[str, type[Record]] = {
    "slot": Slot,
    "feedback": Feedback,
    "history": HistoryEntry,
    "actions": Action,
}


def _keys_at(path: Path) -> list[str]:
    model = _NESTED.get(str(path[0]), FrontMatter) if path else FrontMatter
    return [field.alias or name for name, field in model.model_fields.items()]
