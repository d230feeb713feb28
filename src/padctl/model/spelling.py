"""Which known word a mistyped one can only mean."""

from collections.abc import Callable, Iterable
from itertools import takewhile

_SHORTEST = 4  # of two shorter words, one edit apart, neither is a slip of the other
_PLURALS = {"ies": "y", "sses": "ss", "xes": "x", "s": ""}


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word that differs only by case or hyphens, else by number, else by one edit.

    None where there is no such word, or more than one that is as near. An edit is a letter too many, too few, another
    one, or two that changed places.
    """
    plain = _plain(word)
    words = list(known)
    alike: tuple[Callable[[str, str], bool], ...] = (str.__eq__, _other_number, _one_edit)
    for is_alike in alike:
        found = [other for other in words if is_alike(plain, _plain(other))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def singular(word: str) -> str:
    """Return an English word without the ending of its plural; only good for comparing."""
    for ending, instead in _PLURALS.items():
        if word.endswith(ending) and len(word) >= _SHORTEST and not word.endswith(("ss", "us", "is")):
            return word.removesuffix(ending) + instead
    return word


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")


def _other_number(one: str, other: str) -> bool:
    return singular(one) == singular(other)


def _one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST:
        return False
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(short, long, strict=False)))
    swapped = long[at : at + 2] == short[at : at + 2][::-1] and long[at + 2 :] == short[at + 2 :]
    return long[at + 1 :] in {short[at:], short[at + 1 :]} or swapped
