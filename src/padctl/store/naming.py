"""What people type for a document: an id, a number, a path, a folder, or a part of the file's name."""

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from padctl.errors import UsageError
from padctl.model.terms import PAD_ID, suggestion
from padctl.store.files import relative


@dataclass(frozen=True, kw_only=True)
class Names:
    """The PADs of a repository by name: their ids by their paths, empty where there is none, and those they had before.

    `former` lacks the PADs that had no other id.
    """

    root: Path
    prefix: str
    ids: Mapping[str, str]
    former: Mapping[str, Sequence[str]]

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of all PADs."""
        return frozenset(self.ids)

    def with_id(self, pad_id: str) -> tuple[str, ...]:
        """Return the paths of the PADs of an id."""
        return tuple([path for path, known in self.ids.items() if known == pad_id])

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
        known = suggestion(word.upper(), list(filter(None, self.ids.values())))
        raise UsageError(f'there is no PAD "{word}"{known}', fix="padctl list shows all PADs")

    def select(self, words: Sequence[str], *, cwd: Path, folder: str, pages: Sequence[str]) -> frozenset[str]:
        """Return the paths of the documents that ids, files and folders name.

        `folder` is where PADs lie, `pages` are the paths of the documents around them.

        Raises:
            UsageError: a word names nothing that lint looks at.
        """
        found: set[str] = set()
        for word in words:
            target = absolute(cwd, word)
            if target.is_dir():
                inside = relative(self.root, target.resolve())
                below = "" if inside == "." else f"{inside}/"
                found.update(path for path in (*self.ids, *pages) if path.startswith(below))
            elif os.path.lexists(target):
                path = relative(self.root, target)
                if path not in self.ids and path not in pages:
                    fix = f"PADs are the .md files below {folder}/"
                    raise UsageError(f"{path} is none of the documents that padctl checks", fix=fix)
                found.add(path)
            else:
                found.add(self.find(word, cwd=cwd))
        return frozenset(found)

    def _matches(self, word: str, cwd: Path) -> Iterator[str]:
        if _is_path(word):
            path = relative(self.root, absolute(cwd, word))
            yield from [path] if path in self.ids else []
        elif numbered := self._by_number(word):
            yield from numbered
        else:
            part = word.casefold()
            yield from (path for path in self.ids if part and part in posixpath.basename(path).casefold()[:-3])

    def _by_number(self, word: str) -> list[str]:
        exact = word.upper()
        if same := self.with_id(exact):
            return list(same)
        if former := [path for path, ids in self.former.items() if exact in ids]:
            return former
        wanted = _number(exact if "-" in exact else f"{self.prefix}-{exact}")
        if wanted is None:
            return []
        end = str(wanted[1])  # to see all ids as numbers takes longer than to find those that end like one
        now = [path for path, pad_id in self.ids.items() if pad_id.endswith(end) and _number(pad_id) == wanted]
        return now or [path for path, ids in self.former.items() if wanted in map(_number, ids)]


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
