"""The quarter's recap: every PAD launched in it by its own metrics, what was learned, and who still owes a recap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from padctl.model.corpus import Corpus
from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad, Placed
from padctl.model.prose import Point, prose_of
from padctl.model.quarter import quarter_end, quarter_name, quarter_start
from padctl.model.settings import Settings
from padctl.model.terms import VERDICTS, MoveKind, Stage, Status
from padctl.model.wording import without_comments
from padctl.report.metrics import Metric, metrics_of
from padctl.report.standing import current


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many metrics or PADs met, partly met or missed what was agreed, or were not measured.

    `judged` is the sum of these four, `open` counts those without a verdict; `rate` is the percentage of the judged
    ones that were met, None where none is judged.
    """

    met: int
    partly: int
    missed: int
    not_measured: int
    open: int
    judged: int
    rate: int | None


@dataclass(frozen=True, kw_only=True)
class Launched:
    """One launched PAD and what came of it.

    `days` lie between its first draft and its launch. `owed` says that its recap is not submitted; `due` is then the
    day by which it is, and `overdue` that the day has passed. `result` is one verdict over all metrics, empty while
    one of them has none. `learned` is what the recap says beside its table, `learned_source` the same as Markdown.
    """

    pad: str
    title: str
    path: str
    link: str
    owner: str
    team: str
    objectives: tuple[str, ...]
    created: Day
    launched: Day
    days: int
    standing: str
    owed: bool
    due: Day | None
    overdue: bool
    metrics: tuple[Metric, ...]
    tally: Tally
    result: str
    learned: tuple[Point, ...]
    learned_source: str


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A PAD that was withdrawn after its launch; it is named, and counts nowhere."""

    pad: str
    title: str
    owner: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Recap:
    """The recap of a quarter from its `first` to its `last` day.

    `over` says that no launch can be added. `metrics` counts metrics by their verdicts, `results` PADs by theirs;
    `days` is the median from first draft to launch, None without a launch, `fastest` and `slowest` its ends.
    `unreadable` are the PADs that may be missing here.
    """

    quarter: str
    first: Day
    last: Day
    today: Day
    over: bool
    pads: tuple[Launched, ...]
    metrics: Tally
    results: Tally
    days: float | None
    fastest: int | None
    slowest: int | None
    withdrawn: tuple[Withdrawn, ...]
    unreadable: tuple[str, ...]


def recap(corpus: Corpus, within: date, *, today: date) -> Recap:
    """Return the recap of the quarter that a day lies in."""
    settings = corpus.settings
    first, last = (edge(within, starts=settings.year.starts) for edge in (quarter_start, quarter_end))
    found = [(pad, header) for pad, header in _launched(corpus.pads) if first <= (header.launched or first) <= last]
    gone = [header for _, header in found if header.status is Status.WITHDRAWN]
    kept = [_pad(pad, header, settings, today) for pad, header in found if header.status is not Status.WITHDRAWN]
    days = sorted(pad.days for pad in kept)
    return Recap(
        quarter=quarter_name(within, starts=settings.year.starts),
        first=first,
        last=last,
        today=today,
        over=last < today,
        pads=tuple(sorted(kept, key=lambda pad: (pad.launched, pad.pad))),
        metrics=tally(metric.verdict for pad in kept for metric in pad.metrics),
        results=tally(pad.result for pad in kept),
        days=_middle(days),
        fastest=days[0] if days else None,
        slowest=days[-1] if days else None,
        withdrawn=tuple(_withdrawn(header, settings) for header in gone),
        unreadable=tuple(pad.path for pad in corpus.pads if pad.header is None),
    )


def latest_launch(corpus: Corpus, today: date) -> date | None:
    """Return the day of the latest launch that counts and is not ahead, or None where nothing was launched."""
    days = [
        header.launched
        for _, header in _launched(corpus.pads)
        if header.launched and header.status is not Status.WITHDRAWN
    ]
    return max((day for day in days if day <= today), default=None)


def tally(verdicts: Iterable[str]) -> Tally:
    """Return the counts of verdicts; a text that is none of them counts as open."""
    given = list(verdicts)
    met, partly, missed, not_measured = (given.count(verdict) for verdict in VERDICTS)
    judged = met + partly + missed + not_measured
    return Tally(
        met=met,
        partly=partly,
        missed=missed,
        not_measured=not_measured,
        open=len(given) - judged,
        judged=judged,
        rate=(200 * met + judged) // (2 * judged) if judged else None,
    )


def _middle(days: list[int]) -> float | None:
    """Return the median, whole where it is."""
    middle = median(days) if days else None
    return int(middle) if middle is not None and middle == int(middle) else middle


def _launched(pads: Iterable[Pad]) -> Iterator[tuple[Pad, FrontMatter]]:
    """Yield the PADs with a launch that nobody took back."""
    for pad in pads:
        if pad.header and pad.header.launched:
            undone = {entry.undoes for entry in pad.header.history}
            launches = [entry.n for entry in pad.header.history if entry.move is MoveKind.LAUNCH]
            if not launches or not undone.issuperset(launches):
                yield pad, pad.header


def _pad(pad: Pad, header: FrontMatter, settings: Settings, today: date) -> Launched:
    launched, metrics = header.launched or header.created, metrics_of(pad)
    due = settings.recap_due(launched)
    owed = header.stage is Stage.POST_LAUNCH_RECAP and header.status in {Status.DRAFT, Status.ON_HOLD}
    said = [placed for placed in pad.sections_of(Stage.POST_LAUNCH_RECAP) if placed.filled and not _has_results(placed)]
    count = tally(metric.verdict for metric in metrics)
    return Launched(
        pad=header.id,
        title=header.title,
        path=pad.path,
        link=settings.links.to(pad.path),
        owner=settings.person(header.owner),
        team=header.team or "",
        objectives=header.objectives,
        created=header.created,
        launched=launched,
        days=(launched - header.created).days,
        standing=current(header),
        owed=owed,
        due=due if owed else None,
        overdue=owed and due < today,
        metrics=metrics,
        tally=count,
        result=_result(count),
        learned=tuple(point for placed in said for point in prose_of(pad, placed)),
        learned_source="\n\n".join(_source(pad, placed) for placed in said),
    )


def _result(count: Tally) -> str:
    """Return one verdict over several: met where all are, missed where none is even partly met."""
    if count.open or not count.judged:
        return ""
    if count.met == count.judged:
        return "met"
    if count.met or count.partly:
        return "partly"
    return "missed" if count.missed else "not measured"


def _has_results(placed: Placed) -> bool:
    return "verdict" in placed.section.column_keys


def _source(pad: Pad, placed: Placed) -> str:
    start = placed.heading.end if placed.heading else placed.end
    return "".join(without_comments(pad.document.text[start : placed.end])).strip()


def _withdrawn(header: FrontMatter, settings: Settings) -> Withdrawn:
    reason = next((entry.reason for entry in reversed(header.history) if entry.move is MoveKind.WITHDRAW), None)
    owner = settings.person(header.owner)
    return Withdrawn(pad=header.id, title=header.title, owner=owner, reason=reason or "")
