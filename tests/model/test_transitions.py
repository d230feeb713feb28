"""Every cell of the lifecycle table, and the replay of whole histories."""

from datetime import date
from pathlib import Path

import pytest

from padctl.model.document import read_document
from padctl.model.front_matter import HistoryEntry, read_front_matter
from padctl.model.terms import MoveKind, Outcome, Stage, Status
from padctl.model.transitions import State, active_state, legal_moves, legal_statuses, replay, start, target

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "pads").glob("*.md"))
PROBLEM, SOLUTION, DELIVERY, RECAP = Stage
FRAMES = {"standard": (PROBLEM, SOLUTION, DELIVERY, RECAP), "light": (PROBLEM, DELIVERY, RECAP)}
NEXT = {
    ("standard", PROBLEM): "solution-framing/draft",
    ("standard", SOLUTION): "delivery/in-progress",
    ("light", PROBLEM): "delivery/in-progress",
    ("standard", RECAP): "post-launch-recap/done",
    ("light", RECAP): "post-launch-recap/done",
}

# "-" is refused, "next" the stage after, "back" the state before the PAD was parked, "outcome" as OUTCOMES says.
TABLE = """
                submit     decide   advance  launch  recall  hold     withdraw   resume
    draft       in-review  -        -        -       -       on-hold  withdrawn  -
    in-review   in-review  outcome  -        -       draft   on-hold  withdrawn  -
    follow-up   in-review  -        next     -       -       on-hold  withdrawn  -
    in-progress -          -        -        recap   -       on-hold  withdrawn  -
    on-hold     -          -        -        -       -       -        withdrawn  back
    withdrawn   -          -        -        -       -       -        withdrawn  back
    done        -          -        -        -       -       -        -          -
"""
OUTCOMES = {"proceed": "next", "proceed-with-corrections": "next", "follow-up": "follow-up", "rework": "draft"}
HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
STATUSES_OF = {
    PROBLEM: {"draft", "in-review", "follow-up", "on-hold", "withdrawn"},
    SOLUTION: {"draft", "in-review", "follow-up", "on-hold", "withdrawn"},
    DELIVERY: {"in-progress", "on-hold", "withdrawn"},
    RECAP: {"draft", "in-review", "follow-up", "on-hold", "withdrawn", "done"},
}


def expected(cell: str, frame: str, stage: Stage, active: str) -> str | None:
    if cell == "-":
        return None
    if cell == "next":
        return NEXT[frame, stage]
    return {"back": active, "recap": "post-launch-recap/draft"}.get(cell, f"{stage}/{cell}")


def cells() -> list[tuple[str, Stage, str, str, str]]:
    """Frame, stage, status, move and what the table says, for each status that the stage can have."""
    return [
        (frame, stage, status, move, cell)
        for frame, stages in FRAMES.items()
        for stage in stages
        for status, *row in ROWS
        if status in STATUSES_OF[stage]
        for move, cell in zip(HEAD, row, strict=True)
    ]


def test_the_table_of_the_test_is_whole() -> None:
    assert [move.value for move in MoveKind] == [*HEAD, "undo"]
    assert [row[0] for row in ROWS] == [status.value for status in Status]
    assert list(OUTCOMES) == [outcome.value for outcome in Outcome]


@pytest.mark.parametrize(("frame", "stage", "status", "move", "cell"), cells())
@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_every_cell(frame: str, stage: Stage, status: str, move: str, cell: str, outcome: Outcome | None) -> None:
    active = State(stage, Status.IN_PROGRESS if stage is DELIVERY else Status.FOLLOW_UP)
    if cell == "outcome":
        cell = OUTCOMES[outcome] if outcome else "-"
    state = target(State(stage, Status(status)), MoveKind(move), stages=FRAMES[frame], outcome=outcome, active=active)
    assert (str(state) if state else None) == expected(cell, frame, stage, str(active))


@pytest.mark.parametrize(("status", "row"), [(status, row) for status, *row in ROWS])
def test_legal_moves_are_the_cells_that_are_not_refused(status: str, row: list[str]) -> None:
    wanted = {move for move, cell in zip(HEAD, row, strict=True) if cell != "-"}
    assert {move.value for move in legal_moves(Status(status))} == wanted
    assert len(legal_moves(Status(status))) == len(wanted)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("stage", list(Stage))
def test_legal_statuses_of_a_stage(frame: str, stage: Stage) -> None:
    assert {status.value for status in legal_statuses(stage, FRAMES[frame])} == STATUSES_OF[stage]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_pad_starts_as_a_draft_of_its_first_stage(frame: str) -> None:
    assert str(start(FRAMES[frame])) == "problem-framing/draft"


def test_a_frame_that_ends_with_delivery_is_done_at_launch() -> None:
    stages = (PROBLEM, DELIVERY)
    assert str(target(State(DELIVERY, Status.IN_PROGRESS), MoveKind.LAUNCH, stages=stages)) == "delivery/done"
    assert Status.DONE in legal_statuses(DELIVERY, stages)


