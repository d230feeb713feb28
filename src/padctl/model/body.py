"""What a Markdown body holds: headings, tables, links, comments, and whether each block says anything."""

from typing import NamedTuple

from padctl.model.wording import heading_key


class Cell(NamedTuple):
    """One cell of a table: its plain text on one line, where the text starts, and whether it says anything."""

    text: str
    start: int
    filled: bool


class Table(NamedTuple):
    """A GFM table: the header's cells and each body row's, as many cells a row as the header has.

    `keys` are the header's texts as headings are compared.
    """

    start: int
    end: int
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]

    def column(self, name: str) -> int | None:
        """Return the index of the column of that name, names compared as headings are."""
        wanted = heading_key(name)
        return self.keys.index(wanted) if wanted in self.keys else None

    @property
    def says_anything(self) -> bool:
        """Whether the body has a filled cell."""
        return any(cell.filled for row in self.rows for cell in row)

    def filled_rows(self) -> list[tuple[Cell, ...]]:
        """Return the body's rows that say anything."""
        return [row for row in self.rows if any(cell.filled for cell in row)]


class Heading(NamedTuple):
    """A top-level heading: `level` 1 to 6, `text` plain, `key` for comparing."""

    start: int
    end: int
    level: int
    text: str
    key: str


class Block(NamedTuple):
    """A top-level block that is no heading; `skipped` is the reason in `N/A: reason`, or empty."""

    start: int
    end: int
    filled: bool
    skipped: str
    table: Table | None
    text: str


class Link(NamedTuple):
    """A link or image: where it points and where it stands."""

    start: int
    target: str


class Comment(NamedTuple):
    """An HTML comment: where it starts and ends, and the text between its marks."""

    start: int
    end: int
    text: str


class Body(NamedTuple):
    """All that a body holds, in the order of the file; offsets are in characters of the document.

    `anchors` are the ids that raw HTML gives; `inner_headings` the texts of headings in lists and quotes, which are
    no sections and can be linked to all the same.
    """

    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    anchors: frozenset[str] = frozenset()
    inner_headings: tuple[str, ...] = ()
