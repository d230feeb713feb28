"""The agenda of a meeting: what is reviewed, who presents, what is asked, and what is owed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from padctl.model.corpus import Corpus
from padctl.model.pad import Pad
from padctl.report.actions import open_actions
from padctl.report.agenda_clock import at, placed
from padctl.report.agenda_days import held_on, last_before, pads_of, slot_day, why_not_held
from padctl.report.agenda_facts import Facts
from padctl.report.agenda_item import Item, item_of
from padctl.report.agenda_owed import changes, cutoff_of, follow_ups, owed_recaps, waiting
from padctl.report.agenda_view import Agenda, Decided, Later
from padctl.report.hard_approval import hard_approval


def agenda(
    corpus: Corpus,
    *,
    day: date,
    today: date,
    stream: str | None = None,
    facts: Facts | None = None,
    order: Sequence[str] = (),
    carrying: bool = True,
) -> Agenda:
    """Return the agenda of a meeting on a day, or on the next meeting day where that day is none.

    On it are the PADs in review for that day, those of earlier days that passed undecided, and those whose own date is
    no meeting day any more. `stream` names one of the settings' meetings; without it the agenda is the common one's.
    `order` holds ids of PADs that come first. Without `facts`, nothing is said of git and lint; without `carrying`,
    PADs of days that passed are left to another meeting.
    """
    meeting, settings, facts = corpus.meeting(stream), corpus.settings, facts or Facts()
    pads = list(pads_of(corpus, stream))
    held = held_on(corpus, day, today=today, stream=stream) or day
    decided = tuple(_decided(corpus, stream, held))
    owed = open_actions(corpus, today=min(today, held), pads=pads)
    found = _items(corpus, pads, held=held, today=today, stream=stream, facts=facts)
    submitted = _in_order([one for one in found if carrying or not one[0].carried_over], order)
    verdict = hard_approval(submitted, owed, meeting.cancel_when, met=bool(decided))
    items = verdict.items
    ahead = Counter(due for pad in pads if (due := slot_day(pad, meeting)) and due > held)
    previous = last_before(meeting, held)
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
        cancelled=bool(verdict.reason),
        reason=verdict.reason,
        required=tuple(map(settings.person, required)),
        optional=tuple(settings.person(name) for name in corpus.attendees(meeting.optional) if name not in required),
        sponsors=tuple(map(settings.person, meeting.sponsors)),
        origin=facts.origin,
        items=placed(items, meeting, held),
        dropped=verdict.dropped,
        owing=verdict.owing,
        decided=decided,
        waiting=tuple(waiting(corpus, facts.proposed, meeting=meeting, stream=stream, day=held, today=today)),
        later=tuple(Later(date=date, pads=ahead[date]) for date in sorted(ahead)),
        unreadable=tuple(pad.path for pad in corpus.pads if pad.header is None),
        actions=tuple(action for action in owed if action.due <= held),
        actions_later=sum(action.due > held for action in owed),
        follow_ups=tuple(follow_ups(pads, settings)),
        recaps=owed_recaps(pads, settings, today=today),
        changes=tuple(changes(pads, settings, after=previous, until=held, reviewed=[i.pad for i in items]))
        if previous
        else (),
    )


def reviewed(corpus: Corpus, *, day: date, today: date, stream: str | None = None) -> tuple[Pad, ...]:
    """Return the PADs that stand on the agenda of a day, in no order."""
    held = held_on(corpus, day, today=today, stream=stream) or day
    return tuple(pad for pad, _ in _on_agenda(corpus, pads_of(corpus, stream), held=held, today=today, stream=stream))


def _on_agenda(
    corpus: Corpus, pads: Iterable[Pad], *, held: date, today: date, stream: str | None
) -> Iterator[tuple[Pad, date]]:
    """Yield PADs in review with the meeting day of their slot: the day itself, or one that passed."""
    meeting = corpus.meeting(stream)
    for pad in pads:
        due = slot_day(pad, meeting)
        if due and (due == held or due < min(held, today)):
            yield pad, due


def _items(
    corpus: Corpus, pads: Sequence[Pad], *, held: date, today: date, stream: str | None, facts: Facts
) -> list[tuple[Item, Pad]]:
    """Return the items: carried over ones first, then by stage and submission."""
    found = [
        (item_of(corpus, pad, pad.header, pad.header.slot, due=due, held=held, today=today, facts=facts), pad)
        for pad, due in _on_agenda(corpus, pads, held=held, today=today, stream=stream)
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
    settings = corpus.settings
    for pad in corpus.pads:
        for entry in pad.header.standing_moves if pad.header else ():
            if pad.header and entry.outcome and entry.date == held and corpus.stream_at(pad, entry) == stream:
                yield Decided(
                    pad=pad.id,
                    title=pad.header.title,
                    outcome=entry.outcome.label,
                    by=tuple(map(settings.person, entry.by)),
                    note=entry.note or "",
                )
