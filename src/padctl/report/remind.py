"""Who owes what today: one reminder a person, each debt with the command that settles it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from padctl.model.corpus import Corpus
from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter
from padctl.model.meeting import meeting_option
from padctl.model.pad import Pad
from padctl.model.terms import CLOSED, Stage, Status
from padctl.report.actions import open_actions
from padctl.report.agenda import agenda
from padctl.report.agenda_days import first_from, next_meeting, slot_day
from padctl.report.agenda_owed import cutoff_of
from padctl.report.agenda_view import Agenda
from padctl.report.feedback import answer_due, owed_answers
from padctl.report.standing import day, next_step, since

_FRIDAY = 4


@dataclass(frozen=True, kw_only=True)
class Debt:
    """Something that one person owes; `what` is an order in words, `about` the PAD or meeting, `pad` empty for one.

    `due` is the last day on which it is in time, None where there is no such day. `instead_of` is the full name of
    somebody who left and owed it, empty where it is the person's own.
    """

    kind: str
    pad: str
    about: str
    what: str
    due: Day | None
    overdue: bool
    command: str
    instead_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """All that waits for one person, overdue things first.

    `who` is the short name, empty where nobody is named; `stands_in_for` are the full names of those who left and
    whose debts are here; `left` says that this person has left too and nobody takes over.
    """

    who: str
    name: str
    chat: str
    email: str
    left: bool
    stands_in_for: tuple[str, ...]
    debts: tuple[Debt, ...]


@dataclass(frozen=True, kw_only=True)
class Unmerged:
    """A submission that the default branch lacks: the PAD as it is there, the branch that has it, and the default one.

    `command` is what publishes it; `place` says in words where it is.
    """

    pad: Pad
    place: str
    default: str
    command: str


def reminders(corpus: Corpus, *, today: date, unmerged: Sequence[Unmerged] = ()) -> tuple[Reminder, ...]:
    """Return who owes what, by name; `unmerged` holds the submissions of this clone and of other branches."""
    settings = corpus.settings
    owed: dict[str, list[Debt]] = {}
    covered: dict[str, dict[str, None]] = {}
    for name, debt in _debts(corpus, today, unmerged):
        key = settings.short_name(name)
        who = settings.stand_in(key, today)
        if who != key:
            covered.setdefault(who, {})[settings.person(key)] = None
        taken_over = debt if who == key else replace(debt, instead_of=settings.person(key))
        owed.setdefault(who, []).append(taken_over)
    found = [_reminder(corpus, who, debts, tuple(covered.get(who, ())), today) for who, debts in owed.items()]
    return tuple(sorted(found, key=lambda reminder: (not reminder.who, reminder.name.casefold())))


def _reminder(corpus: Corpus, who: str, debts: list[Debt], covered: tuple[str, ...], today: date) -> Reminder:
    settings = corpus.settings
    person = settings.people.get(who)
    return Reminder(
        who=who,
        name=settings.person(who) or "Whoever runs the meeting",
        chat=(person.chat or "") if person else "",
        email=(person.email or "") if person else "",
        left=bool(person and person.gone(today)),
        stands_in_for=covered,
        debts=tuple(sorted(debts, key=lambda debt: (not debt.overdue, debt.due or date.max, debt.about))),
    )


def _debts(corpus: Corpus, today: date, unmerged: Sequence[Unmerged]) -> Iterator[tuple[str, Debt]]:
    """Yield every debt with the name of the person who owes it; an empty name for whoever runs the meeting."""
    streams = (None, *corpus.settings.meetings)
    coming = [agenda(corpus, day=on, today=today, stream=s) for s in streams if (on := next_meeting(corpus, today, s))]
    held_back = {dropped.pad for view in coming for dropped in view.dropped}
    elsewhere = {one.pad.path for one in unmerged}
    for pad in corpus.pads:
        if pad.header and pad.header.status not in CLOSED:
            yield from _answers(corpus, pad, pad.header, today)
            yield from _of_owner(corpus, pad, pad.header, today)
            if pad.id not in held_back and pad.path not in elsewhere:
                yield from _undecided(corpus, pad, pad.header, today)
    for one in unmerged:
        if one.pad.header:
            yield from _publication(corpus, one, one.pad.header, today)
    yield from _actions(corpus, today)
    for view in coming:
        yield from _agenda_to_send(corpus, view, today)


def _debt(kind: str, header: FrontMatter, what: str, due: date | None, command: str, *, today: date) -> Debt:
    return Debt(
        kind=kind,
        pad=header.id,
        about=f"{header.id} {header.title}",
        what=what,
        due=due,
        overdue=due is not None and due < today,
        command=command,
    )


def _answers(corpus: Corpus, pad: Pad, header: FrontMatter, today: date) -> Iterator[tuple[str, Debt]]:
    for owed in owed_answers(pad, corpus.settings):
        by = corpus.settings.stand_in(owed.who, today)
        command = f"padctl feedback {header.id} --by {by} --stance STANCE --note TEXT"
        what = f"Say what you think of the {header.stage.label}"
        yield owed.who, _debt("answer", header, what, owed.by, command, today=today)


def _of_owner(corpus: Corpus, pad: Pad, header: FrontMatter, today: date) -> Iterator[tuple[str, Debt]]:
    settings = corpus.settings
    for number, said in enumerate(header.feedback, start=1):
        if due := answer_due(header, said, settings):
            what = f"Answer the {said.stance} of {settings.person(said.by)}: {said.note}"
            command = f"padctl feedback {header.id} --resolve {number} --note TEXT"
            yield header.owner, _debt("concern", header, what, due, command, today=today)
    if header.status is Status.FOLLOW_UP and not header.open_decision_actions:
        what = "Its follow-ups are done: ask a sponsor to let it go on"
        yield header.owner, _debt("advance", header, what, None, next_step(pad), today=today)
    if header.status is not Status.DRAFT:
        return
    ahead = today + timedelta(days=settings.remind.ahead_days)
    if header.launched and header.stage is Stage.POST_LAUNCH_RECAP:
        due = settings.recap_due(header.launched)
        if due <= ahead:
            what = f"Write the recap and submit it; it was launched on {day(header.launched)}"
            yield header.owner, _debt("recap", header, what, due, next_step(pad), today=today)
    elif (today - since(header)).days >= settings.remind.stale_days and not header.open_decision_actions:
        stage = header.stage.label.capitalize()
        what = f"{stage} is a draft since {day(since(header))}: submit it, put it on hold or withdraw it"
        yield header.owner, _debt("draft", header, what, None, next_step(pad), today=today)


def _publication(corpus: Corpus, one: Unmerged, header: FrontMatter, today: date) -> Iterator[tuple[str, Debt]]:
    """Yield a submission to be merged before the cutoff of its meeting, or of the next where that has passed."""
    meeting = corpus.meeting_of(one.pad)
    asked = slot_day(one.pad, meeting)
    if asked:
        held = asked if asked >= today else first_from(meeting, today) or asked
        what = f"Its submission for {day(asked)} is {one.place}: bring it to {one.default}"
        yield header.owner, _debt("merge", header, what, cutoff_of(meeting, held), one.command, today=today)


def _undecided(corpus: Corpus, pad: Pad, header: FrontMatter, today: date) -> Iterator[tuple[str, Debt]]:
    meeting = corpus.meeting_of(pad)
    on = slot_day(pad, meeting)
    if on and on < today:
        what = f"It was on the agenda of {day(on)} and was not decided: record it, or take it up again"
        yield meeting.facilitator or "", _debt("undecided", header, what, None, next_step(pad), today=today)


def _actions(corpus: Corpus, today: date) -> Iterator[tuple[str, Debt]]:
    ahead = today + timedelta(days=corpus.settings.remind.ahead_days)
    for action in open_actions(corpus, today=today):
        if action.due <= ahead and not action.withdrawn:
            blocks = f" ({action.blocks})" if action.blocks else ""
            yield (
                action.person,
                Debt(
                    kind="action",
                    pad=action.pad,
                    about=f"{action.pad} {action.title}",
                    what=f"{action.what}{blocks}",
                    due=action.due,
                    overdue=action.overdue,
                    command=f"padctl action done {action.pad} {action.id}",
                ),
            )


def _agenda_to_send(corpus: Corpus, view: Agenda, today: date) -> Iterator[tuple[str, Debt]]:
    """Yield the agenda of a meeting on this or the next working day, unless nobody runs it and nothing is submitted."""
    stream = view.stream or None
    facilitator = corpus.meeting(stream).facilitator
    nothing = not (view.items or view.dropped)
    if view.date > _next_working_day(today) or (nothing and (view.decided or not facilitator)):
        return
    yield (
        facilitator or "",
        Debt(
            kind="agenda",
            pad="",
            about=f"{view.meeting}, {view.weekday} {day(view.date)}",
            what=_what_to_send(view),
            due=view.date,
            overdue=False,
            command=f"padctl agenda {view.date}{meeting_option(stream)}",
        ),
    )


def _what_to_send(view: Agenda) -> str:
    if view.cancelled:
        return f"Send the cancellation. {view.reason}"
    items = len(view.items)
    off = ", ".join(dropped.pad for dropped in view.dropped)
    review = f"{items} PAD{'' if items == 1 else 's'} to review" if items else "nothing to review"
    return f"Send the agenda, {review}{f'; off it for overdue actions: {off}' if off else ''}"


def _next_working_day(today: date) -> date:
    return today + timedelta(days=max(1, 7 - today.weekday()) if today.weekday() >= _FRIDAY else 1)
