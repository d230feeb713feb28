"""The lifecycle as a table: which move leads from which status where, and what replaying a history gives."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from padctl.model.front_matter import HistoryEntry, counts, undone
from padctl.model.terms import PARKED, MoveKind, Outcome, Stage, Status


class State(NamedTuple):
    """Where a PAD stands; its text is `stage/status`."""

    stage: Stage
    status: Status

    def __str__(self) -> str:
        return f"{self.stage}/{self.status}"


_STATES = {str(state): state for state in (State(stage, status) for stage in Stage for status in Status)}


class Effect(Enum):
    """What a cell of the table does where it is no fixed status of the same stage."""

    NEXT_STAGE = auto()
    BY_OUTCOME = auto()
    AS_IT_WAS = auto()


_PARK: dict[MoveKind, Status | Effect] = {MoveKind.HOLD: Status.ON_HOLD, MoveKind.WITHDRAW: Status.WITHDRAWN}
_UNPARK: dict[MoveKind, Status | Effect] = {MoveKind.WITHDRAW: Status.WITHDRAWN, MoveKind.RESUME: Effect.AS_IT_WAS}

TABLE: dict[Status, dict[MoveKind, Status | Effect]] = {
    Status.DRAFT: {MoveKind.SUBMIT: Status.IN_REVIEW, **_PARK},
    Status.IN_REVIEW: {
        MoveKind.SUBMIT: Status.IN_REVIEW,
        MoveKind.DECIDE: Effect.BY_OUTCOME,
        MoveKind.RECALL: Status.DRAFT,
        **_PARK,
    },
    Status.FOLLOW_UP: {MoveKind.SUBMIT: Status.IN_REVIEW, MoveKind.ADVANCE: Effect.NEXT_STAGE, **_PARK},
    Status.IN_PROGRESS: {MoveKind.LAUNCH: Effect.NEXT_STAGE, **_PARK},
    Status.ON_HOLD: _UNPARK,
    Status.WITHDRAWN: _UNPARK,
    Status.DONE: {},
}


def start(stages: Sequence[Stage]) -> State:
    """Return the state of a PAD without history."""
    return _entered(stages[0])


def legal_statuses(stage: Stage, stages: Sequence[Stage]) -> tuple[Status, ...]:
    """Return the statuses that a PAD can have in a stage of its template."""
    working = (Status.IN_PROGRESS,) if stage is Stage.DELIVERY else (Status.DRAFT, Status.IN_REVIEW, Status.FOLLOW_UP)
    last = (Status.DONE,) if stage is stages[-1] else ()
    return (*working, Status.ON_HOLD, Status.WITHDRAWN, *last)


def legal_moves(status: Status) -> tuple[MoveKind, ...]:
    """Return the moves that the table allows from a status."""
    return tuple(TABLE[status])


def target(
    state: State,
    move: MoveKind,
    *,
    stages: Sequence[Stage],
    outcome: Outcome | None = None,
    active: State | None = None,
) -> State | None:
    """Return where a move leads, or None where the table refuses it.

    `outcome` is what `decide` decided; `active` is the state before the PAD was parked, where `resume` returns to.
    """
    effect = TABLE[state.status].get(move)
    if isinstance(effect, Status):
        return State(state.stage, effect)
    if effect is Effect.AS_IT_WAS:
        return active
    if effect is Effect.NEXT_STAGE or (effect is Effect.BY_OUTCOME and outcome and outcome.approves):
        return _after(state.stage, stages)
    if effect is Effect.BY_OUTCOME and outcome:
        return State(state.stage, Status.FOLLOW_UP if outcome is Outcome.FOLLOW_UP else Status.DRAFT)
    return None


class Step(NamedTuple):
    """One entry of a history, replayed: where the PAD stood, and where the table leads (None: refused)."""

    entry: HistoryEntry
    before: State
    expected: State | None


def replay(history: Sequence[HistoryEntry], stages: Sequence[Stage]) -> Iterator[Step]:
    """Replay a history from the first draft on; after a faulty entry go on from what it claims.

    An undo leads to where the PAD stood before the latest move that still stands, and names that one.
    """
    state = active = start(stages)
    standing: list[Step] = []
    for entry in history:
        if entry.move is MoveKind.UNDO:
            latest = standing.pop() if standing and standing[-1].entry.n == entry.undoes else None
            yield Step(entry, before=state, expected=latest.before if latest else None)
        else:
            expected = target(state, entry.move, stages=stages, outcome=entry.outcome, active=active)
            standing.append(Step(entry, before=state, expected=expected))
            yield standing[-1]
        state = _STATES[entry.to]
        active = active if state.status in PARKED else state


def standing_steps(history: Sequence[HistoryEntry], stages: Sequence[Stage]) -> tuple[Step, ...]:
    """Return the steps that count, oldest first: without those taken back, and without the undos."""
    taken_back = undone(history)
    return tuple(step for step in replay(history, stages) if counts(step.entry, taken_back))


def active_state(history: Sequence[HistoryEntry], stages: Sequence[Stage]) -> State:
    """Return the last state in which the PAD was not parked."""
    states = [state for entry in history if (state := _STATES[entry.to]).status not in PARKED]
    return states[-1] if states else start(stages)


def _after(stage: Stage, stages: Sequence[Stage]) -> State:
    following = next((later for later in stages if later.order > stage.order), None)
    if following is None:
        return State(stage, Status.DONE)
    return _entered(following)


def _entered(stage: Stage) -> State:
    return State(stage, Status.IN_PROGRESS if stage is Stage.DELIVERY else Status.DRAFT)
