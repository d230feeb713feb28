"""One paragraph on a meeting for those who were absent: counts, the outcomes that matter most, what is left."""

from collections import Counter
from collections.abc import Iterator, Sequence

from padctl.model.settings import Settings
from padctl.model.terms import Outcome, Stage, Status
from padctl.report.minutes_facts import Ruling
from padctl.report.minutes_view import Decision, Undecided
from padctl.report.standing import day as shown

_COUNTED = {
    Outcome.PROCEED: "approved",
    Outcome.PROCEED_WITH_CORRECTIONS: "approved with corrections",
    Outcome.FOLLOW_UP: "follow-up first",
    Outcome.REWORK: "not approved",
    None: "approved after its follow-up",
}
_NOUN = {Outcome.FOLLOW_UP.label: "request for a follow-up", Outcome.REWORK.label: "refusal"}
_ENTERED = {
    Stage.DELIVERY: "Now to be built",
    Stage.POST_LAUNCH_RECAP: "On to the recap",
    Stage.SOLUTION_FRAMING: "Worth solving, with a solution to be written next",
}


def summary(
    standing: Sequence[tuple[Ruling, Decision]],
    *,
    taken_back: Sequence[Decision],
    undecided: Sequence[Undecided],
    meeting: str,
    outside: str,
    why_not: str,
    settings: Settings,
) -> str:
    """Return plain sentences; `standing` are the decisions that still stand, `meeting` names it with its day.

    `outside` says in words that the day was no meeting's, else it is empty. `why_not` is the clause that says why
    it did not take place, empty where it did.
    """
    sentences = [
        _counts(standing, meeting, outside=outside, why_not=why_not, had_more=bool(taken_back)),
        *_most_important(standing),
        *_actions(standing, settings),
        *_exceptions(standing, taken_back),
        *_left(undecided),
    ]
    return " ".join(f"{sentence}." for sentence in sentences)


def _counts(
    standing: Sequence[tuple[Ruling, Decision]], meeting: str, *, outside: str, why_not: str, had_more: bool
) -> str:
    if not standing:
        if why_not:
            return f"The {meeting} did not take place: {why_not}"
        if outside:
            return f"{outside}, a decision was taken that does not stand any more"
        return f"No decision of the {meeting} stands" if had_more else f"Nothing was decided at the {meeting}"
    found = Counter(ruling.entry.outcome for ruling, _ in standing)
    parts = [f"{found[outcome]} {words}" for outcome, words in _COUNTED.items() if found[outcome]]
    one = len(standing) == 1
    counted = _COUNTED[standing[0][0].entry.outcome] if one else _listed(parts)
    number = "1 decision" if one else f"{len(standing)} decisions"
    return (
        f"{outside}, {number} {'was' if one else 'were'} taken: {counted}"
        if outside
        else f"The {meeting} took {number}: {counted}"
    )


def _most_important(standing: Sequence[tuple[Ruling, Decision]]) -> Iterator[str]:
    """Yield what is built, what is closed, what goes on, and what does not."""
    entered = [(ruling.entry.stage, decision) for ruling, decision in standing if _moved_on(ruling)]
    for stage, words in _ENTERED.items():
        if found := [decision for to, decision in entered if to is stage]:
            yield f"{words}: {_titles(found)}"
    if found := [decision for ruling, decision in standing if ruling.entry.status is Status.DONE]:
        yield f"Finished: {_titles(found)}"
    if found := [decision for ruling, decision in standing if ruling.entry.outcome is Outcome.FOLLOW_UP]:
        yield f"Waiting on a follow-up: {_titles(found)}"
    if found := [decision for ruling, decision in standing if ruling.entry.outcome is Outcome.REWORK]:
        yield f"Sent back for more work: {_titles(found)}"


def _moved_on(ruling: Ruling) -> bool:
    return ruling.entry.stage is not ruling.stage and ruling.entry.status is not Status.DONE


def _actions(standing: Sequence[tuple[Ruling, Decision]], settings: Settings) -> Iterator[str]:
    actions = [action for ruling, _ in standing for action in ruling.actions]
    if not actions:
        return
    first = min(actions, key=lambda action: action.due)
    who = settings.person(settings.short_name(first.who))
    if len(actions) == 1:
        yield f"1 action was agreed: {who} has until {shown(first.due)}"
    else:
        yield f"{len(actions)} actions were agreed; the first is due from {who} on {shown(first.due)}"


def _exceptions(standing: Sequence[tuple[Ruling, Decision]], taken_back: Sequence[Decision]) -> Iterator[str]:
    if passed := [decision for _, decision in standing if decision.override]:
        yield f"A gate was passed by override for {_titles(passed)}"
    again = {decision.pad for _, decision in standing}
    for decision in taken_back:
        noun = _NOUN.get(decision.outcome, "approval")
        which = f"An earlier {noun}" if decision.pad in again else f"The {noun}"
        when = f" on {shown(decision.taken_back)}" if decision.taken_back else ""
        yield f"{which} of {_titles([decision])} was taken back{when}"


def _left(undecided: Sequence[Undecided]) -> Iterator[str]:
    if undecided:
        are = "1 PAD was" if len(undecided) == 1 else f"{len(undecided)} PADs were"
        it = "is" if len(undecided) == 1 else "are"
        yield f"{are} not decided and {it} carried over: {_titles(undecided)}"


def _titles(found: Sequence[Decision | Undecided]) -> str:
    return _listed([f"{one.title} ({one.pad})" for one in found])


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
