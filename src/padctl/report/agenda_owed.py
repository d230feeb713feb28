"""What is owed around a meeting: actions, follow-ups, recaps, unmerged submissions, and what changed since the last."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from padctl.model.corpus import Corpus
from padctl.model.front_matter import FrontMatter
from padctl.model.meeting import Meeting
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import Stage, Status
from padctl.report.agenda_days import slot_day
from padctl.report.agenda_facts import Edited, Proposed
from padctl.report.agenda_view import Change, FollowUp, OwedRecap, Waiting
from padctl.report.history import log
from padctl.report.standing import next_step, since


def follow_ups(pads: Iterable[Pad], settings: Settings) -> Iterator[FollowUp]:
    """Yield the PADs that wait on a follow-up, in their order."""
    for pad in pads:
        header = pad.header
        if header and header.status is Status.FOLLOW_UP:
            yield FollowUp(
                pad=header.id,
                title=header.title,
                owner=settings.person(header.owner),
                since=since(header),
                open=len(header.open_decision_actions),
                next=next_step(pad),
            )


def owed_recaps(pads: Iterable[Pad], settings: Settings, *, today: date) -> tuple[OwedRecap, ...]:
    """Return the launched PADs without a submitted recap, the longest overdue first."""
    owed = [
        OwedRecap(
            pad=header.id,
            title=header.title,
            owner=settings.person(header.owner),
            launched=header.launched,
            due=settings.recap_due(header.launched),
            overdue=settings.recap_due(header.launched) < today,
        )
        for pad in pads
        if (header := pad.header)
        and header.launched
        and header.stage is Stage.POST_LAUNCH_RECAP
        and header.status is Status.DRAFT
    ]
    return tuple(sorted(owed, key=lambda recap: (recap.due, recap.pad)))


def changes(
    pads: Iterable[Pad], settings: Settings, *, after: date, until: date, shown: Collection[str]
) -> Iterator[Change]:
    """Yield what happened to PADs between two meetings, oldest first; those that the page shows are left out."""
    touched = [
        pad
        for pad in pads
        if pad.header and pad.id not in shown and max(pad.header.created, *_days(pad.header)) > after
    ]
    new = [
        Change(pad=pad.id, title=pad.header.title, date=pad.header.created, words="New draft")
        for pad in touched
        if pad.header and after < pad.header.created <= until
    ]
    moves = [
        Change(pad=move.pad, title=move.title, date=move.date, words=move.words)
        for move in log(touched, settings)
        if after < move.date <= until
    ]
    yield from sorted([*new, *moves], key=lambda change: change.date)


def edits(edited: Iterable[Edited], *, after: date, until: date, shown: Collection[str]) -> Iterator[Change]:
    """Yield the PADs whose text alone changed between two meetings; those that the page shows are left out."""
    for one in edited:
        if one.pad.header and one.pad.id not in shown and after < one.day <= until:
            yield Change(pad=one.pad.id, title=one.pad.header.title, date=one.day, words="Text changed")


def _days(header: FrontMatter) -> tuple[date, ...]:
    return tuple(entry.date for entry in header.history) or (header.created,)


def waiting(
    corpus: Corpus, proposed: Iterable[Proposed], *, meeting: Meeting, stream: str | None, day: date, today: date
) -> Iterator[Waiting]:
    """Yield the PADs that branches submit for a meeting, or for one that has passed."""
    for proposal in proposed:
        header, due = proposal.pad.header, slot_day(proposal.pad, meeting)
        if header is None or due is None or due > day or corpus.stream_of(proposal.pad) != stream:
            continue
        cutoff = cutoff_of(meeting, day)
        yield Waiting(
            pad=header.id,
            title=header.title,
            owner=corpus.settings.person(header.owner),
            branch=proposal.branch,
            meeting=due,
            cutoff=cutoff,
            missed=cutoff < today,
        )


def cutoff_of(meeting: Meeting, day: date) -> date:
    """Return the last day on which a PAD is submitted in time for a meeting."""
    return day - min(timedelta(days=meeting.cutoff_days), day - date.min)
