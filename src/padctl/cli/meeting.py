"""A meeting held at the terminal: what would be refused, the items one by one, and the minutes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import typer

from padctl.cli import meetings, minuting
from padctl.cli.branching import say_where
from padctl.cli.deciding import Given, complete
from padctl.cli.meeting_opening import say_gates, say_meeting
from padctl.cli.meeting_time import Stopwatch, minutes_into
from padctl.cli.meeting_words import GO, LIST, QUIT, SKIP, TIME, Said, ask_what, ask_which
from padctl.cli.moving import as_seen, check_possible, manner, meant, moved, recorder, report
from padctl.cli.session import Session
from padctl.cli.telling import tell
from padctl.errors import PadctlError
from padctl.lifecycle import Request
from padctl.lifecycle.gates import not_sponsors
from padctl.lifecycle.seen import check_as_seen
from padctl.model.meeting import meeting_option
from padctl.model.terms import MoveKind, Outcome, Status
from padctl.report.agenda import numbers
from padctl.report.agenda_clock import moment, placed
from padctl.report.standing import day as shown

if TYPE_CHECKING:
    from padctl.model.front_matter import HistoryEntry
    from padctl.model.pad import Pad
    from padctl.render.console import Line
    from padctl.report.agenda_view import Agenda
    from padctl.store.moves import How


@dataclass(frozen=True, kw_only=True)
class Recording:
    """How the decisions of a meeting are recorded: the day they are dated, who decides, who writes them down."""

    stream: str | None
    day: date
    by: tuple[str, ...]
    recorder: str | None
    how: "How"


def hold(session: Session, asked: date | None, stream: str | None, *, by: tuple[str, ...], save: bool) -> None:
    """Walk the agenda of a day, or of the next meeting, and end with the minutes; by those who decide at it.

    Raises:
        Refused, RepositoryError: nothing can be recorded in this repository now.
        typer.Abort: the person ended it by Ctrl-C; what was decided is committed.
    """
    from padctl.store.obstacles import check_ready

    day = meetings.date_of(session, asked, stream)
    view = meetings.agenda_of(session, day, stream)
    how = manner(session)
    if how.branch == "":
        how = replace(how, branch=minuting.branch_name("meeting", view.date, stream))
    check_ready(session.workspace, how)
    say_meeting(session, view)
    on = min(view.date, session.today)
    recording = Recording(stream=stream, day=on, by=by, recorder=recorder(session), how=how)
    if view.items:
        say_gates(session, view, recording.by, recording.how)
        _agree_on_the_day(session, view.date)
        walk = Walk(session, view, recording)
        try:
            walk.through()
        except (KeyboardInterrupt, typer.Abort):
            walk.say_what_stands()
            raise
    _close(_again(session), recording, view, save=save)
    say_where(session)


class Walk:
    """The items of an agenda, numbered as they stand on it, and which of them are left."""

    def __init__(self, session: Session, view: "Agenda", recording: Recording) -> None:
        self._session = session
        self._recording = recording
        corpus = session.workspace.corpus
        meeting, place = corpus.meeting(recording.stream), numbers(corpus, view, today=session.today)
        used = minutes_into(moment(meeting, view.date)) if view.decided else 0
        items = placed(view.items, meeting, view.date, used) if used else view.items
        self._items = {place[item.pad]: item for item in sorted(items, key=lambda item: place[item.pad])}
        self._seen = {number: _history(session, item.path) for number, item in self._items.items()}
        self._left = list(self._items)
        self._asked = view.date
        self._watch = Stopwatch({number: item.minutes for number, item in self._items.items()}, view.capacity, used)

    def through(self) -> None:
        """Ask for the outcome of each item, in order, until all are decided or the person ends it."""
        number: int | None = self._left[0]
        while number is not None:
            self._show(number)
            number = self._one(number)

    def say_what_stands(self) -> None:
        """Say, after the run was broken off, what is committed and what is still open."""
        self._look_again()
        decided = len(self._items) - len(self._left)
        self._session.note("")
        self._session.note(f"{decided} decided and committed, {len(self._left)} still open")
        if self._left:
            branch = " --branch" if self._recording.how.branch else ""
            again = f"padctl meet {self._asked}{meeting_option(self._recording.stream)}{branch}"
            self._session.note(f"  {again} goes on with what is left")

    def _one(self, number: int) -> int | None:
        """Deal with one item until it is decided or left, and return the number of the next, None for the end."""
        while True:
            with self._watch.running(number):
                said = ask_what(self._session, self._prompt(number), self._left)
                if isinstance(said.what, Outcome) and self._decided(number, said.what):
                    break
            if said.what in {SKIP, GO, QUIT}:
                break
            if said.what == LIST:
                self._list()
            elif said.what == TIME:
                self._session.note(f"  {self._watch.whole(number)}")
        return self._next(number, said)

    def _next(self, number: int, said: Said) -> int | None:
        if said.what == QUIT or not self._left:
            return None
        if said.what == GO:
            return said.number
        following = next((left for left in self._left if left > number), None)
        if following is None:
            self._list()
            return ask_which(self._session, self._left)
        return following

    def _decided(self, number: int, outcome: Outcome) -> bool:
        """Ask for the rest of a decision and commit it; False where it was not, and the item stays open."""
        item, recording = self._items[number], self._recording
        session = _again(self._session)
        try:
            pads = meant(session, [str(session.root / item.path)])
            check_possible(session, pads, MoveKind.DECIDE)
            check_as_seen(pads[0], self._seen[number])
            by = _may_decide(session, pads[0], recording.by)
            decision = complete(session, pads, Given(outcome=outcome, day=recording.day, by=by, thorough=True))
            request = Request(
                move=MoveKind.DECIDE,
                day=decision.day,
                today=session.today,
                outcome=decision.outcome,
                by=decision.by,
                recorded=recording.recorder,
                note=decision.note,
                actions=decision.actions,
                seen=self._seen[number],
            )
            report(session, moved(session, pads, request, recording.how), last=False)
        except PadctlError as error:
            tell(error)
        except typer.Exit:  # the person did not agree to what was summed up
            pass
        self._look_again()
        if number in self._left and _history(_again(session), item.path) != self._seen[number]:
            self._renew(number)
        return number not in self._left

    def _renew(self, number: int) -> None:
        """Show an item as it is now: it moved on after it was shown. It goes where another agenda has it now."""
        session, path = _again(self._session), self._items[number].path
        view = meetings.agenda_of(session, self._asked, self._recording.stream)
        item = next((item for item in view.items if item.path == path), None)
        if item is None:
            self._session.note(f"{self._items[number].pad} is not on this agenda any more")
            self._left.remove(number)
            return
        self._items[number], self._seen[number] = item, _history(session, path)
        self._show(number)

    def _look_again(self) -> None:
        """Leave only those items that wait for a decision: this run, or somebody else, may have brought one."""
        workspace = _again(self._session).workspace
        pads = {number: workspace.pad(self._items[number].path) for number in self._left}
        self._left = [n for n, pad in pads.items() if pad and pad.header and pad.header.status is Status.IN_REVIEW]

    def _prompt(self, number: int) -> str:
        return f"{self._items[number].pad}, {self._watch.of(number)}. Outcome, or skip, list, go N, quit, ?"

    def _show(self, number: int) -> None:
        from padctl.render.agenda_item import item_text
        from padctl.render.console import Piece, line

        session = self._session
        session.show([line(), line(Piece("─" * session.width, "dim"))])
        session.show(item_text(number, self._items[number], session.width))
        session.note("")
        for place, outcome in enumerate(Outcome, start=1):
            session.note(f"  {place}  {outcome.label}")

    def _list(self) -> None:
        self._session.show(self._rows())

    def _rows(self) -> "Iterator[Line]":
        from padctl.render.console import folded

        for number, item in self._items.items():
            if number in self._left:
                text = f"{item.pad} {item.title}: {item.review}, {item.presenter}, {self._watch.of(number)}"
            else:
                text = f"{item.pad} {item.title}: decided, {self._watch.of(number)}"
            style = "" if number in self._left else "dim"
            yield from folded(text, width=self._session.width, first=f"  {number}. ", style=style)


def _agree_on_the_day(session: Session, day: date) -> None:
    """Ask before a meeting is held on another day than its own."""
    from padctl.cli.asking import agreed

    if day > session.today and not agreed(
        f"This meeting is on {shown(day)}. Hold it today, {shown(session.today)}?", default=False
    ):
        raise typer.Exit(1)


def _may_decide(session: Session, pad: "Pad", by: Sequence[str]) -> tuple[str, ...]:
    """Return those of the people who decide at this meeting who are sponsors here; none leaves it to be asked."""
    meeting = session.workspace.frame.meeting_of(pad)
    return tuple(name for name in by if pad.header and not any(not_sponsors(pad.header, [name], meeting)))


def _close(session: Session, recording: Recording, view: "Agenda", *, save: bool) -> None:
    """Show the minutes, and save them where that was asked for; without a meeting there are none."""
    day, stream = recording.day, recording.stream
    undecided = view.items and day == view.date
    if not (undecided or minuting.decided_on(session, day, stream)):
        session.note("")
        session.note(f"Nothing was decided, so there are no minutes of {shown(view.date)}.")
        return
    session.write("\n")
    minuting.show(session, day, stream, "text")
    if save:
        session.write("\n")
        minuting.save(session, day, stream, recording.how)
    else:
        session.note("")
        session.note(f"To keep them: padctl minutes {day}{meeting_option(stream)} --save")


def _history(session: Session, path: str) -> "Mapping[str, Sequence[HistoryEntry]]":
    """Return the history of the PAD at a path by its id, as a move is held against it."""
    pad = session.workspace.pad(path)
    return as_seen([pad] if pad else [])


def _again(session: Session) -> Session:
    """Return the same session with nothing read yet."""
    return replace(session)
