"""A meeting and the quarter's recap session as calendar events: who, when, and what is on the agenda."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from padctl.model.corpus import Corpus
from padctl.model.meeting import Meeting
from padctl.model.pad import Pad
from padctl.model.quarter import quarter_end, quarter_start
from padctl.model.settings import Settings
from padctl.report.agenda import agenda
from padctl.report.agenda_clock import moment
from padctl.report.agenda_days import days_of_the_feed, last_before, next_meeting, pads_of
from padctl.report.agenda_facts import Facts, Proposed
from padctl.report.agenda_item import Item
from padctl.report.agenda_owed import cutoff_of
from padctl.report.agenda_view import Agenda
from padctl.report.standing import day

_WEEKS_AHEAD = 13


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody with an address."""

    name: str
    email: str
    required: bool


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event; without `starts` and `ends` it takes the whole day. `status` is the calendar's own word.

    `paths` are the PADs whose commits make a newer version of it; `turns` are the days
    after which it may read otherwise without a commit. `unreachable` are people without an address.
    """

    uid: str
    day: date
    starts: datetime | None
    ends: datetime | None
    title: str
    description: str
    status: str
    organizer: Guest | None
    guests: tuple[Guest, ...]
    unreachable: tuple[str, ...]
    paths: tuple[str, ...]
    turns: tuple[date, ...]


def meeting_event(corpus: Corpus, view: Agenda, stream: str | None) -> Event:
    """Return a meeting with its agenda as an event; one that is cancelled says so."""
    lines = list(_cancelled(view) if view.cancelled else _on_the_agenda(view))
    lines += [
        f"Submitted, waiting on a merge: {one.pad} {one.title} ({one.owner}, {one.branch})" for one in view.waiting
    ]
    status = "CANCELLED" if view.cancelled else "CONFIRMED" if view.items or view.decided else "TENTATIVE"
    presenters = [item.presenter for item in view.items]
    return _event(corpus, stream, view.date, title=view.meeting, status=status, lines=lines, presenters=presenters)


def abandoned_event(corpus: Corpus, view: Agenda, stream: str | None) -> Event | None:
    """Return the cancelled event of the date that was asked for, where it was a meeting day before it rolled on."""
    if view.asked is None:
        return None
    submitted = any(entry.meeting == view.asked for _, entry in corpus.entries.get(stream, ()))
    if not submitted and view.asked not in corpus.meeting(stream).closures:
        return None
    lines = [f"No meeting on {day(view.asked)}: {view.asked_why}. The next one is on {day(view.date)}."]
    return _event(corpus, stream, view.asked, title=view.meeting, status="CANCELLED", lines=lines)


def feed(corpus: Corpus, *, today: date, stream: str | None, proposed: Iterable[Proposed] = ()) -> Iterator[Event]:
    """Yield all events of a meeting, behind and a quarter ahead, with the recap sessions of the common meeting.

    An empty meeting is tentative until its cutoff: PADs can still be submitted for it. What was not decided goes to
    the next one alone. `proposed` are the submissions that only branches have.
    """
    nearest, facts = next_meeting(corpus, today, stream) or today, Facts(proposed=tuple(proposed))
    days = days_of_the_feed(corpus, today=today, weeks=_WEEKS_AHEAD, stream=stream)
    for held in days:
        carrying = held <= nearest
        view = agenda(corpus, day=held, today=today, stream=stream, carrying=carrying, recalling=False, facts=facts)
        yield meeting_event(corpus, view, stream)
    if stream is None:
        yield from filter(None, (recap_event(corpus, end, today=today) for end in _quarters(corpus.settings, days)))


def recap_event(corpus: Corpus, within: date, *, today: date) -> Event | None:
    """Return the recap session of the quarter that a day lies in: right after the quarter's last common meeting.

    None where the settings want no session, the quarter has no meeting, or it is over and nothing was launched in it.
    """
    settings, meeting = corpus.settings, corpus.settings.meeting
    first, last = (edge(within, starts=settings.year.starts) for edge in (quarter_start, quarter_end))
    held = last_before(meeting, last + min(timedelta(days=1), date.max - last))
    launched = [
        pad for pad in corpus.pads if pad.header and pad.header.launched and first <= pad.header.launched <= last
    ]
    if not settings.recap.minutes or held is None or held < first or (held < today and not launched):
        return None
    lines = [
        f"Every PAD launched from {day(first)} to {day(last)}: did it succeed by its own metrics, what was learned?"
    ]
    lines += [
        f"{pad.id} {pad.header.title} ({settings.person(pad.header.owner)}, launched {day(pad.header.launched)})"
        for pad in launched
        if pad.header and pad.header.launched
    ]
    lines += [] if launched else ["Nothing is launched in it yet."]
    title = f"{meeting.name}: recap of the quarter"
    status = "CONFIRMED" if launched else "TENTATIVE"
    owners = [settings.person(pad.header.owner) for pad in launched if pad.header]
    after, key = meeting.minutes, f"recap-{last}"
    paths = tuple(pad.path for pad in launched)
    return _event(
        corpus, None, held, title=title, status=status, lines=lines, presenters=owners, after=after,
        length=settings.recap.minutes, key=key, paths=paths,
    )  # fmt: skip


def _event(
    corpus: Corpus,
    stream: str | None,
    held: date,
    *,
    title: str,
    status: str,
    lines: Sequence[str],
    presenters: Sequence[str] = (),
    after: int = 0,
    length: int = 0,
    key: str = "",
    paths: tuple[str, ...] | None = None,
) -> Event:
    """Return an event `after` minutes into a meeting, of some `length` in minutes or else the meeting's."""
    meeting, settings = corpus.meeting(stream), corpus.settings
    organizer = organizer_of(settings, meeting)
    required = [*corpus.attendees(meeting.required), *map(settings.short_name, presenters)]
    optional = (name for name in corpus.attendees(meeting.optional) if name not in required)
    people = {**dict.fromkeys(required, True), **dict.fromkeys(optional, False)}
    calls = [
        ("Deciding", meeting.sponsors),
        ("Required", [name for name, must in people.items() if must]),
        ("Optional", [name for name, must in people.items() if not must]),
    ]
    who = [f"{label}: {', '.join(map(settings.person, names))}" for label, names in calls if names]
    name = key or (f"stream-{stream}-{held}" if stream else f"meeting-{held}")
    concerned = _paths(corpus, stream, held) if paths is None else paths
    return Event(
        uid=f"{name}@{settings.calendar.domain}",
        day=held,
        starts=moment(meeting, held, after),
        ends=moment(meeting, held, after + (length or meeting.minutes)),
        title=f"Cancelled: {title}" if status == "CANCELLED" else title,
        description="\n".join([*lines, "", *who]).strip(),
        status=status,
        organizer=organizer,
        guests=tuple(_guests(settings, people)),
        unreachable=tuple(settings.person(name) for name in people if not _address(settings, name)),
        paths=concerned,
        turns=_turns(corpus, stream, held, concerned) if paths is None else (),
    )


