"""What people type for a document: an id, a number, a path, a folder, or a part of the file's name."""

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from padctl.errors import UsageError
from padctl.model.terms import PAD_ID, suggestion
from padctl.store.files import relative


class Named(Protocol):
    """A PAD as far as it can be named beside its path."""

    @property
    def id(self) -> str:
        """The id as written; empty where there is none."""

    @property
    def former_ids(self) -> tuple[str, ...]:
        """The ids that the PAD had before."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """The documents of a repository by name: its PADs by their paths, and the paths of the pages around them."""

    root: Path
    prefix: str
    pads: Mapping[str, Named]
    pages: Sequence[str] = ()

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all PADs."""
        return frozenset(self.pads)

    def find(self, word: str, *, cwd: Path) -> str:
        """Return the path of the PAD that a word names.

        It may be `PAD-0007`, `pad-7`, `7`, a path, or a unique part of the file's name.

        Raises:
            UsageError: none or several match; names them.
        """
        matches = self.named(word, cwd=cwd)
        if len(matches) > 1:
            listed = ", ".join(matches[:5])
            raise UsageError(f'"{word}" is the name of {len(matches)} PADs: {listed}', fix="give the path")
        return matches[0]

    def named(self, word: str, *, cwd: Path) -> tuple[str, ...]:
        """Return the paths of all PADs that a word names, at least one.

        Raises:
            UsageError: none does.
        """
        if _is_path(word) and not os.path.lexists(absolute(cwd, word)):
            raise UsageError(f"there is no file {word}", fix="padctl list shows all PADs")
        if matches := tuple(self._matches(word, cwd)):
            return matches
        known = suggestion(word.upper(), [pad.id for pad in self.pads.values() if pad.id])
        raise UsageError(f'there is no PAD "{word}"{known}', fix="padctl list shows all PADs")

    def select(self, words: Sequence[str], *, cwd: Path, folder: str) -> frozenset[str]:
        """Return the paths of the documents that ids, files and folders name; `folder` is where PADs lie.

        Raises:
            UsageError: a word names nothing that lint looks at.
        """
        found: set[str] = set()
        for word in words:
            target = absolute(cwd, word)
            if target.is_dir():
                inside = relative(self.root, target.resolve())
                below = "" if inside == "." else f"{inside}/"
                found.update(path for path in (*self.pads, *self.pages) if path.startswith(below))
            elif os.path.lexists(target):
                path = relative(self.root, target)
                if path not in self.pads and path not in self.pages:
                    fix = f"PADs are the .md files below {folder}/"
                    raise UsageError(f"{path} is none of the documents that padctl checks", fix=fix)
                found.add(path)
            else:
                found.add(self.find(word, cwd=cwd))
        return frozenset(found)

    def _matches(self, word: str, cwd: Path) -> Iterator[str]:
        if _is_path(word):
            path = relative(self.root, absolute(cwd, word))
            yield from [path] if path in self.pads else []
        elif numbered := self._by_number(word):
            yield from numbered
        else:
            part = word.casefold()
            yield from (path for path in self.pads if part and part in posixpath.basename(path).casefold()[:-3])

    def _by_number(self, word: str) -> list[str]:
        exact, pads = word.upper(), self.pads.items()
        if same := [path for path, pad in pads if pad.id == exact]:
            return same
        if former := [path for path, pad in pads if exact in pad.former_ids]:
            return former
        wanted = _number(exact if "-" in exact else f"{self.prefix}-{exact}")
        now = [path for path, pad in pads if wanted and _number(pad.id) == wanted]
        return now or [path for path, pad in pads if wanted and wanted in map(_number, pad.former_ids)]


def _is_path(word: str) -> bool:
    return word.lower().endswith(".md") or os.sep in word or "/" in word


def absolute(cwd: Path, word: str) -> Path:
    """Return a path typed by a person as an absolute one, links on the way to it resolved."""
    path = cwd / word
    try:
        return path.parent.resolve() / path.name
    except RuntimeError:
        raise UsageError(f"{word} leads in a circle of links", fix="name the file itself") from None


def _number(pad_id: str) -> tuple[str, int] | None:
    match = PAD_ID.fullmatch(pad_id)
    return (match[1], int(match[2])) if match else None
