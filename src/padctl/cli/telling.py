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
        if reason.fix:
            say(f"    fix: {reason.fix}")
    if error.fix:
        say(f"  fix: {error.fix}")
    return error.exit_code
