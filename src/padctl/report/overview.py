"""All PADs at a glance: how many stand where, and what each waits for."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from padctl.model.corpus import Corpus, Team
from padctl.model.fields import Day
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import PARKED, Stage, Status
from padctl.report.agenda import agenda
from padctl.report.agenda_days import next_meeting
from padctl.report.feedback import owed_answers
from padctl.report.standing import next_step, since, standing


@dataclass(frozen=True, kw_only=True)
class Row:
    """One PAD; `days` counts since it is where it stands; stage and status are empty where it cannot be read.

    `person` is the owner's full name, `awaited` are those who owe feedback before the review, by `awaited_by`.
    `only_on` names the branch that alone has its latest move; it is empty where the default branch has it too.
    """

    id: str
    title: str
    owner: str
    person: str
    team: str
    stage: str
    status: str
    standing: str
    next: str
    days: int
    path: str
    awaited: tuple[str, ...]
    awaited_by: Day | None
    only_on: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The repository today: rows by urgency, counts by stage and status, the next meeting and its items.

    `meeting` is the name of that meeting, empty where the settings have one meeting only. `submitted` counts what
    stands on its agenda, `held_back` what overdue actions keep off it, `decided` what it has decided; `cancelled` is
    why it does not take place although something was submitted or is owed, empty otherwise.
    """

    today: date
    rows: tuple[Row, ...]
    counts: tuple[tuple[str, str, int], ...]
    next_meeting: date | None
    meeting: str
    submitted: int
    held_back: int
    decided: int
    cancelled: str
    overdue_actions: int


_URGENCY = (Status.IN_REVIEW, Status.FOLLOW_UP, Status.DRAFT, Status.IN_PROGRESS, Status.ON_HOLD, Status.DONE)


OnlyOn = Callable[[Pad], str]


def overview(corpus: Corpus, *, today: date, only_on: OnlyOn) -> Overview:
    """Return where everything stands; `only_on` names the branch that alone has a PAD's latest move."""
    rows = sorted((_row(pad, corpus.settings, today, only_on) for pad in corpus.pads), key=_urgency)
    counts = Counter((row.stage, row.status) for row in rows)
    order = [(stage.value, status.value) for stage in Stage for status in Status]
    stream, meeting = _next(corpus, today)
    coming = agenda(corpus, day=meeting, today=today, stream=stream) if meeting else None
    headers = [pad.header for pad in corpus.pads if pad.header]
    return Overview(
        today=today,
        rows=tuple(rows),
        counts=tuple((*key, counts[key]) for key in [*order, ("", "")] if counts[key]),
        next_meeting=meeting,
        meeting=corpus.meeting(stream).name if corpus.settings.meetings else "",
        submitted=len(coming.items) if coming else 0,
        held_back=len(coming.dropped) if coming else 0,
        decided=len(coming.decided) if coming else 0,
        cancelled=coming.reason if coming and (coming.dropped or coming.owing) else "",
        overdue_actions=sum(action.due < today for header in headers for action in header.open_actions),
    )


def _next(corpus: Corpus, today: date) -> tuple[str | None, date | None]:
    """Return which meeting is the next of those that review any PAD, and its day; the common one where none does."""
    streams = {corpus.stream_of(pad) for pad in corpus.pads} or {None}
    coming = [(stream, next_meeting(corpus, today, stream)) for stream in streams]
    return min(coming, key=lambda one: (one[1] or date.max, one[0] or ""))


def listing(
    corpus: Corpus, *, today: date, only_on: OnlyOn, stage: str | None = None, status: str | None = None,
    owner: str | None = None, team: str | None = None,
) -> tuple[Row, ...]:  # fmt: skip
    """Return PADs by id, narrowed to those with all the values given."""
    short = corpus.settings.short_name(owner) if owner else None
    wanted = {"stage": stage, "status": status, "owner": short}
    same = corpus.team(team or "")
    pads = (pad for pad in corpus.pads if team is None or _of_team(corpus, pad) in {team, same})
    rows = (_row(pad, corpus.settings, today, only_on) for pad in pads)
    kept = [row for row in rows if all(value is None or getattr(row, name) == value for name, value in wanted.items())]
    return tuple(sorted(kept, key=lambda row: (row.id, row.path)))


def open_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of PADs on which somebody has something to do."""
    closed = {Status.DONE, *PARKED}
    return tuple(row for row in rows if row.status not in closed)


def _of_team(corpus: Corpus, pad: Pad) -> Team | str:
    """Return the team of a PAD, or its name where there is no such team."""
    name = (pad.header.team or "") if pad.header else ""
    return corpus.team(name) or name


def _row(pad: Pad, settings: Settings, today: date, only_on: OnlyOn) -> Row:
    header = pad.header
    title = pad.document.values.get("title")
    owed = owed_answers(pad, settings)
    return Row(
        id=pad.id or "?",
        title=header.title if header else title if isinstance(title, str) else pad.path,
        owner=header.owner if header else "",
        person=settings.known_as(header.owner, today) if header else "",
        team=(header.team or "") if header else "",
        stage=header.stage if header else "",
        status=header.status if header else "",
        standing=standing(pad),
        next=next_step(pad),
        days=(today - since(header)).days if header else 0,
        path=pad.path,
        awaited=tuple(settings.known_as(one.who, today) for one in owed),
        awaited_by=owed[0].by if owed else None,
        only_on=only_on(pad),
    )


def _urgency(row: Row) -> tuple[int, int, str]:
    place = _URGENCY.index(Status(row.status)) if row.status in _URGENCY else len(_URGENCY) if row.status else -1
    return (place, -row.days, row.id)
