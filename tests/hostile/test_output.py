"""Hostile text on its way out: the bytes that a terminal, a pipe, a CI log and a spreadsheet get."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from padctl.cli.app import run

TODAY = ("--today", "2026-11-24", "--no-input")
MARKUP = "[draft] [/x] [bold]b[/bold] [link=https://evil.example]l[/link] :smile:"
FORGED = "::error file=x::forged ##[error]forged ##vso[task.complete]"
BIDI = "a\u202eb\u2066c\u200bd"
STEERING = "\x1b]8;;https://evil.example\x07x\x1b[2J\x9b31m\x7f\u202e\u2028"
FORMULA = '=HYPERLINK("https://evil.example")'
TITLE = f"{MARKUP} {FORGED} {BIDI}"
NAME = "pads/PAD-0001-[x]::error::y ##[z] \x1b[31m\u202e,%.md"
PAD = f"""---
id: PAD-0001
title: {json.dumps(TITLE, ensure_ascii=False)}
owner: {json.dumps(FORMULA)}
template: light
stage: problem-framing
status: in-review
created: 2026-11-01
sponsors: [sam]
links: {{"{MARKUP}": "{FORGED}"}}
slot: {{date: 2026-11-26, presenter: {json.dumps(MARKUP)}, ask: {json.dumps(f"{FORGED} {BIDI}", ensure_ascii=False)}}}
history:
  - {{n: 1, date: 2026-11-02, move: hold, reason: {json.dumps(TITLE, ensure_ascii=False)},
  to: problem-framing/on-hold}}
  - {{n: 2, date: 2026-11-03, move: resume, to: problem-framing/draft}}
  - {{n: 3, date: 2026-11-04, move: submit, meeting: 2026-11-26, to: problem-framing/in-review}}
actions:
  - {{id: A1, kind: other, what: {json.dumps(f"{FORMULA} {FORGED}")}, who: dana, due: 2026-11-20}}
---
# {MARKUP}
## Opportunity/Problem Framing
### Problem Statement
::error file=x::forged
##[error]forged {STEERING}
### Why
{MARKUP} {FORGED}
"""
BROKEN = f'---\nid: PAD-0002\ntitle: "x\\e[2J"\n"##[error]key {MARKUP}": 1\nstage: "::error::x"\n---\n# {STEERING}\n'
TEXTS = {
    "status": ["status"], "list": ["list"], "show": ["show", "1"], "show-broken": ["show", "2"], "log": ["log"],
    "log-md": ["log", "--format", "md"],
    "agenda": ["agenda", "2026-11-26"], "agenda-md": ["agenda", "2026-11-26", "--format", "md"], "lint": ["lint"],
    "statistics": ["lint", "--statistics"], "actions": ["action", "list"], "diff": ["hold", "1", "--reason",
    f"{MARKUP} {FORGED}", "--dry-run"],
    "slides": ["slides", "1", "--format", "md"], "slides-html": ["slides", "1", "--format", "html"],
    "recap-csv": ["recap", "--format", "csv"],
    "agenda-html": ["agenda", "2026-11-26", "--format", "html"], "ics": ["agenda", "2026-11-26", "--format", "ics"],
    "csv": ["log", "--format", "csv"], "remind": ["remind"], "remind-md": ["remind", "--format", "md"],
}  # fmt: skip
REFUSED = {
    "unknown-id": ["show", TITLE], "unknown-command": [f"\x1b[2J{TITLE}"], "unknown-option": [f"--{TITLE}"],
    "date": ["agenda", f"\x1b{FORGED}"],
    "bad-title": ["new", f"a\x1b[2J\n{FORGED}", "--owner", "x"], "unreadable": ["submit", "2", "--meeting",
    "2026-11-26"],
    "rule": ["explain", f"\x1b[2J{FORGED}"], "root": ["--root", f"\x1b[2J{FORGED}", "status"],
    "template": ["template", "show", STEERING],
}  # fmt: skip
JSON = {
    "lint": ["lint", "--format", "json"], "sarif": ["lint", "--format", "sarif"], "gitlab": ["lint", "--format",
    "gitlab"], "status": ["status", "--format", "json"],
    "list": ["list", "--format", "json"], "show": ["show", "1", "--format", "json"], "log": ["log", "--format",
    "json"],
    "agenda": ["agenda", "2026-11-26", "--format", "json"], "actions": ["action", "list", "--format", "json"],
}  # fmt: skip
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
COMMAND = re.compile(r"^\s*::[\w-]+.*::|##\[|##vso\[", re.MULTILINE)
Call = Callable[..., bytes]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with hostile text in names, titles, people, moves and bodies."""
    folder = tmp_path_factory.mktemp("hostile")
    someone = json.dumps(f"{MARKUP} {BIDI}", ensure_ascii=False)
    files = {
        "padctl.toml": f"[meeting]\nname = {json.dumps(MARKUP)}\n[people]\ndana = {{name = {someone}}}\n",
        NAME: PAD, "pads/PAD-0002-b.md": BROKEN, "teams/x.md": f"---\nname: x\nboard: {json.dumps(FORGED)}\n---\n",
    }  # fmt: skip
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(text.encode())
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["-c", "user.name=Noor", "-c", "user.email=n@example.com", "commit", "--quiet", "-m", "x"],
    ):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    return folder


