"""An agenda that reads only the PADs that stir says, of every day, what one that reads all of them says."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from padctl.cli.meetings import agenda_of, date_of
from padctl.cli.options import State
from padctl.cli.session import Session
from padctl.errors import PadctlError
from padctl.lint import lint
from padctl.model.diagnostic import Severity
from padctl.render.machine import to_json
from padctl.report.agenda import agenda, reviewed
from padctl.report.agenda_days import held_on
from padctl.report.agenda_facts import Facts
from padctl.store.workspace import open_workspace

from .test_memory_laws import BODY, STEPS, Place, Step

Move = tuple[str, str, str]
TODAY = date(2026, 11, 24)
DAYS = [date(2026, 11, 26), date(2026, 11, 19), date(2026, 11, 12), date(2026, 11, 10), date(2026, 12, 24)]
PROBLEM, SOLUTION = "problem-framing", "solution-framing"
# What may happen to a PAD: the move, where it leads, and what else its entry says; each some days after the one before.
ASKED = ("submit", f"{PROBLEM}/in-review", "meeting: {soon}")
LAUNCHED = ("launch", "post-launch-recap/draft", "")
LIVES = (
    (ASKED, ("decide", f"{SOLUTION}/draft", "outcome: proceed"), ("undo", f"{PROBLEM}/in-review", "undoes: 2")),
    (ASKED, ("decide", f"{PROBLEM}/follow-up", "outcome: follow-up")),
    (ASKED, ("recall", f"{PROBLEM}/draft", "")),
    (ASKED, ("hold", f"{PROBLEM}/on-hold", "reason: No time")),
    (LAUNCHED, ("withdraw", "post-launch-recap/withdrawn", "reason: Gone")),
)
POINTS = list(dict.fromkeys(life[:length] for life in LIVES for length in range(len(life) + 1)))
ACTIONS = ("", "due: 2026-11-12", "due: 2026-12-03", "due: 2026-11-12, done: 2026-11-11")


def life_text(number: int, moves: tuple[Move, ...], days: list[date], soon: timedelta, action: str, more: str) -> str:
    """Return a PAD whose moves were made on days; a review is for a meeting some time after its submit."""
    entries = [
        f"  - {{{', '.join(filter(None, [f'n: {n}, date: {day}, move: {move}, to: {to}', said]))}}}\n"
        for n, ((move, to, said), day) in enumerate(zip(moves, days[1:], strict=True), 1)
        for said in [said.format(soon=day + soon)]
    ]
    stage, status = (moves[-1][1] if moves else f"{PROBLEM}/draft").split("/")
    fields = [
        f"title: Title {number}\nowner: dana\ntemplate: standard\nstage: {stage}\nstatus: {status}\ncreated: {days[0]}",
        more,
        *([f"slot: {{date: {days[-1] + soon}}}"] if status == "in-review" else []),
        *([f"launched: {days[1]}"] if stage == "post-launch-recap" else []),
        *(["history:", "".join(entries).rstrip()] if entries else []),
        *([f"actions:\n  - {{id: A1, kind: other, what: Ask, who: eli, {action}}}"] if action else []),
    ]
    return "---\n" + "\n".join(fields) + "\n---\n# Title\n" + BODY.format(words="", link="#why")


@st.composite
def lived(draw: st.DrawFn) -> Step:
    """Write a PAD at some point of some life, over whatever is there."""
    number = draw(st.integers(1, 4))
    moves = draw(st.sampled_from(POINTS))
    gaps = draw(st.lists(st.integers(0, 20), min_size=len(moves), max_size=len(moves)))
    created = TODAY - timedelta(days=draw(st.sampled_from([0, 7, 30, 90])))
    days = [*accumulate(gaps, lambda day, gap: day + timedelta(days=gap), initial=created)]
    more = [
        f"id: PAD-000{draw(st.sampled_from([number, number, 1]))}",
        draw(st.sampled_from(["team: growth", "team: else"])),
        draw(st.sampled_from(["sponsors: [sam]", "formerly: [PAD-0009]", "stray: 1"])),
    ]
    soon = timedelta(days=draw(st.integers(0, 9)))
    text = life_text(number, moves, days, soon, draw(st.sampled_from(ACTIONS)), "\n".join(more))
    return lambda place: place.write(f"pads/PAD-000{number}-x.md", text)


def told(run: Callable[[Place, date | None, str | None], object], *of: Any) -> str:
    """Return what a run gives as JSON, or what it refuses."""
    try:
        return to_json("agenda", run(*of))
    except PadctlError as error:
        return error.message


def with_memory(place: Place, day: date | None, stream: str | None) -> object:
    """Return what `padctl agenda` makes of a day."""
    session = Session(State(root=str(place.root), today=f"{place.today}"))
    return agenda_of(session, date_of(session, day, stream), stream)


def without(place: Place, day: date | None, stream: str | None) -> object:
    """Return the agenda that all PADs give, each of them read and judged."""
    corpus = open_workspace(place.root).corpus
    asked = day or held_on(corpus, place.today, today=place.today, stream=stream) or place.today
    pads = [corpus.by_path[pad.path] for pad in reviewed(corpus, day=asked, today=place.today, stream=stream)]
    found = lint(corpus, today=place.today, pads=pads, pages=[]).diagnostics
    errors = {pad.path: sum(f.path == pad.path and f.severity is Severity.ERROR for f in found) for pad in pads}
    return agenda(corpus, day=asked, today=place.today, stream=stream, facts=Facts(errors=errors))


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.one_of(lived(), lived(), lived(), STEPS), min_size=3, max_size=12),
    days=st.lists(st.sampled_from(DAYS), min_size=1, max_size=2),
)
def test_an_agenda_by_memory_is_the_agenda_of_all_pads(steps: list[Step], days: list[date]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        place = Place(Path(folder).resolve() / "repository", Path(folder) / "memory")
        patch.setenv("PADCTL_CACHE_DIR", str(place.memory))
        place.write("padctl.toml", "")
        for step in steps:
            step(place)
            for of in product([place], [None, *days], streams(place)):
                assert told(with_memory, *of) == told(without, *of)


@pytest.mark.parametrize("weeks", [0, 2, 4])
def test_pads_of_all_states_and_ages_are_on_the_agenda_as_ever(
    weeks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path / "repository", tmp_path / "memory")
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(place.memory))
    for number, (moves, action) in enumerate(product(POINTS, ACTIONS), 1):
        days = [TODAY - timedelta(days=7 * (weeks + len(moves) - n) + number % 5) for n in range(len(moves) + 1)]
        text = life_text(number, moves, days, timedelta(days=2), action, f"id: PAD-{number:04}")
        place.write(f"pads/PAD-{number:04}-x.md", text)
    for day in (None, *DAYS, *(TODAY - timedelta(days=back) for back in range(0, 40, 3))):
        assert told(with_memory, place, day, None) == told(without, place, day, None)


def streams(place: Place) -> list[str | None]:
    """Return the meetings of the settings, the common one first."""
    try:
        return [None, *open_workspace(place.root).settings.meetings]
    except PadctlError:
        return [None]
