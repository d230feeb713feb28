"""The minutes of a meeting: what was decided on its day and why, who does what, and what was left undecided."""

from collections.abc import Iterator, Sequence
from datetime import date

from padctl.model.corpus import Corpus
from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import ActionKind, Outcome, Status
from padctl.report.agenda_days import is_meeting_day, last_before, why_not_held
from padctl.report.minutes_facts import Ruling, rulings, undecided_since
from padctl.report.minutes_summary import summary
from padctl.report.minutes_view import Agreed, Decision, Minutes, OutcomeGroup, Undecided
from padctl.report.past_meetings import why_not_met
from padctl.report.standing import day as shown

ACCEPTED = "Follow-up accepted"
_NAMES = {
    ActionKind.CORRECTION: "Correction",
    ActionKind.FOLLOW_UP: "Follow-up",
    ActionKind.REWORK: "Rework",
    ActionKind.OTHER: "Action",
}


def minutes(corpus: Corpus, *, day: date, stream: str | None = None, asked: date | None = None) -> Minutes:
    """Return the minutes of a day: of one of the settings' meetings, or of the common one.

    `asked` is the day that was asked for, where that is another one.
    They are made of the histories alone, so that the same histories give the same minutes whenever they are asked for.
    """
    meeting, settings = corpus.meeting(stream), corpus.settings
    pads = [(pad, pad.header) for pad in corpus.pads if pad.header]
    read = [
        (ruling, _decision(pad, header, ruling, settings))
        for pad, header in pads
        for ruling in rulings(pad, day)
        if corpus.stream_at(pad, ruling.entry) == stream
    ]
    standing = [one for one in read if one[0].undone is None]
    taken_back = tuple(decision for ruling, decision in read if ruling.undone)
    outside = not is_meeting_day(corpus, day, stream)
    undecided = tuple(filter(None, (_undecided(corpus, pad, header, day, stream) for pad, header in pads)))
    name = f"{meeting.name} of {shown(day)}"
    return Minutes(
        meeting=meeting.name,
        stream=stream or "",
        date=day,
        weekday=f"{day:%A}",
        asked=asked,
        asked_why=why_not_held(meeting, asked) if asked else "",
        outside=outside,
        summary=summary(
            standing,
            taken_back=taken_back,
            undecided=undecided,
            meeting=name,
            outside=f"Outside a meeting, on {shown(day)}" if outside else "",
            why_not=why_not_met(corpus, day, stream) if not read and not outside else "",
            settings=settings,
        ),
        decided=len(standing),
        outcomes=tuple(_groups(standing)),
        taken_back=taken_back,
        elsewhere=() if outside else tuple(_elsewhere(corpus, pads, day, stream)),
        undecided=undecided,
        unreadable=tuple(pad.path for pad in corpus.pads if pad.header is None),
    )


def day_of_minutes(corpus: Corpus, today: date, stream: str | None = None) -> date | None:
    """Return today where something was decided today, else the last meeting day; None where there is none."""
    if _ruled(corpus, today, stream):
        return today
    return last_before(corpus.meeting(stream), today)


def day_before(corpus: Corpus, day: date, stream: str | None) -> date | None:
    """Return the meeting day before a day that was none and on which nothing was decided; else the day itself."""
    return (
        day
        if _ruled(corpus, day, stream) or is_meeting_day(corpus, day, stream)
        else last_before(corpus.meeting(stream), day)
    )


def _ruled(corpus: Corpus, day: date, stream: str | None) -> bool:
    """Say whether anything was decided on a day for a meeting."""
    return any(corpus.stream_at(pad, ruling.entry) == stream for pad in corpus.pads for ruling in rulings(pad, day))


def _elsewhere(
    corpus: Corpus, pads: Sequence[tuple[Pad, FrontMatter]], day: date, stream: str | None
) -> Iterator[Decision]:
    """Yield the standing decisions between the meeting before and this one, oldest first."""
    before = last_before(corpus.meeting(stream), day) or date.min
    days = {entry.date for _, entry in corpus.entries.get(stream, ()) if before < entry.date < day}
    for other in sorted(days):
        if not is_meeting_day(corpus, other, stream):
            for pad, header in pads:
                ruled = (one for one in rulings(pad, other) if corpus.stream_at(pad, one.entry) == stream)
                found = (one for one in ruled if one.undone is None)
                yield from (_decision(pad, header, one, corpus.settings) for one in found)


def _groups(standing: Sequence[tuple[Ruling, Decision]]) -> Iterator[OutcomeGroup]:
    """Yield the decisions by outcome, in the order of the outcomes; none is empty."""
    for outcome in (*Outcome, None):
        found = tuple(decision for ruling, decision in standing if ruling.entry.outcome is outcome)
        if found:
            yield OutcomeGroup(
                outcome=str(outcome or "advance"), label=outcome.label if outcome else ACCEPTED, decisions=found
            )


def _decision(pad: Pad, header: FrontMatter, ruling: Ruling, settings: Settings) -> Decision:
    entry, undone = ruling.entry, ruling.undone
    return Decision(
        pad=header.id,
        title=header.title,
        path=pad.path,
        date=entry.date,
        review=ruling.stage.label,
        outcome=entry.outcome.label if entry.outcome else ACCEPTED,
        leads_to=_leads_to(ruling),
        by=tuple(map(settings.person, entry.by)),
        recorded=settings.person(entry.recorded or ""),
        reason=entry.note or "",
        evidence=entry.evidence or "",
        override=entry.override or "",
        actions=tuple(
            Agreed(
                id=action.id,
                name=_NAMES[action.kind],
                who=settings.known_as(action.who, entry.date),
                what=action.what,
                due=action.due,
            )
            for action in ruling.actions
        ),
        taken_back=undone.date if undone else None,
        taken_back_why=(undone.reason or undone.note or "") if undone else "",
    )


def _leads_to(ruling: Ruling) -> str:
    """Return in words where a decision left its PAD."""
    entry = ruling.entry
    if entry.status is Status.DONE:
        return "done"
    return f"on to {entry.stage.label}" if entry.stage is not ruling.stage else f"stays in {entry.stage.label}"


def _undecided(corpus: Corpus, pad: Pad, header: FrontMatter, day: date, stream: str | None) -> Undecided | None:
    submission = undecided_since(header, day)
    if submission is None or submission.meeting is None or corpus.stream_at(pad, submission) != stream:
        return None
    return Undecided(
        pad=header.id,
        title=header.title,
        path=pad.path,
        review=submission.stage.label,
        owner=corpus.settings.known_as(header.owner, day),
        meeting=submission.meeting,
    )
