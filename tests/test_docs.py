"""The pages say what is there: every command, every rule, every setting, and the commands that people paste."""

import re
from pathlib import Path

import pytest

from padctl.cli.app import COMMANDS, run
from padctl.model.settings import Settings
from padctl.rules.registry import all_rules

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_in_the_readme_and_its_help_has_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"`padctl {name}`" in README
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    if name in {"action", "template"}:
        subcommands = {"action": ("list", "add", "done"), "template": ("list", "show", "eject")}[name]
        for sub in subcommands:
            assert run([name, sub, "--help"]) == 0
            assert f"Example: padctl {name} {sub}" in capsys.readouterr().out
    else:
        assert f"Example: padctl {name}" in text


def test_every_rule_is_in_the_readme() -> None:
    for rule in all_rules():
        assert f"| `{rule.code}` | `{rule.slug}` | {rule.severity} |" in README


def test_every_table_of_the_settings_is_in_the_readme() -> None:
    for name in Settings.model_fields:
        assert f"[{name}]" in README or name == "meetings"


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    block = re.search(r"<!-- command two -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert block
    assert "pytest" in block[1]
    assert "<!-- command two -->" in (PROJECT / ".ci/run").read_text(encoding="utf-8")
