"""The quarter's recap as text and as CSV; its Markdown and HTML come from templates."""

from collections.abc import Iterator

from padctl.render.console import Line, Piece, folded, line
from padctl.render.spreadsheet import to_csv
from padctl.report.metrics import Metric
from padctl.report.recap import Launched, Recap, Tally
from padctl.report.standing import day

_STYLES = {"met": "green", "partly": "yellow", "missed": "red"}
_OF_THE_PAD = ("pad", "title", "owner", "team", "objectives", "created", "launched", "days", "standing", "due")
_OF_THE_METRIC = ("metric", "baseline", "target", "by", "actual", "verdict", "recap_target")
_VERDICT_CELLS = 14


def recap_text(view: Recap, *, width: int) -> Iterator[Line]:
    """Yield the recap: the rates, each PAD metric by metric with what was learned, and the recaps owed."""
    yield line(Piece(f"Recap of {view.quarter}, {day(view.first)} to {day(view.last)}", "bold"))
    for text in summary(view):
        yield from folded(text, width=width)
    for path in view.unreadable:
        text = f"{path} cannot be read and may be missing here: padctl lint {path}"
        yield from folded(text, width=width, style="red")
    for pad in view.pads:
        yield line()
        yield from _pad(pad, width)
    owed = [pad for pad in view.pads if pad.owed]
    if owed:
        yield line()
        yield line(Piece("Recaps owed", "bold"))
    for pad in owed:
        text = f"{pad.pad} {pad.title}: {pad.owner}, {due(pad)}"
        yield from folded(text, width=width, first="· ", style="red" if pad.overdue else "")
    for gone in view.withdrawn:
        yield line()
        reason = f": {gone.reason}" if gone.reason else ""
        text = f"{gone.pad} {gone.title} ({gone.owner}){reason}"
        yield from folded(text, width=width, first="Withdrawn after its launch, not counted: ", rest="  ")


def recap_csv(view: Recap) -> str:
    """Return the recap as CSV: one row a metric, and one for a PAD that has none; no cell is a formula."""
    rows = (
        [view.quarter, *(getattr(pad, name) for name in _OF_THE_PAD), *(getattr(metric, n, "") for n in _OF_THE_METRIC)]
        for pad in view.pads
        for metric in pad.metrics or (None,)
    )
    return to_csv(("quarter", *_OF_THE_PAD, *_OF_THE_METRIC), rows)


def summary(view: Recap) -> Iterator[str]:
    """Yield the recap's numbers as sentences."""
    if not view.over:
        yield f"As of {day(view.today)}; the quarter is not over."
    if not view.pads:
        yield "Nothing was launched in it." if view.over else "Nothing is launched in it yet."
        return
    count = len(view.pads)
    owed = sum(pad.owed for pad in view.pads)
    still = f"; {owed} still owe{'s' if owed == 1 else ''} the recap, so the rates are provisional" if owed else ""
    yield f"{count} PAD{'s' if count > 1 else ''} launched{still}."
    yield f"Metrics: {rate(view.metrics, 'reported ones are met')}."
    yield f"PADs: {rate(view.results, 'met all their metrics')}."
    spread = f", from {view.fastest} to {view.slowest}" if count > 1 else ""
    yield f"From first draft to launch: {view.days:g} days{' (median' + spread + ')' if spread else ''}."


def rate(count: Tally, words: str) -> str:
    """Return a tally as a sentence: "5 of 9 reported ones are met (56%); 2 partly, 1 missed; 3 still open"."""
    judged = f"{count.met} of {count.judged} {words} ({count.rate}%)" if count.judged else "no verdict yet"
    rest = {"partly": count.partly, "missed": count.missed, "not measured": count.not_measured}
    others = ", ".join(f"{number} {name}" for name, number in rest.items() if number)
    return "; ".join(filter(None, [judged, others, f"{count.open} still open" if count.open else ""]))


def due(pad: Launched) -> str:
    """Return by when a recap that is not submitted is, or was, due."""
    return f"recap {'was due' if pad.overdue else 'due'} {day(pad.due)}" if pad.due else ""


def _pad(pad: Launched, width: int) -> Iterator[Line]:
    yield from folded(f"{pad.pad} {pad.title}", width=width, style="bold")
    team = f", team {pad.team}" if pad.team else ""
    serves = f" · serves {', '.join(pad.objectives)}" if pad.objectives else ""
    days = f"{pad.days} day{'' if pad.days == 1 else 's'} after its first draft"
    facts = f"{pad.owner}{team}{serves} · launched {day(pad.launched)}, {days}"
    yield from folded(facts, width=width, first="  ")
    owed = f"; {due(pad)}" if pad.owed else ""
    yield from folded(f"{pad.standing}{owed}.", width=width, first="  ", style="red" if pad.overdue else "")
    for metric in pad.metrics:
        verdict = f"{metric.verdict or 'no verdict':<{_VERDICT_CELLS}}"
        lines = folded(_metric(metric), width=width, first=f"  {verdict}")
        for number, (lead, text) in enumerate(lines):
            yield (Piece(lead.text, _STYLES.get(metric.verdict, "") if number == 0 else ""), text)
    for number, point in enumerate(pad.learned):
        yield from folded(point.text, width=width, first="  Learned: " if number == 0 else " " * 11)


def _metric(metric: Metric) -> str:
    by = f" by {metric.by}" if metric.by else ""
    asked = f"{metric.baseline or '?'} → {metric.target or '?'}{by}"
    other = f" (the recap names another target: {metric.recap_target})" if metric.recap_target else ""
    return f"{metric.metric}: {asked}; {f'actual {metric.actual}' if metric.actual else 'not reported'}{other}"
