"""The options that many commands share, and what was given of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead.")]

_PANEL = "Options of every command"


@dataclass
class State:
    """The words of one run, and of its options those that every command takes and those of commands that commit.

    They are as they were typed, None where they were not. `branch` is empty where it came without a name.
    """

    arguments: tuple[str, ...] = ()
    root: str | None = None
    no_input: bool | None = None
    color: str | None = None
    debug: bool | None = None
    today: str | None = None
    include_edits: bool = False
    dry_run: bool = False
    branch: str | None = None
    push: bool = False


def state_of(ctx: typer.Context) -> State:
    """Return what was given of a run's shared options; there is one State a run."""
    top = ctx.find_root()
    if not isinstance(top.obj, State):
        top.obj = State()
    return top.obj


def global_options() -> list[TyperOption]:
    """Return new option objects for every command, before or after its name."""
    options: dict[str, dict[str, Any]] = {
        "--root": {"metavar": "DIR", "help": "The repository's root, instead of looking for it upwards."},
        "--no-input": {"is_flag": True, "help": "Never ask; fail and name the missing option."},
        "--color": {"metavar": "WHEN", "help": "Colours: auto, always or never."},
        "--debug": {"is_flag": True, "help": "Show the traceback of an error."},
        "--today": {"metavar": "DATE", "help": "Take this date as today; else PADCTL_TODAY."},
    }
    return [noted_option(name, rich_help_panel=_PANEL, **details) for name, details in options.items()]


def noted_option(name: str, **details: Any) -> TyperOption:
    """Return an option that notes its value in the run's State and is no parameter of the command."""

    def note(ctx: typer.Context, _: object, value: object) -> None:
        if value not in {None, False}:
            setattr(state_of(ctx), name[2:].replace("-", "_"), value)

    return TyperOption(param_decls=[name], callback=note, expose_value=False, **details)
