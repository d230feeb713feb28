"""What is kept between runs, outside of the work tree: plain values of one root, whole by their checksum, or nothing.

A file is taken as unchanged where size, times and inode are as they were and the times were old when it was looked at:
a write in the same moment could leave them as they are.
"""

import marshal
import os
import re
import time
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from padctl.errors import UsageError
from padctl.store.files import Stat, read_regular

_NAME = re.compile(r"padctl-[0-9a-f]{32}(?:-[a-z]+)?")
_SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system in use
_LARGEST = 256 * 1024 * 1024  # a memory of some 500,000 PADs
_UNUSED_DAYS = 90  # after which the memory of another root is dropped


def settled(stat: Stat, moment: int) -> bool:
    """Say whether a write after a moment, in nanoseconds since 1970, must show in a file's state."""
    return max(stat[1], stat[2]) < moment - _SETTLED_NS


def recall(folder: Path, root: Path, magic: bytes, kind: str = "") -> Any:
    """Return what was kept of a root, None where nothing was or where it is not whole; `magic` names its shape."""
    with suppress(OSError, UsageError, ValueError, TypeError, EOFError):
        raw = read_regular(folder, _name(root, kind), limit=_LARGEST)
        start = len(magic) + 4
        content = memoryview(raw)[start:]
        if raw.startswith(magic) and zlib.crc32(content).to_bytes(4) == raw[len(magic) : start]:
            return marshal.loads(content)  # noqa: S302  # the user's own file, whole by its checksum
    return None


def keep(folder: Path, root: Path, magic: bytes, value: Any, kind: str = "") -> None:
    """Keep a value of plain types for the next run; where that cannot be done, the next run reads everything again."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        content = marshal.dumps(value)
        target = os.path.join(folder, _name(root, kind))
        draft = f"{target}.{os.getpid()}"
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(magic + zlib.crc32(content).to_bytes(4) + content)
            os.replace(draft, target)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft)
        _drop_unused(folder)


def default_folder() -> Path:
    """Return where memories are kept: PADCTL_CACHE_DIR, else the user's folder for caches."""
    if given := os.environ.get("PADCTL_CACHE_DIR"):
        return Path(given)
    import platformdirs  # noqa: PLC0415  # often the folder is given

    return platformdirs.user_cache_path("padctl")


def _name(root: Path, kind: str) -> str:
    name = f"padctl-{sha256(os.fsencode(root)).hexdigest()[:32]}"
    return f"{name}-{kind}" if kind else name


def _drop_unused(folder: Path) -> None:
    """Delete memories that nobody has written for long: their roots are gone, or were clones made for a moment."""
    oldest = time.time() - _UNUSED_DAYS * 24 * 3600
    with os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < oldest:
                os.unlink(entry.path)
