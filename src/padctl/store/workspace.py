"""A repository as padctl sees it: its root, its settings, and the corpus read from its files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from padctl.errors import UsageError
from padctl.model.corpus import Corpus, Page
from padctl.model.pad import Pad, read_pad_among
from padctl.model.settings import Settings
from padctl.rules.registry import Others
from padctl.store.cache import Cache, default_folder
from padctl.store.judging import neighbours, remembered
from padctl.store.loading import load_frame, load_settings, with_pads
from padctl.store.memory import Memory
from padctl.store.naming import Names
from padctl.store.trees import WorkTree


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """An opened repository; what it holds is read when it is first asked for.

    With a day to take as today, PADs are found by what lint remembers of them, and only those that are asked for are
    read; without one, all are.
    """

    root: Path
    settings: Settings
    today: date | None = None
    known: Memory | None = None

    def again(self) -> "Workspace":
        """Return the workspace opened anew: files that changed since it was opened are read again.

        Raises:
            SettingsError: its settings cannot be read.
        """
        known = vars(self).get("_memory", self.known)
        return replace(open_workspace(self.root, today=self.today), known=known)

    @cached_property
    def corpus(self) -> Corpus:
        """Everything that the repository holds."""
        return with_pads(WorkTree(self.root), self.frame)

    @cached_property
    def frame(self) -> Corpus:
        """What PADs are judged by, without the PADs."""
        return load_frame(WorkTree(self.root), self.settings)

    @property
    def others(self) -> Others:
        """All PADs as rules may ask about them."""
        return self.corpus if self._memory is None else neighbours(WorkTree(self.root), self._memory)

    def pad(self, path: str) -> Pad | None:
        """Return the PAD at a path, or None where there is none."""
        if self._memory is None or "corpus" in vars(self):
            return self.corpus.by_path.get(path)
        if path not in self._memory.pads:
            return None
        return read_pad_among(self.frame.templates, WorkTree(self.root).document(path))

    def paths_of(self, pad_id: str) -> tuple[str, ...]:
        """Return the paths of the PADs of an id."""
        return tuple(path for path, pad in self.names.pads.items() if pad.id == pad_id)

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
        paths = self.names.select(words, cwd=cwd, folder=self.settings.paths.pads)
        pads = tuple(pad for pad in corpus.pads if pad.path in paths)
        return pads, tuple(page for page in corpus.pages if page.document.path in paths)

    @cached_property
    def names(self) -> Names:
        """What people may call the documents."""
        if self._memory is None:
            corpus = self.corpus
            pages = tuple(page.document.path for page in corpus.pages)
            return Names(root=self.root, prefix=self.settings.ids.prefix, pads=corpus.by_path, pages=pages)
        known = self._memory
        return Names(root=self.root, prefix=self.settings.ids.prefix, pads=known.pads, pages=known.pages)

    @cached_property
    def _memory(self) -> Memory | None:
        return remembered(Cache(self.root, self.today, default_folder(), self.known)) if self.today else None


def open_workspace(root: Path, *, today: date | None = None) -> Workspace:
    """Open the repository at a root.

    Raises:
        SettingsError: its settings cannot be read.
    """
    return Workspace(root=root, settings=load_settings(WorkTree(root)), today=today)
