"""A company whose PADs are reviewed on a git host: branches, merges, clones, and padctl called as CI calls it."""

import io
import os
import re
import subprocess
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from padctl.cli.app import run

TODAY = "2026-11-24"
PROJECT = Path(__file__).parents[2]
PAD = "pads/PAD-0001-gallery.md"
SETTINGS = '[meeting]\nname = "Product alignment meeting"\n'
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Pia Madsen",
    "GIT_AUTHOR_EMAIL": "pia@example.com",
    "GIT_COMMITTER_NAME": "Pia Madsen",
    "GIT_COMMITTER_EMAIL": "pia@example.com",
    "GIT_TERMINAL_PROMPT": "0",
}
UNWANTED = re.compile(
    r"GITHUB_|GITLAB_|CI(_|$)|TF_BUILD$|GIT_(DIR|WORK_TREE|INDEX_FILE)$|PADCTL_|COLUMNS$|FORCE_COLOR$"
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one call of padctl gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[tuple[str, int]]:
        """The code and line of each finding of the text format, in order."""
        found = re.findall(r"^\w+\[(PC\d+)\] .*?^ *--> [^\n]*?:(\d+):\d+$", self.out, flags=re.MULTILINE | re.DOTALL)
        return [(code, int(line)) for code, line in found]


@dataclass(frozen=True)
class Clone:
    """A work tree, and what is done in it."""

    root: Path

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.root, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def sh(self, command: str) -> None:
        """Run a command that padctl advised, as it stands."""
        done = subprocess.run(command, shell=True, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")

    def read(self, path: str = PAD) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, old: str, new: str, path: str = PAD) -> None:
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}:\n{text}"
        self.write(path, text.replace(old, new, 1))

    def line_of(self, text: str, path: str = PAD) -> int:
        """Return the line that holds a text."""
        return next(n for n, line in enumerate(self.read(path).split("\n"), start=1) if text in line)

    def commit(self, message: str = "Change") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def padctl(self, *words: str) -> Said:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        with chdir(self.root), redirect_stdout(out), redirect_stderr(err):
            code = run(["--today", TODAY, *words])
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
        assert "Traceback" not in texts[1]
        assert "padctl failed" not in texts[1], texts[1]
        return Said(code=code, out=texts[0], err=texts[1])

    def ok(self, *words: str) -> Said:
        said = self.padctl(*words)
        assert said.code == 0, f"padctl {' '.join(words)}: {said.code}\n{said.out}{said.err}"
        return said

    def cloned(self, name: str, *words: str) -> "Clone":
        """Return a clone beside this one, made over git's own transport as from a host."""
        target = self.root.parent / name
        self.git("clone", "--quiet", *words, f"file://{self.root}", str(target))
        return Clone(target)


def pad_text(
    number: int = 1, title: str = "Gallery", *, history: str = "", state: str = "draft", more: str = ""
) -> str:
    """Return a PAD with every section of problem framing written; `history` and `more` are lines of the header."""
    return f"""---
id: PAD-{number:04}
title: {title}
owner: dana
template: standard
stage: problem-framing
status: {state}
created: 2026-11-02
classification: differentiator
proposes_objective: Plan in one sitting
sponsors: [sam]
{more}{history}---
# {title}

## Opportunity/Problem Framing

### Problem Statement

Of 100 teams, 43 leave their first board empty.

### Audience

Coordinators who set up their second board, about 3,400 a month.

### Why

Second boards that start from a copy are done in 18 minutes ([study](https://example.com/study)).

### Success Metrics

| Metric | Baseline | Target | By |
|---|---|---|---|
| Boards left empty | 43% | 20% | 2027-03-31 |

### Competitive Research

Two of three rivals have it ([notes](https://example.com/notes)).

### Potential Solution Directions

| Direction | Impact | Complexity |
|---|---|---|
| A gallery | L | M |
"""


SOLUTION = """
### Proposed Solution

A gallery with twenty boards, chosen by kind of group ([count](https://example.com/count)).

### Rejected Solutions and Why

A wizard: 7 of 9 people left it at the second question.

### Out of Scope

Ratings.

### Dependencies, Risks and Mitigations

| Risk | Kind | Mitigation |
|---|---|---|
| A copy holds names | privacy | Copies are empty |

### GTM Strategy

| Milestone | Date | Audience |
|---|---|---|
| Beta | 2027-01-20 | Twenty teams |
"""
