"""A user at a repository: calls padctl as a person would, fills sections, and looks at what git has."""

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from padctl.cli.app import run
from padctl.model.document import read_document
from padctl.model.pad import Pad, read_pad
from padctl.model.template import read_template
from padctl.store.shipped import shipped

TODAY = "2026-11-24"
MEETING = "2026-11-26"
PROJECT = Path(__file__).parents[2]
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Pia Madsen",
    "GIT_AUTHOR_EMAIL": "pia@example.com",
    "GIT_AUTHOR_DATE": "2026-11-24T09:00:00+00:00",
    "GIT_COMMITTER_NAME": "Pia Madsen",
    "GIT_COMMITTER_EMAIL": "pia@example.com",
    "GIT_COMMITTER_DATE": "2026-11-24T09:00:00+00:00",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
}
UNWANTED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "PADCTL_TODAY", "NO_COLOR", "EDITOR", "VISUAL", "COLUMNS")

_CELLS = {
    "metric": "Boards left empty", "baseline": "43%", "target": "20%", "by": "2027-03-31", "direction": "A gallery",
    "impact": "L", "complexity": "M", "risk": "A copy holds names", "kind": "privacy", "mitigation": "Copies are empty",
    "milestone": "Beta", "date": "2027-01-20", "audience": "Twenty teams", "actual": "19%", "verdict": "met",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one call of padctl gave."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def padctl(*words: str, cwd: Path) -> Said:
    """Call padctl in this process, with byte streams behind its text as a terminal's would be."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Said(code=code, out=texts[0], err=texts[1])


def padctl_process(*words: str, cwd: Path, env: dict[str, str] | None = None) -> Said:
    """Call padctl as a program of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "padctl", *words],
        cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return Said(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


@dataclass(frozen=True)
class Company:
    """A repository and a person working in it.

    `root` is where padctl.toml lies, `today` what is passed as --today, `made` what padctl said when it made it.
    """

    root: Path
    today: str = TODAY
    template: str = "standard"
    made: str = ""

    def padctl(self, *words: str, today: str | None = None) -> Said:
        return padctl("--today", today or self.today, *words, cwd=self.root)

    def ok(self, *words: str, today: str | None = None) -> Said:
        """Call padctl and expect that it worked."""
        said = self.padctl(*words, today=today)
        assert said.code == 0, f"padctl {' '.join(words)}: {said.code}\n{said.all}"
        assert "Traceback" not in said.all
        return said

    def git(self, *words: str, code: int | None = 0) -> str:
        done = subprocess.run(
            ["git", "--no-optional-locks", *words], cwd=self.root, capture_output=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert code is None or done.returncode == code, f"git {words}: {done.stderr.decode()}"
        return done.stdout.decode()

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def edit_settings(self, text: str) -> None:
        self.write("padctl.toml", text)
        self.commit_all("Change settings")

    def commit_all(self, message: str = "Everything") -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)

    def path(self, number: int = 1) -> Path:
        """Return the file of a PAD by its number."""
        return next((self.root / "pads").rglob(f"PAD-{number:04}-*.md"))

    def relative(self, number: int = 1) -> str:
        return self.path(number).relative_to(self.root).as_posix()

    def pad(self, number: int = 1) -> Pad:
        """Return a PAD read with its shipped template, checked to be readable."""
        page = shipped("templates") / "pad" / f"{self.template}.md"
        template, _ = read_template(read_document(page.read_bytes(), path="t.md"))
        pad = read_pad(read_document(self.path(number).read_bytes(), path=self.relative(number)), template)
        assert pad.header is not None, pad.violations
        return pad

    def state(self, number: int = 1) -> str:
        header = self.pad(number).header
        return header.state if header else ""

    def fill(self, number: int = 1) -> None:
        """Write real words and rows into every section of the latest stage, and the classification."""
        file = self.path(number)
        file.write_bytes(filled(file.read_bytes().decode()).encode())

    def edit(self, old: str, new: str, number: int = 1) -> None:
        file = self.path(number)
        text = file.read_bytes().decode()
        assert old in text, f"{old!r} is not in {file.name}"
        file.write_bytes(text.replace(old, new, 1).encode())

    # Shortcuts to the states from which moves start.

    def draft(self, title: str = "Team gallery", *words: str) -> None:
        """Write a new PAD with all sections of its first stage filled; nothing is committed."""
        said = self.ok("new", title, "--owner", "pm", "--template", self.template, "--no-input", *words)
        number = re.search(r"PAD-(\d+)", said.out)
        assert number
        self.fill(int(number[1]))

    def submitted(self) -> None:
        self.draft()
        self.ok("submit", "PAD-0001", "--meeting", MEETING)

    def in_status(self, status: str) -> None:
        """Bring PAD-0001 into a status of the lifecycle by real moves."""
        first = {"draft": [], "on-hold": [["hold"]], "withdrawn": [["withdraw"]]}
        if status == "draft":
            self.draft()
            self.commit_all()
            return
        self.submitted()
        for words in first.get(status, []):
            self.ok(*words, "PAD-0001", "--reason", "waits for the pricing study")
        if status == "follow-up":
            self.ok("decide", "1", "follow-up", "--by", "sponsor", "--action", "pm: ask the lawyers by 2026-12-01")
        if status in {"in-progress", "done"}:
            self.ok("decide", "1", "proceed", "--by", "sponsor")
            if self.template == "standard":
                self.fill()
                self.ok("submit", "1", "--meeting", MEETING)
                self.ok("decide", "1", "proceed", "--by", "sponsor")
        if status == "done":
            self.ok("launch", "1")
            self.fill()
            self.ok("submit", "1", "--meeting", MEETING)
            self.ok("decide", "1", "proceed", "--by", "sponsor")
        assert self.state().endswith(status)

    def snapshot(self) -> dict[str, str]:
        """Return everything that a refused move must leave as it was: files, index, HEAD, branches."""
        top = Path(self.git("rev-parse", "--show-toplevel").strip())
        seen = {f"file {path.relative_to(top)}": _trace(path) for path in _files(top)}
        for words in (
            ["ls-files", "-s", "--full-name", ":/"], ["ls-files", "-v", "--full-name", ":/"],
            ["symbolic-ref", "--quiet", "HEAD"], ["rev-parse", "--verify", "--quiet", "HEAD"], ["for-each-ref"],
            ["status", "--porcelain=v2", "--untracked-files=all"], ["stash", "list"],
        ):  # fmt: skip
            seen["git " + " ".join(words)] = self.git(*words, code=None)
        return seen

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Check that a block leaves work tree, index and HEAD as they were, and no temporary file or lock in git."""
        before = self.snapshot()
        yield
        after = self.snapshot()
        assert after == before, {key: (before.get(key), after.get(key)) for key in {*before, *after}
                                 if before.get(key) != after.get(key)}  # fmt: skip
        git_dir = Path(self.git("rev-parse", "--absolute-git-dir").strip())
        assert not (git_dir / "index.lock").exists()
        assert not (git_dir / "padctl.holder").exists()

    def refused(self, *words: str, code: int = 1, today: str | None = None) -> str:
        """Call padctl, expect a clean refusal that changes nothing, and return what it said."""
        with self.unchanged():
            said = self.padctl(*words, today=today)
        assert said.code == code, f"padctl {' '.join(words)}: exit {said.code}, not {code}\n{said.all}"
        assert said.out == ""
        assert said.err.startswith("error: ")
        for never in ("Traceback", "padctl failed", "None", "['"):
            assert never not in said.err
        return said.err

    def reasons(self, *words: str, today: str | None = None) -> list[str]:
        """Return the reasons of a refused move, each checked to come with a fix."""
        said = self.refused(*words, today=today)
        parts = re.split(r"^  - ", said, flags=re.MULTILINE)[1:]
        assert parts, said
        assert all("\n    fix: " in part for part in parts), said
        return parts


def filled(text: str) -> str:
    """Return a PAD's text with every section of its last stage filled, line ends kept."""
    newline = "\r\n" if "\r\n" in text else "\n"
    text = re.sub(r"^classification:  #[^\r\n]*", "classification: differentiator", text, flags=re.MULTILINE)
    text = re.sub(r"^objectives: \[\]  #[^\r\n]*", "proposes_objective: Plan in one sitting", text, flags=re.MULTILINE)
    lines = text.split(newline)
    start = max((n for n, line in enumerate(lines) if line.startswith("## ")), default=0)
    done = lines[:start]
    section: list[str] = []
    for line in [*lines[start:], "### end"]:
        if line.startswith("### ") and section:
            done += _with_words(section)
            section = []
        if section or line.startswith("### "):
            section.append(line)
        else:
            done.append(line)
    return newline.join(done).rstrip() + newline


def _with_words(section: list[str]) -> list[str]:
    """Return a section with a paragraph, or with a row under its table and no empty cell in it."""
    columns: list[str] = []
    rows = [n for n, line in enumerate(section) if line.startswith("|")]
    body = [line for line in section if line.strip()]
    while section and not section[-1].strip():
        section = section[:-1]
    if not rows:
        prose = "Of 100 teams, 43 leave their first board empty ([count](https://example.com/count))."
        prose = {"### Proposed Solution": "A gallery. ", "### Rejected Solutions and Why": "An importer: no. "}.get(
            section[0], ""
        ) + prose
        return section if not body[-1].endswith("-->") and len(body) > 1 else [*section, "", prose, ""]
    columns = [cell.strip().casefold() for cell in section[rows[0]].strip("|").split("|")]
    if len(rows) == 2:
        row = "| " + " | ".join(_CELLS[column] for column in columns) + " |"
        return [*section, row, *([row.replace("A gallery", "An importer")] if "direction" in columns else []), ""]
    for n in rows[2:]:
        cells = [cell.strip() for cell in section[n].strip("|").split("|")]
        section[n] = "| " + " | ".join(c or _CELLS[name] for c, name in zip(cells, columns, strict=True)) + " |"
    return [*section, ""]


def _files(top: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != ".git"]
        yield from (Path(folder) / name for name in [*names, *folders])


def _trace(path: Path) -> str:
    kind = path.lstat().st_mode
    if path.is_symlink():
        return f"{kind:o} -> {path.readlink()}"
    return f"{kind:o} {hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else 'folder'}"
