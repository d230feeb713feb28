"""One run of a command: today, the repository, the terminal, and how results and notes are shown."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from padctl.cli.options import State, state_of
from padctl.errors import RepositoryError, UsageError
from padctl.model.terms import YEARS

if TYPE_CHECKING:
    from padctl.model.pad import Pad
    from padctl.render.console import Line
    from padctl.store.workspace import Workspace

_WIDEST = 100
_PIPED = 80
_LOGS_WITH_COMMANDS = ("GITHUB_ACTIONS", "TF_BUILD")  # text that a document holds must not steer the job
_LEAD = re.compile(r" *(?:error: |fix: |note: |- )?")
_COLORS = ("auto", "always", "never")


@dataclass(frozen=True)
class Session:
    """What a command needs of the world around it; with `links`, what it shows leads to where the files are read."""

    state: State
    links: bool = False

    @classmethod
    def of(cls, ctx: typer.Context, *, links: bool = False) -> "Session":
        """Return the session of a command's context."""
        return cls(state_of(ctx), links)

    @cached_property
    def today(self) -> date:
        """The date to take as today."""
        given = {"--today": self.state.today, "PADCTL_TODAY": os.environ.get("PADCTL_TODAY")}
        name, word = next(((name, word) for name, word in given.items() if word), ("", ""))
        return parse_day(word or "", name) if name else date.today()

    @property
    def cwd(self) -> Path:
        """The folder in which the command was called."""
        return Path.cwd()

    @cached_property
    def root(self) -> Path:
        """The root of the repository around the working directory, or `--root`."""
        from padctl.store.roots import open_root

        return open_root(self.cwd, Path(self.state.root) if self.state.root else None)

    @cached_property
    def workspace(self) -> "Workspace":
        """The repository around the working directory, or that of `--root`."""
        from padctl.store.workspace import open_workspace

        workspace = open_workspace(self.root, today=self.today)
        return workspace.with_links() if self.links else workspace

    def pad(self, word: str) -> "Pad":
        """Return the PAD that a word on the command line names."""
        return self.workspace.find(word, cwd=self.cwd)

    @property
    def interactive(self) -> bool:
        """Whether questions may be asked."""
        return not self.state.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(
        self,
        given: str | None,
        *,
        question: str,
        flag: str,
        default: str | None = None,
        first: Callable[[], None] = lambda: None,
    ) -> str:
        """Return what was given, or else what the person answers, who is asked after what comes `first`.

        Raises:
            UsageError: nothing was given and nobody can be asked; names the flag.
        """
        if given:
            return given
        if not self.interactive:
            raise UsageError(f"{flag} is missing", fix=f"add {flag}")
        first()
        return str(typer.prompt(question, default=default, err=True))

    @property
    def color(self) -> bool:
        """Whether results are coloured."""
        wanted = self.state.color or "auto"
        if wanted not in _COLORS:
            raise UsageError(f'--color is auto, always or never, not "{wanted}"')
        if wanted == "auto":
            return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return wanted == "always"

    @property
    def width(self) -> int:
        """The width for text in cells: the terminal's, within reason, else 80."""
        return min(shutil.get_terminal_size((_PIPED, 24)).columns, _WIDEST) if sys.stdout.isatty() else _PIPED

    def show(self, lines: "Iterable[Line]", output: Path | None = None) -> None:
        """Write lines to standard output, or plain to a file."""
        from padctl.render.console import to_text

        text = to_text(lines, color=self.color and output is None)
        self.write(harmless(text) if output is None else text, output)

    def tell(self, text: str, output: Path | None = None, *, html: bool = False) -> None:
        """Write a text that holds document text: as it is to a file or a pipe, harmless to a terminal or a CI log."""
        if output is None and sys.stdout.isatty():
            from padctl.render.console import visible

            text = "\n".join(visible(line.removesuffix("\r")) for line in text.split("\n"))
        self.write(harmless(text, html=html) if output is None else text, output)

    def write(self, text: str, output: Path | None = None) -> None:
        """Write a finished text to standard output or to a file.

        Raises:
            UsageError: padctl reads that file.
            RepositoryError: the file cannot be written; an old one is untouched.
        """
        if output is None:
            sys.stdout.write(text)
            return
        from padctl.store.outputs import check_output
        from padctl.store.replacing import save_file

        with suppress(RepositoryError):  # there is no repository, and nothing of it to write over
            check_output(self.root, output)
        save_file(output, text.encode(errors="backslashreplace"))
        self.note(f"wrote {output}")

    def note(self, text: str) -> None:
        """Say something beside the result."""
        say(text)


def say(text: str) -> None:
    """Write one line to standard error, with nothing in it that would steer a terminal or a CI log."""
    from padctl.render.console import visible

    with suppress(OSError):  # nobody can be told
        sys.stderr.write("".join(f"{harmless(line)}\n" for line in _within_terminal(visible(text))))


def _within_terminal(text: str) -> Iterator[str]:
    """Yield a line as lines that a terminal does not break within words; one that is a command stays whole."""
    from padctl.render.console import COMMANDS, folded

    lead = (_LEAD.match(text) or [""])[0]
    width = min(shutil.get_terminal_size((_PIPED, 24)).columns, _WIDEST)
    if not sys.stderr.isatty() or len(text) <= width or text[len(lead) :].startswith(COMMANDS):
        yield text
        return
    for pieces in folded(text[len(lead) :], width=width, first=lead, rest=" " * len(lead)):
        yield "".join(piece.text for piece in pieces)


def harmless(text: str, *, html: bool = False) -> str:
    """Return text for a log, with CI commands broken up where a CI system reads them."""
    if not any(name in os.environ for name in _LOGS_WITH_COMMANDS):
        return text
    from padctl.render.ci import html_without_commands, without_commands

    return html_without_commands(text) if html else without_commands(text)


def parse_day(word: str, flag: str) -> date:
    """Return a date of the command line.

    Raises:
        UsageError: it is no YYYY-MM-DD of the calendar; names the flag.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
            raise ValueError
        day = date.fromisoformat(word)
        if day.year not in YEARS:
            raise ValueError
        return day
    except ValueError:
        raise UsageError(f'{flag}: "{word}" is no date', fix="write it as 2026-11-26") from None


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Return names given one an option or several with commas."""
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())
