"""One item of the agenda as text for a terminal."""

from collections.abc import Iterator

from padctl.render.console import Line, Piece, folded, line
from padctl.report.agenda_item import Item, Promise
from padctl.report.metrics import Metric
from padctl.report.standing import day


def item_text(number: int, item: Item, width: int) -> Iterator[Line]:
    """Yield an item: what it is, what is asked, and what the people who decide should know first."""
    lead = f"{number}. "
    margin = " " * len(lead)
    yield from folded(f"{item.pad} {item.title}", width=width, first=lead, style="bold")
    owner = "" if item.presenter == item.owner else f", for {item.owner}"
    team = f", team {item.team}" if item.team else ""
    at = f"{item.starts} · " if item.starts else ""
    facts = f"{at}{item.review.capitalize()} review · {item.minutes} minutes · {item.presenter}{owner}{team}"
    yield from folded(facts, width=width, first=margin)
    yield from folded(f"{item.standing}.", width=width, first=margin)
    for text in _warnings(item):
        yield from folded(text, width=width, first=margin, style="yellow")
    yield from folded(item.ask, width=width, first=f"{margin}Asked: ", style="bold")
    if item.deciding:
        yield from folded(", ".join(item.deciding), width=width, first=f"{margin}Deciding: ")
    yield from folded(readiness(item), width=width, first=margin, style=_style(bool(item.errors)))
    if item.summary:
        yield from folded(item.summary, width=width, first=margin)
    for metric in item.metrics:
        yield from folded(_metric(metric), width=width, first=f"{margin}· ")
    for label, text, style in _known(item):
        yield from folded(text, width=width, first=f"{margin}{label}: ", rest=f"{margin}  ", style=style)
    yield line(margin, Piece(item.path, "dim"))


def _warnings(item: Item) -> Iterator[str]:
    if item.no_room:
        yield f"No room: {item.no_room}."
    if item.carried_over:
        yield f"Carried over: {item.carried_why}."
    if item.moved_from:
        yield f"Moved: it was submitted for {day(item.moved_from)}, which is no meeting day ({item.moved_why})."
    if item.late and item.submitted:
        yield f"Late: submitted {day(item.submitted)}, after the cutoff."
    if item.asked_minutes:
        yield f"It asked for {item.asked_minutes} minutes; a slot has {item.minutes}."
    yield from item.unless
    yield from item.edited


def _known(item: Item) -> Iterator[tuple[str, str, str]]:
    """Yield what is known beside the PAD's own words: label, text, style."""
    for promise in item.promised:
        yield f"Promised {promise.id}", f"{promise.action} ({_kept(promise)})", _style(promise.state == "overdue")
    for remark in item.concerns:
        yield "Concern", f"{remark.who}, {day(remark.date)}: {remark.note}", "yellow"
    for remark in item.questions:
        yield "Question", f"{remark.who}, {day(remark.date)}: {remark.note}", ""
    if item.answers_owed:
        due = item.answers_owed[0]
        when = f"was due {day(due.due)}" if due.overdue else f"due {day(due.due)}"
        people = ", ".join(owed.who for owed in item.answers_owed)
        yield "No answer yet", f"{people} ({when})", _style(due.overdue)
    for override in item.overrides:
        yield "Override", override, "yellow"
    for link in item.links:
        yield link.name, link.target, "dim"


def _kept(promise: Promise) -> str:
    if promise.done:
        late = "" if promise.state == "kept" else f", was due {day(promise.due)}"
        return f"done {day(promise.done)}{late}"
    return f"{'overdue, was due' if promise.state == 'overdue' else 'open, due'} {day(promise.due)}"


def readiness(item: Item) -> str:
    """Return whether a PAD still lints clean, and how much of it was edited since it was submitted."""
    if item.errors:
        found = f"{item.errors} error{'s' if item.errors > 1 else ''}"
        ready = f"Not ready: lint finds {found} (padctl lint {item.pad}); "
    else:
        ready = "Ready: lint finds no error; " if item.errors == 0 else ""
    if item.changed is None:
        changed = "not observed in this clone"
    else:
        changed = f"{item.changed} line{'' if item.changed == 1 else 's'}" if item.changed else "nothing"
    text = f"{ready}changed since submit: {changed}."
    return text[0].upper() + text[1:]


def _metric(metric: Metric) -> str:
    by = f" by {metric.by}" if metric.by else ""
    result = f"; actual {metric.actual or '?'}, {metric.verdict or 'no verdict'}" if metric.actual else ""
    return f"{metric.metric}: {metric.baseline or '?'} → {metric.target or '?'}{by}{result}"


def _style(bad: bool) -> str:
    return "red" if bad else ""