@pytest.fixture
def piped(root: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return a call of padctl that gives all the bytes of both streams, as a pipe gets them."""
    for name in ("GITHUB_ACTIONS", "TF_BUILD", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str, streams: str = "both", **env: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-m", "padctl", *TODAY, *words], cwd=root, env=os.environ | env, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if streams == "both" else subprocess.PIPE,
        )  # fmt: skip
        assert b"Traceback" not in done.stdout
        assert b"padctl failed" not in done.stdout
        return done.stdout

    return call


def shown_on_a_terminal(root: Path, *words: str) -> str:
    """Return what padctl writes to a terminal with colours."""
    master, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "padctl", *TODAY, *words], cwd=root, stdin=other, stdout=other, stderr=other,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}, start_new_session=True,
    )  # fmt: skip
    os.close(other)
    raw = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux tells that the other end is closed
            part = b""
        if not part:
            break
        raw += part
    process.wait()
    os.close(master)
    return raw.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("name", [*TEXTS, *REFUSED])
def test_a_terminal_gets_no_control_but_padctls_own_colours(name: str, root: Path) -> None:
    said = shown_on_a_terminal(root, *{**TEXTS, **REFUSED}[name])
    assert "Traceback" not in said
    assert said.strip()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert not UNSEEN.search(plain), repr(UNSEEN.search(plain))


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in {"diff", "ics", "agenda-html", "slides-html"}])
def test_a_pipe_gets_no_control_at_all(name: str, piped: Call) -> None:
    said = piped(*TEXTS[name]).decode()
    assert not UNSEEN.search(said), repr(UNSEEN.search(said))


@pytest.mark.parametrize("name", list(REFUSED))
def test_an_error_quotes_without_control(name: str, piped: Call) -> None:
    said = piped(*REFUSED[name]).decode()
    assert "error: " in said
    assert not UNSEEN.search(said), repr(UNSEEN.search(said))


@pytest.mark.parametrize("name", [*TEXTS, *REFUSED])
def test_a_ci_log_gets_no_command(name: str, piped: Call) -> None:
    said = piped(*{**TEXTS, **REFUSED}[name], **{"GITHUB_ACTIONS" if len(name) % 2 else "TF_BUILD": "true"}).decode()
    assert not COMMAND.search(said), repr(COMMAND.search(said))
    assert "forged" in said or "::" not in said


@pytest.mark.parametrize("name", list(JSON))
def test_json_is_json_with_every_word_in_it_and_no_command(name: str, piped: Call) -> None:
    raw = piped(*JSON[name], streams="out").decode()
    assert not UNSEEN.search(raw), repr(UNSEEN.search(raw))
    assert not COMMAND.search(raw), repr(COMMAND.search(raw))
    json.loads(raw, parse_constant=pytest.fail)
    if name in {"list", "agenda"}:
        assert TITLE in _texts(json.loads(raw))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def test_github_gets_only_padctls_own_commands(piped: Call) -> None:
    said = piped("lint", "--format", "github", streams="out").decode()
    lines = said.splitlines()
    assert len(lines) > 5
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice) file=([^,:]*),line=\d+,col=\d+,title=([^,:]*)::(.*)", line)
        assert match, line
        assert not re.search(r"%(?!25|0D|0A|2C|3A)", line)
    assert not UNSEEN.search(said)


@pytest.mark.parametrize("name", ["list", "log", "agenda", "show"])
def test_markup_is_shown_as_it_is_written(name: str, piped: Call) -> None:
    said = " ".join(piped(*TEXTS[name]).decode().split())
    for part in MARKUP.split():
        assert part in said, part
    assert "forged" in said


def test_markdown_shows_markup_as_text(piped: Call) -> None:
    said = piped(*TEXTS["agenda-md"]).decode()
    assert r"\[draft\] \[/x\]" in said
    assert "](https://evil.example" not in said


def test_no_cell_of_a_spreadsheet_is_a_formula(piped: Call) -> None:
    rows = list(csv.reader(io.StringIO(piped(*TEXTS["csv"]).decode())))
    assert len(rows) == 4
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_dry_run_s_diff_is_exact_in_a_pipe_and_applies(piped: Call, root: Path) -> None:
    diff = piped(*TEXTS["diff"], streams="out")
    assert STEERING.encode() not in diff or b"\x1b" in diff
    subprocess.run(["git", "apply", "--check"], cwd=root, input=diff, check=True)


@pytest.mark.parametrize("name", list(TEXTS))
def test_a_reader_that_goes_away_early_is_no_error(name: str, root: Path) -> None:
    call = subprocess.Popen(
        [sys.executable, "-m", "padctl", *TODAY, *TEXTS[name]], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert call.stdout
    assert call.stderr
    call.stdout.close()
    errors = call.stderr.read().decode()
    call.stderr.close()
    assert call.wait() in {0, 1}
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
    assert "Exception ignored" not in errors


@pytest.mark.parametrize("name", ["status", "lint", "agenda-md", "diff"])
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams(name: str, closing: str, root: Path) -> None:
    words = " ".join(f"'{word}'" for word in [sys.executable, "-m", "padctl", *TODAY, *TEXTS[name]])
    done = subprocess.run(["sh", "-c", f"{words} {closing}"], cwd=root, capture_output=True, check=False)
    assert done.returncode in {0, 1}
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("name", [*TEXTS, *REFUSED])
def test_a_stream_that_knows_few_characters(name: str, piped: Call) -> None:
    encoding = "ascii" if len(name) % 2 else "cp1252"
    assert piped(*{**TEXTS, **REFUSED}[name], PYTHONIOENCODING=encoding).decode(encoding)


def test_output_to_a_file_is_exact(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.json"
    assert run([*TODAY, "--root", str(root), "list", "--format", "json", "--output", str(file)]) == 0
    assert TITLE in _texts(json.loads(file.read_text(encoding="utf-8")))
    assert "wrote" in capsys.readouterr().err
