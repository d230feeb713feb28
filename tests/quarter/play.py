"""The diary played: a company's half year made with the real padctl in a real git repository, day by day.

On the day of a meeting its agenda is read in the morning and its minutes in the evening; both are kept as JSON.
"""

import io
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from unittest.mock import patch

from padctl.cli.app import run

from .diary import HERE, Day, Line, diary
from .writing import facts, written

EXAMPLE = HERE.parents[1] / "examples" / "quarter"
BEGINS = date(2026, 10, 1)
_GIVEN = ("padctl.toml", "objectives", "teams")  # what the company has on its first day; the rest is made
_LATE_CLOSURE = "2026-12-08, "  # nobody thought of it before December
_MINUTES_A_LINE = 4
_UNWANTED = re.compile(r"GITHUB_|GITLAB_|CI(_|$)|TF_BUILD$|GIT_|PADCTL_|COLUMNS$|FORCE_COLOR$")


@contextmanager
def quiet(memory: Path) -> Iterator[None]:
    """Keep away what the surroundings know of git, padctl, terminals and CI systems."""
    with patch.dict(os.environ):
        for name in filter(_UNWANTED.match, [*os.environ]):
            del os.environ[name]
        os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TEMPLATE_DIR": ""}
        os.environ["PADCTL_CACHE_DIR"] = str(memory / "memory")
        yield


class Company:
    """The repository while it is made; `seen` is where agendas and minutes are kept."""

    def __init__(self, root: Path, seen: Path) -> None:
        self.root, self.seen = root, seen
        self.people = tomllib.loads((EXAMPLE / "padctl.toml").read_text(encoding="utf-8"))["people"]

    def start(self) -> None:
        """Make the repository with what was there before the first PAD."""
        for name in _GIVEN:
            copy = shutil.copytree if (EXAMPLE / name).is_dir() else shutil.copy
            copy(EXAMPLE / name, self.root / name)
        settings = self.root / "padctl.toml"
        settings.write_bytes(settings.read_bytes().replace(_LATE_CLOSURE.encode(), b"", 1))
        with self.acting("runa", date(2026, 6, 30), 0):
            self.git("init", "--quiet", "--initial-branch=main")
            self.git("add", "--all")
            self.git("commit", "--quiet", "-m", "Begin with PADs: settings, teams, objectives")

    def live(self, day: Day) -> None:
        """Let a day pass."""
        meeting = [] if day.meeting == "common" else ["--meeting", day.meeting]
        watched = day.meeting and day.date >= BEGINS
        if watched:
            self.keep(day, "agenda", *meeting)
        for number, line in enumerate(day.lines):
            with self.acting(line.who, day.date, number):
                self.do(line, day.date)
        if watched:
            self.keep(day, "minutes", *meeting)

    def keep(self, day: Day, report: str, *meeting: str) -> None:
        said = padctl(report, str(day.date), *meeting, "--format", "json", root=self.root, today=day.date)
        (self.seen / f"{report}-{day.meeting}-{day.date}.json").write_text(said, encoding="utf-8")

    def do(self, line: Line, today: date) -> None:
        own = {
            "new": self.new,
            "write": self.write,
            "edit": self.edit,
            "commit": self.commit,
            "settings": self.settings,
        }
        if line.verb in own:
            own[line.verb](line, today)
        else:
            padctl(*line.words, root=self.root, today=today)

    def new(self, line: Line, today: date) -> None:
        fact = facts()[line.pad]
        words = [f"--{name}={fact[name]}" for name in ("owner", "team", "template")]
        said = padctl("new", fact["title"], *words, root=self.root, today=today)
        assert line.pad in said, f"{line.pad} is not the next one: {said}"

    def write(self, line: Line, _: date) -> None:
        page = self.page(line)
        page.write_bytes(written(page.read_bytes().decode(), facts()[line.pad]).encode())

    def edit(self, line: Line, _: date) -> None:
        self.replace(self.page(line), *line.words[2:])

    def settings(self, line: Line, _: date) -> None:
        old, new, message = line.words[1:]
        self.replace(self.root / "padctl.toml", old, new)
        self.git("commit", "--quiet", "-m", message, "--", "padctl.toml")

    def commit(self, line: Line, _: date) -> None:
        self.git("add", "--", str(self.page(line)))
        self.git("commit", "--quiet", "-m", line.words[2])

    def page(self, line: Line) -> Path:
        return next((self.root / "pads").glob(f"{line.pad}-*.md"))

    def replace(self, page: Path, old: str, new: str) -> None:
        text = page.read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {page.name}"
        page.write_bytes(text.replace(old, new).encode())

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", *words], cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
        return done.stdout

    @contextmanager
    def acting(self, who: str, day: date, number: int) -> Iterator[None]:
        """Let somebody be git's user at an hour of a day, in a company without any other configuration of git."""
        hour, minute = divmod(9 * 60 + number * _MINUTES_A_LINE, 60)
        stamp = f"{day}T{hour:02}:{minute:02}:00+00:00"
        person = self.people[who]
        identity = {"user.name": person["name"], "user.email": person["email"], "commit.gpgsign": "false"}
        pairs = {f"GIT_CONFIG_{part}_{n}": text for n, pair in enumerate(identity.items())
                 for part, text in zip(("KEY", "VALUE"), pair, strict=True)}  # fmt: skip
        dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_CONFIG_COUNT": str(len(identity))}
        with patch.dict(os.environ, {**pairs, **dates}):
            yield


def padctl(*words: str, root: Path, today: date) -> str:
    """Call padctl in this process on a day, expect that it works, and return what it wrote."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with chdir(root), redirect_stdout(out), redirect_stderr(err):
        code = run(["--today", str(today), "--no-input", *words])
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    assert code == 0, f"{today} padctl {' '.join(words)}: {code}\n{texts[0]}{texts[1]}"
    return texts[0]


def play(root: Path, seen: Path) -> None:
    """Make the company's repository in an empty folder, and keep what its meetings had before them in another."""
    with quiet(seen):
        company = Company(root, seen)
        company.start()
        for day in diary():
            company.live(day)
