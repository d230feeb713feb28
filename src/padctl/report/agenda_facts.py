"""What the agenda is told from outside the documents: of git, and of lint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from padctl.model.pad import Pad


@dataclass(frozen=True, kw_only=True)
class Origin:
    """From what the agenda was made.

    `commit` is abbreviated and `committed` its day; `branch` is empty on a detached HEAD; `edited` counts the PADs
    that differ from the commit. `upstream` is the published default branch, empty where there is none, and `behind` how
    many of its commits are not here; `fetched` is when git last fetched, None where it never did.
    """

    commit: str
    committed: date
    branch: str
    edited: int
    upstream: str
    behind: int
    fetched: datetime | None


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A PAD in review as a remote-tracking branch has it, where the work tree has no such submission."""

    branch: str
    pad: Pad


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A PAD whose file a commit changed that was no move, and the day of the latest one."""

    pad: Pad
    day: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was observed; `changed` (lines since submit) and `errors` (of lint) are by path, absent where unknown."""

    origin: Origin | None = None
    changed: Mapping[str, int] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)
    proposed: tuple[Proposed, ...] = ()
    edited: tuple[Edited, ...] = ()
