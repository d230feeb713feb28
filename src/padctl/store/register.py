"""The register: how all PADs of a work tree are called, kept between runs by the state of their files.

A PAD's ids and title stand in its own text: whatever the day, the settings and the other PADs are, they hold while its
file is as it was. So a PAD is found, and its id seen to be nobody else's, with one look at each file and none into it.
"""

import os
import time
from pathlib import Path
from typing import NamedTuple

from padctl import __version__
from padctl.model.pad import Pad
from padctl.model.wording import heading_key
from padctl.store.files import Stat, documents
from padctl.store.remembered import default_folder, keep, recall, settled
from padctl.store.trees import WorkTree

_MAGIC = b"padctl-register-1\n"
_KIND = "names"
_FEW = 8  # changed files that are read in each run: to write all names down anew costs as much
_UNSURE: Stat = (0, 0, 0, 0)  # what no file has: it is read again


class Register(NamedTuple):
    """All PADs in the order of their paths: of each the path, the file's state, the id, the title's key, former ids.

    Ids are empty where there is none. Titles are the keys by which headings are compared, although the rest of the
    header may break the schema. `place` says which padctl looked, and where.
    """

    place: tuple[str, ...]
    paths: tuple[str, ...] = ()
    stats: tuple[Stat, ...] = ()
    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    former: tuple[tuple[str, ...], ...] = ()

    def with_title(self, key: str) -> tuple[str, ...]:
        """Return the paths of the PADs whose title has a key."""
        return tuple([path for path, known in zip(self.paths, self.titles, strict=True) if known == key])


def registered(root: Path, folder: str, known: Register | None = None) -> Register:
    """Look once at each PAD below a folder, read those that are not as they were, and return how all are called.

    `known` is what this run has learnt already, else that is recalled.
    """
    place = (__version__, folder, os.path.realpath(root / folder))  # a link above the folder may lead elsewhere now
    moment, kept_in = time.time_ns(), default_folder()
    known = known or Register(*(recall(kept_in, root, _MAGIC, _KIND) or [place]))
    if known.place != place:
        known = Register(place)
    found = dict(documents(root, folder))
    paths, stats = tuple(found), tuple(found.values())
    if (paths, stats) == (known.paths, known.stats):
        return known
    rows = dict(zip(known.paths, zip(*known[2:], strict=True), strict=True))
    tree = WorkTree(root)
    changed = [path for path, stat in found.items() if path not in rows or rows[path][0] != stat]
    for path in changed:
        rows[path] = (found[path] if settled(found[path], moment) else _UNSURE, *_names(tree, path))
    known = Register(place, paths, *zip(*[rows[path] for path in paths], strict=True))
    if len(changed) > _FEW:
        keep(kept_in, root, _MAGIC, tuple(known), _KIND)
    return known


def _names(tree: WorkTree, path: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a PAD's id, the key of its title, and its former ids."""
    pad = Pad(document=tree.document(path), template=None, header=None, violations=())
    title = pad.document.values.get("title")
    return pad.id, heading_key(title) if isinstance(title, str) else "", pad.former_ids
