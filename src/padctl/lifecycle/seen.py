"""What a person saw when asked: nothing is recorded of a PAD that moved on before the answer."""

from collections.abc import Iterator, Mapping, Sequence

from padctl.errors import Reason, Refused
from padctl.lifecycle.readable import readable
from padctl.model.front_matter import FrontMatter, HistoryEntry
from padctl.model.pad import Pad


def check_as_seen(pad: Pad, seen: Mapping[str, Sequence[HistoryEntry]]) -> None:
    """Make sure that a PAD's history is the one that the person saw, where it is among those seen.

    Raises:
        Refused: it is another one; says what happened meanwhile. Or the PAD cannot be read.
    """
    header, _ = readable(pad)
    shown = seen.get(header.id)
    if shown is None or tuple(shown) == header.history:
        return
    fix = f"look at it where it is now, with padctl show {header.id}, and run the command again there"
    raise Refused(
        f"{header.id}: nothing was recorded, because it moved on while you were asked",
        [Reason(message=what, fix=fix) for what in _meanwhile(header, shown)],
    )


def _meanwhile(header: FrontMatter, shown: Sequence[HistoryEntry]) -> Iterator[str]:
    """Yield in words the entries that the person did not see."""
    here = f"it is {header.stage.label}, {header.status.label}, now"
    new = [entry for entry in header.history if entry not in shown]
    if not new:
        yield f"its history here is not the one you saw, as on another branch; {here}"
    for place, entry in enumerate(new, start=1):
        who = f" by {', '.join(entry.by)}" if entry.by else ""
        what = f"{entry.move}{f' {entry.outcome}' if entry.outcome else ''} of {entry.date}{who}, to {entry.to}"
        yield f"{what}; {here}" if place == len(new) else what
