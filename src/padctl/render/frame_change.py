"""What an edited template newly finds, told to the person who edits it."""

from collections.abc import Iterator

from padctl.report.frame_change import FrameChange, NewFaults

_FAULTS = {
    "missing-section": "is missing",
    "empty-section": "is empty",
    "missing-column": "lacks a column",
    "table-without-rows": "has no rows",
    "empty-cell": "has blank cells",
    "own-field": "is missing or has another form",
    "forbidden-field": "does not belong",
    "pattern-mismatch": "does not match its pattern",
}


def frame_note(change: FrameChange) -> Iterator[str]:
    """Yield the lines of the note: how many PADs, by section or field, and what would spare the older ones."""
    newly = [(change.failing, "newly fail"), (change.warned, "newly warn")]
    counts = " and ".join(f"{_pads(number)} {verb}{'s' * (number == 1)}" for number, verb in newly if number)
    yield f"note: {change.path}, as edited: {counts}"
    for part in change.parts:
        yield from (f"  {_named(part)} {_FAULTS.get(slug, slug)} in {_pads(number)}" for slug, number in part.faults)
    yield from (f"  {slug} in {_pads(number)}" for slug, number in change.others)
    if change.spared:
        whole = all(part.sparable for part in change.parts) and not change.others
        spare = f"PADs created before {change.since}" if whole else "older PADs the new parts"
        yield f"  To spare {spare}, write in its front matter:"
    for kind, lines in change.spared.items():
        yield f"    {kind}:"
        yield from (f"      {line}" for line in lines)


def _named(part: NewFaults) -> str:
    return f'"{part.name}"' if part.kind == "sections" else f'the field "{part.name}"'


def _pads(number: int) -> str:
    return "1 PAD" if number == 1 else f"{number} PADs"
