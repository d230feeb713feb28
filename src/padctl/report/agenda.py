"""The agenda of a meeting: what is reviewed, who presents, what is asked, and what is owed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from padctl.model.corpus import Corpus
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.report.actions import OpenAction, open_actions
from padctl.report.agenda_clock import at, placed
from padctl.report.agenda_days import first_from, held_on, pads_of, pads_then, slot_day, why_not_held
from padctl.report.agenda_facts import Facts
from padctl.report.agenda_item import Item, item_of, overrides_of
from padctl.report.agenda_owed import changes, cutoff_of, edits, follow_ups, owed_recaps, waiting
from padctl.report.agenda_view import Agenda, Decided, Dropped, Later
from padctl.report.as_of import as_of, before_decisions
from padctl.report.hard_approval import Verdict, hard_approval, in_danger
from padctl.report.past_meetings import last_met, on_agenda, why_carried
from padctl.report.standing import day as shown


def agenda(
    corpus: Corpus,
    *,
    day: date,
    today: date,
    stream: str | None = None,
    facts: Facts | None = None,
    order: Sequence[str] = (),
    carrying: bool = True,
    recalling: bool = True,
) -> Agenda:
    """Return the agenda of a meeting on a day, or on the next meeting day where that day is none.

    On it are the PADs in review for that day, those of earlier days that passed undecided, and those whose own date is
    no meeting day any more. `stream` names one of the settings' meetings; without it the agenda is the common one's.
    `order` holds ids of PADs that come first. Without `facts`, nothing is said of git and lint; without `carrying`,
    PADs of days that passed are left to another meeting; without `recalling`, nothing is said of the meeting before.
    """
    meeting, settings, facts = corpus.meeting(stream), corpus.settings, facts or Facts()
    held = held_on(corpus, day, today=today, stream=stream) or day
    over, now = held < today, min(held, today)
    then = as_of(corpus, held) if over else corpus
    pads = list(pads_then(then, stream) if over else pads_of(then, stream))
    decided = tuple(_decided(corpus, stream, held))
    owed = open_actions(then, today=now, pads=pads)
    on = {pad.path: due for pad, due in on_agenda(pads, meeting, held=held, today=now) if carrying or due == held}
    submitted = [pad for pad in pads if pad.path in on]
    rules, next_one = meeting.cancel_when, held <= (first_from(meeting, today) or held)
    verdict = hard_approval(submitted, owed, rules, met=bool(decided), next_one=next_one)
    pending = verdict.empty and now <= cutoff_of(meeting, held) and not over
    danger = [] if over or verdict.why else in_danger(verdict.pads, owed, rules, held=held)
    strict = "any-overdue-action" in rules
    found = _items(then, verdict.pads, on, [] if strict else danger, held=held, today=now, stream=stream, facts=facts)
    items = _in_order(found, order)
    reason = "" if pending else _reason(verdict, over=over)
    named = {*(pad.id for pad in (*verdict.pads, *verdict.dropped)), *(one.pad for one in decided)}
    ahead = Counter(due for pad in pads if (due := slot_day(pad, meeting)) and due > held)
    previous = last_met(then, held, stream, today=now) if recalling else None
    after = (previous or date.min) if recalling else date.max
    moved = list(changes(pads, settings, after=after, until=held, shown=named))
    written = edits(
        (one for one in facts.edited if corpus.stream_of(one.pad) == stream),
        after=previous or date.max,
        until=held,
        shown={*named, *(change.pad for change in moved)},
    )
    required = corpus.attendees(meeting.required)
    return Agenda(
        meeting=meeting.name,
        stream=stream or "",
        date=held,
        weekday=f"{held:%A}",
        asked=day if day != held else None,
        asked_why=why_not_held(meeting, day) if day != held else "",
        time=at(meeting, held),
        ends=at(meeting, held, meeting.minutes),
        timezone=meeting.timezone if meeting.time else "",
        today=today,
        cutoff=cutoff_of(meeting, held),
        previous=previous,
        capacity=meeting.minutes,
        minutes=sum(item.minutes for item in items),
        cancelled=bool(reason),
        reason=reason,
        pending=pending,
        unless=tuple(f"{_unless(one, one.pad)} the meeting is cancelled." for one in danger) if strict else (),
        over=over,
        required=tuple(map(settings.person, required)),
        optional=tuple(settings.person(name) for name in corpus.attendees(meeting.optional) if name not in required),
        sponsors=tuple(map(settings.person, meeting.sponsors)),
        origin=facts.origin,
        items=placed(items, meeting, held),
        dropped=tuple(_dropped(pad, settings) for pad in verdict.dropped),
        owing=verdict.owing,
        decided=decided,
        waiting=()
        if over
        else tuple(waiting(corpus, facts.proposed, meeting=meeting, stream=stream, day=held, today=today)),
        later=tuple(Later(date=date, pads=ahead[date]) for date in sorted(ahead)),
        unreadable=tuple(pad.path for pad in corpus.pads if pad.header is None),
        actions=tuple(action for action in owed if action.due <= held),
        actions_later=sum(action.due > held for action in owed),
        follow_ups=tuple(follow_ups(pads, settings)),
        recaps=owed_recaps(pads, settings, today=now),
        changes=tuple(sorted([*moved, *written], key=lambda change: change.date)),
    )


def reviewed(corpus: Corpus, *, day: date, today: date, stream: str | None = None) -> tuple[Pad, ...]:
    """Return the PADs that stand on the agenda of a day, in no order."""
    held = held_on(corpus, day, today=today, stream=stream) or day
    then, meeting = as_of(corpus, held) if held < today else corpus, corpus.meeting(stream)
    pads = pads_then(then, stream) if held < today else pads_of(corpus, stream)
    return tuple(pad for pad, _ in on_agenda(pads, meeting, held=held, today=min(held, today)))


def numbers(corpus: Corpus, view: Agenda, *, today: date) -> dict[str, int]:
    """Return the numbers that the items of an agenda had, by PAD, before the first decision of its day was taken."""
    stream = view.stream or None
    then = before_decisions(corpus, today) if view.date == today and view.decided else corpus
    before = agenda(then, day=view.date, today=today, stream=stream).items
    places = {item.pad: number for number, item in enumerate(before, start=1)}
    rest = count(len(places) + 1)
    return {item.pad: places.get(item.pad) or next(rest) for item in view.items}


def _items(
    corpus: Corpus,
    pads: Sequence[Pad],
    on: Mapping[str, date],
    danger: Sequence[OpenAction],
    *,
    held: date,
    today: date,
    stream: str | None,
    facts: Facts,
) -> list[tuple[Item, Pad]]:
    """Return the items, carried over ones first, then by stage and submission; `on` is the day of each PAD's slot."""
    found = [
        (
            item_of(
                corpus,
                pad,
                pad.header,
                pad.header.slot,
                due=on[pad.path],
                held=held,
                today=today,
                facts=facts,
                carried_why=why_carried(corpus, pad, on[pad.path], stream) if on[pad.path] != held else "",
                unless=[f"{_unless(one)} this is not reviewed." for one in danger if one.pad == pad.id],
            ),
            pad,
        )
        for pad in pads
        if pad.header and pad.header.slot
    ]
    return sorted(found, key=_usual_place)


