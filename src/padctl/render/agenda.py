"""The agenda as text for a terminal; its Markdown and HTML come from templates."""

from collections.abc import Iterator, Sequence

from padctl.model.meeting import meeting_option
from padctl.render.agenda_item import item_text
from padctl.render.console import Line, Piece, folded, line
from padctl.report.actions import OpenAction
from padctl.report.agenda_view import Agenda
from padctl.report.standing import ago, day


def agenda_text(view: Agenda, *, width: int) -> Iterator[Line]:
    """Yield the agenda: what is reviewed, in which order, and what is owed."""
    until = f" to {view.ends}" if view.ends else ""
    at = f", {view.time}{until} ({view.timezone})" if view.time else ""
    yield from folded(f"{view.meeting}, {view.weekday} {day(view.date)}{at}", width=width, style="bold")
    yield from _origin(view, width)
    yield from _circumstances(view, width)
    for number, item in enumerate(view.items, start=1):
        yield line()
        yield from item_text(number, item, width)
    yield from _owed(view, width)


def _origin(view: Agenda, width: int) -> Iterator[Line]:
    """Yield from which commit the agenda was made, and how old the last fetch is."""
    made = view.origin
    if made is None:
        return
    branch = f" on {made.branch}" if made.branch else ""
    text = f"Made from commit {made.commit}{branch} of {day(made.committed)}"
    if made.edited:
        text += f" and {made.edited} PAD{'s' if made.edited > 1 else ''} edited since"
    if made.upstream:
        fetched = (
            f"last fetched {ago(made.fetched.date(), view.today)}"
            if made.fetched
            else "not fetched since this copy was made"
        )
        text += f"; {fetched}"
    yield from folded(f"{text}.", width=width, style="dim")
    if made.behind:
        commits = f"{made.behind} commit{'s' if made.behind > 1 else ''}"
        yield from folded(f"{commits} of {made.upstream} not here yet: git pull", width=width, style="yellow")


def _circumstances(view: Agenda, width: int) -> Iterator[Line]:
    if view.asked:
        text = f"{day(view.asked)} is no meeting day: {view.asked_why}. This is the next meeting."
        yield from folded(text, width=width, style="yellow")
    yield from _around(view, width)
    if view.items:
        count = len(view.items)
        yield line(f"{count} PAD{'s' if count > 1 else ''}, {view.minutes} of {view.capacity} minutes")
        if view.minutes > view.capacity:
            over = view.minutes - view.capacity
            yield line(Piece(f"{over} minutes too many: move an item, or shorten slots.", "yellow"))
        if view.sponsors:
            yield from folded(", ".join(view.sponsors), width=width, first="Deciding: ")
    for dropped in view.dropped:
        text = f"{dropped.pad} {dropped.title} ({dropped.owner})"
        yield from folded(
            text, width=width, first="Not reviewed before its actions are done: ", rest="  ", style="yellow"
        )
        for override in dropped.overrides:
            yield from folded(override, width=width, first="  Override: ", rest="    ", style="yellow")
    for text in view.unless:
        yield from folded(text, width=width, style="yellow")
    for action in view.owing:
        text = f"{action.who}: {action.what} (overdue, was due {day(action.due)}; {action.pad} {action.id})"
        yield from folded(text, width=width, first="Owed: ", style="red")


def _around(view: Agenda, width: int) -> Iterator[Line]:
    """Yield what stands beside the items: decisions, an empty meeting, later dates, PADs that cannot be read."""
    for decided in view.decided:
        by = f" ({', '.join(decided.by)})" if decided.by else ""
        note = f". {decided.note}" if decided.note else ""
        undone = f"; taken back on {day(decided.taken_back)}" if decided.taken_back else ""
        text = f"{decided.pad} {decided.title}: {decided.outcome}{by}{undone}{note}"
        yield from folded(text, width=width, first="Decided: ")
    if view.cancelled:
        yield line()
        yield from folded(view.reason, width=width, style="bold")
    elif view.pending:
        yield line()
        text = f"Nothing is submitted yet. It takes place if a PAD is submitted by {day(view.cutoff)}."
        yield from folded(f"{text} Otherwise it is cancelled.", width=width, style="bold")
    elif not view.items:
        else_ = "Nothing else was submitted." if view.over else "Nothing else is submitted."
        yield line(else_ if view.decided else "Nothing submitted.")
    for later in view.later if not view.items else ():
        pads = f"{later.pads} PAD is" if later.pads == 1 else f"{later.pads} PADs are"
        yield line(f"{pads} submitted for {day(later.date)}: padctl agenda {later.date}{meeting_option(view.stream)}")
    for path in view.unreadable:
        yield from folded(
            f"{path} cannot be read and may be missing here: padctl lint {path}", width=width, style="red"
        )


def _owed(view: Agenda, width: int) -> Iterator[Line]:
    yield from _section("Submitted, waiting on a merge", view.waiting)
    for waits in view.waiting:
        cutoff = f"cutoff {day(waits.cutoff)}" + (" has passed" if waits.missed else "")
        text = f"{waits.pad} {waits.title}: {waits.owner}, on {waits.branch}, for {day(waits.meeting)}; {cutoff}"
        yield from folded(text, width=width, first="· ", style="red" if waits.missed else "yellow")
    actions = [action for action in view.actions if action not in view.owing]
    yield from _section("Actions due", actions)
    if actions:
        yield from _owed_actions(actions, width=width)
    if view.actions_later:
        more = " more" if actions else ""
        are = f"1{more} action is" if view.actions_later == 1 else f"{view.actions_later}{more} actions are"
        yield from _section("Actions", () if actions else (1,))
        yield from folded(f"{are} due later: padctl action list", width=width, style="dim")
    yield from _section("Follow-ups waiting", view.follow_ups)
    for one in view.follow_ups:
        left = f"{one.open} action{'s' if one.open != 1 else ''} open" if one.open else "all actions done"
        text = f"{one.pad} {one.title}: {one.owner}, since {day(one.since)}, {left}"
        yield from folded(text, width=width, first="· ")
    yield from _section("Recaps owed", view.recaps)
    for recap in view.recaps:
        late = "overdue, was due" if recap.overdue else "due"
        text = f"{recap.pad} {recap.title}: {recap.owner}, launched {day(recap.launched)}, {late} {day(recap.due)}"
        yield from folded(text, width=width, first="· ", style="red" if recap.overdue else "")
    since = f"Since the last meeting, {day(view.previous)}" if view.previous else "New since the beginning"
    yield from _section(since, view.changes)
    for change in view.changes:
        yield from folded(f"{change.pad} {change.title}: {change.words} ({day(change.date)})", width=width, first="· ")


def _section(title: str, rows: Sequence[object]) -> Iterator[Line]:
    if rows:
        yield line()
        yield line(Piece(title, "bold"))


def _owed_actions(actions: Sequence[OpenAction], *, width: int) -> Iterator[Line]:
    """Yield open actions, one a paragraph."""
    for action in actions:
        late = "overdue, was due" if action.overdue else "due"
        text = f"{action.who}: {action.what} ({late} {day(action.due)}; {action.pad} {action.id})"
        yield from folded(text, width=width, first="· ", style="red" if action.overdue else "")
