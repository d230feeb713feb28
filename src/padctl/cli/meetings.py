"""A meeting as commands see it: which one, on which day, and its agenda with what git and lint know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.model.diagnostic import Severity
from padctl.model.meeting import meeting_option
from padctl.model.terms import suggestion
from padctl.report.agenda_days import held_on, last_before
from padctl.report.past_meetings import last_met, reaches_back

if TYPE_CHECKING:
    from padctl.model.corpus import Corpus
    from padctl.model.meeting import Meeting
    from padctl.model.pad import Pad
    from padctl.report.agenda_view import Agenda
    from padctl.report.meeting_events import Event


def stream(session: Session, name: str | None) -> str | None:
    """Return the name of one of the settings' meetings, or None for the common one.

    Raises:
        UsageError: there is none of that name.
    """
    known = session.workspace.settings.meetings
    if name and name not in known:
        listed = ", ".join(known) or "none"
        raise UsageError(f'there is no meeting "{name}"{suggestion(name, known)}', fix=f"[meetings] has {listed}")
    return name or None


def date_of(session: Session, asked: date | None, stream: str | None) -> date:
    """Return the date that was asked for, or the day of the next meeting.

    Raises:
        UsageError: no meeting is held on or after it.
    """
    day = asked or session.today
    behind = day < session.today  # then what the PADs say of it counts
    corpus = _around(session, day, stream) if behind else session.workspace.frame
    held = held_on(corpus, day, today=session.today, stream=stream)
    if held is None:
        fix = f"give a date behind them: padctl agenda DATE{meeting_option(stream)}"
        raise UsageError("no meeting is ahead: the closures cover all of them", fix=fix)
    return asked or held


def agenda_of(session: Session, day: date, stream: str | None, *, order: Sequence[str] = ()) -> "Agenda":
    """Return the agenda of a day with what git and lint know; `order` names the PADs that come first.

    Raises:
        UsageError: a PAD to come first is not on the agenda.
    """
    from padctl.report.agenda import agenda, reviewed
    from padctl.store.observed import observing

    with observing(session.workspace) as observation:
        corpus = _around(session, day, stream)
        pads = reviewed(corpus, day=day, today=session.today, stream=stream)
        first = [session.pad(word).id for word in order]
        for pad in first:
            if pad not in {item.id for item in pads}:
                listed = ", ".join(sorted(item.id for item in pads)) or "none"
                raise UsageError(f"--order: {pad} is not on this agenda", fix=f"on it: {listed}")
        facts = observation.facts(pads, _errors(session, pads))
        if previous := last_met(corpus, day, stream, today=session.today):
            facts = replace(facts, edited=observation.edited(previous))
    return agenda(corpus, day=day, today=session.today, stream=stream, facts=facts, order=first)


def _around(session: Session, day: date, stream: str | None) -> "Corpus":
    """Return the PADs that an agenda of a day may name: those that stir after the meeting before that took place."""
    workspace = session.workspace
    before = last_before(workspace.frame.meeting(stream), day)
    if before is None or day < session.today:
        return workspace.corpus
    for weeks in (0, 5):  # it was cancelled, or PADs wait for longer: then more PADs tell of the meeting before
        after = before - min(timedelta(days=7 * weeks + 1), before - date.min)
        corpus = workspace.stirring(after)
        if reaches_back(corpus, day, stream, today=session.today) > after:
            return corpus
    return workspace.corpus


def _errors(session: Session, pads: "Sequence[Pad]") -> dict[str, int]:
    """Return how many errors lint reports in each PAD, known ones of the baseline aside."""
    found = session.workspace.findings(pads, session.today).diagnostics
    errors = [finding.path for finding in found if finding.severity is Severity.ERROR]
    return {pad.path: errors.count(pad.path) for pad in pads}


def write_event(session: Session, view: "Agenda", stream: str | None, *, invite: bool, output: Path | None) -> None:
    """Write a meeting as a calendar entry; an invitation is one that somebody mails.

    Raises:
        UsageError: an invitation without an organizer.
    """
    from padctl.report.meeting_events import abandoned_event, meeting_event

    corpus = session.workspace.corpus
    event, gone = meeting_event(corpus, view, stream), abandoned_event(corpus, view, stream)
    if not invite:
        _write(session, [*filter(None, [gone]), event], "PUBLISH", view.meeting, output)
        return
    _write_invitation(session, gone or event, corpus.meeting(stream), output)


def write_recap(session: Session, within: date, *, invite: bool, output: Path | None) -> None:
    """Write the recap session of a day's quarter as a calendar entry.

    Raises:
        UsageError: the quarter has none.
    """
    from padctl.report.meeting_events import recap_event

    corpus = session.workspace.corpus
    event = recap_event(corpus, within, today=session.today)
    if event is None:
        fix = "set minutes under [recap], or give a date in a quarter with meetings and launches"
        raise UsageError(f"there is no recap session in the quarter of {within}", fix=fix)
    if invite:
        _write_invitation(session, event, corpus.settings.meeting, output)
    else:
        _write(session, [event], "PUBLISH", event.title, output)


def write_feed(session: Session, stream: str | None, output: Path | None) -> None:
    """Write all meetings behind and ahead as a calendar to subscribe to."""
    from padctl.report.meeting_events import feed
    from padctl.store.observed import observing

    corpus = session.workspace.corpus
    with observing(session.workspace) as observation:
        proposed = observation.facts([], {}).proposed
    events = list(feed(corpus, today=session.today, stream=stream, proposed=proposed))
    _write(session, events, "PUBLISH", corpus.meeting(stream).name, output)


def _write_invitation(session: Session, event: "Event", meeting: "Meeting", output: Path | None) -> None:
    if event.organizer is None:
        who = f'"{meeting.organizer}" has no address' if meeting.organizer else "nobody is set as organizer"
        fix = 'write organizer = "NAME" under [meeting], and NAME = {name = "...", email = "..."} under [people]'
        raise UsageError(f"--invite needs an organizer: {who}", fix=fix)
    method = "CANCEL" if event.status == "CANCELLED" else "REQUEST"
    _write(session, [event], method, event.title, output)
    session.note(f"note: nothing was sent; mail the file as text/calendar; method={method}")


def _write(session: Session, events: "Sequence[Event]", method: str, name: str, output: Path | None) -> None:
    from padctl.render.calendar import to_ics
    from padctl.store.observed import newest_commits
    from padctl.store.roots import SETTINGS

    paths = {SETTINGS, *(path for event in events for path in event.paths)}
    times = newest_commits(session.workspace.root, paths)
    made = {
        event.uid: max(found)
        for event in events
        if (found := [times[p] for p in (SETTINGS, *event.paths) if p in times])
    }
    missing = sorted({person for event in events for person in event.unreachable})
    if missing:
        session.note(f"note: not among the attendees, for [people] has no email: {', '.join(missing)}")
    session.tell(to_ics(events, method=method, name=name, made=made, today=session.today), output)
