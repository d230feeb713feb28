"""Which lock files a killed git of ours left: git's own trace says which process wrote them, and when.

A lock file does not say whose it is, and the one of a colleague's `git commit` with an open editor looks like ours. So
every git that padctl lets write traces its steps into the git directory. A lock is ours where a process that traced
there, and is dead, was writing it at the very time that the file bears; any other one is somebody else's. Git does not
trace that it takes the lock, so one in which nothing stands yet is ours where it appeared while such a process lived,
and no process has it open: whoever is alive keeps it open until the index is in it.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from padctl.model.shell import shell_word
from padctl.store.openers import nobody_has_open
from padctl.store.program import OURS
from padctl.store.replacing import alive
from padctl.store.repository import Repository

INDEX_LOCK = "index.lock"
_TRACE = "padctl-git.trace"
_TICK = 0.02  # a file's time may be a tick of the kernel's clock behind git's own
_LONGEST = 10.0  # seconds in which an index is written
_ENDS = {"exit", "atexit", "signal"}  # what a git traces that takes its locks away itself
_OWN = re.compile(rf"{OURS}/[^/]*-P([0-9a-f]+)")


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What a dead git of ours wrote into a lock file: the file, when it began and ended, and its last word of all.

    Times are in seconds since 1970.
    """

    path: str
    began: float
    ended: float
    last: float


def trace_of(repository: Repository) -> Path:
    """Return where the gits that write leave their trace."""
    return repository.git_dir / _TRACE


def forget_trace(repository: Repository) -> None:
    """Delete the trace: all gits ended well, or what they left is healed."""
    with suppress(OSError):
        trace_of(repository).unlink()


def remove_dead_locks(repository: Repository) -> None:
    """Delete the lock files that killed gits of ours left."""
    for lock in dead_locks(repository):
        with suppress(OSError):
            lock.unlink()


def dead_locks(repository: Repository) -> Iterator[Path]:
    """Yield the lock files that killed gits of ours left, and nobody else's."""
    dead = {pid: events for pid, events in _traced(repository).items() if not alive(pid)}
    index_lock = repository.git_dir / INDEX_LOCK
    for held in (held for events in dead.values() for held in _writes(events)):
        if not _names(held.path, index_lock) or not _is_of(index_lock, held.began, held.ended):
            continue
        yield index_lock
        refs = [repository.git_dir / "HEAD.lock", repository.common_dir / f"refs/heads/{repository.branch}.lock"]
        yield from (lock for lock in refs if _is_of(lock, held.began, held.last))
        break
    else:
        if any(_just_took(events, index_lock) for events in dead.values()) and nobody_has_open(index_lock):
            yield index_lock
    for pid in dead:
        draft = repository.git_dir / f"next-index-{pid}.lock"
        if draft.exists():
            yield draft


def unlock_command(repository: Repository) -> str:
    """Return the command that takes the index's lock away, for a person who knows that nobody holds it."""
    return f"rm {shell_word(str(repository.git_dir / INDEX_LOCK))}"


def _traced(repository: Repository) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """Return what the gits that padctl itself started traced, by process; hooks and their gits are left out."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    with suppress(OSError):
        for line in trace_of(repository).read_bytes().split(b"\n"):
            with suppress(ValueError, TypeError, KeyError):
                event = json.loads(line)
                if match := _OWN.fullmatch(event["sid"]):
                    found.setdefault(int(match[1], 16), []).append(event)
    return found


def _writes(events: Sequence[Mapping[str, Any]]) -> Iterator[_Held]:
    """Yield the index files that a git wrote; one that was killed on the way had no end of it."""
    regions = [event for event in events if event.get("label") == "do_write_index"]
    with suppress(ValueError, TypeError, KeyError):
        last = _seconds(events[-1])
        for position, event in enumerate(regions):
            if event["event"] == "region_enter":
                began = _seconds(event)
                ended = _seconds(regions[position + 1]) if position + 1 < len(regions) else began + _LONGEST
                yield _Held(path=event["msg"], began=began, ended=ended, last=last)


def _just_took(events: Sequence[Mapping[str, Any]], lock: Path) -> bool:
    """Say whether a lock is empty and appeared while a git lived that was killed."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        killed = not any(event["event"] in _ENDS for event in events)
        return killed and not lock.stat().st_size and _is_of(lock, _seconds(events[0]), _seconds(events[-1]) + _TICK)
    return False


def _seconds(event: Mapping[str, Any]) -> float:
    return datetime.fromisoformat(event["time"]).timestamp()


def _names(path: str, lock: Path) -> bool:
    return os.path.realpath(path) == os.path.realpath(lock)


def _is_of(lock: Path, began: float, ended: float) -> bool:
    with suppress(OSError):
        return began - _TICK <= lock.stat().st_mtime <= ended
    return False
