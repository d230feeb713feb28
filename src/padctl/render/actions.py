"""Open actions as text, in groups."""

from collections.abc import Iterator, Sequence

from padctl.render.console import Line, folded, line
from padctl.report.actions import ActionGroup, Grouping, OpenAction
from padctl.report.standing import day


def action_list_text(groups: Sequence[ActionGroup], by: Grouping, *, width: int) -> Iterator[Line]:
    """Yield each person or PAD with what is owed, and the sum."""
    if not groups:
        yield line("No open action.")
        return
    for group in groups:
        yield from folded(group.name, width=width, style="bold")
        for action in group.actions:
            yield from _action(action, by, width)
        yield line()
    actions = [action for group in groups for action in group.actions]
    overdue = sum(action.overdue for action in actions)
    late = f", {overdue} overdue" if overdue else ""
    yield line(
        f"{len(actions)} open action{'' if len(actions) == 1 else 's'}{late}. Done? padctl action done ID ACTION"
    )


def _action(action: OpenAction, by: Grouping, width: int) -> Iterator[Line]:
    place = f"{action.pad} {action.id}" if by == "person" else action.id
    who = "" if by == "person" else f"{action.who}: "
    yield from folded(f"{who}{action.what}", width=width, first=f"  {place}  ", rest="    ")
    late = f"overdue, was due {day(action.due)}" if action.overdue else f"due {day(action.due)}"
    facts = "; ".join(filter(None, [late, action.blocks]))
    yield from folded(facts, width=width, first="    ", style="red" if action.overdue else "dim")
