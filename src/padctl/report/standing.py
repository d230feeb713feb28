"""Where a PAD stands, in words that people use, and which command comes next."""

from datetime import date

from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Outcome, Stage, Status
from padctl.model.transitions import active_state

_NOUN = {
    Stage.PROBLEM_FRAMING: "problem",
    Stage.SOLUTION_FRAMING: "solution",
    Stage.DELIVERY: "delivery",
    Stage.POST_LAUNCH_RECAP: "recap",
}


def day(value: date) -> str:
    """Return a date as people read it: 26 Nov 2026."""
    return f"{value.day} {value:%b %Y}"


def ago(value: date, today: date) -> str:
    """Return how long before today a day lies: today, yesterday, 3 days ago; a later day is given as its date."""
    days = (today - value).days
    if days < 0:
        return f"on {day(value)}"
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def standing(pad: Pad) -> str:
    """Return one sentence on where the PAD stands: "Problem approved 26 Nov 2026; solution being written"."""
    header = pad.header
    if header is None:
        return "It cannot be read; see padctl lint"
    now = current(header)
    approval = _latest_approval(header)
    if not approval or header.status is Status.DONE:
        return now
    return f"{approval[:1].upper()}{approval[1:]}; {now[:1].lower()}{now[1:]}"


def current(header: FrontMatter) -> str:
    """Return where a PAD stands without what came before: "Recap in review for 26 Nov 2026"."""
    now = _now(header)
    return now[:1].upper() + now[1:]


def next_step(pad: Pad) -> str:
    """Return the command that takes the PAD on, or an empty string where nothing is left to do."""
    header = pad.header
    if header is None:
        return f"padctl lint {pad.path}"
    waiting = header.open_decision_actions
    if waiting and header.status in {Status.DRAFT, Status.FOLLOW_UP}:
        return f"padctl action done {header.id} {waiting[0].id}"
    return {
        Status.DRAFT: f"padctl submit {header.id} --meeting DATE",
        Status.IN_REVIEW: f"padctl decide {header.id} OUTCOME --by NAME",
        Status.FOLLOW_UP: f"padctl advance {header.id} --by NAME",
        Status.IN_PROGRESS: f"padctl launch {header.id}",
        Status.ON_HOLD: f"padctl resume {header.id}",
        Status.WITHDRAWN: "",
        Status.DONE: "",
    }[header.status]


def since(header: FrontMatter) -> date:
    """Return the day from which the PAD is where it stands."""
    moves = header.standing_moves
    return moves[-1].date if moves else header.created


def _now(header: FrontMatter) -> str:
    noun = _NOUN[header.stage]
    waiting = len(header.open_decision_actions)
    todo = f" ({waiting} action{'s' if waiting > 1 else ''} open)" if waiting else ""
    last = header.standing_moves[-1] if header.standing_moves else None
    rejected = last is not None and last.outcome is Outcome.REWORK
    draft = f"{noun} not approved on {day(since(header))}, being reworked" if rejected else f"{noun} being written"
    reason = f": {last.reason}" if last and last.reason else ""
    return {
        Status.DRAFT: draft + todo,
        Status.IN_REVIEW: f"{noun} in review" + (f" for {day(header.slot.date)}" if header.slot else ""),
        Status.FOLLOW_UP: f"{noun} waits on a follow-up{todo}",
        Status.IN_PROGRESS: f"being built{todo}",
        Status.DONE: f"done, closed on {day(since(header))}",
        Status.ON_HOLD: f"on hold since {day(since(header))}{reason}",
        Status.WITHDRAWN: f"withdrawn on {day(since(header))}{reason}",
    }[header.status]


def _latest_approval(header: FrontMatter) -> str:
    """Say which stage was approved last, or launched."""
    stage = header.stage
    if header.launched and stage is Stage.POST_LAUNCH_RECAP:
        return f"launched {day(header.launched)}"
    approved, moves = "", header.standing_moves
    for position, entry in enumerate(moves):
        approves = entry.move is MoveKind.ADVANCE or (entry.outcome is not None and entry.outcome.approves)
        if approves and entry.stage.order > Stage.PROBLEM_FRAMING.order:
            before = active_state(moves[:position], list(Stage)).stage
            approved = f"{_NOUN[before]} approved {day(entry.date)}"
    return approved
