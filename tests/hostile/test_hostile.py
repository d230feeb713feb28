"""Every hostile case gives what stands beside it: no traceback, no hang, no line outside the file."""

import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from padctl.cli.app import run

from .casebook import KINDS, OPTIONS, PAD, Case, all_cases, told

CASES = all_cases()
SECONDS = 20
STEERING = {char for char in map(chr, range(0x110000)) if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}}
STEERING -= set("\n\u200c\u200d")


def name_of(case: Case) -> str:
    return case.name


@pytest.fixture(autouse=True)
def _watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """End a test that hangs, and let none be steered by the machine that it runs on."""
    for name in ("PADCTL_TODAY", "COLUMNS", "GITHUB_ACTIONS", "TF_BUILD", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def hung(*_: object) -> None:
        raise TimeoutError(f"not done after {SECONDS} s of computing")

    before: dict[int, Any] = {number: signal.signal(number, hung) for number in (signal.SIGALRM, signal.SIGPROF)}
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(10 * SECONDS)  # for what waits without computing
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.alarm(0)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_hostile_file_gives_what_it_must(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(case.words(case.place(tmp_path)))
    said = capsys.readouterr()
    assert told(code, said.out, said.err) == case.expected_file.read_text(encoding="utf-8")
    assert "padctl failed" not in said.err


@pytest.mark.parametrize("case", [case for case in CASES if case.kind.command[0] == "lint"], ids=name_of)
def test_what_is_shown_of_it_lies_in_the_file(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = case.place(tmp_path)
    lines = case.content.decode(errors="replace").removeprefix("\ufeff").split("\n")
    for words in (["lint"], ["show", PAD]):
        code = run([*OPTIONS, "--root", str(root), *words])
        said = capsys.readouterr()
        assert code in {0, 1, 2}
        assert "padctl failed" not in said.err
        assert not STEERING.intersection(said.out + said.err)
        for line in said.out.split("\n"):
            where, _, place = line.partition(f"--> {case.kind.path}:")
            if place and not where.strip():
                number, column = map(int, place.split(":"))
                assert 1 <= number <= len(lines)
                assert 1 <= column <= len(lines[number - 1]) + 1


@pytest.mark.parametrize("case", CASES[::12], ids=name_of)
def test_the_command_itself_gives_the_same(case: Case, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "padctl", *case.words(case.place(tmp_path))]
    done = subprocess.run(call, capture_output=True, stdin=subprocess.DEVNULL, timeout=10 * SECONDS, check=False)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert told(done.returncode, out, err) == case.expected_file.read_text(encoding="utf-8")


def test_there_are_enough_cases_of_each_kind() -> None:
    assert len(CASES) >= 150
    assert {case.file.parent.name for case in CASES} == set(KINDS)
    assert {file.stem for file in CASES[0].file.parents[1].glob("*/*.expected")} == {case.file.stem for case in CASES}
