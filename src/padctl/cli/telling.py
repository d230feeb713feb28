"""How an error is told to the person at the terminal: the message, every reason, and what to do."""

from padctl.cli.session import say
from padctl.errors import PadctlError, Refused


def tell(error: PadctlError) -> int:
    """Write an error to standard error, and return the exit code for it."""
    for number, text in enumerate(error.message.split("\n")):
        say(("error: " if number == 0 else "       ") + text)
    for reason in error.reasons if isinstance(error, Refused) else ():
        for number, text in enumerate(reason.message.split("\n")):
            say(("  - " if number == 0 else "    ") + text)
        _say_fix(reason.fix, margin="    ")
    _say_fix(error.fix, margin="  ")
    return error.exit_code


def _say_fix(fix: str, *, margin: str) -> None:
    """Say what to do; commands after the first line are set off, to be copied."""
    for number, text in enumerate(fix.split("\n") if fix else ()):
        say(margin + ("fix: " if number == 0 else "     ") + text)
