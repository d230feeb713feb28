"""Moves: whether one is legal now, and what it changes in the PAD; refusals list every reason.

Pure functions over a PAD, its template and its history. What lint and git know is passed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from padctl.errors import Reason, Refused, UsageError
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.edit import Value
from padctl.model.front_matter import Action, FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Meeting
from padctl.model.template import Template
from padctl.model.terms import ACTION_OF_OUTCOME, ActionKind, MoveKind, Outcome, Stage, Status
from padctl.model.transitions import State, active_state, legal_moves, target


@dataclass(frozen=True, kw_only=True)
class ActionRequest:
    """An action as asked for: who does what by when."""

    who: str
    what: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Request:
    """A move as somebody asked for it; what a move does not use stays at its default.

    `day` is the day the move is dated, `meeting` the agenda it is for, `override` the reason for passing gates.
    """

    move: MoveKind
    day: date
    today: date
    meeting: date | None = None
    minutes: int | None = None
    presenter: str | None = None
    ask: str | None = None
    outcome: Outcome | None = None
    by: tuple[str, ...] = ()
    recorded: str | None = None
    note: str | None = None
    reason: str | None = None
    evidence: str | None = None
    actions: tuple[ActionRequest, ...] = ()
    launched: date | None = None
    override: str | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """A move that may be made: the fields it sets (None removes one), the stage it enters, the commit's words."""

    pad_id: str
    kind: MoveKind
    before: State
    after: State
    changes: Mapping[str, Value]
    enters: Stage | None
    subject: str
    notes: tuple[str, ...] = ()
    outcome: Outcome | None = None

    @property
    def message(self) -> str:
        """The commit message: a subject for people, trailers for tools."""
        trailers = [
            f"Pad-Id: {self.pad_id}",
            f"Pad-Move: {self.kind}",
            f"Pad-From: {self.before}",
            f"Pad-To: {self.after}",
            *([f"Pad-Outcome: {self.outcome}"] if self.outcome else []),
        ]
        return f"{self.subject}\n\n" + "\n".join(trailers) + "\n"


@dataclass(frozen=True, kw_only=True)
class Gatekeeper:
    """What the gates look at besides the PAD: its findings as if submitted, and the meeting it goes to."""

    findings: Sequence[Diagnostic] = ()
    meeting: Meeting = field(default_factory=Meeting)


def plan(pad: Pad, request: Request, gates: Gatekeeper) -> Move:
    """Return the move that a request asks for.

    Raises:
        Refused: the table, an unreadable document or a gate stands against it; carries every reason. `override`
            passes gates only.
        UsageError: the request lacks what its move needs.
    """
    header, template = _readable(pad)
    state = State(header.stage, header.status)
    active = active_state(header.history, template.stages)
    after = target(state, request.move, stages=template.stages, outcome=request.outcome, active=active)
    if after is None:
        raise _illegal(pad.id, state, request.move)
    needs = list(_unmet_needs(request, header))
    gate = None if request.override else _GATES.get(request.move)
    reasons = list(gate(header, request, gates)) if gate else []
    if needs or reasons:
        raise Refused(f"{pad.id}: {request.move} is refused", [*needs, *reasons])
    entry = _entry(pad, header, request, after)
    changes: dict[str, Value] = {"stage": str(after.stage), "status": str(after.status)}
    changes["slot"] = _slot(header, request, after)
    if request.move is MoveKind.LAUNCH:
        changes["launched"] = request.launched
    changes["history"] = [*_raw_list(pad, "history"), entry]
    if request.actions:
        changes["actions"] = [*_raw_list(pad, "actions"), *_new_actions(header, request, len(header.history) + 1)]
    return Move(
        pad_id=pad.id,
        kind=request.move,
        before=state,
        after=after,
        changes=changes,
        enters=after.stage if after.stage is not state.stage else None,
        subject=_subject(pad.id, request, state, after),
        notes=tuple(_notes(header, request, gates)),
        outcome=request.outcome,
    )


