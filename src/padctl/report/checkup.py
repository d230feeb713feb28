"""What an examination of the machine and the repository found."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check ended: a problem keeps padctl from its work, a note is worth knowing."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at; `fix` says what to do, empty where nothing is."""

    name: str
    verdict: Verdict
    message: str
    fix: str = ""


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """All checks in their order, and how many ended as problems and as notes."""

    checks: tuple[Check, ...]
    problems: int
    notes: int


def checkup(checks: Sequence[Check]) -> Checkup:
    """Return checks with their counts."""
    count = [check.verdict for check in checks].count
    return Checkup(checks=tuple(checks), problems=count(Verdict.PROBLEM), notes=count(Verdict.NOTE))
