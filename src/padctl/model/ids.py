"""Ids of PADs: how they are written in a repository, the next free one, and the file names that fit them."""

import posixpath
import re
from collections.abc import Iterable

from padctl.model.settings import Ids
from padctl.model.terms import PAD_ID

_LIKE_AN_ID = re.compile(r"[A-Za-z]*[\s_-]*0*([0-9]{1,9})")
_LEADING = re.compile(r"^[A-Za-z][A-Za-z0-9]*-\d+")


def next_id(taken: Iterable[str], ids: Ids) -> str:
    """Return the id one above the highest of those taken; ids with another prefix do not count."""
    numbers = [int(match[2]) for name in taken if (match := PAD_ID.fullmatch(name)) and match[1] == ids.prefix]
    return _written(max(numbers, default=0) + 1, ids)


def canonical_id(text: str, ids: Ids) -> str:
    """Return an id as ids are written here: `pad-8` and `8` are PAD-0008; empty where it holds no number."""
    exact = PAD_ID.fullmatch(text)
    if exact and exact[1] == ids.prefix and len(exact[2]) >= ids.width:
        return text
    match = exact or _LIKE_AN_ID.fullmatch(text)
    number = int(match[match.lastindex or 0]) if match else 0
    return _written(number, ids) if number else ""


def named_id(path: str, ids: Ids) -> str:
    """Return the id with which a file's name starts, as ids are written here; empty where it starts with none."""
    match = _LEADING.match(posixpath.basename(path))
    return canonical_id(match[0], ids) if match else ""


def fits(path: str, pad_id: str) -> bool:
    """Say whether a file's name is an id, or starts with one and a hyphen."""
    stem, _ = posixpath.splitext(posixpath.basename(path))
    return stem == pad_id or stem.startswith(f"{pad_id}-")


def path_under(path: str, pad_id: str) -> str:
    """Return a file's path with its name starting with an id, in place of the one it may start with."""
    stem, ending = posixpath.splitext(posixpath.basename(path))
    rest = _LEADING.sub("", stem, count=1).lstrip("-_ ")
    return posixpath.join(posixpath.dirname(path), f"{pad_id}-{rest}{ending}" if rest else pad_id + ending)


def _written(number: int, ids: Ids) -> str:
    return f"{ids.prefix}-{str(number).zfill(ids.width)}"
