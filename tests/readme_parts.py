"""What cog writes into the README: real output of real commands on the example repository."""

import importlib
import inspect
import os
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import typer

from padctl.cli.app import PANELS
from padctl.model.meeting import Meeting
from padctl.model.settings import Settings
from padctl.render.explanation import rule_table
from padctl.rules.registry import all_rules

TODAY = "2026-11-24"
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "PADCTL_TODAY": TODAY,
    "PATH": os.environ["PATH"],
}
for _role in ("AUTHOR", "COMMITTER"):
    IDENTITY |= {f"GIT_{_role}_NAME": "Noor Halversen", f"GIT_{_role}_EMAIL": "noor@tessaly.example"}
    IDENTITY |= {f"GIT_{_role}_DATE": f"{TODAY}T10:00:00+00:00"}


@cache
def example() -> Path:
    """Make the example repository once."""
    folder = Path(tempfile.mkdtemp()) / "tessaly"
    _padctl(f"init --example {folder}", Path.cwd())
    return folder


def show(*commands: str, lines: int | None = None) -> str:
    """Return commands with their output, as a console block; `lines` cuts each output."""
    shown: list[str] = []
    for command in commands:
        output = _run(command).rstrip("\n").split("\n")
        cut = [*output[:lines], "..."] if lines and len(output) > lines else output
        shown += [f"$ {command}", *cut, ""]
    return "\n".join(["```console", *shown[:-1], "```", ""])


def write(path: str, old: str, new: str) -> None:
    """Edit a file of the example, as an author would."""
    full = example() / path
    text = full.read_text(encoding="utf-8")
    assert old in text, old
    full.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def rules() -> str:
    """Return the table of rules."""
    return rule_table(all_rules())


def commands() -> str:
    """Return the commands by group, with the first sentence of each one's help."""
    rows = ["| Group | Command | What it does |", "|---|---|---|"]
    for panel, names in PANELS.items():
        for name in names:
            rows.append(f"| {panel} | `padctl {name}` | {_summary(name)} |")
    return "\n".join(rows) + "\n"


def settings() -> str:
    """Return the settings by table, with their defaults."""
    rows = ["| Table | Keys and defaults |", "|---|---|"]
    for name, field in Settings.model_fields.items():
        model = Meeting if name == "meetings" else field.annotation
        keys = getattr(model, "model_fields", {})
        shown = [f"`{key}`" + _default(value.get_default(call_default_factory=True)) for key, value in keys.items()]
        table = "meetings.NAME" if name == "meetings" else name
        if shown and name != "meetings":
            rows.append(f"| `[{table}]` | {', '.join(shown)} |")
    return "\n".join(rows) + "\n"


def _default(value: object) -> str:
    if value is None or value == () or str(value) == "PydanticUndefined":
        return ""
    text = (
        str(list(value)) if isinstance(value, tuple) else str(value).lower() if isinstance(value, bool) else str(value)
    )
    return f" = `{text}`"


def _summary(name: str) -> str:
    module = importlib.import_module(f"padctl.cli.{name}_command")
    command = typer.main.get_command(module.app)
    return inspect.cleandoc(command.help or "").split("\n\n")[0].replace("\n", " ")


def _run(command: str) -> str:
    words = shlex.split(command)
    if words[0] == "padctl":
        return _padctl(command.removeprefix("padctl").strip(), example())
    done = subprocess.run(words, cwd=example(), env=IDENTITY, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _padctl(words: str, folder: Path) -> str:
    call = [sys.executable, "-m", "padctl", *shlex.split(words)]
    done = subprocess.run(call, cwd=folder, env=IDENTITY, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
