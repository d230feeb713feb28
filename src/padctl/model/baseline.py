"""Known findings: when two findings are the same although lines moved, and which findings go beyond the known ones."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from padctl.model.diagnostic import Diagnostic

BASELINE = "padctl-baseline.json"  # the file that keeps them, at the root

Identity = tuple[str, str, str]  # the PAD's id, else the path; the code; the message without line numbers
Ids = Mapping[str, str]  # the ids of PADs by their paths

_PLACE = re.compile(r"\bon line \d+")


def identity(diagnostic: Diagnostic, ids: Ids) -> Identity:
    """Return what makes a finding the same one after lines moved or the PAD's file was renamed."""
    return (ids.get(diagnostic.path) or diagnostic.path, *gist(diagnostic))


def gist(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return a finding's code and its message without the numbers of lines."""
    return diagnostic.code, _PLACE.sub("on another line", diagnostic.message)


def counted(diagnostics: Iterable[Diagnostic], ids: Ids) -> Counter[Identity]:
    """Return how often each finding is there."""
    return Counter(identity(diagnostic, ids) for diagnostic in diagnostics)


def beyond(diagnostics: Iterable[Diagnostic], known: Mapping[Identity, int], ids: Ids) -> tuple[Diagnostic, ...]:
    """Return the findings that are not known, in their order; of equal ones those past the known number."""
    left = Counter(known)
    new: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = identity(diagnostic, ids)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(diagnostic)
    return tuple(new)


def gone(diagnostics: Iterable[Diagnostic], known: Mapping[Identity, int], ids: Ids) -> tuple[Identity, ...]:
    """Return the known findings that are there less often than they are known, sorted."""
    there = counted(diagnostics, ids)
    return tuple(sorted(key for key, number in known.items() if there[key] < number))
