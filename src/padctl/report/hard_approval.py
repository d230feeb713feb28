"""Hard approval: what keeps PADs off an agenda, and when a meeting does not take place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from padctl.model.pad import Pad
from padctl.report.actions import OpenAction


class Why(NamedTuple):
    """Why a meeting does not take place: as a sentence before it, and as a clause when it is over."""

    ahead: str
    behind: str


_EMPTY = Why(
    "Nothing submitted: there is nothing to decide, so the meeting is cancelled.",
    "nothing was submitted",
)
_BLOCKED = Why(
    "No PAD can be reviewed before its overdue actions are done, so the meeting is cancelled.",
    "no PAD could be reviewed before its overdue actions were done",
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is left of an agenda.

    `dropped` are the PADs that are kept off it by the actions in `owing`, `why` is None where the meeting takes place.
    """

    pads: tuple[Pad, ...]
    dropped: tuple[Pad, ...] = ()
    owing: tuple[OpenAction, ...] = ()
    why: Why | None = None

    @property
    def empty(self) -> bool:
        """Whether it would take place if a PAD were submitted."""
        return self.why is _EMPTY


def hard_approval(
    pads: Sequence[Pad], owed: Sequence[OpenAction], rules: Sequence[str], *, met: bool, next_one: bool = True
) -> Verdict:
    """Judge the PADs of a meeting by the settings' `cancel_when`.

    `overdue-actions` drops the PADs with overdue blocking actions, and cancels where none is left of them;
    `any-overdue-action` cancels the next meeting for any overdue action; `empty` where nothing was submitted. A meeting
    that has decided something, `met`, is not cancelled any more.
    """
    overdue = [action for action in owed if action.overdue]
    if "any-overdue-action" in rules and overdue and not met and next_one:
        count = "1 action {}" if len(overdue) == 1 else f"{len(overdue)} actions {{}}"
        is_, was = ("is", "was") if len(overdue) == 1 else ("are", "were")
        why = Why(
            f"{count.format(is_)} overdue, so the meeting is cancelled until everybody has done what was agreed.",
            f"{count.format(was)} overdue",
        )
        return Verdict(pads=(), dropped=tuple(pads), owing=tuple(overdue), why=why)
    blocked: set[str] = set()
    if "overdue-actions" in rules:
        blocked = {action.pad for action in overdue if action.blocking} & {pad.id for pad in pads}
    left = tuple(pad for pad in pads if pad.id not in blocked)
    nothing = _BLOCKED if blocked else _EMPTY if "empty" in rules else None
    return Verdict(
        pads=left,
        dropped=tuple(pad for pad in pads if pad.id in blocked),
        owing=tuple(action for action in overdue if action.blocking and action.pad in blocked),
        why=None if left or met else nothing,
    )


def in_danger(
    pads: Sequence[Pad], owed: Sequence[OpenAction], rules: Sequence[str], *, held: date
) -> tuple[OpenAction, ...]:
    """Return the actions that will be overdue at a meeting unless they are done, and will then keep PADs off it."""
    coming = [action for action in owed if action.due < held]
    if "any-overdue-action" in rules:
        return tuple(coming)
    reviewed = {pad.id for pad in pads} if "overdue-actions" in rules else set[str]()
    return tuple(action for action in coming if action.blocking and action.pad in reviewed)
