"""The memory of the last run, and how much of it still holds: where a file's state does not settle it, the bytes do."""

import importlib.util
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from padctl import __version__
from padctl.errors import UsageError
from padctl.store.files import Stat, documents, exists, read_regular
from padctl.store.memory import Index, Known, Memory, Shelf
from padctl.store.remembered import keep, recall, settled
from padctl.store.roots import PYPROJECT, SETTINGS, text_at
from padctl.store.shipped import shipped

_MAGIC = b"padctl-memory-4\n"
_LIMIT = 1024 * 1024 + 1  # what is read of a document, and one byte more


@dataclass(frozen=True)
class Sifted:
    """The PADs that are there now: those still known by their content, and the files to be read.

    `strays` are files of other endings beside them, each with the digest of its bytes.
    """

    kept: Mapping[str, Known]
    changed: dict[str, Stat]
    moment: int
    strays: tuple[tuple[str, str], ...] = ()

    def settled(self, stat: Stat) -> bool:
        """Say whether a write after this look must show in a file's state."""
        return settled(stat, self.moment)


@dataclass(frozen=True)
class Cache:
    """The memory of one repository on one day; `folder` is where it is kept, None for nowhere.

    `known` is what this run has learnt already, else that is read.
    """

    root: Path
    today: date
    folder: Path | None
    known: Memory | None = None
    _sifted: dict[str, Sifted] = field(default_factory=dict)

    @cached_property
    def memory(self) -> Memory | None:
        """What is known, or None where nothing is or where the frame has changed."""
        known = self.known or self._read()
        return known if known and known.frame == self.frame(known.folders, known.folder) else None

    def frame(self, folders: Sequence[str], *pads: str) -> str:
        """Return the digest of what all judgements rest on: padctl itself, the day, the settings, and pages' bytes.

        `folders` hold the pages, `pads` the PADs.
        """
        digest = sha256(repr((_tool(), self.today.isoformat())).encode())
        for name in (SETTINGS, PYPROJECT):  # read as settings are: a link is followed
            digest.update(f"{name}\0{text_at(self.root / name)}\0".encode(errors="surrogatepass"))
        for folder in (*folders, *pads):  # files keep their state when the folder above them becomes a link
            digest.update(os.fsencode(os.path.realpath(os.path.join(self.root, folder))))
        for folder in folders:
            for path, (size, *_) in documents(self.root, folder):
                line = f"{path}\0{size}\0{self._content(path)}\0"
                digest.update(line.encode(errors="surrogateescape"))
        return digest.hexdigest()

    def sift(self, folder: str) -> Sifted:
        """Look once at all PADs below a folder and tell those that are as they were from those that are not."""
        if folder not in self._sifted:
            self._sifted[folder] = self._sift(folder)
        return self._sifted[folder]

    def _sift(self, folder: str) -> Sifted:
        moment = time.time_ns()
        before: Mapping[str, Known] = self.memory.pads if self.memory else {}
        others: list[str] = []
        stats = dict(documents(self.root, folder, strays=others))
        strays = tuple((path, self._content(path)) for path in sorted(others))
        if isinstance(before, Shelf) and len(stats) == len(before) and stats == before.stats():
            return Sifted(before, {}, moment, strays)
        before, kept = dict(before.items()), dict[str, Known]()
        sifted = Sifted(kept, {}, moment, strays)
        for path, stat in stats.items():
            known = before.get(path)
            if known and not (known.stat == stat and known.settled and known.content):
                same = known.content and known.content == self._content(path)
                known = known._replace(stat=stat, settled=sifted.settled(stat)) if same else None
            if known:
                kept[path] = known
            else:
                sifted.changed[path] = stat
        return sifted

    def replay(self) -> Memory | None:
        """Return what is known where all of it still holds, and None where something must be judged."""
        memory = self.memory
        sifted = self.sift(memory.folder) if memory else None
        if memory is None or sifted is None or sifted.changed:
            return None
        if sifted.strays != memory.strays or any(exists(self.root, path) != there for path, there in memory.links):
            return None
        if memory.minuted and sifted.kept is not memory.pads and sifted.kept.keys() != memory.pads.keys():
            return None
        wrong = next(Index(sifted.kept, partial(exists, self.root)).wrong(memory.pads), None)
        return memory._replace(pads=sifted.kept) if wrong is None else None

    def keep(self, memory: Memory) -> None:
        """Write what is known for the next run; where that cannot be done, the next run reads everything again."""
        if self.folder is not None and memory != self.memory:
            pads = {path: tuple(known) for path, known in memory.pads.items()}
            keep(self.folder, self.root, _MAGIC, (*memory[:-1], pads))

    def _read(self) -> Memory | None:
        kept = recall(self.folder, self.root, _MAGIC) if self.folder else None
        with suppress(TypeError, ValueError):
            memory = Memory._make(kept or ())
            return memory._replace(pads=Shelf(dict(memory.pads)))
        return None

    def _content(self, path: str) -> str:
        try:
            return content_digest(read_regular(self.root, path, limit=_LIMIT))
        except (OSError, UsageError) as error:
            return f"unread: {error}"


def content_digest(raw: bytes) -> str:
    """Return what tells two contents of a file apart."""
    return sha256(raw).hexdigest()


def _tool() -> tuple[object, ...]:
    """Return what tells this padctl, with its templates and libraries, from one that may judge otherwise."""
    package = os.path.dirname(os.path.dirname(__file__))
    libraries = importlib.util.find_spec("pydantic")
    place = os.path.dirname(os.path.dirname(libraries.origin)) if libraries and libraries.origin else package
    templates = shipped("templates")
    return (__version__, sys.version, os.stat(place).st_mtime_ns, *_sources(package), *_sources(str(templates)))


def _sources(folder: str) -> list[tuple[str, int, int]]:
    """Return the state of every source file below a folder: a checkout of padctl itself changes under one version."""
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _sources(entry.path) if entry.name != "__pycache__" else []
            else:
                status = entry.stat()
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return sorted(found)
