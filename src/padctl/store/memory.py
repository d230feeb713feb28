"""What lint knows of the PADs of a repository without reading them: who they are, what they asked, what was found.

A judgement rests on the PAD's own text, on the frame (settings, templates, objectives, teams, the day), and on what
its rules asked about other PADs and files. Each question is noted with its answer, so that a judgement holds for as
long as all answers are the same.
"""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple, cast

from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.store.files import Stat

Answer = bool | str | tuple[str, ...]
Question = tuple[str, str, Answer]
Row = tuple[str, str, str, str, int, int, str, str, str]  # a Diagnostic's fields in their order


_QUESTIONS = ("with_id", "with_title", "has_pad", "earlier_ids", "pad_ids", "page", "has_file")
OF_FILES = ("has_file", "page")


class Known(NamedTuple):
    """One PAD: its file's state, what others may ask of it, what it asked, and what was found.

    `settled` says that the state is old enough to show any later write; `content` is the digest of the file's bytes,
    empty where they could not be read. `title` is the key by which titles are compared. Each question in `asked` is
    the name of the method of Index that answers it, what it is about, and the answer. Those in `looked` are about
    files: the answers may change although all PADs keep their names. `met` is what its history says of the days of
    which minutes were saved; `stirs` is the last day in it that an agenda may name.
    """

    stat: Stat
    settled: bool
    content: str
    id: str
    title: str
    former_ids: tuple[str, ...]
    asked: tuple[Question, ...]
    looked: tuple[Question, ...]
    findings: tuple[Row, ...]
    met: tuple[tuple[str, str, str, str], ...]
    stirs: str

    @property
    def names(self) -> tuple[str, str, tuple[str, ...]]:
        """All by which other PADs know this one."""
        return (self.id, self.title, self.former_ids)


class Shelf(Mapping[str, Known]):
    """PADs as they were read from a file: each is made a Known where it is asked for."""

    def __init__(self, rows: dict[str, tuple[Any, ...]]) -> None:
        self._rows = rows

    def __getitem__(self, path: str) -> Known:
        row = self._rows[path]
        if not isinstance(row, Known):
            row = self._rows[path] = Known._make(row)
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def items(self) -> ItemsView[str, Known]:
        """Return all PADs by their paths."""
        return self.everything.items()

    def values(self) -> ValuesView[Known]:
        """Return all PADs."""
        return self.everything.values()

    @cached_property
    def everything(self) -> dict[str, Known]:
        """All PADs by their paths."""
        for path, row in self._rows.items():
            if not isinstance(row, Known):
                self._rows[path] = Known._make(row)
        return cast(dict[str, Known], self._rows)

    def stats(self) -> dict[str, Stat]:
        """Return the states of the files that are sure to be unchanged while they have them."""
        return {path: stat for path, (stat, settled, content, *_) in self._rows.items() if settled and content}

    def looking(self) -> Iterator[tuple[str, Known]]:
        """Yield those that asked about files."""
        return ((path, self[path]) for path, row in self._rows.items() if row[_LOOKED])


_LOOKED = Known._fields.index("looked")


class Memory(NamedTuple):
    """What is known of a repository; `frame` is the digest of all that every judgement rests on.

    `folders` are those in which the frame's pages lie: templates, objectives, teams, meetings; `pads` that of the PADs.
    `pages` holds the paths of the pages, `links` the files that they link to, each with whether it was there, `prefix`
    that of ids, and `minuted` says that minutes are among the pages: what was found in those rests on all PADs.
    `strays` are files of other endings beside the PADs, each with the digest of its bytes.
    """

    frame: str
    folders: tuple[str, ...]
    folder: str
    prefix: str
    pages: tuple[str, ...]
    page_findings: tuple[Row, ...]
    minuted: bool
    strays: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, bool], ...]
    pads: Mapping[str, Known]


def stirring(memory: Memory, after: date) -> Iterator[str]:
    """Yield the paths of the PADs of which an agenda may speak when the meeting before it was on a day."""
    return (path for path, known in memory.pads.items() if known.stirs > after.isoformat())


def report(memory: Memory, paths: frozenset[str] | None) -> LintReport:
    """Return what was found in the documents at some paths, or in all."""
    rows = list(memory.page_findings)
    pads = memory.pads if paths is None else {path: memory.pads[path] for path in paths if path in memory.pads}
    for known in pads.values():
        if known.findings:
            rows += known.findings
    looked_at = [path for path in memory.pages if paths is None or path in paths]
    return LintReport(
        diagnostics=tuple(sorted(map(_diagnostic, _at(rows, paths)), key=lambda found: found.order)),
        documents=len(pads) + len(looked_at),
        ids={path: known.id for path, known in pads.items() if known.id},
        frames=tuple(path for path in looked_at if path.startswith(f"{memory.folders[0]}/")),
    )


