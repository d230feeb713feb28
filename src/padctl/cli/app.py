"""The command line's entrance: commands loaded by name, and the one place where errors become exit codes."""

import errno
import importlib
import inspect
import os
import sys
from collections.abc import Sequence
from typing import cast

import typer
from typer.core import TyperCommand, TyperGroup

from padctl import __version__
from padctl.cli.ending import ended_like_ctrl_c, flushed, silence
from padctl.cli.options import State, global_options
from padctl.cli.session import say
from padctl.cli.telling import tell
from padctl.errors import PadctlError, UsageError
from padctl.model.terms import suggestion

_INTERRUPTED = 130
_USAGE = 2

PANELS = {
    "Write": ("init", "new", "lint", "status", "show", "list"),
    "Review": (
        "submit", "recall", "agenda", "feedback", "decide", "meet", "minutes", "action", "advance", "launch", "hold",
        "withdraw", "resume", "undo",
    ),
    "Learn": ("log", "recap", "remind"),
    "Publish": ("slides",),
    "Tool": ("explain", "template", "renumber", "doctor"),
}  # fmt: skip
COMMANDS = {name: panel for panel, names in PANELS.items() for name in names}


class Commands(TyperGroup):
    """The commands, each imported when it is called or listed."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # typer's own subclass
        """Return all names in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | TyperGroup | None:  # type: ignore[override]
        """Import and return one command.

        Raises:
            UsageError: there is none of that name; suggests the nearest.
        """
        del ctx
        if cmd_name not in COMMANDS:
            fix = "padctl --help lists all commands"
            raise UsageError(f'there is no command "{cmd_name}"{suggestion(cmd_name, COMMANDS)}', fix=fix)
        module = importlib.import_module(f"padctl.cli.{cmd_name.replace('-', '_')}_command")
        command = cast(TyperCommand | TyperGroup, typer.main.get_command(module.app))
        command.name = cmd_name
        command.rich_help_panel = COMMANDS[cmd_name]
        _add_global_options(command)
        _reflow(command)
        return command


root = typer.Typer(
    cls=Commands,
    name="padctl",
    invoke_without_command=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: padctl init, then padctl new TITLE. In a repository, padctl alone is padctl status.",
)


@root.callback()
def _padctl(
    ctx: typer.Context, version: bool = typer.Option(False, "--version", help="Show the version and exit.")
) -> None:
    """Keep a company's product alignment alive in a git repository.

    Product managers write Product Alignment Documents (PADs) as Markdown; padctl scaffolds and checks them, takes them
    through their reviews with git commits, and renders the meeting's agenda.
    """
    if version:
        typer.echo(f"padctl {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from padctl.cli.status_command import bare

        if not bare(ctx):
            typer.echo(ctx.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every error is rendered here and nowhere else."""
    # a closed stream is None; what stands in for it stays open to the end of the process
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    with ended_like_ctrl_c():
        code = _outcome(arguments)
    if (why := flushed(sys.stdout)) and not code:
        code = _explained(OSError(errno.ENOSPC, why))
    flushed(sys.stderr)
    return code


def _outcome(arguments: Sequence[str]) -> int:
    command = cast(TyperGroup, typer.main.get_command(root))
    _add_global_options(command)
    _reflow(command)
    try:
        code = command.main(
            args=list(arguments), prog_name="padctl", standalone_mode=False, obj=State(tuple(arguments))
        )
    except (BrokenPipeError, SystemExit):  # typer turns a closed pipe into an exit of its own
        silence(sys.stdout)
        return 0
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except Exception as error:  # the boundary: no traceback without --debug
        if "--debug" in arguments:
            import traceback

            traceback.print_exc()
        return _explained(error)
    if code == _INTERRUPTED:  # typer makes an exit code of Ctrl-C
        say("interrupted")
    return code if isinstance(code, int) else 0


def _explained(error: Exception) -> int:
    """Say what went wrong and return the exit code for it."""
    if isinstance(error, PadctlError):
        return tell(error)
    if isinstance(error, typer.TyperException) and error.format_message():
        return tell(UsageError(error.format_message(), fix=_help_of(error)))
    if isinstance(error, typer.TyperException):  # a group without a command: typer has shown its help
        return _USAGE
    if isinstance(error, OSError) and error.errno == errno.ENOSPC and not error.filename:
        say(f"error: standard output cannot be written: {error.strerror}")
        return _USAGE
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return tell(UsageError(f"{where}{error.strerror or error}", fix="see that it exists and may be used"))
    say(f"error: padctl failed: {type(error).__name__}: {error}")
    say("  run it again with --debug and report what it shows")
    return _USAGE


def _add_global_options(command: TyperCommand | TyperGroup) -> None:
    command.params.extend(global_options())
    if isinstance(command, TyperGroup) and not isinstance(command, Commands):
        for sub in command.commands.values():
            sub.params.extend(global_options())


def _reflow(command: TyperCommand | TyperGroup) -> None:
    """Join the lines of each paragraph of the help: typer keeps them, and folds the paragraph once more."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    command.help = "\n\n".join(text if text.startswith("\b") else text.replace("\n", " ") for text in paragraphs)
    if isinstance(command, TyperGroup) and not isinstance(command, Commands):
        for sub in command.commands.values():
            _reflow(cast(TyperCommand, sub))


def _context(error: typer.TyperException) -> typer.Context:
    """Return the context in which typer met a usage error; only its own subclasses carry one."""
    return cast(typer.Context, getattr(error, "ctx", None) or typer.Context(typer.main.get_command(root)))


def _help_of(error: typer.TyperException) -> str:
    return f"{_context(error).command_path or 'padctl'} --help"
