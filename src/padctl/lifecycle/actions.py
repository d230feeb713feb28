"""Who does what by when: actions read, added, finished, and asked for by a decision."""

import re
from collections.abc import Iterator
from datetime import date

from padctl.errors import Reason, Refused, UsageError
from padctl.lifecycle.change import Change, Planned
from padctl.lifecycle.readable import raw_list, readable
from padctl.lifecycle.request import ActionRequest, Request
from padctl.model.edit import Value
from padctl.model.fields import iso_date
from padctl.model.front_matter import Action, FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import ACTION_OF_OUTCOME, ActionKind

_ACTION = re.compile(r"\s*([^:]+?)\s*:\s*(.+?)\s+by\s+(\S+)\s*", re.DOTALL)


def read_action(text: str, settings: Settings) -> ActionRequest:
    """Return an action written as "who: what by YYYY-MM-DD"; a name that the settings know becomes its short form.

    Raises:
        UsageError: it is written otherwise.
    """
    example = 'write it as "dana: ask five teachers by 2026-12-03"'
    match = _ACTION.fullmatch(text)
    who = settings.short_name(match[1]) if match else ""
    if not match or " " in who:
        raise UsageError(f'"{text}" is not "who: what by DATE"', fix=example)
    try:
        due = iso_date(match[3])
    except ValueError:
        raise UsageError(f'"{match[3]}" in "{text}" is no date', fix=example) from None
    return ActionRequest(who=who, what=match[2], due=due)


def adding(asked: ActionRequest) -> Planned:
    """Return the change that adds an action."""

    def change(pad: Pad) -> Change:
        header, _ = readable(pad)
        action_id = f"A{_next_action(header)}"
        actions = [*raw_list(pad, "actions"), _action(action_id, ActionKind.OTHER, asked, None)]
        words = f"add action {action_id} for {asked.who}"
        return Change(pad_id=header.id, kind="action-add", words=words, fields={"actions": actions})

    return change


def finishing(action_id: str, done: date) -> Planned:
    """Return the change that marks an action as done on a day.

    It raises UsageError where there is no such action, Refused where it is done already or not yet asked for.
    """

    def change(pad: Pad) -> Change:
        header, _ = readable(pad)
        position = _position(header, action_id)
        action = header.actions[position]
        if reason := _unfinishable(header, action, done):
            raise Refused(f"{header.id}: {action.id} cannot be marked as done", [reason])
        actions = raw_list(pad, "actions")
        finished = actions[position]
        if isinstance(finished, dict):
            actions[position] = {**finished, "done": done}
        return Change(
            pad_id=header.id, kind="action-done", words=f"action {action.id} done", fields={"actions": actions}
        )

    return change


def decided_actions(header: FrontMatter, request: Request, n: int) -> Iterator[Value]:
    """Yield the actions that a decision with number `n` asks for."""
    kind = ACTION_OF_OUTCOME.get(request.outcome) if request.outcome else None
    first = _next_action(header)
    for number, asked in enumerate(request.actions, start=first):
        yield _action(f"A{number}", kind or ActionKind.OTHER, asked, n)


def _position(header: FrontMatter, action_id: str) -> int:
    known = {action.id.casefold(): position for position, action in enumerate(header.actions)}
    if action_id.casefold() not in known:
        listed = ", ".join(action.id for action in header.actions) or "none"
        raise UsageError(f"{header.id} has no action {action_id}", fix=f"its actions: {listed}")
    return known[action_id.casefold()]


def _unfinishable(header: FrontMatter, action: Action, done: date) -> Reason | None:
    if action.done:
        return Reason(message=f"it was done on {action.done}", fix="nothing is left to do")
    asked = next((entry.date for entry in header.history if entry.n == action.source), header.created)
    if done < asked:
        return Reason(message=f"{done} is before it was asked for, {asked}", fix="give the day on which it was done")
    return None


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
