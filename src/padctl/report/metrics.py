"""A PAD's success metrics: what was agreed before, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from padctl.model.pad import Pad
from padctl.model.terms import VERDICTS
from padctl.model.wording import heading_key


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A success metric as the PAD has it; actual and verdict are empty before the recap.

    `recap_target` is the target that the recap's table names, where it is not the one agreed.
    """

    metric: str
    baseline: str
    target: str
    by: str
    actual: str
    verdict: str
    recap_target: str


def metrics_of(pad: Pad) -> tuple[Metric, ...]:
    """Return the agreed metrics in their order with the recap's results, then rows that only the recap has."""
    return tuple(_metrics(pad))


def _metrics(pad: Pad) -> Iterator[Metric]:
    agreed = pad.section_with("metric", "target", without="verdict")
    recap = pad.section_with("metric", "actual", "verdict")
    results: dict[str, list[dict[str, str]]] = {}
    for row in recap.keyed_rows() if recap else []:
        results.setdefault(heading_key(row["metric"]), []).append(row)
    for row in agreed.keyed_rows() if agreed else []:
        found = results.get(heading_key(row["metric"]))
        yield _metric(row, found.pop(0) if found else {})
    for rows in results.values():
        yield from (_metric(row, row) for row in rows)


def _metric(agreed: dict[str, str], result: dict[str, str]) -> Metric:
    target, recap_target = agreed.get("target", ""), result.get("target", "")
    verdict = result.get("verdict", "")
    return Metric(
        metric=agreed["metric"],
        baseline=agreed.get("baseline", ""),
        target=target,
        by=agreed.get("by", ""),
        actual=result.get("actual", ""),
        verdict=verdict.casefold() if verdict.casefold() in VERDICTS else verdict,
        recap_target=recap_target if recap_target.casefold() != target.casefold() else "",
    )