def add_action(pad: Pad, asked: ActionRequest) -> tuple[str, list[Value]]:
    """Return the new action's id and the PAD's whole list of actions with it."""
    header, _ = _readable(pad)
    number = _next_action(header)
    action = _action(f"A{number}", ActionKind.OTHER, asked, None)
    return f"A{number}", [*_raw_list(pad, "actions"), action]


def finish_action(pad: Pad, action_id: str, done: date) -> list[Value]:
    """Return the PAD's whole list of actions with one of them done.

    Raises:
        UsageError: there is no such action.
        Refused: it is done already.
    """
    header, _ = _readable(pad)
    known = {action.id.casefold(): position for position, action in enumerate(header.actions)}
    if action_id.casefold() not in known:
        listed = ", ".join(action.id for action in header.actions) or "none"
        raise UsageError(f"{pad.id} has no action {action_id}", fix=f"its actions: {listed}")
    position = known[action_id.casefold()]
    action = header.actions[position]
    if action.done:
        raise Refused(f"{pad.id}: {action.id} is done already", [Reason(message=f"it was done on {action.done}")])
    actions = _raw_list(pad, "actions")
    finished = actions[position]
    if isinstance(finished, dict):
        actions[position] = {**finished, "done": done}
    return actions


def _readable(pad: Pad) -> tuple[FrontMatter, Template]:
    """Return what a move needs to understand; no override passes this."""
    faults = [fault.message for fault in pad.document.faults if fault.slug != "hidden-character"]
    faults += [violation.message for violation in pad.violations]
    if pad.template is None and not faults:
        faults.append("its template cannot be read")
    elif pad.header and pad.template and pad.header.stage not in pad.template.stages:
        faults.append(f"the template has no stage {pad.header.stage}")
    if pad.header is None or pad.template is None or faults:
        fix = f"padctl lint {pad.path}"
        raise Refused(f"{pad.path}: the document cannot be read", [Reason(message=text, fix=fix) for text in faults])
    return pad.header, pad.template


def _illegal(pad_id: str, state: State, move: MoveKind) -> Refused:
    legal = legal_moves(state.status)
    here = f"{state.stage.label} is {state.status.label}"
    fix = (
        "possible now: " + ", ".join(f"padctl {kind} {pad_id}" for kind in legal) if legal else "nothing is left to do"
    )
    return Refused(f"{pad_id}: {move} is not possible now", [Reason(message=here, fix=fix)])


def _unmet_needs(request: Request, header: FrontMatter) -> Iterator[Reason]:
    """Yield what the move itself needs; no override passes it."""
    if request.outcome in ACTION_OF_OUTCOME and not request.actions:
        label = request.outcome.label.lower() if request.outcome else ""
        example = f'--action "{header.owner}: what to do by {request.today}"'
        yield Reason(message=f'"{label}" needs at least one action', fix=f"add {example}")
    last = header.history[-1].date if header.history else header.created
    if request.day < last:
        what = f"{request.day} is before the latest entry of the history, {last}"
        yield Reason(message=what, fix="give a later date")
    if request.launched and request.launched < header.created:
        what = f"{request.launched} is before the PAD was created, {header.created}"
        yield Reason(message=what, fix="give the day of the launch")
    if request.move is MoveKind.SUBMIT and header.slot and _slot_values(header, request) == _slot_values(header, None):
        what = f"it is submitted for {header.slot.date} already"
        yield Reason(message=what, fix="give another date, or other --minutes, --presenter or --ask")


