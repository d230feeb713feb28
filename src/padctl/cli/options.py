"""The options that every command takes, before or after its name, and what was given of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead.")]

_PANEL = "Options of every command"


@dataclass
class State:
    """The global options of one run as they were typed, None where they were not; and all its words."""

    arguments: tuple[str, ...] = ()
    root: str | None = None
    no_input: bool | None = None
    color: str | None = None
    debug: bool | None = None
    today: str | None = None


def state_of(ctx: typer.Context) -> State:
    """Return the run's global options; there is one State a run."""
    top = ctx.find_root()
    if not isinstance(top.obj, State):
        top.obj = State()
    return top.obj


def global_options() -> list[TyperOption]:
    """Return new option objects; each notes its value in the run's State and is no parameter of the command."""
    return [
        _option("--root", metavar="DIR", help="The repository's root, instead of looking for it upwards."),
        _option("--no-input", is_flag=True, help="Never ask; fail and name the missing option."),
        _option("--color", metavar="WHEN", help="Colours: auto, always or never."),
        _option("--debug", is_flag=True, help="Show the traceback of an error."),
        _option("--today", metavar="DATE", help="Take this date as today; else PADCTL_TODAY."),
    ]


def _option(name: str, **details: Any) -> TyperOption:
    def note(ctx: typer.Context, _: object, value: object) -> None:
        if value not in {None, False}:
            setattr(state_of(ctx), name[2:].replace("-", "_"), value)

    return TyperOption(param_decls=[name], callback=note, expose_value=False, rich_help_panel=_PANEL, **details)
