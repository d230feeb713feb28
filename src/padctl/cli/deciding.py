"""A decision put together: what the options give, and the rest by asking the person at the terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import typer

from padctl.cli.asking import agreed, ask_until
from padctl.cli.people import asked_person
from padctl.cli.session import Session, names, parse_day
from padctl.errors import UsageError
from padctl.lifecycle import ActionRequest, Gatekeeper, Request, read_action
from padctl.lifecycle.gates import errors_in, not_sponsors, shut_gates
from padctl.model.deciders import who_decides
from padctl.model.front_matter import FrontMatter, HistoryEntry
from padctl.model.pad import Pad
from padctl.model.terms import ACTION_OF_OUTCOME, MoveKind, Outcome, suggestion
from padctl.report.agenda_days import last_before
from padctl.report.standing import day as shown

if TYPE_CHECKING:
    from padctl.render.console import Line


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is recorded of a decision; `day` is the day on which it was taken.

    `seen` holds the history that was before the person who was asked, by the PAD's id; empty where nobody was.
    """

    outcome: Outcome
    day: date
    by: tuple[str, ...]
    actions: tuple[ActionRequest, ...] = ()
    note: str | None = None
    seen: Mapping[str, Sequence[HistoryEntry]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the options gave of a decision; what they did not is None or empty.

    `override` is the reason for passing gates. `thorough` asks for the reason and for agreement although an outcome is
    given.
    """

    outcome: Outcome | None = None
    day: date | None = None
    by: tuple[str, ...] = ()
    actions: tuple[ActionRequest, ...] = ()
    note: str | None = None
    override: str | None = None
    thorough: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing needs to be asked for."""
        known = self.outcome and self.by and (self.actions or self.outcome not in ACTION_OF_OUTCOME)
        return bool(known and not self.thorough)


def complete(
    session: Session, pads: Sequence[Pad], given: Given, *, first: Callable[[], None] = lambda: None
) -> Decision:
    """Return a whole decision, asking for what is missing for a PAD and then for the person's agreement.

    `first` comes before the first question.

    For several PADs nothing is asked: each has its own sponsors and its own day.

    Raises:
        UsageError: something is missing and nobody can be asked.
        typer.Exit: the person does not agree.
    """
    from padctl.render.console import to_text

    header = pads[0].header if len(pads) == 1 else None
    if header is None or given.whole or not session.interactive:
        return _as_given(session, given)
    first()
    decision = _asked(session, pads[0], header, given)
    for text in to_text(_summary(session, pads[0], header, decision, given.override), color=False).splitlines():
        session.note(text)
    if not agreed("Record this?"):
        session.note("nothing was recorded")
        raise typer.Exit(1)
    return decision


def parse_outcome(word: str) -> Outcome:
    """Return the outcome of a name or of its number, 1 to 4.

    Raises:
        UsageError: there is none; suggests the nearest.
    """
    outcomes = list(Outcome)
    if word in {"1", "2", "3", "4"}:
        return outcomes[int(word) - 1]
    if word.lower() in outcomes:
        return Outcome(word.lower())
    near = suggestion(word.lower(), outcomes)
    raise UsageError(f'there is no outcome "{word}"{near}', fix=f"one of {_listed_outcomes()}")


def _listed_outcomes() -> str:
    """Return the four outcomes with their numbers, for a message."""
    return ", ".join(f"{number} {name}" for number, name in enumerate(Outcome, start=1))


def _as_given(session: Session, given: Given) -> Decision:
    """Return the decision of the options; a missing action is a reason of the lifecycle, told among the others."""
    if given.outcome is None:
        raise UsageError("OUTCOME is missing", fix=f"add one of {_listed_outcomes()}")
    if not given.by:
        raise UsageError("--by NAME is missing", fix="add --by NAME")
    return Decision(
        outcome=given.outcome, day=given.day or session.today, by=given.by, actions=given.actions, note=given.note
    )


def _asked(session: Session, pad: Pad, header: FrontMatter, given: Given) -> Decision:
    whole = given.outcome is None or given.thorough
    outcome = given.outcome or _outcome(session, header)
    return Decision(
        outcome=outcome,
        seen={header.id: header.history},
        actions=given.actions or tuple(_actions(session, outcome, given.day or session.today)),
        by=given.by or _deciders(session, pad, header, override=bool(given.override)),
        day=given.day or (_day(session, pad, header) if whole else session.today),
        note=given.note
        or (ask_until(session, "Reason, for the minutes (may be empty)", str, default="") if whole else None)
        or None,
    )


def _outcome(session: Session, header: FrontMatter) -> Outcome:
    session.note(f"{header.id} {header.title}: {header.stage.label}")
    for number, outcome in enumerate(Outcome, start=1):
        session.note(f"  {number}  {outcome.label}")
    return ask_until(session, "Outcome, 1 to 4", parse_outcome)


def _actions(session: Session, outcome: Outcome, day: date) -> Iterator[ActionRequest]:
    """Ask for the actions of an outcome that needs some, until an empty line."""
    kind = ACTION_OF_OUTCOME.get(outcome)
    if kind is None:
        return
    session.note('Who does what by when: "dana: ask five teachers by 2026-12-03"; empty to end.')
    doubted = set[str]()
    for number in count(1):
        read = partial(_action, session, day=day, doubted=doubted, needed=number == 1)
        action = ask_until(session, f"{kind.capitalize()} {number}", read, default="")
        if action is None:
            return
        yield action


def _action(session: Session, text: str, *, day: date, doubted: set[str], needed: bool) -> ActionRequest | None:
    if needed and not text:
        raise UsageError("this outcome needs at least one")
    if not text:
        return None
    action = read_action(text, session.workspace.settings)
    who = asked_person(session, action.who, doubted)
    if action.due < day:
        raise UsageError(f"{action.due} is before the decision of {day}", fix="give a day on which it can be done")
    return replace(action, who=who)


def _deciders(session: Session, pad: Pad, header: FrontMatter, *, override: bool) -> tuple[str, ...]:
    settings, meeting = session.workspace.settings, session.workspace.frame.meeting_of(pad)

    def read(text: str) -> tuple[str, ...]:
        by = tuple(map(settings.short_name, names([text])))
        if not by:
            raise UsageError("somebody decided")
        for reason in () if override else not_sponsors(header, by, meeting):
            raise UsageError(reason.message, fix=reason.fix)
        return by

    return ask_until(session, "Decided by", read, default=", ".join(who_decides(header, meeting)) or None)


def _day(session: Session, pad: Pad, header: FrontMatter) -> date:
    """Ask for the day where the latest meeting is past: what is recorded later was decided then."""
    latest = header.standing_moves[-1].date if header.standing_moves else header.created
    meeting = session.workspace.frame.meeting_of(pad)
    held = max(header.slot.date, latest, last_before(meeting, session.today) or latest) if header.slot else latest
    if held >= session.today or meeting.holds_on(session.today) or not header.slot:
        return session.today
    return ask_until(session, "Decided on", lambda text: parse_day(text, "the day"), default=str(held))


def _summary(
    session: Session, pad: Pad, header: FrontMatter, decision: Decision, override: str | None
) -> "Iterator[Line]":
    from padctl.render.console import folded, line

    person, width = session.workspace.settings.person, session.width
    yield line()
    yield from folded(f"{header.id} {header.title}", width=width)
    yield line(f"  {header.stage.label.capitalize()}: {decision.outcome.label}, {shown(decision.day)}")
    yield from folded(", ".join(map(person, decision.by)), width=width, first="  Decided by ")
    for action in decision.actions:
        text = f"{person(action.who)}: {action.what} by {shown(action.due)}"
        yield from folded(text, width=width, first="  ", rest="    ")
    if decision.note:
        yield from folded(decision.note, width=width, first="  ")
    for text in _warnings(session, pad, header, decision, override):
        yield from folded(text, width=width, first="  ", rest="    ")


def _warnings(
    session: Session, pad: Pad, header: FrontMatter, decision: Decision, override: str | None
) -> Iterator[str]:
    """Yield what the person should know before agreeing: what is overridden, and that the PAD is not ready."""
    if errors := errors_in(session.workspace.findings([pad], session.today).diagnostics):
        yield f"Not ready: lint finds {errors}"
    if override is None:
        return
    request = Request(move=MoveKind.DECIDE, day=decision.day, today=session.today, by=decision.by)
    passed = list(shut_gates(header, request, Gatekeeper(meeting=session.workspace.frame.meeting_of(pad))))
    for reason in passed:
        yield f"Overridden: {reason.message}"
    yield f"Reason for the override: {override}" if passed else "Nothing to override: no gate stands in the way"
