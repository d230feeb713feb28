"""A repository as padctl sees it: its root, its settings, and the corpus read from its files."""

import os
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from padctl.errors import RepositoryError, UsageError
from padctl.model.corpus import Corpus, Page
from padctl.model.fields import PAD_ID
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import suggestion
from padctl.store.files import relative
from padctl.store.loading import has_settings, load_corpus, load_settings
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
        matches = self.named(word, cwd=cwd)
        if len(matches) > 1:
            listed = ", ".join(pad.path for pad in matches[:5])
            raise UsageError(f'"{word}" is the name of {len(matches)} PADs: {listed}', fix="give the path")
        return matches[0]

    def named(self, word: str, *, cwd: Path) -> tuple[Pad, ...]:
        """Return all PADs that a word names, at least one; several where an id is there twice, or a part is not unique.

        Raises:
            UsageError: none does.
        """
        if matches := tuple(self._matches(word, cwd)):
            return matches
        known = self.corpus.by_id
        raise UsageError(f'there is no PAD "{word}"{suggestion(word.upper(), known)}', fix="padctl list shows all PADs")

    def select(self, words: Sequence[str], *, cwd: Path) -> tuple[tuple[Pad, ...], tuple[Page, ...]]:
        """Return the PADs and pages that ids, files and folders name; all of them where nothing is named.

        Raises:
            UsageError: a word names nothing that lint looks at.
        """
        corpus = self.corpus
        if not words:
            return corpus.pads, corpus.pages
        paths: set[str] = set()
        for word in words:
            target = absolute(cwd, word)
            if target.is_dir():
                folder = relative(self.root, target.resolve())
                below = "" if folder == "." else f"{folder}/"
                paths.update(p for p in self._documents if p.startswith(below))
            elif os.path.lexists(target):
                path = relative(self.root, target)
                if path not in self._documents:
                    fix = f"PADs are the .md files below {self.settings.paths.pads}/"
                    raise UsageError(f"{path} is none of the documents that padctl checks", fix=fix)
                paths.add(path)
            else:
                paths.add(self.find(word, cwd=cwd).path)
        pads = tuple(pad for pad in corpus.pads if pad.path in paths)
        return pads, tuple(page for page in corpus.pages if page.document.path in paths)

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset([*self.corpus.by_path, *(page.document.path for page in self.corpus.pages)])

    def _matches(self, word: str, cwd: Path) -> Iterator[Pad]:
        corpus = self.corpus
        if word.endswith(".md") or os.sep in word or "/" in word:
            yield from filter(None, [corpus.by_path.get(relative(self.root, absolute(cwd, word)))])
            return
        if pads := _by_number(corpus, word, self.settings.ids.prefix):
            yield from pads
            return
        part = word.casefold()
        yield from (pad for pad in corpus.pads if part and part in posixpath.basename(pad.path).casefold()[:-3])


def open_workspace(*, start: Path, root: Path | None) -> Workspace:
    """Open the repository around a path.

    Raises:
        RepositoryError: there is none.
        SettingsError: its settings cannot be read.
    """
    found = root.resolve() if root else find_root(start)
    if root and not root.is_dir():
        raise UsageError(f"there is no folder {root}", fix="--root names the folder that holds padctl.toml or .git")
    if found is None:
        where = root or start
        raise RepositoryError(f"{where} is not inside a git repository", fix="padctl init makes one here")
    return Workspace(root=found, settings=load_settings(WorkTree(found)))


def find_root(start: Path) -> Path | None:
    """Return the nearest folder upwards with settings, else the git top level, else None."""
    top = None
    for folder in (start.resolve(), *start.resolve().parents):
        if has_settings(WorkTree(folder)):
            return folder
        if (folder / ".git").exists():
            top = folder
            break
    return top


def absolute(cwd: Path, word: str) -> Path:
    """Return a path typed by a person as an absolute one, links on the way to it resolved."""
    path = cwd / word
    try:
        return path.parent.resolve() / path.name
    except RuntimeError:
        raise UsageError(f"{word} leads in a circle of links", fix="name the file itself") from None


def _by_number(corpus: Corpus, word: str, prefix: str) -> tuple[Pad, ...]:
    """Return the PADs whose id a word is; else, by its number, now; else those that had it before."""
    exact = word.upper()
    for known in (corpus.by_id, corpus.former_ids):
        if exact in known:
            return known[exact]
    match = PAD_ID.fullmatch(exact if "-" in exact else f"{prefix}-{exact}")
    if not match:
        return ()
    wanted = (match[1], int(match[2]))
    for known in (corpus.by_id, corpus.former_ids):
        ids = ((pad_id, PAD_ID.fullmatch(pad_id)) for pad_id in known)
        same = [pad_id for pad_id, found in ids if found and (found[1], int(found[2])) == wanted]
        if same:
            return tuple({pad.path: pad for pad_id in same for pad in known[pad_id]}.values())
    return ()
