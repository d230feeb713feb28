"""A document: bytes in, front matter and Markdown body with positions out; reading never raises."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from frontmatter import parse as parse_front_matter
from frontmatter.default_handlers import BaseHandler

from padctl.model.body import Body
from padctl.model.diagnostic import Fault
from padctl.model.header import EMPTY, Mapping, Path, Plain, place, place_key, plain, read_header
from padctl.model.markdown import read_body
from padctl.model.plain_header import plain_values

MAX_DOCUMENT = 1024 * 1024
_FENCE = "---"
_CLOSING = "\n" + _FENCE
_BOM = "\ufeff"
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127, 13])
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001]|\r(?!\n)|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]"  # in flags they are seen
)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One Markdown file with front matter.

    `text` is without its byte order mark and otherwise exactly the file's; every offset counts its characters.
    `faults` says what is wrong with it. `written` is what was read of the front matter: nodes with their positions, or
    the values alone; None where it cannot be read.
    """

    path: str
    text: str
    bom: bool = False
    written: Mapping | dict[str, Plain] | None = None
    header_start: int = 0
    header_end: int = 0  # where the closing fence's line starts
    body_start: int = 0
    faults: tuple[Fault, ...] = ()

    @cached_property
    def body(self) -> Body:
        """What stands below the front matter; many reports never ask for it."""
        return read_body(self.text[self.body_start :], start=self.body_start)

    @cached_property
    def header(self) -> Mapping | None:
        """The front matter's keys and values with their positions; None where it cannot be read."""
        if not isinstance(self.written, dict):
            return self.written
        return read_header(self.text[self.header_start : self.header_end], start=self.header_start)[0]

    @cached_property
    def values(self) -> dict[str, Plain]:
        """The front matter as text, None, lists and dictionaries; empty where it cannot be read."""
        values = self.written if isinstance(self.written, dict) else plain(self.written or EMPTY)
        return values if isinstance(values, dict) else {}

    @cached_property
    def newline(self) -> str:
        """The line ending that the file uses: that of its first line."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets of the lines; lines end at LF only, so form feeds and U+2028 do not count."""
        starts, position = [0], self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line_of(self, offset: int) -> int:
        """Return the 1-based line on which the offset lies."""
        return bisect_right(self.line_starts, min(max(offset, 0), len(self.text)))

    def column_of(self, offset: int) -> int:
        """Return the 1-based column of the offset, in characters."""
        return min(max(offset, 0), len(self.text)) - self.line_starts[self.line_of(offset) - 1] + 1

    def source(self, line: int) -> str:
        """Return the text of a 1-based line without its ending; many findings on one long line share it."""
        if line not in self._sources:
            self._sources[line] = self._source(line)
        return self._sources[line]

    @cached_property
    def _sources(self) -> dict[int, str]:
        return {}

    def _source(self, line: int) -> str:
        start = self.line_starts[line - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].removesuffix("\r")

    def offset_of(self, path: Path) -> int:
        """Return where the front matter's value at `path` stands, or what is nearest around it."""
        return place(self.header or EMPTY, path)

    def key_offset(self, *path: str | int) -> int:
        """Return where the key at the end of a path stands in the front matter, or 0 where it is not there."""
        known = self.header is not None and (len(path) > 1 or self.header.entry(str(path[0])))
        return place_key(self.header or EMPTY, path) if known else 0

    def encoded(self) -> bytes:
        """Return the file's bytes."""
        return ((_BOM if self.bom else "") + self.text).encode()


def read_document(raw: bytes, *, path: str, limit: int = MAX_DOCUMENT) -> Document:
    """Read any bytes into a Document; what is wrong with them is in its `faults`."""
    if len(raw) > limit:
        return Document(path=path, text="", faults=(too_large(len(raw), limit),))
    faults: list[Fault] = []
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        text = raw.decode(errors="replace")
        offset = len(raw[: error.start].decode().removeprefix(_BOM))
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x} cannot be read"
        faults.append(Fault(slug="not-utf-8", offset=offset, message=message, fix="save the file as UTF-8"))
    bom = text.startswith(_BOM)
    text = text.removeprefix(_BOM)
    reader = _HeaderReader(text)
    metadata: dict[str, object] = {}
    if reader.detect(text):  # the library strips the text it passes on, so the reader keeps the whole one
        metadata, _ = parse_front_matter(text, handler=reader)
    written = metadata.get("written")
    return Document(
        path=path,
        text=text,
        bom=bom,
        written=written if isinstance(written, (Mapping, dict)) else None,
        header_start=reader.header_start,
        header_end=reader.header_end,
        body_start=reader.body_start,
        faults=(*faults, *reader.faults, *_hidden(text)),
    )


def too_large(size: int, limit: int = MAX_DOCUMENT) -> Fault:
    """Return what is wrong with a file of more bytes than are read."""
    message = f"the file has {size:,} bytes; at most {limit:,} are read"
    return Fault(slug="too-large", offset=0, message=message, fix="move attachments out and link them")


class _HeaderReader(BaseHandler):
    """python-frontmatter's handler that keeps positions: it composes nodes and constructs nothing."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.header_end = 0
        self.body_start = 0
        self.faults: tuple[Fault, ...] = ()
        self.header_start = 0

    def detect(self, text: str) -> bool:
        first = text.find("\n")
        if text[: len(text) if first < 0 else first].rstrip() == _FENCE:
            return True
        indented = text.lstrip().startswith(_FENCE)
        message = "the file does not start with front matter"
        fix = (
            "write `---` as the very first line"
            if indented
            else "start the file as `padctl new` does: `---`, keys, `---`"
        )
        self.faults = (Fault(slug="missing-front-matter", offset=0, message=message, fix=fix),)
        return False

    def split(self, text: str) -> tuple[str, str]:
        text = self._text
        before = text.find("\n")
        self.header_start = before + 1
        while (before := text.find(_CLOSING, before)) >= 0:
            start = before + 1
            end = text.find("\n", start)
            if text[start : len(text) if end < 0 else end].rstrip() == _FENCE:
                self.header_end = start
                self.body_start = len(text) if end < 0 else end + 1
                return text[self.header_start : start], ""
            before = start
        message = "the front matter has no closing `---` line"
        self.faults = (Fault(slug="unclosed-front-matter", offset=0, message=message, fix="add a line `---` after it"),)
        raise ValueError(message)

    def load(self, fm: str) -> dict[str, object]:
        if values := plain_values(fm):
            return {"written": values}
        header, faults = read_header(fm, start=self.header_start)
        self.faults = (*self.faults, *faults)
        return {"written": header}


def _hidden(text: str) -> Iterator[Fault]:
    """Report characters that hide or reorder text, or that no text file should hold: one fault a line."""
    if text.isascii() and len(text.encode().translate(None, _CONTROL_BYTES)) == len(text):
        return  # most texts in English, without a search
    if text.replace("\r\n", "").replace("\n", "").replace("\t", "").isprintable():
        return  # most texts in other languages
    reported = 0
    for match in _HIDDEN.finditer(text):
        if match.start() < reported:
            continue
        end = text.find("\n", match.start())
        reported = len(text) if end < 0 else end
        name = unicodedata.name(match[0], "control character").lower()
        yield Fault(
            slug="hidden-character",
            offset=match.start(),
            message=f"an invisible character stands here: U+{ord(match[0]):04X}, {name}",
            fix="delete it, or retype the word",
        )