def test_a_frame_of_one_stage_is_done_at_its_approval() -> None:
    state = target(State(PROBLEM, Status.IN_REVIEW), MoveKind.DECIDE, stages=(PROBLEM,), outcome=Outcome.PROCEED)
    assert str(state) == "problem-framing/done"


def test_a_frame_that_starts_with_delivery_starts_in_progress() -> None:
    assert str(start((DELIVERY, RECAP))) == "delivery/in-progress"


def history(*moves: str) -> tuple[HistoryEntry, ...]:
    """Read entries from lines such as "decide rework problem-framing/draft"."""
    entries = []
    for n, line in enumerate(moves, start=1):
        move, *outcome, to = line.split()
        values = {"n": str(n), "date": "2026-11-26", "move": move, "to": to}
        entries.append(HistoryEntry.model_validate({**values, **({"outcome": outcome[0]} if outcome else {})}))
    return tuple(entries)


WHOLE = {
    "standard": history(
        "submit problem-framing/in-review",
        "submit problem-framing/in-review",
        "recall problem-framing/draft",
        "submit problem-framing/in-review",
        "decide rework problem-framing/draft",
        "submit problem-framing/in-review",
        "decide follow-up problem-framing/follow-up",
        "advance solution-framing/draft",
        "submit solution-framing/in-review",
        "decide follow-up solution-framing/follow-up",
        "submit solution-framing/in-review",
        "hold solution-framing/on-hold",
        "withdraw solution-framing/withdrawn",
        "resume solution-framing/in-review",
        "decide proceed-with-corrections delivery/in-progress",
        "hold delivery/on-hold",
        "resume delivery/in-progress",
        "launch post-launch-recap/draft",
        "submit post-launch-recap/in-review",
        "decide follow-up post-launch-recap/follow-up",
        "advance post-launch-recap/done",
    ),
    "light": history(
        "withdraw problem-framing/withdrawn",
        "withdraw problem-framing/withdrawn",
        "resume problem-framing/draft",
        "submit problem-framing/in-review",
        "decide proceed delivery/in-progress",
        "launch post-launch-recap/draft",
        "submit post-launch-recap/in-review",
        "decide proceed post-launch-recap/done",
    ),
}


@pytest.mark.parametrize("frame", WHOLE)
def test_a_whole_history_replays(frame: str) -> None:
    steps = list(replay(WHOLE[frame], FRAMES[frame]))
    assert [str(step.expected) for step in steps] == [step.entry.to for step in steps]
    assert [str(step.before) for step in steps] == ["problem-framing/draft", *(s.entry.to for s in steps[:-1])]


@pytest.mark.parametrize("resumed", ["problem-framing/draft", "problem-framing/in-review", "problem-framing/follow-up"])
@pytest.mark.parametrize("parking", [["hold on-hold"], ["withdraw withdrawn"], ["hold on-hold", "withdraw withdrawn"]])
def test_resume_leads_to_the_state_before_the_pad_was_parked(resumed: str, parking: list[str]) -> None:
    before = {
        "problem-framing/draft": (),
        "problem-framing/in-review": ("submit problem-framing/in-review",),
        "problem-framing/follow-up": (
            "submit problem-framing/in-review",
            "decide follow-up problem-framing/follow-up",
        ),
    }[resumed]
    parked = [line.replace(" ", " problem-framing/") for line in parking]
    entries = history(*before, *parked, f"resume {resumed}")
    assert str(list(replay(entries, FRAMES["standard"]))[-1].expected) == resumed
    assert str(active_state(entries[:-1], FRAMES["standard"])) == resumed


def test_resume_without_a_known_state_is_refused() -> None:
    assert target(State(PROBLEM, Status.ON_HOLD), MoveKind.RESUME, stages=FRAMES["standard"]) is None


def test_replay_goes_on_from_what_a_faulty_entry_claims() -> None:
    entries = history(
        "decide proceed solution-framing/draft",
        "submit solution-framing/in-review",
        "launch post-launch-recap/draft",
        "submit post-launch-recap/follow-up",
    )
    steps = list(replay(entries, FRAMES["standard"]))
    assert [str(step.expected) if step.expected else None for step in steps] == [
        None,
        "solution-framing/in-review",
        None,
        "post-launch-recap/in-review",
    ]
    assert str(steps[3].before) == "post-launch-recap/draft"


def test_an_empty_history_has_no_steps() -> None:
    assert list(replay((), FRAMES["light"])) == []
    assert str(active_state((), FRAMES["light"])) == "problem-framing/draft"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_says_what_its_history_gives(path: Path) -> None:
    header, violations = read_front_matter(read_document(path.read_bytes(), path=path.name).values, {})
    assert violations == []
    assert header is not None
    steps = list(replay(header.history, FRAMES[header.template]))
    assert [str(step.expected) for step in steps] == [step.entry.to for step in steps]
    assert header.state == (steps[-1].entry.to if steps else str(start(FRAMES[header.template])))
    assert all(step.entry.date <= date(2026, 12, 31) for step in steps)
