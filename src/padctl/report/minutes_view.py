"""The shape of minutes: decisions by outcome, those taken back since, and what was left undecided."""

from dataclasses import dataclass

from padctl.model.fields import Day


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """An action that a decision asked for; `name` is what people call its kind."""

    id: str
    name: str
    who: str
    what: str
    due: Day


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided about a PAD: after which review, with which outcome, and where it left the PAD.

    `by` and `recorded` are full names; `reason`, `evidence` and `override` are empty where none was given.
    `taken_back` is the day on which an undo took it back, for `taken_back_why`.
    """

    pad: str
    title: str
    path: str
    date: Day
    review: str
    outcome: str
    leads_to: str
    by: tuple[str, ...]
    recorded: str
    reason: str
    evidence: str
    override: str
    actions: tuple[Agreed, ...]
    taken_back: Day | None
    taken_back_why: str


@dataclass(frozen=True, kw_only=True)
class OutcomeGroup:
    """The decisions of one outcome; `outcome` is its name for tools, `label` the one for people."""

    outcome: str
    label: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """A PAD that was in review at the end of the day; `meeting` is the date for which it had been submitted."""

    pad: str
    title: str
    path: str
    review: str
    owner: str
    meeting: Day


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """A meeting's minutes.

    `asked` is the day that was asked for where that was no meeting day, for the reason in `asked_why`. `outside`
    says that the day itself was none, and what is here was decided outside a meeting; `elsewhere` is what was
    decided so since the meeting before. `stream` is the name of one of the settings' meetings, empty for the common
    one. `summary` is one paragraph for those who were absent. `decided` counts the decisions that stand; those in
    `taken_back` do not any more. `unreadable` are the PADs that may be missing here.
    """

    meeting: str
    stream: str
    date: Day
    weekday: str
    asked: Day | None
    asked_why: str
    outside: bool
    summary: str
    decided: int
    outcomes: tuple[OutcomeGroup, ...]
    taken_back: tuple[Decision, ...]
    elsewhere: tuple[Decision, ...]
    undecided: tuple[Undecided, ...]
    unreadable: tuple[str, ...]
