"""The agenda as text for a terminal; its Markdown comes from a template."""

from collections.abc import Iterator, Sequence

from padctl.render.console import Line, Piece, folded, line
from padctl.report.agenda_view import Agenda, Item, OwedAction
from padctl.report.standing import day


def agenda_text(view: Agenda, *, width: int) -> Iterator[Line]:
    """Yield the agenda: what is reviewed, in which order, and what is owed."""
    at = f", {view.time} ({view.timezone})" if view.time else ""
    yield line(Piece(f"{view.meeting}, {view.date:%A} {day(view.date)}{at}", "bold"))
    yield from _circumstances(view, width)
    for number, item in enumerate(view.items, start=1):
        yield line()
        yield from _item(number, item, width)
    yield from _owed(view, width)


def _circumstances(view: Agenda, width: int) -> Iterator[Line]:
    if view.closed:
        yield line(Piece("No meeting on this day: it is among the closures.", "yellow"))
    elif not view.regular:
        yield line(Piece("Not the meeting's usual weekday.", "yellow"))
    yield from _around(view, width)
    if not view.items:
        return
    count = len(view.items)
    yield line(f"{count} PAD{'s' if count > 1 else ''}, {view.minutes} of {view.capacity} minutes")
    if view.minutes > view.capacity:
        over = view.minutes - view.capacity
        yield line(Piece(f"{over} minutes too many: move an item, or shorten slots.", "yellow"))
    if view.sponsors:
        yield from folded(", ".join(view.sponsors), width=width, first="Deciding: ")


def _around(view: Agenda, width: int) -> Iterator[Line]:
    """Yield what stands beside the items: decisions, an empty meeting, later dates, PADs that cannot be read."""
    for decided in view.decided:
        by = f" ({', '.join(decided.by)})" if decided.by else ""
        note = f". {decided.note}" if decided.note else ""
        text = f"{decided.pad} {decided.title}: {decided.outcome}{by}{note}"
        yield from folded(text, width=width, first="Decided: ")
    if view.cancelled:
        yield line()
        yield from folded("Nothing submitted: there is nothing to decide, so the meeting is cancelled.", width=width)
    elif not view.items:
        yield line("Nothing else is submitted." if view.decided else "Nothing submitted.")
    for later in view.later if not view.items else ():
        pads = f"{later.pads} PAD is" if later.pads == 1 else f"{later.pads} PADs are"
        yield line(f"{pads} submitted for {day(later.date)}: padctl agenda {later.date}")
    for path in view.unreadable:
        yield from folded(
            f"{path} cannot be read and may be missing here: padctl lint {path}", width=width, style="red"
        )


def _item(number: int, item: Item, width: int) -> Iterator[Line]:
    lead = f"{number}. "
    margin = " " * len(lead)
    yield from folded(f"{item.pad} {item.title}", width=width, first=lead, style="bold")
    owner = "" if item.presenter == item.owner else f", for {item.owner}"
    team = f", team {item.team}" if item.team else ""
    facts = f"{item.review.capitalize()} review · {item.minutes} minutes · {item.presenter}{owner}{team}"
    yield from folded(facts, width=width, first=margin)
    if item.carried_over:
        text = f"Carried over: it was on the agenda of {day(item.carried_over)} and was not decided."
        yield from folded(text, width=width, first=margin, style="yellow")
    if item.late and item.submitted:
        yield line(margin, Piece(f"Late: submitted {day(item.submitted)}, after the cutoff.", "yellow"))
    yield from folded(item.ask, width=width, first=f"{margin}Asked: ", style="bold")
    if item.summary:
        yield from folded(item.summary, width=width, first=margin)
    for metric in item.metrics:
        by = f" by {metric.by}" if metric.by else ""
        result = f"; actual {metric.actual or '?'}, {metric.verdict or 'no verdict'}" if metric.actual else ""
        text = f"{metric.metric}: {metric.baseline or '?'} → {metric.target or '?'}{by}{result}"
        yield from folded(text, width=width, first=f"{margin}· ")
    for promise in item.promised:
        kept = f"done {day(promise.done)}" if promise.done else f"open, due {day(promise.due)}"
        yield from folded(
            f"{promise.action} ({kept})", width=width, first=f"{margin}Promised {promise.id}: ", rest=margin
        )
    for override in item.overrides:
        yield from folded(override, width=width, first=f"{margin}Override: ", rest=margin, style="yellow")
    yield line(margin, Piece(item.path, "dim"))


def _owed(view: Agenda, width: int) -> Iterator[Line]:
    if view.actions:
        yield line()
        yield line(Piece("Open actions", "bold"))
        yield from owed_actions_text(view.actions, width=width)
    if view.recaps:
        yield line()
        yield line(Piece("Recaps owed", "bold"))
        for recap in view.recaps:
            late = "overdue since" if recap.overdue else "due"
            text = f"{recap.pad} {recap.title}: {recap.owner}, launched {day(recap.launched)}, {late} {day(recap.due)}"
            yield from folded(text, width=width, first="· ", style="red" if recap.overdue else "")


def owed_actions_text(actions: Sequence[OwedAction], *, width: int) -> Iterator[Line]:
    """Yield open actions, one a paragraph."""
    if not actions:
        yield line("No open action.")
    for action in actions:
        late = "overdue since" if action.overdue else "due"
        text = f"{action.who}: {action.what} ({late} {day(action.due)}; {action.pad} {action.id})"
        yield from folded(text, width=width, first="· ", style="red" if action.overdue else "")
