"""What padctl itself writes or ships lints clean: a new draft is never red, and the examples have no finding."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from .conftest import TODAY, Padctl

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("words", [(), ("--strict",)])
def test_the_examples_are_clean(words: tuple[str, ...], padctl: Padctl) -> None:
    outcome = padctl("lint", "--root", EXAMPLES, "--today", TODAY, *words)
    pages = [path for folder in ("pads", "objectives", "teams") for path in EXAMPLES.glob(f"{folder}/*.md")]
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{len(pages)} documents checked: no findings\n"


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty git repository with settings, and identity and configuration pinned."""
    root = tmp_path / "fresh"
    root.mkdir()
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True, timeout=60)
    (root / "padctl.toml").write_text("", encoding="utf-8")
    return root


@pytest.mark.parametrize("template", ["standard", "light"])
@pytest.mark.parametrize(
    "title",
    [
        "Shared shopping list",
        "1. A list: for two # three",
        "Q&A *now*!",
        "[Draft] list",
        'The "best" list',
        "Why",
        "Solution Framing",
        "no",
        "2027",
        "Einkäufe für Zoë 🛒",
        "Use `fridge_id`, <b>please</b>",
        "Risks",
        "- a dash",
        "The list #",
        "{{ title }}",
    ],
)
def test_a_fresh_draft_is_never_red(title: str, template: str, padctl: Padctl, fresh: Path) -> None:
    made = padctl("new", "--owner", "dana", "--template", template, "--root", fresh, "--today", TODAY, "--", title)
    assert (made.code, made.err) == (0, "")
    linted = padctl("lint", "--root", fresh, "--today", TODAY, "--format", "json")
    found = json.loads(linted.out)["data"]
    assert (found["documents"], found["errors"]) == (1, 0), found["diagnostics"]
    assert {each["code"] for each in found["diagnostics"]} == {"PC109", "PC202"}
    assert linted.code == 0
