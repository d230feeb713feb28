"""Findings that an author has silenced, each with the reason: `<!-- padctl: ignore PC502 reason -->`."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from padctl.model.document import Document
from padctl.model.template_faults import STAGE_LEVEL
from padctl.model.wording import says_something

_MARK = re.compile(r"\s*padctl:\s*ignore\b[ \t]*(\S*)(.*)", re.DOTALL)

_LIKE_MARK = re.compile(r"\s*padctl\b[\s:_-]*(\w+)?[\s:=(\[]*(.*)", re.DOTALL | re.IGNORECASE)
_VERBS = frozenset(
    {"allow", "disable", "disabled", "ignore", "ignored", "ignores", "noqa", "off", "silence", "skip", "suppress"}
)
_CODE = re.compile(r"PC\d{3}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """One comment that silences a code in a range of lines, 1-based, both ends included."""

    offset: int
    word: str
    reason: str
    first_line: int
    last_line: int

    def covers(self, line: int) -> bool:
        """Say whether a finding on a line is meant."""
        return self.first_line <= line <= self.last_line


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """Return a document's suppressions.

    Above the first stage or section a comment speaks for the whole file; elsewhere for its own section, and for the
    next line that says anything.
    """
    return tuple(_suppressions(document)) if document.body.comments else ()


def attempts(document: Document) -> Iterator[tuple[int, str, bool]]:
    """Yield the comments that should silence a finding: where each stands, what follows the verb, and whether it can.

    Another verb, or no colon, can not.
    """
    for comment in document.body.comments:
        if right := _MARK.fullmatch(comment.text):
            yield comment.start, f"{right[1]} {right[2]}", True
        elif match := _LIKE_MARK.fullmatch(comment.text):
            verb = (match[1] or "").lower()
            if verb in _VERBS or _CODE.search(comment.text):
                yield comment.start, f"{match[1]} {match[2]}" if _CODE.fullmatch(verb) else match[2], False


def _suppressions(document: Document) -> Iterator[Suppression]:
    starts = [heading.start for heading in document.body.headings if heading.level >= STAGE_LEVEL]
    for comment in document.body.comments:
        match = _MARK.fullmatch(comment.text)
        if not match:
            continue
        position = bisect_left(starts, comment.start)
        first, last = 1, len(document.line_starts)
        if position:
            first = document.line_of(starts[position - 1])
            end = document.line_of(starts[position]) - 1 if position < len(starts) else last
            last = max(end, _next_line(document, comment.end))
        yield Suppression(
            offset=comment.start,
            word=match[1].upper() if match[1][:2].upper() == "PC" else match[1],
            reason=" ".join(match[2].split()) if says_something(match[2]) else "",
            first_line=first,
            last_line=last,
        )


def _next_line(document: Document, offset: int) -> int:
    """Return the number of the next line that is not blank."""
    line, last = document.line_of(offset), len(document.line_starts)
    while line < last:
        line += 1
        if document.source(line).strip():
            return line
    return last
