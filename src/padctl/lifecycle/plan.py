"""From a request to a move: the table, the needs, the gates, and the fields that change."""

from collections.abc import Iterator
from datetime import date, timedelta

from padctl.errors import Reason, Refused
from padctl.lifecycle.actions import decided_actions
from padctl.lifecycle.gates import errors_in, shut_gates
from padctl.lifecycle.readable import raw_list, readable
from padctl.lifecycle.request import Gatekeeper, Move, Request
from padctl.lifecycle.seen import check_as_seen
from padctl.lifecycle.together import Impossible
from padctl.model.edit import Value
from padctl.model.front_matter import FrontMatter
from padctl.model.meeting import Meeting
from padctl.model.pad import Pad
from padctl.model.terms import ACTION_OF_OUTCOME, PARKED, MoveKind, Status
from padctl.model.transitions import State, active_state, legal_moves, target

_NEEDS = {
    MoveKind.SUBMIT: " --meeting DATE",
    MoveKind.DECIDE: " OUTCOME --by NAME",
    MoveKind.ADVANCE: " --by NAME",
    MoveKind.HOLD: " --reason TEXT",
    MoveKind.WITHDRAW: " --reason TEXT",
}
_AT_A_MEETING = {MoveKind.SUBMIT, MoveKind.DECIDE, MoveKind.ADVANCE}


def plan(pad: Pad, request: Request, gates: Gatekeeper) -> Move:
    """Return the move that a request asks for.

    Raises:
        Refused: the table, an unreadable document or a gate stands against it; carries every reason. `override`
            passes gates only.
        UsageError: the request lacks what its move needs.
    """
    header, template = readable(pad)
    check_as_seen(pad, request.seen)
    state = State(header.stage, header.status)
    active = active_state(header.history, template.stages)
    after = target(state, request.move, stages=template.stages, outcome=request.outcome, active=active)
    if after is None:
        raise _illegal(pad.id, state, request.move)
    needs, shut = list(_unmet_needs(request, header)), list(shut_gates(header, request, gates))
    if reasons := needs if request.override else [*needs, *shut]:
        raise Refused(f"{pad.id}: {request.move} is refused ({pad.path})", reasons)
    entry = _entry(pad, header, request, after, stream=gates.stream, overridden=bool(shut))
    changes: dict[str, Value] = {"stage": str(after.stage), "status": str(after.status)}
    changes["slot"] = _slot(header, request, after)
    if request.move is MoveKind.LAUNCH:
        changes["launched"] = request.launched
    changes["history"] = [*raw_list(pad, "history"), entry]
    if request.actions:
        changes["actions"] = [*raw_list(pad, "actions"), *decided_actions(header, request, len(header.history) + 1)]
    return Move(
        pad_id=pad.id,
        kind=request.move,
        before=state,
        after=after,
        changes=changes,
        enters=after.stage if after.stage is not state.stage else None,
        subject=_subject(pad.id, request, state, after),
        notes=tuple(_notes(header, request, gates, overridden=bool(shut))),
        outcome=request.outcome,
    )


def ensure_possible(pad: Pad, move: MoveKind) -> None:
    """Make sure that the table has a move for the PAD, before anybody is asked for what the move needs.

    Raises:
        Refused: it has none, or the document cannot be read.
    """
    header, _ = readable(pad)
    if move not in legal_moves(header.status):
        raise _illegal(pad.id, State(header.stage, header.status), move)


def _illegal(pad_id: str, state: State, move: MoveKind) -> Impossible:
    words = [f"padctl {kind} {pad_id}{_NEEDS.get(kind, '')}" for kind in legal_moves(state.status)]
    here = f"{state.stage.label} is {'a ' if state.status is Status.DRAFT else ''}{state.status.label}"
    fix = f"possible now: {', '.join(words)}" if words else "nothing is left to do"
    return Impossible(f"{pad_id}: {move} is not possible now", [Reason(message=here, fix=fix)])


def _unmet_needs(request: Request, header: FrontMatter) -> Iterator[Reason]:
    """Yield what the move itself needs; no override passes it."""
    if request.outcome in ACTION_OF_OUTCOME and not request.actions:
        label = request.outcome.label.lower() if request.outcome else ""
        example = f'--action "{header.owner}: what to do by {request.today + timedelta(days=7)}"'
        yield Reason(message=f'"{label}" needs at least one action', fix=f"add {example}")
    last = header.standing_moves[-1].date if header.standing_moves else header.created
    if request.day < last:
        what = f"{request.day} is before the latest entry of the history, {last}"
        yield Reason(message=what, fix="give a later date")
    if request.launched and request.launched < header.created:
        what = f"{request.launched} is before the PAD was created, {header.created}"
        yield Reason(message=what, fix="give the day of the launch")
    if request.move is MoveKind.SUBMIT and header.slot and _slot_values(header, request) == _slot_values(header, None):
        what = f"it is submitted for {header.slot.date} already"
        yield Reason(message=what, fix="give another date, or other --minutes, --presenter or --ask")