def _guests(settings: Settings, people: Mapping[str, bool]) -> Iterator[Guest]:
    """Yield the people who have an address, each address once: the first of them is invited for all."""
    known: set[str] = set()
    for name, must in people.items():
        email = _address(settings, name)
        if email and email.casefold() not in known:
            known.add(email.casefold())
            yield Guest(name=settings.person(name), email=email, required=must)


def organizer_of(settings: Settings, meeting: Meeting) -> Guest | None:
    """Return who invites to a meeting; None where nobody is set or the person has no address."""
    name = settings.short_name(meeting.organizer or meeting.facilitator or "")
    email = _address(settings, name)
    return Guest(name=settings.person(name), email=email, required=True) if email else None


def _address(settings: Settings, name: str) -> str:
    person = settings.people.get(name)
    return (person.email or "") if person else name if "@" in name else ""


def _paths(corpus: Corpus, stream: str | None, held: date) -> tuple[str, ...]:
    """Return the PADs that could ever stand on the agenda of a day: their reviews were open since the meeting before.

    A PAD that was recalled or decided stays among them, so that its leaving makes a newer version too.
    """
    meeting = corpus.meeting(stream)
    previous = last_before(meeting, held) or date.min
    strict = "any-overdue-action" in meeting.cancel_when
    return tuple(
        pad.path
        for pad in pads_of(corpus, stream)
        if _was_open(pad, previous, held) or (strict and pad.header and pad.header.actions)
    )


def _turns(corpus: Corpus, stream: str | None, held: date, paths: Sequence[str]) -> tuple[date, ...]:
    """Return the days after which a meeting may be cancelled, take place or hold other PADs: none depends on today."""
    meeting = corpus.meeting(stream)
    headers = [pad.header for pad in map(corpus.by_path.__getitem__, paths) if pad.header]
    actions = {action.due for header in headers for action in header.actions}
    slots = {entry.meeting for header in headers for entry in header.history if entry.meeting}
    before = {last_before(meeting, held) or held}
    return tuple(sorted(day for day in {cutoff_of(meeting, held), held, *before, *actions, *slots} if day <= held))


def _was_open(pad: Pad, previous: date, held: date) -> bool:
    history = pad.header.history if pad.header else ()
    ends = [*(entry.date for entry in history[1:]), date.max]
    return any(
        entry.meeting and entry.meeting <= held and ended >= previous
        for entry, ended in zip(history, ends, strict=False)
    )


def _on_the_agenda(view: Agenda) -> Iterator[str]:
    for decided in view.decided:
        undone = f"; taken back on {day(decided.taken_back)}" if decided.taken_back else ""
        yield f"Decided: {decided.pad} {decided.title}: {decided.outcome}{undone}"
    for item in view.items:
        yield from _item(item)
    yield from view.unless
    if view.pending:
        yield f"Nothing is submitted yet. It takes place if a PAD is submitted by {day(view.cutoff)}."
    elif not view.items and not view.decided:
        yield f"Nothing is submitted; PADs are taken until {day(view.cutoff)}."


def _item(item: Item) -> Iterator[str]:
    at = f"{item.starts} " if item.starts else "No room: " if item.no_room else ""
    yield f"{at}{item.pad} {item.title} ({item.review}, {item.presenter}, {item.minutes} minutes)"
    yield f"  Asked: {item.ask}"
    yield from (f"  {text}" for text in item.unless)
    if item.link != item.path:
        yield f"  {item.link}"


def _cancelled(view: Agenda) -> Iterator[str]:
    yield view.reason
    for action in view.owing:
        yield f"Owed by {action.who}: {action.what} (overdue, was due {day(action.due)}, {action.pad})"


def _quarters(settings: Settings, days: Iterable[date]) -> list[date]:
    return sorted({quarter_end(held, starts=settings.year.starts) for held in days})
