"""What padctl raises when the tool itself cannot go on, each with its exit code.

A document's faults are diagnostics, not exceptions: see `padctl.model.diagnostic`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class PadctlError(Exception):
    """A fault that ends the command: one message, one next step, one exit code."""

    exit_code = 2

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class UsageError(PadctlError):
    """The words of the call are off: an unknown id, date, outcome or a missing option."""


class SettingsError(PadctlError):
    """padctl.toml, a template or another file that padctl is steered by cannot be used."""


class RepositoryError(PadctlError):
    """The machine or the git repository is in a state in which padctl will not write."""


class DeliveryError(PadctlError):
    """What should be sent did not arrive."""


class Interrupted(PadctlError):
    """The run was asked to end, and had done something by then; the message says what."""

    exit_code = 130


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason why a move is refused, with the command or edit that removes it."""

    message: str
    fix: str = ""


class Refused(PadctlError):
    """A move that the process does not allow now; carries every reason, not the first one."""

    exit_code = 1

    def __init__(self, message: str, reasons: Sequence[Reason]) -> None:
        super().__init__(message)
        self.reasons = tuple(reasons)


def also(error: PadctlError, said: str, fix: str) -> PadctlError:
    """Return an error with something more that is to be said."""
    if isinstance(error, Refused):
        return Refused(error.message, [*error.reasons, Reason(message=said, fix=fix)])
    return type(error)(f"{error.message}\n{said}", fix=error.fix or fix)
