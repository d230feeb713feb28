"""Markdown cut into pieces that stand on their own, so that those of words alone need no parser.

Most of a PAD is headings, paragraphs, tables and prompts without any markup in them. A cut is made only where nothing
can be open: no list, quote, fence or HTML that reaches further. What cannot be told for sure is one piece with all that
follows it, and a text with link definitions, which count from anywhere, is one piece as a whole.
"""

import re
from collections.abc import Iterator

from padctl.model.body import Block, Cell, Heading, Link, Table
from padctl.model.wording import heading_key, says_something, skip_reason

_MARKUP = r"*_&\\\[\]<`~|\x00-\x1f"  # what may be more than itself within a line
_END = r"(?:\n|\Z)"
_BOUND = r"(?=\n|\#{1,6}\ |<!--|\Z)"  # what ends a paragraph, a quote or a table for sure
_NO_NUMBER = r"(?!\d{1,9}[.)])"
_LINK = rf"(?<!!)\[[^{_MARKUP}]+\]\([\w/.:?=%\#+,;@-]+\)"
_WORDS = rf"{_NO_NUMBER}[^\s\#>+\-=:{_MARKUP}][^{_MARKUP}]*(?:{_LINK}[^{_MARKUP}]*)*(?<!\ ){_END}"
_ROW = rf"\|(?:\ *[^\s{_MARKUP}][^{_MARKUP}]*\|)+"
_INLINE = rf"(?:{_NO_NUMBER}[^\s\#>+\-*_=`~<|:]|\*{{1,2}}[^\W_]|`{{1,2}}[^`\n])[^\n]*"
_ITEM = r"(?:[-*+]|\d{1,9}[.)])\ [^\n]*"
_PIECE = re.compile(
    rf"""
    (?P<heading>\#{{1,6}}\ +[^\s\#{_MARKUP}][^\#{_MARKUP}]*{_END})
  | (?P<words>(?:{_WORDS})+){_BOUND}
  | (?P<table>{_ROW}\n\|(?:\ *:?-+:?\ *\|)+{_END}(?:{_ROW}{_END})*){_BOUND}
  | (?P<comment><!--(?!-?>)[^-\x00]*(?:-(?!->)[^-\x00]*)*-->{_END})
  | (?P<marked>\#{{1,6}}\ [^\n]*{_END}
      | (?:(?:{_INLINE}{_END})+|(?:\|[^\n]*{_END})+|(?:>[^\n]*{_END})+){_BOUND}
      | ```[^`\n]*\n(?:[^`\n]*\n)*```{_END}
      | {_ITEM}\n(?:\n*(?:{_ITEM}|\ {{2,}}[^\s`~<][^\n]*)\n|{_INLINE}\n)*(?:\n+(?=[^\W\d_]|[|\#])|(?=\#{{1,6}}\ |\Z)))
    """,
    re.VERBOSE,
)
_LINK_PARTS = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the kind of each piece and where it starts and ends; blank lines between them belong to none.

    Kinds are `heading`, `words`, `table` and `comment`, which the functions below read, and what wants the parser:
    `marked`, and `rest` for all that follows.
    """
    position, last = 0, len(text)
    if "\r" in text or "]:" in text:
        yield "rest", 0, last
        return
    while position < last:
        if text[position] == "\n":
            position += 1
            continue
        found = _PIECE.match(text, position)
        if found is None:
            yield "rest", position, last
            return
        yield found.lastgroup or "", position, found.end()
        position = found.end()


def plain_heading(piece: str, start: int) -> Heading:
    """Read a heading of words alone, which stands at `start` in its document."""
    marks, _, title = piece.partition(" ")
    text = " ".join(title.split())
    return Heading(start, start + len(piece), len(marks), text, heading_key(text))


def plain_words(piece: str, start: int) -> tuple[Block, list[Link]]:
    """Read a paragraph of words and links alone."""
    said, links = piece.rstrip("\n"), []
    if "[" in said:
        links = [Link(start + found.start(), found[2]) for found in _LINK_PARTS.finditer(said)]
        said = _LINK_PARTS.sub(r"\1", said)
    text = said.strip()
    return Block(start, start + len(piece), says_something(said), skip_reason(text), None, text), links


def plain_table(piece: str, start: int) -> Block | None:
    """Read a table whose cells are words alone; None where its rows are not as long as its head."""
    head, delimiter, *lines = piece.rstrip("\n").split("\n")
    width = head.count("|")
    if any(line.count("|") != width for line in (delimiter, *lines)):
        return None
    header = _row(head, start)
    rows: list[tuple[Cell, ...]] = []
    position = start + len(head) + len(delimiter) + 2
    for line in lines:
        rows.append(_row(line, position))
        position += len(line) + 1
    table = Table(start, start + len(piece), header, tuple(rows), tuple([heading_key(cell.text) for cell in header]))
    return Block(table.start, table.end, table.says_anything, "", table, "")


def _row(line: str, position: int) -> tuple[Cell, ...]:
    row: list[Cell] = []
    for part in line.split("|")[1:-1]:
        position += 1
        text = " ".join(part.split())
        row.append(Cell(text, position + len(part) - len(part.lstrip(" ")), says_something(text)))
        position += len(part)
    return tuple(row)
