"""Judging the PADs that changed, in several processes where there are many, so that no more than one is held at once.

A PAD is judged before all others are known. What its rules ask of them is guessed from the last run and, where that
knows nothing, answered as if all was well; at the end every answer is compared with the truth, and a PAD that went by
a wrong one is judged again.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

from padctl.lint import lint_pad, lint_pages
from padctl.model.corpus import Corpus
from padctl.model.links import anchors
from padctl.model.pad import read_pad_among
from padctl.report.saved_minutes import Met, met, minutes_pages
from padctl.report.stirring import last_stir
from padctl.rules.registry import Context
from padctl.store.cache import Cache, Sifted, content_digest
from padctl.store.files import exists
from padctl.store.loading import load_frame, load_settings, stray_pages
from padctl.store.memory import OF_FILES, Answer, Index, Known, Memory, row
from padctl.store.sharing import shared_out
from padctl.store.trees import WorkTree, document_of

_MANY = 200  # above it a second process pays for its start
_NO_STAT = (0, 0, 0, 0)

A = TypeVar("A", bound=Answer)


def judged(cache: Cache) -> Memory:
    """Judge what is not known any more, and return all that is known now.

    Raises:
        SettingsError: the settings cannot be read.
    """
    tree = WorkTree(cache.root)
    settings = load_settings(tree)
    paths = settings.paths
    folders = (paths.frames, paths.objectives, paths.teams, paths.meetings)
    frame = cache.frame(folders, paths.pads)  # before pages are read: what changes meanwhile is seen by the next run
    sifted = cache.sift(paths.pads)
    judge = Judge(tree, load_frame(tree, settings), cache.today, sifted)
    pads = _judged_again(judge, cache, _judged(judge, cache))
    strays = stray_pages(tree, (path for path, _ in sifted.strays))
    found = (Met(*one) for known in pads.values() for one in known.met)
    corpus = replace(judge.frame, pages=(*judge.frame.pages, *minutes_pages(judge.frame.minutes, found), *strays))
    return Memory(
        frame=frame,
        folders=folders,
        folder=paths.pads,
        prefix=settings.ids.prefix,
        pages=tuple(page.document.path for page in corpus.pages),
        page_findings=tuple(map(row, lint_pages(corpus))),
        minuted=bool(corpus.minutes),
        strays=sifted.strays,
        links=tuple(link for page in corpus.pages for link in page.links),
        pads=pads,
    )


class Guess(Index):
    """The PADs as far as they are known; whatever is not is taken to be as it should."""

    def has_pad(self, pad_id: str, _: str) -> bool:
        """Take it that there is such a PAD."""
        del pad_id
        return True


@dataclass(frozen=True)
class Judge:
    """Judges PADs of a work tree, as they were sifted, on a day by a frame: a corpus without its PADs."""

    tree: WorkTree
    frame: Corpus
    today: date
    sifted: Sifted

    def __call__(self, path: str, index: Index, present: Container[str]) -> Known:
        """Read and judge the PAD at a path; `present` are the paths of all PADs that are there."""
        content = self.tree.content(path)
        pad = read_pad_among(self.frame.templates, document_of(path, content))
        others = Asking(path, index, present, partial(_anchors, self.tree))
        context = Context(corpus=self.frame, others=others, today=self.today)
        findings = tuple(map(row, lint_pad(pad, context)))
        questions = [(kind, word, answer) for (kind, word), answer in others.asked.items()]
        asked = tuple([question for question in questions if question[0] not in OF_FILES])
        looked = tuple([question for question in questions if question[0] in OF_FILES])
        stat = self.sifted.changed.get(path, _NO_STAT)
        digest = content_digest(content) if isinstance(content, bytes) else ""
        said = tuple((m.pad, m.day, m.stream, m.digest) for m in met(self.frame, pad, self.frame.minuted_days))
        names, stirs = (pad.id, pad.title_key, pad.former_ids), last_stir(pad).isoformat()
        return Known(stat, self.sifted.settled(stat), digest, *names, asked, looked, findings, said, stirs)


@dataclass(frozen=True)
class Asking:
    """The other PADs and files as the rules of the PAD at `path` see them, each question noted with its answer."""

    path: str
    index: Index
    present: Container[str]
    read: Callable[[str], tuple[str, frozenset[str]]]
    asked: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def with_id(self, pad_id: str, *, but: str) -> tuple[str, ...]:
        """Return the paths of PADs of an id, without the one at the path `but`."""
        return self._noted("with_id", pad_id, self.index.with_id(pad_id, but))

    def with_title(self, key: str, *, but: str) -> tuple[str, ...]:
        """Return the ids, else the paths, of PADs with a title, compared as headings are, without the one at `but`."""
        return self._noted("with_title", key, self.index.with_title(key, but))

    def has_pad(self, pad_id: str) -> bool:
        """Say whether a PAD has an id, or had it before it was renumbered."""
        return self._noted("has_pad", pad_id, self.index.has_pad(pad_id, self.path))

    def earlier_ids(self, pad_id: str) -> tuple[str, ...]:
        """Return the ids that the PAD of an id had before it was renumbered."""
        return self._noted("earlier_ids", pad_id, self.index.earlier_ids(pad_id, self.path))

    def pad_ids(self) -> Iterable[str]:
        """Return the ids of all PADs."""
        self._noted("pad_ids", "", self.index.pad_ids("", self.path))
        return self.index.ids

    def has_file(self, path: str) -> bool:
        """Say whether a relative link of a PAD leads to something in the repository."""
        return self._noted("has_file", path, self.index.has_file(path, self.path))

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return the anchors of the PAD at a path, or None where that is no PAD."""
        if path not in self.present:
            self._noted("page", path, False)
            return None
        content, found = self.read(path)
        self._noted("page", path, content)
        return found

    def _noted(self, kind: str, word: str, answer: A) -> A:
        self.asked[kind, word] = answer
        return answer


