"""PC500 to PC599: the practice: what people in the meeting would ask. None fires on a stage that is not reached yet."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from padctl.model.diagnostic import Severity
from padctl.model.fields import iso_date
from padctl.model.pad import Pad, Placed
from padctl.model.terms import Stage
from padctl.rules.registry import Context, Finding, due, gaps, rule

_CHOICE = re.compile(
    r"\bwe (?:have )?(?:chose|chosen|choose|decided on|picked|will build|will go with|recommend)\b"
    r"|\b(?:chosen|selected|recommended|preferred) (?:direction|solution|option)\b"
    r"|\((?:chosen|selected|recommended|preferred)\)|\u2705|\u2714",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:no|not|none|never|yet|before|until)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\d|\b(?:zero|none|no|all|every|half|double|twice|thrice|one|two|three|five|ten)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"(?<![\d-])\d{4}(?:[-\s]?(?:Q[1-4]|H[12])|-(?:0[1-9]|1[0-2]))(?![\d-])|\bQ[1-4]\s?\d{4}\b", re.IGNORECASE
)
_NOTHING = frozenset({"none", "no", "no mitigation", "nothing", "unknown"})
_WORD = re.compile(r"[^\W_]{4,}")
_SENTENCE = re.compile(r"[^.!?\n]+")
_LEAST_DIRECTIONS = 2
_STEM = 5  # as many letters as most forms of a word share


def reached(pad: Pad, context: Context, *columns: str) -> Iterator[Placed]:
    """Yield the filled sections of reached stages whose tables have these columns."""
    stages = gaps(pad, context)
    for placed in pad.tabular:
        if placed.filled and placed.section.column_keys.issuperset(columns) and placed.section.stage in stages:
            yield placed


def _named(pad: Pad, context: Context, name: str) -> Iterator[Placed]:
    placed = pad.section(name)
    if placed and placed.heading and placed.filled and not placed.skipped and due(pad, context, placed.section.stage):
        yield placed


def _at(pad: Pad, offset: int, message: str, fix: str) -> Finding:
    return Finding(document=pad.document, offset=offset, message=message, fix=fix)


def start(placed: Placed) -> int:
    """Return where a section's heading stands."""
    return placed.heading.start if placed.heading else 0


def _prose(pad: Pad, placed: Placed) -> str:
    """Return all the words of a section: paragraphs, sub-headings and cells."""
    cells = [cell.text for block in placed.blocks if block.table for row in block.table.rows for cell in row]
    first = start(placed)
    inner = [h.text for h in pad.document.body.headings if first < h.start < placed.end]
    return "\n".join([*(block.text for block in placed.blocks), *inner, *cells])


def _directions(pad: Pad) -> list[str]:
    for placed in pad.sections:
        if placed.section.column_keys >= {"direction", "complexity"}:
            return [cell.text for cell in placed.cells("Direction")]
    return []


def _mentions_any(text: str, directions: Sequence[str]) -> bool:
    """Say whether a text speaks of one of the directions: it has half of a direction's longer words."""
    wanted = [_stems_of_direction(direction) for direction in directions]
    said: set[str] = set()
    for line in text.split("\n"):
        said |= _stems(line)
        if any(2 * len(words & said) >= len(words) for words in wanted):
            return True  # mostly in the first line
    return False


def _stems(text: str) -> set[str]:
    return {word.rstrip("s")[:_STEM] for word in map(str.casefold, set(_WORD.findall(text)))}


_stems_of_direction = lru_cache(maxsize=1024)(_stems)  # each is asked for by two rules


def day_of(text: str) -> date | None:
    """Return the day that a cell names, or None."""
    try:
        return iso_date(text.strip())
    except ValueError:
        return None


@rule("PC501", "solution-chosen-early", Severity.WARNING)
def solution_chosen_early(pad: Pad, context: Context) -> Iterator[Finding]:
    """A direction is already chosen while the problem is being framed.

    Why: once a favourite is named, the meeting discusses it instead of the problem.

    Bad: "We will build the gallery (recommended)."

    Good: three directions with impact and complexity, and none preferred
    """
    if pad.stage is not Stage.PROBLEM_FRAMING:
        return
    for placed in reached(pad, context, "direction", "complexity"):
        for sentence in _SENTENCE.findall(_prose(pad, placed)):
            found = _CHOICE.search(sentence)
            if found and not _NEGATION.search(sentence):
                message = f'"{found[0].strip()}" chooses a direction before the problem is agreed'
                fix = "compare the directions; choose in solution framing"
                place = pad.document.text.find(found[0].strip(), start(placed), placed.end)
                yield _at(pad, place if place >= 0 else start(placed), message, fix)
                return


