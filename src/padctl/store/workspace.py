"""A repository as padctl sees it: its root, its settings, and the corpus read from its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from padctl.model.corpus import Corpus, Page
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.store.loading import load_corpus, load_settings
from padctl.store.naming import Names
from padctl.store.trees import WorkTree


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """An opened repository; the corpus is read when it is first asked for."""

    root: Path
    settings: Settings

    @cached_property
    def corpus(self) -> Corpus:
        """Everything that the repository holds."""
        return load_corpus(WorkTree(self.root), self.settings)

    def find(self, word: str, *, cwd: Path) -> Pad:
        """Return the PAD that a word names: `PAD-0007`, `pad-7`, `7`, a path, or a unique part of the file's name.

        Raises:
            UsageError: none or several match; names them.
        """
        return self.corpus.by_path[self._names.find(word, cwd=cwd)]

    def named(self, word: str, *, cwd: Path) -> tuple[Pad, ...]:
        """Return all PADs that a word names, at least one; several where an id is there twice, or a part is not unique.

        Raises:
            UsageError: none does.
        """
        return tuple(self.corpus.by_path[path] for path in self._names.named(word, cwd=cwd))

    def select(self, words: Sequence[str], *, cwd: Path) -> tuple[tuple[Pad, ...], tuple[Page, ...]]:
        """Return the PADs and pages that ids, files and folders name; all of them where nothing is named.

        Raises:
            UsageError: a word names nothing that lint looks at.
        """
        corpus = self.corpus
        if not words:
            return corpus.pads, corpus.pages
        paths = self._names.select(words, cwd=cwd, folder=self.settings.paths.pads)
        pads = tuple(pad for pad in corpus.pads if pad.path in paths)
        return pads, tuple(page for page in corpus.pages if page.document.path in paths)

    @cached_property
    def _names(self) -> Names:
        pages = tuple(page.document.path for page in self.corpus.pages)
        return Names(root=self.root, prefix=self.settings.ids.prefix, pads=self.corpus.pads, pages=pages)


def open_workspace(root: Path) -> Workspace:
    """Open the repository at a root.

    Raises:
        SettingsError: its settings cannot be read.
    """
    return Workspace(root=root, settings=load_settings(WorkTree(root)))
