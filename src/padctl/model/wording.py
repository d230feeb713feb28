"""How words are compared and judged: what makes two headings equal, and what counts as saying something."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_PLACEHOLDER = re.compile(r"(?<!\w)(?:TBD|TBA|TODO|N/A)(?!\w)", re.IGNORECASE)
_TASK_BOX = re.compile(r"^\s*\[[ xX]?\]")
_SKIP = re.compile(r"^\s*N/A\s*[:\u2013\u2014-]\s*", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\d{1,9}[.):]){1,9}(?:\d{1,9}(?=\s))?(?!\d)\s*")
_TAG = re.compile(r"<[^<>]*>")
_IMAGE_TAG = re.compile(r"<img\s[^<>]*src", re.IGNORECASE)
_BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0|")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_EMOJI_MARKS = frozenset("\ufe0e\ufe0f\u20e3")


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return what makes two headings equal: NFC, case folded, no numbering, emoji or edge punctuation."""
    if not text.isascii():
        text = _KEYCAP.sub(" ", unicodedata.normalize("NFC", text))
        text = "".join(char for char in text if unicodedata.category(char) != "Cf" and char not in _EMOJI_MARKS)
    text = _strip_edges(" ".join(text.split()))
    text = _strip_edges(_NUMBERING.sub("", text, count=1)) or text
    return text.casefold()


def says_something(text: str) -> bool:
    """Say whether a letter, digit or symbol is left of plain text without placeholders and task boxes."""
    first = text[:1]
    if first.isalnum() and first not in _BLANK_LETTERS and (first not in "TtNn" or not _PLACEHOLDER.match(text)):
        return True  # the usual case: a word or number that starts no placeholder
    rest = _PLACEHOLDER.sub("", _TASK_BOX.sub("", text, count=1))
    return any(unicodedata.category(char)[0] in "LNS" and char not in _BLANK_LETTERS for char in rest)


def skip_reason(text: str) -> str:
    """Return the reason in `N/A: reason`, on one line, or an empty string."""
    match = _SKIP.match(text)
    reason = text[match.end() :].strip() if match else ""
    return " ".join(reason.split()) if says_something(reason) else ""


def shows_image(markup: str) -> bool:
    """Say whether raw HTML holds an image outside its comments."""
    return "<img" in markup.lower() and any(_IMAGE_TAG.search(piece) for piece in without_comments(markup))


def html_text(markup: str) -> str:
    """Return the text of raw HTML, without comments and tags."""
    return html.unescape(" ".join(_TAG.sub(" ", piece) for piece in without_comments(markup)))


def without_comments(markup: str) -> Iterator[str]:
    """Yield the pieces of a text that stand outside HTML comments; an open comment hides all that follows."""
    position = 0
    while (opening := markup.find("<!--", position)) >= 0:
        yield markup[position:opening]
        closing = markup.find("-->", opening + 2)  # `<!-->` is a whole comment
        if closing < 0:
            return
        position = closing + 3
    yield markup[position:]


def _strip_edges(text: str) -> str:
    first, last = 0, len(text)
    while first < last and not text[first].isalnum():
        first += 1
    while last > first and not (text[last - 1].isalnum() or unicodedata.category(text[last - 1])[0] == "M"):
        last -= 1
    return text[first:last]
