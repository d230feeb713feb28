"""Heavy packages load only on the commands that use them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
PROBE = """
import sys
from padctl.cli.app import run
code = run(sys.argv[1:])
heavy = {
    "git.cmd", "git.repo", "padctl.lint", "filelock", "jinja2", "rich", "pydantic", "yaml", "pyromark", "icalendar",
    "markdown_it", "nh3",
}
print("LOADED", *sorted(heavy & set(sys.modules)))
"""

COMPILED = """
import re, sys
from padctl.cli.app import run
run(sys.argv[1:])
ours = [vars(module) for name, module in list(sys.modules.items()) if name.startswith("padctl.")]
values = (value for module in ours for value in module.values())
print("COMPILED", sum(map(len, {value.pattern for value in values if isinstance(value, re.Pattern)})))
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example in a repository of its own, on its default branch: elsewhere git is asked what differs."""
    folder = Path(shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("company") / "tessaly"))
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    return folder


def loaded(company: Path, *words: str) -> set[str]:
    return set(probed(company, PROBE, "LOADED", *words))


def probed(company: Path, probe: str, word: str, *words: str) -> list[str]:
    call = [sys.executable, "-c", probe, *words]
    done = subprocess.run(call, cwd=company, capture_output=True, text=True, check=False)
    last = [line for line in done.stdout.splitlines() if line.startswith(word)]
    assert last, done.stderr
    return last[0].split()[1:]


def test_version_imports_nothing_but_padctl() -> None:
    code = "import sys, padctl.__main__ as m; sys.argv[1:] = ['--version']; m.main(); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(
    "words", [("lint",), ("status",), ("list",), ("log",), ("recap",), ("show", "1"), ("minutes",)]
)
def test_reading_loads_neither_git_nor_jinja(company: Path, words: tuple[str, ...]) -> None:
    assert (
        loaded(company, *words, "--root", ".", "--today", "2026-11-24") & {"git.cmd", "filelock", "jinja2", "icalendar"}
        == set()
    )


def test_json_needs_no_terminal_library(company: Path) -> None:
    assert "rich" not in loaded(company, "lint", "--root", ".", "--format", "json")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", {"git.cmd"}),
        ("json", {"git.cmd"}),
        ("md", {"git.cmd", "jinja2"}),
        ("html", {"git.cmd", "jinja2", "markdown_it", "nh3"}),
        ("ics", {"git.cmd", "icalendar"}),
    ],
)
def test_the_agenda_loads_what_its_form_needs(company: Path, form: str, expected: set[str]) -> None:
    found = loaded(company, "agenda", "--root", ".", "--format", form, "--today", "2026-11-24")
    assert found & {"git.cmd", "jinja2", "markdown_it", "nh3", "icalendar", "filelock"} == expected


def test_a_move_loads_git_and_neither_jinja_nor_the_rules(company: Path) -> None:
    day = ("--root", ".", "--today", "2026-11-24")
    loaded(company, "lint", *day)  # what is known of all PADs need not be found out by the move
    found = loaded(company, "withdraw", "7", "--reason", "No need", "--dry-run", *day)
    assert found & {"git.cmd", "git.repo", "padctl.lint", "filelock", "jinja2", "rich"} == {"git.cmd", "filelock"}


def test_a_move_compiles_no_long_patterns_at_its_start(company: Path) -> None:
    day = ("--root", ".", "--today", "2026-11-24")
    loaded(company, "lint", *day)
    characters = probed(company, COMPILED, "COMPILED", "withdraw", "7", "--reason", "No need", "--dry-run", *day)
    assert 0 < int(characters[0]) <= 3500
