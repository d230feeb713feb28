"""Open actions: who owes what, since when, and what waits for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from padctl.model.corpus import Corpus
from padctl.model.fields import Day
from padctl.model.front_matter import Action, FrontMatter
from padctl.model.pad import Pad
from padctl.model.terms import Stage, Status

Grouping = Literal["person", "pad"]


@dataclass(frozen=True, kw_only=True)
class OpenAction:
    """An action that nobody has reported done.

    `who` is the full name and `person` the short one. `blocking` says that a decision asked for it; `blocks` says in
    words what cannot go on before it is done, empty where nothing waits for it; `withdrawn` that its PAD was given up.
    """

    pad: str
    title: str
    id: str
    kind: str
    who: str
    person: str
    what: str
    due: Day
    overdue: bool
    blocking: bool
    blocks: str
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class ActionGroup:
    """The open actions of one person or PAD, the longest overdue first; `name` is what people call it."""

    name: str
    actions: tuple[OpenAction, ...]


def open_actions(corpus: Corpus, *, today: date, pads: Iterable[Pad] | None = None) -> tuple[OpenAction, ...]:
    """Return the open actions of PADs, else of all, the longest overdue first."""
    found = [
        OpenAction(
            pad=pad.id,
            title=pad.header.title,
            id=action.id,
            kind=action.kind,
            who=corpus.settings.person(corpus.settings.short_name(action.who)),
            person=corpus.settings.short_name(action.who),
            what=action.what,
            due=action.due,
            overdue=action.due < today,
            blocking=action.source is not None,
            blocks=_blocks(pad.header, action),
            withdrawn=pad.header.status is Status.WITHDRAWN,
        )
        for pad in (corpus.pads if pads is None else pads)
        if pad.header
        for action in pad.header.open_actions
    ]
    return tuple(sorted(found, key=lambda action: (action.due, action.pad, action.id)))


def grouped_actions(actions: Iterable[OpenAction], by: Grouping) -> tuple[ActionGroup, ...]:
    """Return actions by person or by PAD; the group with the longest overdue action comes first."""

    def key(action: OpenAction) -> str:
        return action.who if by == "person" else f"{action.pad} {action.title}"

    groups = [ActionGroup(name=name, actions=tuple(theirs)) for name, theirs in groupby(sorted(actions, key=key), key)]
    return tuple(sorted(groups, key=lambda group: min(action.due for action in group.actions)))


def _blocks(header: FrontMatter, action: Action) -> str:
    """Say what an action keeps from happening; only those of decisions do."""
    if action.source is None:
        return ""
    return {
        Status.FOLLOW_UP: "blocks the advance and the next submit",
        Status.IN_PROGRESS: "blocks the submit of the recap",
        Status.WITHDRAWN: "",
        Status.DONE: "",
    }.get(header.status, f"blocks the {'submit' if header.stage is Stage.POST_LAUNCH_RECAP else 'next submit'}")
