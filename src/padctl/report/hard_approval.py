"""Hard approval: what keeps PADs off an agenda, and when a meeting does not take place."""

from collections.abc import Sequence
from dataclasses import dataclass

from padctl.report.actions import OpenAction
from padctl.report.agenda_item import Item
from padctl.report.agenda_view import Dropped


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is left of an agenda; `owing` are the actions that keep PADs off it, `reason` why nothing takes place."""

    items: tuple[Item, ...]
    dropped: tuple[Dropped, ...] = ()
    owing: tuple[OpenAction, ...] = ()
    reason: str = ""


def hard_approval(items: Sequence[Item], owed: Sequence[OpenAction], rules: Sequence[str], *, met: bool) -> Verdict:
    """Judge the items of a meeting by the settings' `cancel_when`.

    `overdue-actions` drops the PADs with overdue blocking actions, and cancels where none is left of them;
    `any-overdue-action` cancels for any overdue action; `empty` where nothing was submitted. A meeting that has decided
    something, `met`, is not cancelled any more.
    """
    overdue = [action for action in owed if action.overdue]
    if "any-overdue-action" in rules and overdue and not met:
        count = "1 action is overdue" if len(overdue) == 1 else f"{len(overdue)} actions are overdue"
        return Verdict(
            items=(),
            dropped=tuple(map(_dropped, items)),
            owing=tuple(overdue),
            reason=f"{count}, so the meeting is cancelled until everybody has done what was agreed.",
        )
    blocked: set[str] = set()
    if "overdue-actions" in rules:
        blocked = {action.pad for action in overdue if action.blocking} & {item.pad for item in items}
    left = tuple(item for item in items if item.pad not in blocked)
    return Verdict(
        items=left,
        dropped=tuple(_dropped(item) for item in items if item.pad in blocked),
        owing=tuple(action for action in overdue if action.blocking and action.pad in blocked),
        reason="" if left or met else _nothing_left(bool(blocked), rules),
    )


def _nothing_left(blocked: bool, rules: Sequence[str]) -> str:
    if blocked:
        return "No PAD can be reviewed before its overdue actions are done, so the meeting is cancelled."
    nothing = "Nothing submitted: there is nothing to decide, so the meeting is cancelled."
    return nothing if "empty" in rules else ""


def _dropped(item: Item) -> Dropped:
    return Dropped(pad=item.pad, title=item.title, owner=item.owner)
