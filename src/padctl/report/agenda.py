"""The agenda of a meeting: what is reviewed, who presents, what is asked, and what is owed."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from padctl.model.corpus import Corpus
from padctl.model.front_matter import FrontMatter, Slot
from padctl.model.pad import Pad
from padctl.model.settings import Meeting
from padctl.model.terms import MoveKind, Stage, Status
from padctl.model.wording import heading_key
from padctl.report.agenda_view import Agenda, Decided, Item, Later, Metric, OwedAction, OwedRecap, Promise
from padctl.report.standing import standing

_HORIZON = 366 * 2


def agenda(corpus: Corpus, *, day: date, today: date, stream: str | None = None) -> Agenda:
    """Return the agenda of a meeting on a day: slots of that day, and earlier ones that passed undecided.

    `stream` names one of the settings' meetings; without it the agenda is the common meeting's.
    """
    meeting, settings = corpus.meeting(stream), corpus.settings
    items = tuple(_items(corpus, stream, day, today))
    decided = tuple(_decided(corpus, stream, day))
    ahead = Counter(slot for slot in _slots(corpus, stream) if slot > day)
    return Agenda(
        meeting=meeting.name,
        date=day,
        time=meeting.time.strftime("%H:%M") if meeting.time else "",
        timezone=meeting.timezone if meeting.time else "",
        today=today,
        closed=day in meeting.closures,
        regular=day.weekday() == meeting.weekday_number,
        capacity=meeting.minutes,
        minutes=sum(item.minutes for item in items),
        cancelled=not (items or decided) and "empty" in meeting.cancel_when,
        required=tuple(map(settings.person, meeting.required)),
        optional=tuple(map(settings.person, meeting.optional)),
        sponsors=tuple(map(settings.person, meeting.sponsors)),
        items=items,
        decided=decided,
        later=tuple(Later(date=date, pads=ahead[date]) for date in sorted(ahead)),
        unreadable=tuple(pad.path for pad in corpus.pads if pad.header is None),
        actions=owed_actions(corpus, today=today),
        recaps=tuple(_recaps(corpus, today)),
    )


def next_meeting(corpus: Corpus, today: date, stream: str | None = None) -> date | None:
    """Return the next day on which something is reviewed or the meeting is held, today included."""
    meeting = corpus.meeting(stream)
    ahead = (today + timedelta(days=days) for days in range(min(_HORIZON, (date.max - today).days)))
    regular = next((day for day in ahead if meeting.holds_on(day)), None)
    slots = [day for day in _slots(corpus, stream) if day >= today]
    return min(filter(None, [regular, *slots]), default=None)


def owed_actions(corpus: Corpus, *, today: date) -> tuple[OwedAction, ...]:
    """Return all open actions, the longest overdue first."""
    owed = [
        OwedAction(
            pad=pad.id,
            title=pad.header.title,
            id=action.id,
            kind=action.kind,
            who=corpus.settings.person(action.who),
            what=action.what,
            due=action.due,
            overdue=action.due < today,
        )
        for pad in corpus.pads
        if pad.header
        for action in pad.header.open_actions
    ]
    return tuple(sorted(owed, key=lambda action: (action.due, action.pad, action.id)))


def _slots(corpus: Corpus, stream: str | None) -> list[date]:
    pads = [pad for pad in corpus.pads if corpus.stream_of(pad) == stream]
    return [pad.header.slot.date for pad in pads if pad.header and pad.header.slot]


def _decided(corpus: Corpus, stream: str | None, day: date) -> Iterator[Decided]:
    for pad in corpus.pads:
        if pad.header is None or corpus.stream_of(pad) != stream:
            continue
        for entry in pad.header.standing_moves:
            if entry.outcome and entry.date == day:
                yield Decided(
                    pad=pad.id,
                    title=pad.header.title,
                    outcome=entry.outcome.label,
                    by=tuple(map(corpus.settings.person, entry.by)),
                    note=entry.note or "",
                )


def _items(corpus: Corpus, stream: str | None, day: date, today: date) -> Iterator[Item]:
    on_agenda: list[tuple[FrontMatter, Slot, Pad]] = []
    for pad in corpus.pads:
        header = pad.header
        if header and header.slot and header.status is Status.IN_REVIEW and corpus.stream_of(pad) == stream:
            passed = header.slot.date < min(day, today)
            if header.slot.date == day or passed:
                on_agenda.append((header, header.slot, pad))
    on_agenda.sort(key=lambda entry: (entry[1].date == day, entry[1].date, entry[0].stage.order, entry[0].id))
    for header, slot, pad in on_agenda:
        yield _item(corpus, pad, header, slot, day)


def _item(corpus: Corpus, pad: Pad, header: FrontMatter, slot: Slot, day: date) -> Item:
    settings, meeting = corpus.settings, corpus.meeting_of(pad)
    submitted = [entry.date for entry in header.standing_moves if entry.move is MoveKind.SUBMIT]
    first = pad.sections_of(header.stage)
    summary = next((placed.summary for placed in first if placed.filled and placed.summary), "")
    return Item(
        pad=header.id,
        title=header.title,
        path=pad.path,
        link=settings.links.to(pad.path),
        review=header.stage.label,
        standing=standing(pad),
        owner=settings.person(header.owner),
        team=header.team or "",
        presenter=settings.person(slot.presenter or header.owner),
        minutes=slot.minutes or meeting.slot,
        ask=slot.ask or _usual_ask(header.stage),
        summary=summary,
        metrics=tuple(_metrics(pad)),
        submitted=submitted[-1] if submitted else None,
        late=bool(submitted) and _is_late(meeting, submitted[-1], slot.date),
        carried_over=slot.date if slot.date != day else None,
        promised=tuple(
            Promise(action=f"{settings.person(a.who)}: {a.what}", id=a.id, due=a.due, done=a.done)
            for a in header.actions
            if a.source is not None
        ),
        overrides=tuple(
            f"{entry.move} on {entry.date}: {entry.override}" for entry in header.standing_moves if entry.override
        ),
    )


def _is_late(meeting: Meeting, submitted: date, day: date) -> bool:
    return (day - submitted).days < meeting.cutoff_days


def _usual_ask(stage: Stage) -> str:
    return {
        Stage.PROBLEM_FRAMING: "Is this problem worth solving now?",
        Stage.SOLUTION_FRAMING: "Is this the right solution to build?",
        Stage.POST_LAUNCH_RECAP: "Did it succeed, and what do we learn?",
    }.get(stage, "What is decided?")


def _metrics(pad: Pad) -> Iterator[Metric]:
    placed, recap = pad.section("Success Metrics"), pad.section("Success Reflection")
    rows = [{heading_key(name): value for name, value in row.items()} for row in (recap.rows() if recap else [])]
    results = {heading_key(row.get("metric", "")): {k: row.get(k, "") for k in ("actual", "verdict")} for row in rows}
    for row in placed.rows() if placed else []:
        values = {heading_key(name): value for name, value in row.items()}
        values |= results.get(heading_key(values.get("metric", "")), {})
        names = ("metric", "baseline", "target", "by", "actual", "verdict")
        yield Metric(**{name: values.get(name, "") for name in names})


def _recaps(corpus: Corpus, today: date) -> Iterator[OwedRecap]:
    days = timedelta(days=corpus.settings.recap.due_days)
    for pad in corpus.pads:
        header = pad.header
        if header and header.launched and header.stage is Stage.POST_LAUNCH_RECAP and header.status is Status.DRAFT:
            due = header.launched + days
            yield OwedRecap(
                pad=header.id,
                title=header.title,
                owner=corpus.settings.person(header.owner),
                launched=header.launched,
                due=due,
                overdue=due < today,
            )
