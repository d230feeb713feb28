"""Text for people: lines of styled pieces, folded to the terminal, coloured only where that was asked for.

Document text is data: it is never read as markup, and characters that would steer a terminal are made visible.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

NARROW = 20
COMMANDS = ("padctl ", "git ", "cd ", "mv ", "rm ")  # lines to be copied
_BIDI = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_UNBROKEN = re.compile(r"(?:`[^`]*`|[^\s`]|`)+")
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style of rich's; an empty style is plain."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def line(*parts: str | Piece) -> Line:
    """Return a line of pieces, texts being plain ones."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts)


def folded(text: str, *, width: int, first: str = "", rest: str | None = None, style: str = "") -> Iterator[Line]:
    """Yield a paragraph as lines of at most `width` cells, behind a first and a following margin."""
    margin = rest if rest is not None else " " * cell_len(first)
    lead, room = first, max(width - cell_len(first), NARROW)
    current = ""
    for word in _words(visible(text), room):
        wanted = f"{current} {word}" if current else word
        if current and cell_len(wanted) > room:
            yield (Piece(lead), Piece(current, style))
            lead, room, current = margin, max(width - cell_len(margin), NARROW), word
        else:
            current = wanted
    yield (Piece(lead), Piece(current, style))


def steps(text: str, *, width: int, first: str) -> Iterator[Line]:
    """Yield what to do, behind a first and a following margin: a line that is a command whole, any other one folded."""
    margin = " " * cell_len(first)
    for part in text.split("\n"):
        if part.startswith(COMMANDS):
            yield line(first, part)
        else:
            yield from folded(part, width=width, first=first, rest=margin)
        first = margin


def _words(text: str, room: int) -> Iterator[str]:
    """Yield what a line is not broken in: words, and code between backticks where it fits on a line."""
    for word in _UNBROKEN.findall(text) if "`" in text else text.split():
        yield from [word] if cell_len(word) <= room else word.split()


def table(rows: Sequence[Sequence[str]], *, width: int, styles: Sequence[str] = ()) -> Iterator[Line]:
    """Yield rows as aligned columns; the last column folds, none of the others does."""
    if not rows:
        return
    cells = [[visible(cell) for cell in row] for row in rows]
    sizes = [max(cell_len(row[column]) for row in cells) for column in range(len(cells[0]) - 1)]
    styles = [*styles, *[""] * (len(cells[0]) - len(styles))]
    margin = " " * (sum(sizes) + 2 * len(sizes))
    for row in cells:
        lead: list[Piece] = []
        for cell, size, style in zip(row, sizes, styles, strict=False):
            lead.append(Piece(cell + " " * (size - cell_len(cell) + 2), style))
        for number, (_, piece) in enumerate(folded(row[-1], width=width, first=margin, style=styles[-1])):
            yield (*lead, piece) if number == 0 else (Piece(margin), piece)


def beginning(text: str, cells: int) -> str:
    """Return as much of the beginning of a visible text as fits into a number of cells."""
    kept = text[:cells]
    while cell_len(kept) > cells:
        kept = kept[:-1]
    return kept


def visible(text: str) -> str:
    """Return text with everything made visible that would steer a terminal or reorder what it shows."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def to_text(lines: Iterable[Line], *, color: bool) -> str:
    """Return lines as one text, with ANSI colours where asked for and nothing else in it that steers a terminal."""
    rows = [[Piece(visible(piece.text), piece.style) for piece in row] for row in lines]
    if not color:
        return "".join("".join(piece.text for piece in row).rstrip() + "\n" for row in rows)
    from rich.console import Console
    from rich.text import Text

    console = Console(color_system="standard", no_color=False)
    with console.capture() as capture:
        for row in rows:
            text = Text()
            for piece in row:
                text.append(piece.text, style=piece.style or None)
            console.print(text, soft_wrap=True)
    return capture.get()


def cell_len(text: str) -> int:
    """Return how many cells a visible text takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


def _shown(char: str) -> str:
    if char in "\n\t":
        return " "
    if unicodedata.category(char) in _BIDI and char not in _JOINERS:
        return f"<U+{ord(char):04X}>"
    return char