def _judged(judge: Judge, cache: Cache) -> dict[str, Known]:
    """Return all PADs that are there, those that changed judged by what the last run knew of the others."""
    before, sifted = dict(cache.memory.pads.items()) if cache.memory else {}, judge.sifted
    present = sorted([*sifted.kept, *sifted.changed])
    index = Guess({path: before[path] for path in present if path in before}, partial(exists, cache.root))
    fresh = dict(zip(sifted.changed, _each(judge, [*sifted.changed], index, frozenset(present)), strict=True))
    return {path: fresh.get(path) or sifted.kept[path] for path in present}


def _judged_again(judge: Judge, cache: Cache, pads: dict[str, Known]) -> dict[str, Known]:
    """Return the PADs with those judged again that went by a wrong answer."""
    index = Index(pads, partial(exists, cache.root))
    wrong = list(index.wrong(dict(cache.memory.pads.items()) if cache.memory else {}))
    again = zip(wrong, _each(judge, wrong, index, pads.keys()), strict=True)
    told = {path: known._replace(stat=pads[path].stat, settled=pads[path].settled) for path, known in again}
    return {**pads, **told}


def _each(judge: Judge, paths: Sequence[str], index: Index, present: Container[str]) -> Iterator[Known]:
    """Yield what is known of PADs, in their order, once they are judged: in several processes where that pays."""
    ask = partial(judge, index=index, present=present)
    if len(paths) < _MANY:
        yield from map(ask, paths)
    else:
        yield from map(Known._make, shared_out(partial(_plainly, ask), paths))


def _plainly(ask: Callable[[str], Known], path: str) -> tuple[object, ...]:
    return tuple(ask(path))


@lru_cache(maxsize=256)
def _anchors(tree: WorkTree, path: str) -> tuple[str, frozenset[str]]:
    """Return the digest and the anchors of the document at a path."""
    content = tree.content(path)
    digest = content_digest(content) if isinstance(content, bytes) else ""
    return digest, anchors(document_of(path, content))