def _usual_place(entry: tuple[Item, Pad]) -> tuple[date, int, date, str]:
    item, pad = entry
    stage = pad.header.stage.order if pad.header else 0
    return (item.carried_over or date.max, stage, item.submitted or date.max, item.pad)


def _in_order(items: Sequence[tuple[Item, Pad]], order: Sequence[str]) -> list[Item]:
    first = {pad: place for place, pad in enumerate(order)}
    return sorted((item for item, _ in items), key=lambda item: first.get(item.pad, len(first)))


def _decided(corpus: Corpus, stream: str | None, held: date) -> Iterator[Decided]:
    """Yield what stood as decided on the evening of the day."""
    settings = corpus.settings
    for pad in corpus.pads:
        undoing = {entry.undoes: entry.date for entry in pad.header.history if entry.undoes} if pad.header else {}
        for entry in pad.header.history if pad.header else ():
            undone = undoing.get(entry.n)
            if not (entry.outcome and entry.date == held and (undone is None or undone > held)):
                continue
            if pad.header and corpus.stream_at(pad, entry) == stream:
                yield Decided(
                    pad=pad.id,
                    title=pad.header.title,
                    outcome=entry.outcome.label,
                    by=tuple(map(settings.person, entry.by)),
                    note=entry.note or "",
                    taken_back=undone,
                )


def _dropped(pad: Pad, settings: Settings) -> Dropped:
    header = pad.header
    owner, overrides = (settings.person(header.owner), overrides_of(header)) if header else ("", ())
    return Dropped(pad=pad.id, title=header.title if header else "", owner=owner, overrides=overrides)


def _reason(verdict: Verdict, *, over: bool) -> str:
    if verdict.why is None:
        return ""
    behind = verdict.why.behind
    return f"{behind[0].upper()}{behind[1:]}, so the meeting was cancelled." if over else verdict.why.ahead


def _unless(action: OpenAction, pad: str = "") -> str:
    return f"If {f'{pad} ' if pad else ''}{action.id} ({action.who}, due {shown(action.due)}) is not done by then,"