def row(found: Diagnostic) -> Row:
    """Return a finding as plain data."""
    severity = found.severity.value
    place = (found.path, found.line, found.column)
    return (found.code, found.slug, severity, *place, found.message, found.fix, found.source)


class Index:
    """The PADs of a repository as others see them: answers to what a rule may ask.

    `exists` says whether there is a file at a path from the root.
    """

    def __init__(self, pads: Mapping[str, Known], exists: Callable[[str], bool]) -> None:
        self._pads = pads
        self._exists = exists
        self._files: dict[str, bool] = {}

    def wrong(self, before: Mapping[str, Known]) -> Iterator[str]:
        """Yield the paths of PADs that were judged by an answer that is not the answer now.

        `before` are those of the last run. Where all names are as they were then, what was asked about names then has
        the answers that it had.
        """
        if isinstance(before, Shelf) and before is self._pads:
            yield from (path for path, known in before.looking() if not self._holds(path, known.looked))
            return
        same = before.keys() == self._pads.keys() and all(
            known is before[path] or known.names == before[path].names for path, known in self._pads.items()
        )
        for path, known in self._pads.items():
            old = same and known.asked is before[path].asked
            if not self._holds(path, known.looked if old else (*known.asked, *known.looked)):
                yield path

    def _holds(self, path: str, asked: Iterable[Question]) -> bool:
        """Say whether what a PAD asked has the same answers now."""
        return all(self._answers[kind](word, path) == answer for kind, word, answer in asked)

    @cached_property
    def _answers(self) -> dict[str, Callable[[str, str], Answer]]:
        return {kind: getattr(self, kind) for kind in _QUESTIONS}

    def with_id(self, pad_id: str, but: str) -> tuple[str, ...]:
        """Return the paths of the other PADs of an id."""
        return self._by_id.but(but, pad_id)

    def with_title(self, key: str, but: str) -> tuple[str, ...]:
        """Return the ids, else the paths, of the other PADs of a title."""
        return tuple([self._pads[path].id or path for path in self._by_title.but(but, key)])

    def has_pad(self, pad_id: str, _: str) -> bool:
        """Say whether a PAD has an id, or had it."""
        return pad_id in self._by_id.one or pad_id in self._former

    def earlier_ids(self, pad_id: str, _: str) -> tuple[str, ...]:
        """Return the ids that the PAD of an id had before it was renumbered."""
        return tuple(former for path in self._by_id.of(pad_id) for former in self._pads[path].former_ids)

    def pad_ids(self, _: str, __: str) -> str:
        """Return a digest of all ids."""
        return sha256("\n".join(self.ids).encode()).hexdigest()

    def page(self, path: str, _: str) -> str | bool:
        """Return the digest of the PAD at a path, or False where that is no PAD."""
        known = self._pads.get(path)
        return known.content if known else False

    def has_file(self, path: str, _: str) -> bool:
        """Say whether there is a file or folder."""
        if path not in self._files:
            self._files[path] = self._exists(path)
        return self._files[path]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all PADs, sorted."""
        return tuple(sorted(self._by_id.one))

    @cached_property
    def _by_id(self) -> "_Paths":
        return _Paths([(known.id, path) for path, known in self._pads.items() if known.id])

    @cached_property
    def _by_title(self) -> "_Paths":
        return _Paths([(known.title, path) for path, known in self._pads.items() if known.title])

    @cached_property
    def _former(self) -> frozenset[str]:
        return frozenset(former for known in self._pads.values() for former in known.former_ids)


class _Paths:
    """Paths by a name that mostly one of them has; `one` is the last of each name."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.one = dict(pairs)
        self._all: dict[str, list[str]] = {}
        for name, path in pairs if len(self.one) < len(pairs) else ():
            self._all.setdefault(name, []).append(path)

    def of(self, name: str) -> tuple[str, ...]:
        """Return the paths of a name, in their order."""
        if self._all:
            return tuple(self._all.get(name, ()))
        return (self.one[name],) if name in self.one else ()

    def but(self, path: str, name: str) -> tuple[str, ...]:
        """Return the other paths of a name."""
        if not self._all and self.one.get(name) == path:
            return ()
        return tuple([other for other in self.of(name) if other != path])


def _at(rows: list[Row], paths: frozenset[str] | None) -> Iterator[Row]:
    return (row for row in rows if paths is None or row[3] in paths)


def _diagnostic(row: Row) -> Diagnostic:
    code, slug, severity, path, line, column, message, fix, source = row
    return Diagnostic(
        code=code,
        slug=slug,
        severity=Severity(severity),
        path=path,
        line=line,
        column=column,
        message=message,
        fix=fix,
        source=source,
    )
