"""What somebody asks for, what the gates look at, and the move that comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from padctl.model.diagnostic import Diagnostic
from padctl.model.edit import Value
from padctl.model.front_matter import HistoryEntry
from padctl.model.meeting import Meeting
from padctl.model.terms import MoveKind, Outcome, Stage
from padctl.model.transitions import State


@dataclass(frozen=True, kw_only=True)
class ActionRequest:
    """An action as asked for: who does what by when."""

    who: str
    what: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Request:
    """A move as somebody asked for it; what a move does not use stays at its default.

    `day` is the day the move is dated, `meeting` the agenda it is for, `override` the reason for passing gates.
    `seen` holds, by id, the histories that the person saw who was asked: the move is made of no other.
    """

    move: MoveKind
    day: date
    today: date
    meeting: date | None = None
    minutes: int | None = None
    presenter: str | None = None
    ask: str | None = None
    outcome: Outcome | None = None
    by: tuple[str, ...] = ()
    recorded: str | None = None
    note: str | None = None
    reason: str | None = None
    evidence: str | None = None
    actions: tuple[ActionRequest, ...] = ()
    launched: date | None = None
    override: str | None = None
    seen: Mapping[str, Sequence[HistoryEntry]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A move that may be made: the fields it sets (None removes one), the stage it enters, the commit's words.

    `undoes` is the number of the move that it takes back.
    """

    pad_id: str
    kind: MoveKind
    before: State
    after: State
    changes: Mapping[str, Value]
    enters: Stage | None
    subject: str
    notes: tuple[str, ...] = ()
    outcome: Outcome | None = None
    undoes: int | None = None

    @property
    def message(self) -> str:
        """The commit message: a subject for people, trailers for tools."""
        trailers = [
            f"Pad-Id: {self.pad_id}",
            f"Pad-Move: {self.kind}",
            f"Pad-From: {self.before}",
            f"Pad-To: {self.after}",
            *([f"Pad-Outcome: {self.outcome}"] if self.outcome else []),
            *([f"Pad-Undoes: {self.undoes}"] if self.undoes else []),
        ]
        return f"{self.subject}\n\n" + "\n".join(trailers) + "\n"


@dataclass(frozen=True, kw_only=True)
class Gatekeeper:
    """What the gates look at besides the PAD: its findings as if submitted, once asked for, and its meeting.

    `stream` is what the history is to say of that meeting.
    """

    judge: Callable[[], Sequence[Diagnostic]] = tuple
    meeting: Meeting = field(default_factory=Meeting)
    stream: str | None = None
