"""The gates before a move: each yields every reason that keeps it shut. An override passes gates, and nothing else."""

from collections.abc import Callable, Iterator, Sequence

from padctl.errors import Reason
from padctl.lifecycle.request import Gatekeeper, Request
from padctl.model.deciders import who_may_decide
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.front_matter import FrontMatter
from padctl.model.meeting import Meeting
from padctl.model.terms import MoveKind


def shut_gates(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    """Yield why the gate of a move does not let it pass; most moves have none."""
    if gate := _GATES.get(request.move):
        yield from gate(header, request, gates)


def errors_in(findings: Sequence[Diagnostic]) -> str:
    """Return in words how many errors are among findings; empty for none."""
    number = sum(finding.severity is Severity.ERROR for finding in findings)
    return f"{number} error{'s' if number > 1 else ''}" if number else ""


def _submit_gate(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    for finding in gates.judge():
        if finding.severity is Severity.ERROR:
            yield Reason(message=f"line {finding.line}: {finding.message} ({finding.code})", fix=finding.fix)
    yield from _open_actions(header)
    if request.meeting and request.meeting < request.today:
        fix = "give the date of a meeting to come: --meeting DATE"
        yield Reason(message=f"the meeting of {request.meeting} is past", fix=fix)


def _decide_gate(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    if request.day > request.today:
        yield Reason(message=f"{request.day} is in the future", fix="record the decision once it is taken")
    yield from not_sponsors(header, request.by, gates.meeting)


def _advance_gate(header: FrontMatter, request: Request, gates: Gatekeeper) -> Iterator[Reason]:
    yield from _open_actions(header)
    yield from not_sponsors(header, request.by, gates.meeting)


def _launch_gate(header: FrontMatter, request: Request, __: Gatekeeper) -> Iterator[Reason]:
    if request.launched and request.launched > request.today:
        yield Reason(message=f"{request.launched} is in the future", fix="record the launch on the day")
    approved = header.standing_moves[-1].date if header.standing_moves else header.created
    if request.launched and request.launched < approved:
        fix = "give a later day, or --override --reason TEXT"
        yield Reason(message=f"{request.launched} is before delivery was approved, {approved}", fix=fix)


_GATES: dict[MoveKind, Callable[[FrontMatter, Request, Gatekeeper], Iterator[Reason]]] = {
    MoveKind.SUBMIT: _submit_gate,
    MoveKind.DECIDE: _decide_gate,
    MoveKind.ADVANCE: _advance_gate,
    MoveKind.LAUNCH: _launch_gate,
}


def _open_actions(header: FrontMatter) -> Iterator[Reason]:
    for action in header.open_decision_actions:
        fix = f"padctl action done {header.id} {action.id}"
        yield Reason(message=f"action {action.id} is open: {action.who}: {action.what}, due {action.due}", fix=fix)


def not_sponsors(header: FrontMatter, by: Sequence[str], meeting: Meeting) -> Iterator[Reason]:
    """Yield a reason for each name that is no sponsor of the PAD or of the meeting, where any are named."""
    sponsors = who_may_decide(header, meeting)
    for name in by:
        if sponsors and name not in sponsors:
            listed = ", ".join(sorted(sponsors))
            fix = f"--by one of {listed}; or add the name to `sponsors` of the PAD"
            yield Reason(message=f'"{name}" is no sponsor of {header.id} or of the meeting', fix=fix)
