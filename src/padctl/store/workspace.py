"""A repository as padctl sees it: its root, its settings, and the corpus read from its files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from padctl.errors import UsageError
from padctl.model.addresses import Links, web_base
from padctl.model.corpus import Corpus, Page
from padctl.model.lint_report import LintReport
from padctl.model.pad import Pad, read_pad_among
from padctl.model.settings import Settings
from padctl.store.baseline import read_baseline
from padctl.store.cache import Cache
from padctl.store.files import lists
from padctl.store.loading import load_frame, load_settings, with_pads
from padctl.store.memory import Memory, report, stirring
from padctl.store.naming import Names
from padctl.store.neighbours import Neighbours
from padctl.store.register import Register, registered
from padctl.store.remembered import default_folder
from padctl.store.trees import Files, WorkTree
from padctl.store.whereabouts import folder_in_git, git_dir_around

if TYPE_CHECKING:
    from padctl.rules.registry import Others


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """An opened repository; what it holds is read when it is first asked for.

    With a day to take as today, PADs are found by what is remembered of them, and only those that are asked for are
    read; without one, all are. `known` and `register` are what this run has learnt of them already.
    """

    root: Path
    settings: Settings
    today: date | None = None
    known: Memory | None = None
    register: Register | None = None

    def again(self) -> "Workspace":
        """Return the workspace opened anew: files that changed since it was opened are read again.

        Raises:
            SettingsError: its settings cannot be read.
        """
        cache: Cache | None = vars(self).get("_cache")
        known = vars(self).get("_memory") or (cache.memory if cache else self.known)
        register = vars(self).get("_register") or self.register
        return replace(open_workspace(self.root, today=self.today), known=known, register=register)

    def with_links(self) -> "Workspace":
        """Return the workspace with an address for its links: that of the settings, else one made from `origin`."""
        from padctl.store.repository import Repository

        if self.settings.links.base or git_dir_around(self.root) is None:
            return self
        remote = Repository(self.root).ask("remote", "get-url", "origin").output
        links = Links(base=web_base(remote, folder_in_git(self.root)) or None)
        return replace(self, settings=self.settings.model_copy(update={"links": links}))

    @cached_property
    def corpus(self) -> Corpus:
        """Everything that the repository holds."""
        return with_pads(WorkTree(self.root), self.frame)

    @cached_property
    def frame(self) -> Corpus:
        """What PADs are judged by, without the PADs."""
        return load_frame(WorkTree(self.root), self.settings)

    def stirring(self, after: date) -> Corpus:
        """Return the corpus with those PADs only of which an agenda may speak when the meeting before was on a day."""
        if self._memory is None or "corpus" in vars(self):
            return self.corpus
        pads = filter(None, map(self.pad, stirring(self._memory, after)))
        return replace(self.frame, pads=tuple(pads), files=Files(WorkTree(self.root)))

    def findings(self, pads: Sequence[Pad], today: date) -> LintReport:
        """Return what lint finds today in the files of PADs, those findings that are known aside."""
        known = vars(self).get("_memory") if today == self.today else None
        if known:
            found = report(known, frozenset(pad.path for pad in pads))
        else:
            from padctl.lint import lint

            there = replace(self.frame, pads=tuple(filter(None, (self.pad(pad.path) for pad in pads))))
            found = lint(there, today=today, pages=[], others=self.others)
        return found.beyond(read_baseline(self.root))

    @property
    def others(self) -> "Others":
        """All PADs as rules may ask about them."""
        if self.today is None or "corpus" in vars(self):
            return self.corpus
        return Neighbours(root=self.root, names=self.names, titled=self._register.with_title, read=self.pad)

    def pad(self, path: str) -> Pad | None:
        """Return the PAD at a path, or None where there is none."""
        if self.today is None or "corpus" in vars(self):
            return self.corpus.by_path.get(path)
        if not lists(self.root, self.settings.paths.pads, path):
            return None
        return read_pad_among(self.frame.templates, WorkTree(self.root).document(path))

    def paths_of(self, pad_id: str) -> tuple[str, ...]:
        """Return the paths of the PADs of an id."""
        return self.names.with_id(pad_id)

    def find(self, word: str, *, cwd: Path) -> Pad:
        """Return the PAD that a word names: `PAD-0007`, `pad-7`, `7`, a path, or a unique part of the file's name.

        Raises:
            UsageError: none or several match; names them.
        """
        path = self.names.find(word, cwd=cwd)
        pad = self.pad(path)
        if pad is None:
            raise UsageError(f"{path} is gone", fix="padctl list shows all PADs")
        return pad

    def named(self, word: str, *, cwd: Path) -> tuple[Pad, ...]:
        """Return all PADs that a word names, at least one; several where an id is there twice, or a part is not unique.

        Raises:
            UsageError: none does.
        """
        return tuple(filter(None, map(self.pad, self.names.named(word, cwd=cwd))))

    def select(self, words: Sequence[str], *, cwd: Path) -> tuple[tuple[Pad, ...], tuple[Page, ...]]:
        """Return the PADs and pages that ids, files and folders name; all of them where nothing is named.

        Raises:
            UsageError: a word names nothing that lint looks at.
        """
        corpus = self.corpus
        if not words:
            return corpus.pads, corpus.pages
        pages = [page.document.path for page in corpus.pages]
        paths = self.names.select(words, cwd=cwd, folder=self.settings.paths.pads, pages=pages)
        pads = tuple(pad for pad in corpus.pads if pad.path in paths)
        return pads, tuple(page for page in corpus.pages if page.document.path in paths)

    @cached_property
    def names(self) -> Names:
        """What people may call the PADs."""
        if self.today is None or "corpus" in vars(self):
            called = [(pad.path, pad.id, pad.former_ids) for pad in self.corpus.pads]
        else:
            called = list(zip(self._register.paths, self._register.ids, self._register.former, strict=True))
        ids = {path: pad_id for path, pad_id, _ in called}
        former = {path: earlier for path, _, earlier in called if earlier}
        return Names(root=self.root, prefix=self.settings.ids.prefix, ids=ids, former=former)

    @cached_property
    def _register(self) -> Register:
        """How all PADs are called, looked at when it is first asked for."""
        return registered(self.root, self.settings.paths.pads, self.register)

    @cached_property
    def _memory(self) -> Memory | None:
        """What lint knows, what it does not know any more judged, and kept for the next run; None without a day."""
        if self._cache is None:
            return None
        memory = self._cache.replay()
        if memory is None:
            from padctl.store.judging import judged

            memory = judged(self._cache)
        self._cache.keep(memory)
        return memory

    @cached_property
    def _cache(self) -> Cache | None:
        """What lint knows of the repository on the day; None without one."""
        return Cache(self.root, self.today, default_folder(), self.known) if self.today else None


def open_workspace(root: Path, *, today: date | None = None) -> Workspace:
    """Open the repository at a root.

    Raises:
        SettingsError: its settings cannot be read.
    """
    return Workspace(root=root, settings=load_settings(WorkTree(root)), today=today)
