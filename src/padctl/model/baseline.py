"""Known findings: when two findings are the same although lines moved, and which findings go beyond the known ones."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from padctl.model.corpus import Corpus
from padctl.model.diagnostic import Diagnostic

Identity = tuple[str, str, str]  # the PAD's id, else the path; the code; the message without line numbers

_PLACE = re.compile(r"\bon line \d+")


def identity(diagnostic: Diagnostic, corpus: Corpus) -> Identity:
    """Return what makes a finding the same one after lines moved or the PAD's file was renamed."""
    pad = corpus.by_path.get(diagnostic.path)
    return (pad.id if pad and pad.id else diagnostic.path, *gist(diagnostic))


def gist(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return a finding's code and its message without the numbers of lines."""
    return diagnostic.code, _PLACE.sub("on another line", diagnostic.message)


def counted(diagnostics: Iterable[Diagnostic], corpus: Corpus) -> Counter[Identity]:
    """Return how often each finding is there."""
    return Counter(identity(diagnostic, corpus) for diagnostic in diagnostics)


def beyond(diagnostics: Iterable[Diagnostic], known: Mapping[Identity, int], corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Return the findings that are not known, in their order; of equal ones those past the known number."""
    left = Counter(known)
    new: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = identity(diagnostic, corpus)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(diagnostic)
    return tuple(new)


def gone(diagnostics: Iterable[Diagnostic], known: Mapping[Identity, int], corpus: Corpus) -> tuple[Identity, ...]:
    """Return the known findings that are there less often than they are known, sorted."""
    there = counted(diagnostics, corpus)
    return tuple(sorted(key for key, number in known.items() if there[key] < number))
