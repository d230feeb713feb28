"""What is wrong in a file, where, how bad it is, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; only an error makes `padctl lint` exit 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A fault met while reading, before any rule has judged it.

    `slug` names the rule that reports it, `offset` is in characters from the start of the text.
    """

    slug: str
    offset: int
    message: str
    fix: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnostic:
    """One finding: 1-based line and column (in characters), and the source line it stands on."""

    code: str
    slug: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    fix: str = ""
    source: str = ""

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, then position, then code; equals stay in the order of the template."""
        return (self.path, self.line, self.column, self.code)
