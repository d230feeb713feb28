"""Minutes that were saved: what their front matter keeps of the facts, and where the histories say otherwise now."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from padctl.errors import UsageError
from padctl.model.corpus import Corpus, Page, SavedMinutes
from padctl.model.diagnostic import Fault
from padctl.model.document import Document
from padctl.model.fields import iso_date
from padctl.model.meeting import meeting_option
from padctl.model.pad import Pad
from padctl.report.minutes_facts import facts_digest

_FILE = re.compile(r"\d{4}-\d{2}-\d{2}\.md")
_FOLDER = re.compile(r"\w[\w .-]*")


class Met(NamedTuple):
    """What the histories say of a PAD on a day now, as a digest; `stream` is the meeting that reviews it, or empty."""

    pad: str
    day: str
    stream: str
    digest: str


def may_hold_minutes(path: str) -> bool:
    """Say whether a file of the meetings' folder is named as saved minutes are."""
    return bool(_FILE.fullmatch(posixpath.basename(path)))


def minutes_path(folder: str, day: date, stream: str | None) -> str:
    """Return where the minutes of a meeting are saved, from the root.

    Raises:
        UsageError: the meeting's name cannot be the name of a folder.
    """
    if stream and not _FOLDER.fullmatch(stream):
        fix = "rename the meeting in the settings: letters, digits, hyphens"
        raise UsageError(f'"{stream}" cannot be the name of a folder', fix=fix)
    return posixpath.normpath(posixpath.join(folder, stream or "", f"{day}.md"))


def as_saved(page: str, day: date, stream: str | None, facts: Mapping[str, str]) -> str:
    """Return minutes in Markdown with the front matter by which lint finds them again."""
    kept = ", ".join(f"{pad}: {facts[pad]}" for pad in sorted(facts))
    meeting = f"meeting: {stream}\n" if stream else ""
    return f"---\ndate: {day}\n{meeting}facts: {{{kept}}}\n---\n{page}"


def read_saved(document: Document) -> SavedMinutes | None:
    """Read saved minutes; None for a page that padctl did not write."""
    values = document.values
    day, stream, facts = (values.get(key) for key in ("date", "meeting", "facts"))
    if not isinstance(day, str) or not isinstance(facts, dict):
        return None
    try:
        of = iso_date(day)
    except ValueError:
        return None
    name = stream if isinstance(stream, str) else None
    return SavedMinutes(document=document, day=of, stream=name, facts={str(k): str(v) for k, v in facts.items()})


def met(frame: Corpus, pad: Pad, days: Iterable[date]) -> Iterator[Met]:
    """Yield what a PAD's history says of days, by the meetings that its entries were for."""
    history = pad.header.history if pad.header else ()
    streams = {entry.n: frame.stream_at(pad, entry) for entry in history}
    for day in days:
        for stream in dict.fromkeys(streams.values()):
            if digest := facts_digest(pad, day, {n for n, of in streams.items() if of == stream}):
                yield Met(pad.id, str(day), stream or "", digest)


def facts_of(found: Iterable[Met]) -> dict[str, str]:
    """Return the digests of one day by the PADs' ids; PADs of one id share one."""
    facts: dict[str, str] = {}
    for one in sorted(found):
        facts[one.pad] = f"{facts[one.pad]}+{one.digest}" if one.pad in facts else one.digest
    return facts


def minutes_pages(minutes: Sequence[SavedMinutes], found: Iterable[Met]) -> tuple[Page, ...]:
    """Return saved minutes as pages, each with a fault where the histories say otherwise."""
    by_day: dict[str, list[Met]] = {}
    for one in found:
        by_day.setdefault(one.day, []).append(one)
    pages = []
    for saved in minutes:
        others = {pad for other in minutes if other.day == saved.day and other is not saved for pad in other.facts}
        differing = "; ".join(_differences(saved, by_day.get(str(saved.day), []), others))
        pages.append(Page(document=saved.document, faults=(_fault(saved, differing),) if differing else ()))
    return tuple(pages)


def _differences(saved: SavedMinutes, found: Sequence[Met], others: set[str]) -> Iterator[str]:
    """Yield in words where saved minutes and histories part.

    A team may have gone to another meeting since: a PAD is looked for in the minutes of all meetings of the day.
    """
    own = [one for one in found if one.stream == (saved.stream or "")]
    now = {**facts_of(found), **facts_of(own)}
    here = {one.pad for one in own}
    kept = saved.facts
    for pad in sorted({*kept, *here - others}):
        if pad not in kept:
            yield f"{pad} is missing"
        elif pad not in now:
            yield f"{pad} has no such history"
        elif now[pad] != kept[pad]:
            yield f"{pad} reads otherwise"


def _fault(saved: SavedMinutes, differing: str) -> Fault:
    command = f"padctl minutes {saved.day}{meeting_option(saved.stream)} --save"
    return Fault(
        slug="minutes-differ",
        offset=saved.document.offset_of(("facts",)),
        message=f"the histories say something else now: {differing}",
        fix=f"save them again, after a look with --dry-run\n{command}",
    )
