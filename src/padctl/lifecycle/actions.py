"""Who does what by when: actions added, finished, and asked for by a decision."""

from collections.abc import Iterator
from datetime import date

from padctl.errors import Reason, Refused, UsageError
from padctl.lifecycle.readable import raw_list, readable
from padctl.lifecycle.request import ActionRequest, Request
from padctl.model.edit import Value
from padctl.model.front_matter import Action, FrontMatter
from padctl.model.pad import Pad
from padctl.model.terms import ACTION_OF_OUTCOME, ActionKind


def add_action(pad: Pad, asked: ActionRequest) -> tuple[str, list[Value]]:
    """Return the new action's id and the PAD's whole list of actions with it."""
    header, _ = readable(pad)
    number = _next_action(header)
    action = _action(f"A{number}", ActionKind.OTHER, asked, None)
    return f"A{number}", [*raw_list(pad, "actions"), action]


def finish_action(pad: Pad, action_id: str, done: date) -> list[Value]:
    """Return the PAD's whole list of actions with one of them done.

    Raises:
        UsageError: there is no such action.
        Refused: it is done already.
    """
    header, _ = readable(pad)
    known = {action.id.casefold(): position for position, action in enumerate(header.actions)}
    if action_id.casefold() not in known:
        listed = ", ".join(action.id for action in header.actions) or "none"
        raise UsageError(f"{pad.id} has no action {action_id}", fix=f"its actions: {listed}")
    position = known[action_id.casefold()]
    action = header.actions[position]
    if action.done:
        raise Refused(
            f"{pad.id}: {action.id} is done already",
            [Reason(message=f"it was done on {action.done}", fix="nothing is left to do")],
        )
    actions = raw_list(pad, "actions")
    finished = actions[position]
    if isinstance(finished, dict):
        actions[position] = {**finished, "done": done}
    return actions


def decided_actions(header: FrontMatter, request: Request, n: int) -> Iterator[Value]:
    """Yield the actions that a decision with number `n` asks for."""
    kind = ACTION_OF_OUTCOME.get(request.outcome) if request.outcome else None
    first = _next_action(header)
    for number, asked in enumerate(request.actions, start=first):
        yield _action(f"A{number}", kind or ActionKind.OTHER, asked, n)


def _action(action_id: str, kind: ActionKind, asked: ActionRequest, n: int | None) -> dict[str, Value]:
    values: dict[str, Value] = {
        "id": action_id,
        "kind": str(kind),
        "what": asked.what,
        "who": asked.who,
        "due": asked.due,
        "from": n,
    }
    return {key: value for key, value in values.items() if value is not None}


def _next_action(header: FrontMatter) -> int:
    taken = [int(action.id[1:]) for action in header.actions if _is_numbered(action)]
    return max(taken, default=0) + 1


def _is_numbered(action: Action) -> bool:
    return action.id[:1] == "A" and action.id[1:].isascii() and action.id[1:].isdigit()
