"""The options of every command that commits: tried only, with the author's edits, on which branch, pushed or not."""

import re
from typing import Any, ClassVar

from typer.core import TyperCommand

from padctl.cli.healing import heal
from padctl.cli.options import noted_option
from padctl.cli.session import Session
from padctl.model.terms import Outcome

_BRANCH = "--branch"
# what follows may be an option, an id, a date, a quarter or an outcome
_NO_NAME = re.compile(rf"-.*|\d[\d-]*(?:[Qq]\d)?|{'|'.join(Outcome)}")

_OPTIONS: dict[str, dict[str, Any]] = {
    "--include-edits": {"is_flag": True, "help": "Commit your own edits of the PAD along with it."},
    "--dry-run": {"is_flag": True, "help": "Show the diff; write nothing."},
    _BRANCH: {"metavar": "[NAME]", "help": "Commit on a branch, made from the default one where it is new."},
    "--push": {"is_flag": True, "help": "Push the branch afterwards."},
}


class Writes(TyperCommand):
    """A command that commits; its State says how. Its --branch may come without a name, as git's own options may."""

    without: ClassVar[frozenset[str]] = frozenset({"--include-edits"})
    with_save: ClassVar[bool] = False

    def __init__(self, *args: Any, **details: Any) -> None:
        """Make the command with its own parameters, and then these."""
        super().__init__(*args, **details)
        self.params.extend(noted_option(name, **_OPTIONS[name]) for name in _OPTIONS if name not in self.without)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give --branch an empty name where none follows."""
        following = [*args, "-"][1:]
        return super().parse_args(ctx, [_with_name(word, after) for word, after in zip(args, following, strict=True)])

    def invoke(self, ctx: Any) -> Any:
        """Heal what a killed run left, and run the command."""
        if not self.with_save or ctx.params["save"]:
            heal(Session.of(ctx))
        return super().invoke(ctx)


class Reports(Writes):
    """A report, which is committed as a page with --save, and else only shown."""

    with_save = True


class Changes(Writes):
    """A command that changes a PAD which its author may have edited meanwhile."""

    without = frozenset()


class Meets(Writes):
    """A command that asks on the way, so that there is nothing to try."""

    without = frozenset({"--dry-run"})


def _with_name(word: str, after: str) -> str:
    return f"{_BRANCH}=" if word == _BRANCH and _NO_NAME.fullmatch(after) else word
