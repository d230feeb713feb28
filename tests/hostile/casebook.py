"""The hostile cases: how one is read, where it is placed in a repository, and what padctl gives for it.

A case is `cases/<kind>/<name>.<ending>` with `<name>.expected` beside it. The ending `recipe` is for what no editor or
no git keeps, or what is large; it is TOML with one of

    parts = ["text", {text = "![", times = 100_000}]    pieces; with numbered = true, %d in a text counts up from 1
    encoding = "utf-16"                                 instead of UTF-8; `hex = "ff fe"` stands for bytes as they are
    link = "/etc/hosts"                                 a symbolic link
    special = "fifo"                                    or folder, or hole: a file of 70 MB without content

In a part, HEAD stands for a PAD's front matter without its fences, and BODY for a body without faults.
"""

import json
import os
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
PAD = "pads/PAD-0001-case.md"
HEAD = """id: PAD-0001
title: Gallery
owner: dana
template: tiny
stage: problem-framing
status: draft
created: 2026-01-01
classification: differentiator
proposes_objective: Plan in one sitting
"""
BODY = "# Gallery\n## Problem\n### Words\nEnough.\n"
_TINY = """---
template: tiny
stages: [{stage: problem-framing, heading: Problem}]
---
# {{ title }}
## Problem
### Words
"""
OPTIONS = ("--today", "2026-11-24", "--no-input")
_AGENDA = ("agenda", "2026-11-26", "--format", "md")
_LINT = ("lint", "--format", "json")
_SHOWN = 8
_LONGEST = 160


@dataclass(frozen=True)
class Kind:
    """Where the cases of one folder lie in the repository, and the call of padctl that must withstand them."""

    path: str
    command: tuple[str, ...] = _LINT


KINDS = {
    "documents": Kind(PAD),
    "settings": Kind("padctl.toml"),
    "templates": Kind("templates/pad/tiny.md"),
    "pages": Kind("templates/pad/tiny.md", ("new", "Gallery", "--template", "tiny", "--owner", "dana")),
    "reports": Kind("templates/report/agenda.md.j2", _AGENDA),
    "teams": Kind("teams/growth.md"),
    "objectives": Kind("objectives/2026.md"),
}


@dataclass(frozen=True)
class Case:
    """One hostile file and what it must give."""

    file: Path

    @property
    def name(self) -> str:
        """The folder and the name, which say what is hostile."""
        return f"{self.file.parent.name}/{self.file.stem}"

    @property
    def kind(self) -> Kind:
        """Where it lies and which command reads it."""
        return KINDS[self.file.parent.name]

    @property
    def expected_file(self) -> Path:
        """Where what it must give is kept."""
        return self.file.with_suffix(".expected")

    @cached_property
    def recipe(self) -> dict[str, Any]:
        """What the recipe says; empty for a case that is a plain file."""
        return tomllib.loads(self.file.read_text(encoding="utf-8")) if self.file.suffix == ".recipe" else {}

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file; empty for one that is no regular file."""
        if self.file.suffix != ".recipe":
            return self.file.read_bytes()
        return b"".join(_bytes(part, self.recipe.get("encoding", "utf-8")) for part in self.recipe.get("parts", ()))

    def place(self, root: Path) -> Path:
        """Make a repository without faults around the hostile file and return its root."""
        good = {"padctl.toml": "", "templates/pad/tiny.md": _TINY, PAD: f"---\n{HEAD}---\n{BODY}"}
        if self.kind.command[0] == "new":  # only it needs git
            subprocess.run(["git", "init", "--quiet", str(root)], check=True)
        for path, text in good.items():
            if path != self.kind.path:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(text.encode())
        target = root / self.kind.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if "link" in self.recipe:
            target.symlink_to(self.recipe["link"])
        elif "special" in self.recipe:
            _SPECIAL[self.recipe["special"]](target)
        else:
            target.write_bytes(self.content)
        return root

    def words(self, root: Path) -> list[str]:
        """Return the words of the call that must withstand the case."""
        return [*OPTIONS, "--root", str(root), *self.kind.command]


def all_cases() -> list[Case]:
    """Return every case, sorted by kind and name."""
    return [Case(file) for file in sorted(CASES.glob("*/*")) if file.suffix != ".expected"]


def told(code: int, out: str, err: str) -> str:
    """Return what a call gave as an expectation is written: exit code, findings, and what stands on standard error."""
    lines = [f"exit {code}"]
    if out.startswith("{"):
        found = json.loads(out)["data"]["diagnostics"]
        lines += [_finding(one) for one in found[:_SHOWN]]
        lines += [f"... and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    else:
        lines += [_clipped(f"> {line}") for line in out.split("\n")[:_SHOWN] if line]
    lines += [_clipped(f"! {line}") for line in err.split("\n")[:_SHOWN] if line]
    return "\n".join(lines) + "\n"


def _finding(found: dict[str, Any]) -> str:
    where = "" if found["path"] == PAD else f"{found['path']}:"
    fix = f" = {found['fix']}" if found["fix"] else ""
    return _clipped(f"{found['code']} {where}{found['line']}:{found['column']} {found['message']}{fix}")


def _clipped(text: str) -> str:
    safe = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]}…"


def _bytes(part: str | dict[str, Any], encoding: str) -> bytes:
    if isinstance(part, str):
        return part.replace("HEAD", HEAD).replace("BODY", BODY).encode(encoding)
    if "hex" in part:
        return bytes.fromhex(part["hex"]) * part.get("times", 1)
    if part.get("numbered"):
        return "".join(part["text"].replace("%d", str(n)) for n in range(1, part["times"] + 1)).encode(encoding)
    return (part["text"] * part["times"]).encode(encoding)


def _hole(target: Path) -> None:
    with target.open("wb") as file:
        file.truncate(70_000_000)


_SPECIAL: dict[str, Callable[[Path], None]] = {
    "fifo": os.mkfifo,
    "folder": lambda target: target.mkdir(),
    "hole": _hole,
}
