"""The other PADs and files of a work tree as rules ask about them, without reading more than is asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from padctl.model.links import anchors
from padctl.model.pad import Pad
from padctl.store.files import exists
from padctl.store.naming import Names


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """What `Others` is for rules, answered by how PADs are called.

    `titled` gives the paths of the PADs whose title may have a key, `read` the PAD at a path, or None where that is no
    PAD.
    """

    root: Path
    names: Names
    titled: Callable[[str], Sequence[str]]
    read: Callable[[str], Pad | None]

    def with_id(self, pad_id: str, *, but: str) -> tuple[str, ...]:
        """Return the paths of PADs of an id, without the one at the path `but`."""
        return tuple(path for path in self.names.with_id(pad_id) if path != but)

    def with_title(self, key: str, *, but: str) -> tuple[str, ...]:
        """Return the ids, else the paths, of PADs with a title, compared as headings are, without the one at `but`."""
        found = (self.read(path) for path in self.titled(key) if path != but)
        return tuple(pad.id or pad.path for pad in found if pad and pad.title_key == key)

    def has_pad(self, pad_id: str) -> bool:
        """Say whether a PAD has an id, or had it before it was renumbered."""
        return pad_id in self.names.ids.values() or any(pad_id in ids for ids in self.names.former.values())

    def earlier_ids(self, pad_id: str) -> tuple[str, ...]:
        """Return the ids that the PAD of an id had before it was renumbered."""
        return tuple(former for path in self.names.with_id(pad_id) for former in self.names.former.get(path, ()))

    def pad_ids(self) -> Iterable[str]:
        """Return the ids of all PADs."""
        return dict.fromkeys(filter(None, self.names.ids.values()))

    def has_file(self, path: str) -> bool:
        """Say whether a relative link of a PAD leads to something in the repository."""
        return exists(self.root, path)

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return the anchors of the PAD at a path, or None where that is no PAD."""
        pad = self.read(path)
        return anchors(pad.document) if pad else None
