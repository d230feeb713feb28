"""What all commands share: options before and after the name, colours, output files, pipes, errors."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl, padctl_process
from terminal import terminal

from padctl.cli.app import COMMANDS


def test_global_options_before_and_after_the_command(tessaly: Company, tmp_path: Path) -> None:
    expected = tessaly.ok("status").out
    root = str(tessaly.root)
    for words in (
        ["--root", root, "--today", TODAY, "status"], ["status", "--root", root, "--today", TODAY],
        ["--root", root, "status", "--today", TODAY], [f"--root={root}", "--no-input", "status", f"--today={TODAY}"],
        ["--color", "never", "--debug", "--root", root, "--today", TODAY, "status", "--no-input"],
    ):  # fmt: skip
        assert padctl(*words, cwd=tmp_path).out == expected, words
    for words in (["--today", TODAY, "action", "list"], ["action", "--today", TODAY, "list"],
                  ["action", "list", "--today", TODAY]):  # fmt: skip
        assert padctl(*words, cwd=tessaly.root).out == tessaly.ok("action", "list").out


def test_the_last_of_two_values_counts(tessaly: Company) -> None:
    said = padctl("--today", "2026-01-01", "status", "--today", TODAY, cwd=tessaly.root)
    assert "24 Nov 2026" in said.out


def test_today_from_the_environment(tessaly: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADCTL_TODAY", "2026-11-20")
    assert "on 20 Nov 2026" in padctl("status", cwd=tessaly.root).out
    assert "on 20 Nov 2026" in padctl(cwd=tessaly.root).out
    assert "on 24 Nov 2026" in padctl("status", "--today", TODAY, cwd=tessaly.root).out
    assert "on 24 Nov 2026" in padctl("--today", TODAY, "status", cwd=tessaly.root).out


@pytest.mark.parametrize("word", ["2026-02-30", "tomorrow", "20261124", "2026-11-24 ", "٢٠٢٦-١١-٢٤"])
def test_a_today_that_is_no_date(tessaly: Company, word: str) -> None:
    said = padctl("status", "--today", word, cwd=tessaly.root)
    assert said.code == 2
    assert "--today" in said.err


@pytest.mark.parametrize("words", [["status"], ["show", "8"], ["agenda"], ["list"], ["log", "8"], ["explain", "PC202"]])
def test_colours(tessaly: Company, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in tessaly.ok(*words, "--color", "always").out
    for when in ("never", "auto"):
        assert "\x1b" not in tessaly.ok(*words, "--color", when).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in tessaly.ok(*words, "--color", "never").out
    assert "\x1b" not in padctl_process(*words, "--today", TODAY, cwd=tessaly.root).out.replace("\x1b[?25h", "")


def test_a_colour_that_does_not_exist(tessaly: Company) -> None:
    said = tessaly.padctl("status", "--color", "sometimes")
    assert said.code == 2
    assert "always" in said.err


def test_output_files(tessaly: Company, tmp_path: Path) -> None:
    for words in (["status"], ["agenda", MEETING, "--format", "md"], ["lint", "--format", "json"], ["explain"]):
        file = tmp_path / "out.txt"
        said = tessaly.ok(*words, "--output", str(file), "--color", "always")
        assert said.out == ""
        assert str(file) in said.err
        assert file.read_text() == tessaly.ok(*words).out
    for bad in (tmp_path / "no folder" / "x", tmp_path):
        said = tessaly.padctl("status", "-o", str(bad))
        assert said.code == 2
        assert "Traceback" not in said.err


@pytest.mark.parametrize("words", [["explain", "--format", "md"], ["log", "--format", "json"], ["status"]])
def test_a_reader_that_closes_the_pipe(tessaly: Company, words: list[str]) -> None:
    command = [sys.executable, "-m", "padctl", *words, "--today", TODAY]
    with subprocess.Popen(command, cwd=tessaly.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
    shell = f"{sys.executable} -m padctl {' '.join(words)} --today {TODAY} | head -1"
    done = subprocess.run(["/bin/sh", "-c", shell], cwd=tessaly.root, capture_output=True, check=True)
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


def test_an_ascii_terminal(company: Company) -> None:
    company.draft("Größe für 你好")
    said = padctl_process("list", "--today", TODAY, cwd=company.root, env={"PYTHONIOENCODING": "ascii"})
    assert said.code == 0
    assert r"Gr\xf6\xdfe" in said.out


@pytest.mark.parametrize(
    "title",
    ["[bold]x[/bold] [/nothing] [link=https://e.com]y[/link]", ":smile: 1.2.3.4 'a'", "a\u202eb \u200bc", "{{ 7*7 }}"],
)
def test_titles_are_shown_as_written(company: Company, title: str) -> None:
    company.draft()
    company.edit("title: Team gallery", f"title: {json.dumps(title, ensure_ascii=False)}")
    shown = title.replace("\u202e", "<U+202E>").replace("\u200b", "<U+200B>")
    for words in (["status"], ["show", "1"], ["list"]):
        for color in ("never", "always"):
            assert shown in " ".join(company.ok(*words, "--color", color).out.split())


def test_control_characters_are_made_visible(company: Company) -> None:
    company.draft()
    company.edit("title: Team gallery", r'title: "a\e[31mred\a\x9bz"')
    for words in (["status"], ["show", "1"], ["list"], ["log"], ["agenda"]):
        said = company.ok(*words, "--color", "never")
        assert not {"\x1b", "\x07", "\x9b"} & set(said.all)
    assert not {"\x1b", "\x07", "\x9b"} & set(company.padctl("lint").all)
    said = company.padctl("show", "\x1b]0;owned\x07")
    assert said.code == 2
    assert "\x1b" not in said.err


@pytest.mark.parametrize(
    ("word", "near"), [("sumbit", "submit"), ("agneda", "agenda"), ("statsu", "status"), ("templates", "template")]
)
def test_unknown_commands(tessaly: Company, word: str, near: str) -> None:
    said = padctl(word, cwd=tessaly.root)
    assert (said.code, said.out) == (2, "")
    assert f'"{near}"' in said.err
    assert padctl("xyzzy", cwd=tessaly.root).code == 2


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["submit", "8"], "--meeting"),
        (["decide", "8", "proceed"], "--by"),
        (["advance", "10"], "--by"),
        (["hold", "8"], "--reason"),
        (["withdraw", "8"], "--reason"),
        (["decide", "8"], "OUTCOME"),
        (["show"], "ID"),
        (["new"], "TITLE"),
        (["action", "done", "8"], "ACTION"),
        (["status", "--formt", "json"], "--format"),
        (["status", "--format", "yaml"], "json"),
        (["submit", "8", "--minutes", "ten", "--meeting", MEETING], "--minutes"),
        (["template", "shwo", "light"], "show"),
    ],
)
@pytest.mark.parametrize("no_input", [True, False])
def test_missing_and_wrong_options(tessaly: Company, words: list[str], flag: str, no_input: bool) -> None:
    with tessaly.unchanged():
        said = tessaly.padctl(*words, *(["--no-input"] if no_input else []))
    assert (said.code, said.out) == (2, "")
    assert flag in said.err
    assert "fix: " in said.err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command(name: str, tmp_path: Path) -> None:
    said = padctl(name, "--help", cwd=tmp_path)
    assert said.code == 0
    for words in (f"Usage: padctl {name}", "--today", "--root", "--no-input", "--color", "--debug"):
        assert words in said.out


@pytest.mark.parametrize("name", ["action", "template"])
def test_a_group_without_a_command(name: str, tmp_path: Path) -> None:
    said = padctl(name, cwd=tmp_path)
    assert f"Usage: padctl {name}" in said.all
    assert "error: \n" not in said.err


def test_version(tmp_path: Path) -> None:
    assert padctl_process("--version", cwd=tmp_path).out == padctl("--version", cwd=tmp_path).out
    assert padctl_process("--version", cwd=tmp_path).out.startswith("padctl 0.")


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    said = padctl("status", "--root", str(tmp_path / "nothing"), cwd=tmp_path)
    assert said.code == 2
    assert "nothing" in said.err


def test_settings_that_cannot_be_read(company: Company) -> None:
    company.write("padctl.toml", '[meeting]\nname = "x"\nweekdy = "monday"\n')
    said = company.padctl("status")
    assert said.code == 2
    assert "padctl.toml:3" in said.err
    assert 'did you mean "weekday"?' in said.err
    company.write("padctl.toml", "[meeting\n")
    said = company.padctl("status")
    assert said.code == 2
    assert "padctl.toml" in said.err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    assert "Traceback" in padctl("status", "--debug", cwd=tmp_path).err
    assert "Traceback" not in padctl("status", cwd=tmp_path).err


def test_a_protected_branch(company: Company) -> None:
    company.edit_settings('[git]\ndefault = "main"\nprotected = true\n')
    company.draft()
    (reason,) = company.reasons("submit", "1", "--meeting", MEETING)
    assert f"padctl --today {company.today} submit 1 --meeting {MEETING} --branch\n" in reason
    company.git("switch", "--quiet", "--create", "pad-0001")
    company.ok("submit", "1", "--meeting", MEETING)


def test_paragraphs_of_the_help_are_folded_once(tessaly: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in ("log", "remind", "agenda", "init"):
        said = tessaly.ok(command, "--help").out
        prose = said[said.index("Usage:") : said.index("╭")].split("\n")
        lines = [line.strip() for line in prose[2:]]
        for line, following in pairwise(lines):
            if line and following:
                assert len(f" {line} {following.split()[0]}") > 78, (command, line)


def test_a_long_note_is_not_broken_within_words_in_a_terminal(company: Company) -> None:
    company.submitted()
    words = ("submit", "1", "--meeting", "2026-11-20", "--dry-run")
    with terminal("--today", TODAY, *words, cwd=company.root) as person:
        person.end()
        lines = person.said.replace("\r", "").split("\n")
    assert any(len(line) > 40 for line in lines)
    assert max(map(len, (line for line in lines if "padctl" not in line))) <= 80
    assert company.padctl(*words).err.startswith("error: ")
