"""Files that were replaced, kept by a second link in the git directory, and texts that are set aside there for good.

A kept file bears the digest of the bytes that padctl had read. An editor that had it open may still write into it after
it was replaced: such a text is nobody's to delete, and gets a lasting name.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from padctl.errors import Reason, Refused

PREFIX, DRAFT = "padctl-", ".new"
TAKE = "take from it what you need, then delete it"
_ENDING = ".old"
_DIGITS = 16
_LONGEST = 40  # characters of a file's name, which may take four bytes each
_KEPT = re.compile(rf"(?s){PREFIX}[0-9a-f]{{{_DIGITS}}}-(?P<digest>[0-9a-f]{{{_DIGITS}}})-(?P<name>.+)\{_ENDING}")


def digest(content: bytes | None) -> str:
    """Return what tells two contents of a file apart; None stands for no file."""
    return sha256(content).hexdigest() if content is not None else ""


def content_of(full: Path) -> bytes | None:
    """Return what a file holds, or None where it is not there."""
    try:
        return full.read_bytes()
    except FileNotFoundError:
        return None


def place_of(full: Path) -> str:
    """Return a name that stands for a file's place, without its ending."""
    return PREFIX + sha256(os.fsencode(full)).hexdigest()[:_DIGITS]


def keep(full: Path, old: bytes, git_dir: Path) -> Path | None:
    """Return a second link to a file that held `old`, or None where the file system has none to give."""
    kept = git_dir / f"{place_of(full)}-{digest(old)[:_DIGITS]}-{full.name[-_LONGEST:]}{_ENDING}"
    try:
        kept.unlink(missing_ok=True)
        os.link(full, kept)
    except OSError:
        return None
    return kept


def written_since(git_dir: Path) -> Iterator[tuple[Path, str]]:
    """Yield the kept files into which somebody wrote after they were read, each with the name it had.

    One that still stands in its old place, too, needs no keeping.
    """
    with suppress(OSError):
        for name in sorted(os.listdir(git_dir)):  # noqa: PTH208  # names alone count
            if match := _KEPT.fullmatch(name):
                kept = git_dir / name
                with suppress(OSError):
                    if kept.stat().st_nlink == 1 and digest(kept.read_bytes())[:_DIGITS] != match["digest"]:
                        yield kept, match["name"]


def set_aside(git_dir: Path) -> str:
    """Give the kept files into which somebody wrote a lasting name, and say so; empty where there is none.

    One that cannot be given it stays where it is.
    """
    said = []
    for kept, name in written_since(git_dir):
        saved = lasting(git_dir, name)
        try:
            kept.rename(saved)
        except OSError:
            saved = kept
        said.append(f"{name} was saved by an editor while it was written; that text is in {saved}")
    return "; ".join(said)


def lasting(git_dir: Path, name: str) -> Path:
    """Return where a text is set aside for good: a name that nothing has yet. The lock is held."""
    number, saved = 1, git_dir / f"{PREFIX}saved-{name}"
    while os.path.lexists(saved):
        number += 1
        saved = git_dir / f"{PREFIX}saved-{number}-{name}"
    return saved


def sweep(git_dir: Path) -> str:
    """Delete drafts and kept files in the git directory, and say what was set aside instead; the lock is held."""
    said = set_aside(git_dir)
    stay = {kept.name for kept, _ in written_since(git_dir)} if said else set()
    with suppress(OSError):
        for name in os.listdir(git_dir):  # noqa: PTH208  # names alone count
            if name.startswith(PREFIX) and name.endswith((DRAFT, _ENDING)) and name not in stay:
                with suppress(OSError):
                    (git_dir / name).unlink()
    return said


def saved_meanwhile(path: str | Path) -> Refused:
    """Return the refusal to replace a file that holds other bytes than those that were read."""
    reason = Reason(message="somebody saved it in this moment", fix="run the command again")
    return Refused(f"{path}: nothing was written", [reason])
