"""Minutes as text for a terminal, and as the data that the templates of their pages are filled with."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from padctl.render.console import Line, Piece, folded, line
from padctl.render.machine import as_data
from padctl.report.minutes_view import Decision, Minutes
from padctl.report.standing import day


def minutes_text(view: Minutes, *, width: int) -> Iterator[Line]:
    """Yield the minutes: the summary, decisions by outcome, those taken back, and what is carried over."""
    of = "decided outside a meeting, on" if view.outside else "minutes of"
    yield from folded(f"{view.meeting}: {of} {view.weekday} {day(view.date)}", width=width, style="bold")
    if view.asked:
        text = f"{day(view.asked)} was no meeting day: {view.asked_why}. This is the meeting before."
        yield from folded(text, width=width, style="yellow")
    yield line()
    yield from folded(view.summary, width=width)
    for group in view.outcomes:
        yield from _heading(f"{group.label} ({len(group.decisions)})")
        for decision in group.decisions:
            yield from _decision(decision, width)
    if view.taken_back:
        yield from _heading("Taken back since")
    for decision in view.taken_back:
        yield from _decision(decision, width)
    if view.elsewhere:
        yield from _heading("Decided outside a meeting, since the meeting before")
    for decision in view.elsewhere:
        text = f"{decision.title}: {decision.review}, {decision.outcome} on {day(decision.date)}"
        yield from folded(text, width=width, first=f"· {decision.pad} ", rest="  ")
    if view.undecided:
        yield from _heading("Not decided, carried over")
    for left in view.undecided:
        text = f"{left.pad} {left.title}: {left.review} review, {left.owner}, submitted for {day(left.meeting)}"
        yield from folded(text, width=width, first="· ")
    if view.unreadable:
        yield line()
    for path in view.unreadable:
        text = f"{path} cannot be read and may be missing here: padctl lint {path}"
        yield from folded(text, width=width, style="red")


def _heading(text: str) -> Iterator[Line]:
    yield line()
    yield line(Piece(text, "bold"))


def _decision(decision: Decision, width: int) -> Iterator[Line]:
    lead = f"· {decision.pad} "
    after = "" if decision.taken_back else f", {decision.leads_to}"
    yield from folded(f"{decision.title}: {decision.review}{after}", width=width, first=lead, rest="  ")
    if decision.taken_back:
        why = f": {decision.taken_back_why}" if decision.taken_back_why else ""
        text = f"{decision.outcome}; taken back on {day(decision.taken_back)}{why}"
        yield from folded(text, width=width, first="  ", style="yellow")
    if decision.reason:
        yield from folded(decision.reason, width=width, first="  ")
    yield from folded(decided_by(decision), width=width, first="  ", style="dim")
    for action in decision.actions:
        text = f"{action.who}: {action.what} (due {day(action.due)})"
        yield from folded(text, width=width, first=f"  {action.name} {action.id}: ", rest="    ")
    if decision.evidence:
        yield from folded(decision.evidence, width=width, first="  Evidence: ", rest="    ")
    if decision.override:
        yield from folded(decision.override, width=width, first="  Gate overridden: ", rest="    ", style="yellow")


def decided_by(decision: Decision) -> str:
    """Return who decided, and who wrote it down where that was somebody else."""
    by = f"Decided by {', '.join(decision.by)}" if decision.by else "Nobody is named as having decided"
    recorded = decision.recorded and decision.recorded not in decision.by
    return f"{by}; recorded by {decision.recorded}" if recorded else by


def minutes_data(view: Minutes, link: Callable[[str], str]) -> dict[str, Any]:
    """Return what the templates of minutes are filled with; `link` gives the address of a PAD's path."""
    data: dict[str, Any] = as_data(view)
    groups = [group["decisions"] for group in data["outcomes"]]
    decisions = [decision for group in view.outcomes for decision in group.decisions]
    for one, decision in zip([*chain(*groups), *data["taken_back"]], [*decisions, *view.taken_back], strict=True):
        one.update(link=link(decision.path), decided_by=decided_by(decision))
    for one in [*data["undecided"], *data["elsewhere"]]:
        one["link"] = link(one["path"])
    return data
