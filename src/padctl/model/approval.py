"""Approved means a text: whether a stage still reads as it did when it was approved."""

from collections.abc import Callable, Iterator
from itertools import islice, product

from padctl.model.front_matter import HistoryEntry
from padctl.model.pad import Pad
from padctl.model.terms import PAD_ID, Stage

EarlierIds = Callable[[str], tuple[str, ...]]

_MOST_READINGS = 64  # of a text that names many PADs


def edited_approvals(pad: Pad, earlier_ids: EarlierIds) -> Iterator[tuple[Stage, HistoryEntry]]:
    """Yield the stages whose text is not the one that was approved, with the decision that approved it.

    `earlier_ids` gives the ids that a PAD had before: a text in which only these changed is the same.
    """
    approved = {
        step.before.stage: step.entry
        for step in pad.standing_steps
        if step.entry.text and step.entry.outcome and step.entry.outcome.approves
    }
    for stage, entry in approved.items():
        if not reads_as(pad, stage, entry.text or "", earlier_ids):
            yield stage, entry


def reads_as(pad: Pad, stage: Stage, fingerprint: str, earlier_ids: EarlierIds) -> bool:
    """Say whether a stage's text has a fingerprint: as it is, or with PADs under ids that they had before."""
    return any(reading == fingerprint for reading in _readings(pad, stage, earlier_ids))


def _readings(pad: Pad, stage: Stage, earlier_ids: EarlierIds) -> Iterator[str]:
    yield pad.fingerprint(stage)
    mentioned = dict.fromkeys(match[0] for match in PAD_ID.finditer(pad.document.text, pad.document.body_start))
    earlier = {name: earlier_ids(name) for name in islice(mentioned, _MOST_READINGS)}
    renumbered = {name: former for name, former in earlier.items() if former}
    choices = product(*((name, *former) for name, former in renumbered.items()))
    for names in islice(choices, 1, _MOST_READINGS):
        yield pad.fingerprint(stage, dict(zip(renumbered, names, strict=True)))
