"""A PAD as two or three slides for the stage under review: its words, its tables, and the decision asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from padctl.model.corpus import Corpus
from padctl.model.deciders import who_decides
from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad, Placed
from padctl.model.prose import Point, prose_of
from padctl.model.terms import SIZES, Outcome, Stage, Stance, Status
from padctl.report.agenda_days import first_from
from padctl.report.agenda_item import usual_ask
from padctl.report.excerpt import Excerpt, Rows, Table, clipped, excerpt, table_excerpt
from padctl.report.feedback import open_remarks
from padctl.report.metrics import metrics_of
from padctl.report.standing import day, standing

_PANELS = {"words": 3, "tables": 2}
_REMARKS = 3
_SERVED = 2
_REVIEWED = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.FOLLOW_UP})


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many lines of how many cells a panel has."""

    lines: float
    width: int


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The room on the slides of one medium.

    `main` is that of the first of several texts, `side` what the others share, `alone` that of a single one. `half` is
    that of one of two tables, `whole` of a single one, `charted` of one below a chart; of the first two, `lead` lines
    are for the words above the table. `ask` and `remark` are in cells.
    """

    main: Room
    side: Room
    alone: Room
    half: Room
    whole: Room
    charted: Room
    lead: int
    ask: int
    remark: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A direction in the chart: its number, and its sizes counted from 0 for XS to 5 for XXL.

    `place` counts from 0 among the `together` directions of the same sizes.
    """

    number: int
    impact: int
    complexity: int
    place: int
    together: int


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What a slide shows of one section: words, a table, or both; `more` says that something was left out."""

    name: str
    words: Excerpt
    table: Rows | None = None
    dots: tuple[Dot, ...] = ()
    more: bool = False


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide of `kind` words or tables; `others` are the filled sections that have no room on it."""

    kind: str
    panels: tuple[Panel, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Deck:
    """A PAD's slides.

    `ask` is the decision asked, empty where the PAD waits for none; then there is no slide for it. `meeting` and `date`
    are empty until it is submitted. `serves` are the objectives by id and title. `unwritten` are the sections of the
    stage that say nothing yet.
    """

    pad: str
    title: str
    path: str
    link: str
    review: str
    standing: str
    presenter: str
    team: str
    classification: str
    serves: tuple[str, ...]
    meeting: str
    date: Day | None
    slides: tuple[Slide, ...]
    unwritten: tuple[str, ...]
    ask: str
    deciding: tuple[str, ...]
    outcomes: tuple[str, ...]
    concerns: tuple[str, ...]
    promised: tuple[str, ...]


def deck(corpus: Corpus, pad: Pad, header: FrontMatter, *, layout: Layout, today: date) -> Deck:
    """Return the slides of the stage that is under review, or of the last one that was.

    A PAD whose day passed undecided is shown for the next meeting, which it is carried over to.
    """
    settings, meeting = corpus.settings, corpus.meeting_of(pad)
    stage = _stage(pad, header.stage)
    sections = [placed for placed in pad.sections_of(stage) if placed.filled]
    asked = header.status in _REVIEWED and stage is header.stage
    ask = (header.slot.ask if header.slot else None) or usual_ask(stage)
    slot = header.slot
    titles = {objective.id: objective.title for objective in corpus.objectives}
    remarks = [note for stance in (Stance.CONCERN, Stance.QUESTION) for note in open_remarks(header, settings, stance)]
    actions = header.open_decision_actions
    return Deck(
        pad=header.id,
        title=clipped(header.title, layout.remark),
        path=pad.path,
        link=settings.links.to(pad.path),
        review=stage.label,
        standing=clipped(standing(pad), layout.ask),
        presenter=settings.person((slot.presenter if slot else None) or header.owner),
        team=header.team or "",
        classification=(header.classification or "").replace("-", " "),
        serves=tuple(
            clipped(f"{name} {titles.get(name, '')}".strip(), layout.remark) for name in header.objectives[:_SERVED]
        ),
        meeting=meeting.name if slot else "",
        date=first_from(meeting, max(slot.date, today)) or slot.date if slot else None,
        slides=tuple(_slides(pad, sections, layout)),
        unwritten=tuple(
            placed.section.name for placed in pad.due if placed.section.stage is stage and not placed.filled
        ),
        ask=clipped(ask, layout.ask) if asked else "",
        deciding=tuple(map(settings.person, who_decides(header, meeting))),
        outcomes=tuple(outcome.label for outcome in Outcome),
        concerns=tuple(clipped(f"{said.who}: {said.note}", layout.remark) for said in remarks[:_REMARKS]),
        promised=tuple(
            clipped(f"{settings.person(action.who)}: {action.what}, due {day(action.due)}", layout.remark)
            for action in actions[:_REMARKS]
        ),
    )


def _stage(pad: Pad, stage: Stage) -> Stage:
    """Return the latest stage up to a PAD's own that has sections: delivery has none."""
    reached = [placed.section.stage for placed in pad.sections if placed.section.stage.order <= stage.order]
    return max(reached, key=lambda found: found.order, default=stage)


def _slides(pad: Pad, sections: Sequence[Placed], layout: Layout) -> Iterator[Slide]:
    """Yield the slides of words and of tables, in the order in which the first of each stands in the PAD."""
    kinds = [(_kind(placed), placed) for placed in sections]
    for kind in dict.fromkeys(kind for kind, _ in kinds):
        own = [placed for found, placed in kinds if found == kind]
        shown, left = own[: _PANELS[kind]], own[_PANELS[kind] :]
        panels = _worded(pad, shown, layout) if kind == "words" else _tabular(pad, shown, layout)
        yield Slide(kind=kind, panels=tuple(panels), others=tuple(placed.section.name for placed in left))


def _kind(placed: Placed) -> str:
    return "tables" if placed.table and placed.section.columns and placed.table.filled_rows() else "words"


def _worded(pad: Pad, sections: Sequence[Placed], layout: Layout) -> Iterator[Panel]:
    """Yield the first section with a room of its own; what one of the others leaves of theirs is the next one's."""
    left = layout.side.lines
    for position, placed in enumerate(sections):
        shared = Room(lines=left / (len(sections) - position), width=layout.side.width)
        room = shared if position else layout.main if len(sections) > 1 else layout.alone
        said = _words(pad, placed, room)
        left -= said.lines if position else 0
        yield Panel(name=placed.section.name, words=said, more=said.more)


def _words(pad: Pad, placed: Placed, room: Room) -> Excerpt:
    points = (Point(placed.skipped, "", False),) if placed.skipped else prose_of(pad, placed)
    if not points:  # a picture, which no slide shows
        return Excerpt(points=(), more=True, lines=1)
    return excerpt(points, lines=room.lines, width=room.width)


def _tabular(pad: Pad, sections: Sequence[Placed], layout: Layout) -> Iterator[Panel]:
    for placed in sections:
        table = _results(pad) if "verdict" in placed.section.column_keys else _table(placed)
        charted = {"impact", "complexity"} <= placed.section.column_keys
        room = layout.charted if charted else layout.half if len(sections) > 1 else layout.whole
        said = Excerpt(points=(), more=False)
        if not charted and (points := prose_of(pad, placed)):
            said = excerpt(points, lines=layout.lead, width=room.width)
            room = Room(lines=room.lines - layout.lead, width=room.width)
        rows = table_excerpt(table, lines=room.lines, width=room.width)
        dots = tuple(_dots(placed.keyed_rows()[: len(rows.rows)])) if charted else ()
        yield Panel(name=placed.section.name, words=said, table=rows, dots=dots, more=said.more or rows.more)


def _table(placed: Placed) -> Table:
    return Table(columns=placed.section.columns, rows=tuple(tuple(row.values()) for row in placed.rows()))


def _results(pad: Pad) -> Table:
    rows = tuple((row.metric, row.baseline, row.target, row.actual, row.verdict) for row in metrics_of(pad))
    return Table(columns=("Metric", "Baseline", "Target", "Actual", "Verdict"), rows=rows)


def _dots(rows: Sequence[dict[str, str]]) -> Iterator[Dot]:
    """Yield the directions whose two sizes are known, those of the same sizes side by side."""
    sizes = [(row["impact"].upper(), row["complexity"].upper()) for row in rows]
    for number, (impact, complexity) in enumerate(sizes):
        if impact in SIZES and complexity in SIZES:
            same = (impact, complexity)
            yield Dot(
                number=number + 1,
                impact=SIZES.index(impact),
                complexity=SIZES.index(complexity),
                place=sizes[:number].count(same),
                together=sizes.count(same),
            )