def _entry(
    pad: Pad, header: FrontMatter, request: Request, after: State, *, stream: str | None, overridden: bool
) -> dict[str, Value]:
    decided = request.move is MoveKind.DECIDE
    meeting = request.meeting if request.move is MoveKind.SUBMIT else None
    values: dict[str, Value] = {
        "n": len(header.history) + 1,
        "date": request.day,
        "move": str(request.move),
        "outcome": str(request.outcome) if request.outcome else None,
        "by": list(request.by) or None,
        "recorded": request.recorded if request.by else None,
        "to": str(after),
        "meeting": meeting,
        "stream": stream if request.move in _AT_A_MEETING else None,
        "note": request.note,
        "reason": request.reason,
        "evidence": request.evidence,
        "text": pad.fingerprint(header.stage) if decided else None,
        "override": request.override if overridden else None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _slot(header: FrontMatter, request: Request, after: State) -> Value:
    """Return the slot after the move: there exactly while the PAD is in review."""
    if after.status is not Status.IN_REVIEW:
        return None
    return _slot_values(header, request)


def _slot_values(header: FrontMatter, request: Request | None) -> dict[str, Value]:
    """Return the slot as it is with what a request changes of it; a parked PAD gets back the date it had."""
    submitted = [entry.meeting for entry in header.standing_moves if entry.meeting]
    values: dict[str, Value] = {"date": submitted[-1] if submitted else None}
    for name in ("date", "minutes", "presenter", "ask"):
        asked = getattr(request, "meeting" if name == "date" else name) if request else None
        kept = getattr(header.slot, name) if header.slot else None
        values[name] = asked or kept or values.get(name)
    return {key: value for key, value in values.items() if value is not None}


def _subject(pad_id: str, request: Request, before: State, after: State) -> str:
    stage = before.stage.label
    words = {
        MoveKind.SUBMIT: f"submit {stage} for {request.meeting}",
        MoveKind.DECIDE: f"{stage}: {request.outcome.label.lower() if request.outcome else ''}",
        MoveKind.ADVANCE: f"advance {stage} to {after.stage.label}",
        MoveKind.LAUNCH: f"launched on {request.launched}",
        MoveKind.RECALL: f"recall {stage}",
        MoveKind.HOLD: f"put {stage} on hold",
        MoveKind.WITHDRAW: f"withdraw {stage}",
        MoveKind.RESUME: f"resume {after.stage.label}",
    }
    return f"{pad_id}: {words[request.move]}"


def _notes(header: FrontMatter, request: Request, gates: Gatekeeper, *, overridden: bool) -> Iterator[str]:
    """Yield what is worth saying but no reason to refuse."""
    if request.move is MoveKind.SUBMIT and request.meeting:
        yield from _about_the_day(request.meeting, gates.meeting, request.today)
    if request.move is MoveKind.SUBMIT and not (header.objectives or header.proposes_objective):
        yield "no objective is served or proposed; lint warns about it (PC110)"
    if request.move is MoveKind.LAUNCH:
        for action in header.open_decision_actions:
            yield f"action {action.id} is still open: {action.who}: {action.what}, due {action.due}"
    for asked in request.actions:
        if asked.due < request.today:
            yield f"the action of {asked.who} is due on {asked.due}, which is past"
    if request.move is MoveKind.RESUME and _was_in_review(header):
        yield f"the slot has its date back; --minutes, --presenter and --ask of padctl submit {header.id} set the rest"
    if request.move is MoveKind.DECIDE and (errors := errors_in(gates.judge())):
        yield f"it was decided although not ready: lint finds {errors}: padctl lint {header.id}"
    if request.override and overridden:
        yield "gates were overridden; the reason stands in the history and on every agenda"
    elif request.override:
        yield "nothing to override: no gate stood in the way, and no override is recorded"


def _about_the_day(day: date, meeting: Meeting, today: date) -> Iterator[str]:
    """Yield that a PAD is submitted for a day that is no meeting day, or late."""
    if day in meeting.closures:
        yield f"{day} is among the closures of the {meeting.name}; the next one takes it"
    elif not meeting.holds_on(day):
        yield f"{day} is no {meeting.weekday.capitalize()}, the day of the {meeting.name}; the next one takes it"
    elif (day - today).days < meeting.cutoff_days:
        days = f"{meeting.cutoff_days} day{'' if meeting.cutoff_days == 1 else 's'}"
        yield f"this is past the cutoff, {days} before the meeting; it is marked as late"


def _was_in_review(header: FrontMatter) -> bool:
    active = [entry for entry in header.history if entry.status not in PARKED]
    return bool(active) and active[-1].status is Status.IN_REVIEW