def _submit_gate(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    for finding in gates.findings:
        if finding.severity is Severity.ERROR:
            yield Reason(message=f"line {finding.line}: {finding.message} ({finding.code})", fix=finding.fix)
    yield from _open_actions(header)
    if request.meeting and request.meeting < request.today:
        fix = "give the date of a meeting to come: --meeting DATE"
        yield Reason(message=f"the meeting of {request.meeting} is past", fix=fix)


def _decide_gate(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    if request.day > request.today:
        yield Reason(message=f"{request.day} is in the future", fix="record the decision once it is taken")
    yield from _decider(header, request, gates)


def _advance_gate(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    yield from _open_actions(header)
    yield from _decider(header, request, gates)


def _launch_gate(_: FrontMatter, request: Request, __: Gatekeeper) -> Iterator[Reason]:
    if request.launched and request.launched > request.today:
        yield Reason(message=f"{request.launched} is in the future", fix="record the launch on the day")


_GATES = {
    MoveKind.SUBMIT: _submit_gate,
    MoveKind.DECIDE: _decide_gate,
    MoveKind.ADVANCE: _advance_gate,
    MoveKind.LAUNCH: _launch_gate,
}


def _open_actions(header: FrontMatter) -> Iterator[Reason]:
    for action in header.open_decision_actions:
        fix = f"padctl action done {header.id} {action.id}"
        yield Reason(message=f"action {action.id} is open: {action.who}: {action.what}, due {action.due}", fix=fix)


def _decider(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    sponsors = {*header.sponsors, *gates.meeting.sponsors}
    for name in request.by:
        if sponsors and name not in sponsors:
            listed = ", ".join(sorted(sponsors))
            fix = f"--by one of {listed}; or add the name to `sponsors` of the PAD"
            yield Reason(message=f'"{name}" is no sponsor of {header.id} or of the meeting', fix=fix)


def _entry(pad: Pad, header: FrontMatter, request: Request, after: State) -> dict[str, Value]:
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
        "note": request.note,
        "reason": request.reason,
        "evidence": request.evidence,
        "text": pad.fingerprint(header.stage) if decided else None,
        "override": request.override,
    }
    return {key: value for key, value in values.items() if value is not None}


def _slot(header: FrontMatter, request: Request, after: State) -> Value:
    """Return the slot after the move: there exactly while the PAD is in review."""
    if after.status is not Status.IN_REVIEW:
        return None
    return _slot_values(header, request)


def _slot_values(header: FrontMatter, request: Request | None) -> dict[str, Value]:
    """Return the slot as it is with what a request changes of it; a parked PAD gets back the date it had."""
    submitted = [entry.meeting for entry in header.history if entry.meeting]
    values: dict[str, Value] = {"date": submitted[-1] if submitted else None}
    for name in ("date", "minutes", "presenter", "ask"):
        asked = getattr(request, "meeting" if name == "date" else name) if request else None
        kept = getattr(header.slot, name) if header.slot else None
        values[name] = asked or kept or values.get(name)
    return {key: value for key, value in values.items() if value is not None}


def _raw_list(pad: Pad, key: str) -> list[Value]:
    """Return a list of the front matter as it is written, so that an edit only adds to it."""
    value = pad.document.values.get(key)
    return list(value) if isinstance(value, list) else []  # type: ignore[arg-type]  # text is a Value


def _new_actions(header: FrontMatter, request: Request, n: int) -> Iterator[Value]:
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


def _notes(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[str]:
    """Yield what is worth saying but no reason to refuse."""
    meeting, day = gates.meeting, request.meeting
    if request.move is MoveKind.SUBMIT and day:
        if day in meeting.closures:
            yield f"{day} is among the closures of the {meeting.name}; it is noted all the same"
        elif not meeting.holds_on(day):
            yield f"{day} is no day of the {meeting.name} ({meeting.weekday}s); it is noted all the same"
        elif (day - request.today).days < meeting.cutoff_days:
            yield f"this is past the cutoff, {meeting.cutoff_days} days before the meeting; it is marked as late"
    if request.move is MoveKind.SUBMIT and not (header.objectives or header.proposes_objective):
        yield "no objective is served or proposed; the meeting will ask"
    if request.move is MoveKind.LAUNCH:
        for action in header.open_decision_actions:
            yield f"action {action.id} is still open: {action.who}: {action.what}, due {action.due}"
    if request.override:
        yield "gates were overridden; the reason stands in the history and on every agenda"