@rule("PC502", "vague-metric", Severity.WARNING)
def vague_metric(pad: Pad, context: Context) -> Iterator[Finding]:
    """A success metric has a target without a number, or no date on which to look.

    Why: nobody can say in the recap whether "more" was reached, or when.

    Bad: `| Teams that plan weekly | 18% | more | soon |`

    Good: `| Teams that plan weekly | 18% | 30% | 2027-03-31 |`
    """
    for placed in reached(pad, context, "metric", "baseline", "target"):
        for cell in placed.cells("Target"):
            if not (_AMOUNT.search(cell.text) or any(char.isnumeric() for char in cell.text)):
                yield _at(pad, cell.start, f'the target "{cell.text}" holds no number', "say how much")
        for cell in placed.cells("By"):
            if day_of(cell.text) is None and not _PERIOD.search(cell.text):
                fix = "write the day on which you look, as YYYY-MM-DD"
                yield _at(pad, cell.start, f'"{cell.text}" is no date', fix)


@rule("PC503", "why-without-evidence", Severity.WARNING)
def why_without_evidence(pad: Pad, context: Context) -> Iterator[Finding]:
    """The Why links no research, conversation or data.

    Why: a decision is as good as what it rests on; a link lets the meeting look.

    Bad: "Customers ask for it all the time."

    Good: "41 of 60 [interviews](https://example.com/research/interviews) name it first."
    """
    for placed in _named(pad, context, "Why"):
        links = [link for link in pad.document.body.links if start(placed) < link.start < placed.end]
        linked = any(not link.target.startswith("#") for link in links)
        if not linked and "://" not in _prose(pad, placed):
            yield _at(pad, start(placed), "no evidence is linked", "link the interviews, tickets or data it rests on")


@rule("PC504", "too-few-directions", Severity.WARNING)
def too_few_directions(pad: Pad, context: Context) -> Iterator[Finding]:
    """Fewer than two solution directions are compared.

    Why: with one direction there is nothing to compare, and the first idea is rarely the best.

    Bad: one row in the table of directions

    Good: two rows or more, each with impact and complexity
    """
    for placed in reached(pad, context, "direction", "complexity"):
        count = len(placed.table.filled_rows()) if placed.table else 0
        if count < _LEAST_DIRECTIONS:
            number = "one direction" if count else "no direction"
            yield _at(pad, start(placed), f"{number} is in the table", "add the others that you thought of")


@rule("PC505", "unknown-solution", Severity.WARNING)
def unknown_solution(pad: Pad, context: Context) -> Iterator[Finding]:
    """The proposed solution is none of the directions that were compared.

    Why: the meeting agreed to explore those; another one comes without its comparison.

    Bad: directions "Gallery" and "Import", and a proposed solution about e-mail reminders

    Good: a proposed solution that names the direction it follows
    """
    for placed in _named(pad, context, "Proposed Solution"):
        directions = _directions(pad)
        if directions and not _mentions_any(_prose(pad, placed), directions):
            message = "the solution follows none of the directions of problem framing"
            yield _at(pad, start(placed), message, "name the direction, or add this one to the table")


@rule("PC506", "no-rejected-direction", Severity.WARNING)
def no_rejected_direction(pad: Pad, context: Context) -> Iterator[Finding]:
    """Rejected Solutions mentions none of the directions.

    Why: why the others lost is what a new colleague asks first, half a year later.

    Bad: "We looked at many options."

    Good: "**Import.** 6 of 8 groups had nothing to import."
    """
    for placed in _named(pad, context, "Rejected Solutions and Why"):
        directions = _directions(pad)
        if len(directions) >= _LEAST_DIRECTIONS and not _mentions_any(_prose(pad, placed), directions):
            message = "none of the directions of problem framing is named here"
            yield _at(pad, start(placed), message, "say for each one that lost what decided against it")


@rule("PC507", "risk-without-mitigation", Severity.WARNING)
def risk_without_mitigation(pad: Pad, context: Context) -> Iterator[Finding]:
    """A risk's mitigation says that there is none.

    Why: the meeting accepts a risk knowingly or asks for a plan; "none" is neither.

    Bad: `| Guests see private cards | privacy | none |`

    Good: `| Guests see private cards | privacy | Links open one board only, and end after 30 days |`
    """
    for placed in reached(pad, context, "risk", "mitigation"):
        for cell in placed.cells("Mitigation"):
            if cell.text.strip(" .-\u2013\u2014").casefold() in _NOTHING:
                fix = "say what is done about it, or who accepts it and why"
                yield _at(pad, cell.start, "the risk has no mitigation", fix)
