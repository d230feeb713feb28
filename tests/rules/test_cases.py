"""Every rule on its own documents: what lint prints, to the letter.

`UPDATE_CASES=1 pytest tests/rules/test_cases.py` rewrites `expected.txt`; read the difference before keeping it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from padctl.rules.registry import all_rules

from .casebook import CASES, KINDS, Case, all_cases, cases_of
from .conftest import Padctl

_ALL = all_cases()
_CODES = [rule.code for rule in all_rules()]


def test_there_are_cases() -> None:
    assert _ALL, f"no cases below {CASES}"


def test_every_folder_is_a_case_of_a_known_rule() -> None:
    assert sorted({folder.name for folder in CASES.iterdir()} - set(_CODES)) == []
    assert [f"{case.code}/{case.name}" for case in _ALL if case.kind not in KINDS] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", _CODES)
def test_every_rule_has_a_case_of_each_kind(code: str, kind: str) -> None:
    assert cases_of(code, kind), f"{code} has no case named {kind}-..."


@pytest.mark.parametrize("case", _ALL, ids=lambda case: f"{case.code}/{case.name}")
def test_case(case: Case, padctl: Padctl, tmp_path: Path) -> None:
    root = case.place(tmp_path / "repository")
    outcome = padctl(*case.arguments, "--root", root)
    assert outcome.err == ""
    if os.environ.get("UPDATE_CASES") == "1":
        case.expected_path.write_text(outcome.out, encoding="utf-8", newline="\n")
    assert outcome.out == case.expected
    found = f"[{case.code}]" in outcome.out
    assert found or case.kind != "bad", "a bad case without a finding"
    assert not found or case.kind != "good", "a good case with a finding"
    assert outcome.code == int("error[" in outcome.out or ("--strict" in case.arguments and found))


@pytest.mark.parametrize("code", _CODES)
def test_every_finding_says_how_to_mend_it(code: str) -> None:
    found = [
        (case.name, block)
        for case in _ALL
        for block in case.expected.split("\n\n")
        if case.code == code and f"[{code}]" in block
    ]
    assert found
    assert {name for name, block in found if "= fix: " not in block} == set()


def test_a_case_as_a_process_of_its_own(tmp_path: Path) -> None:
    case = cases_of("PC202", "bad")[0]
    root = case.place(tmp_path / "repository")
    command = [sys.executable, "-m", "padctl", *case.arguments, "--root", str(root)]
    environment = {name: value for name, value in os.environ.items() if name not in {"PADCTL_TODAY", "FORCE_COLOR"}}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60, env=environment)
    assert (done.stdout, done.stderr) == (case.expected, "")
