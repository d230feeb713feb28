"""What a finding says to do is what mends it: commands are pasted into a shell, texts are written."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import HEAD, Shelf
from .test_fix import body

PAD = HEAD + body()
OTHER = PAD.replace("Gallery", "Exports")


def findings(shelf: Shelf, *words: str) -> list[dict[str, str]]:
    told = shelf.padctl("lint", "--format", "json", *words).out
    return [found for found in json.loads(told)["data"]["diagnostics"] if found["severity"] == "error"]


@pytest.fixture(autouse=True)
def _author(monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Noor")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "noor@example.com")


def pasted(shelf: Shelf, advice: str) -> None:
    """Run the commands of an advice in a shell at the root, where `padctl` is this one."""
    commands = advice.split("\n")[1:]
    assert commands, advice
    surroundings = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PADCTL_TODAY": "2026-11-24"}
    for command in commands:
        subprocess.run(["sh", "-c", command], cwd=shelf.root, check=True, env={**os.environ, **surroundings})


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize("name", ["gallery.md", "pad-0001-gallery.MD", "a 'wall' of $HOME.md", "2026/x/PAD-7_b.md"])
def test_a_file_gets_the_name_of_its_id(shelf: Shelf, name: str, tracked: bool) -> None:
    shelf.write(PAD, f"pads/{name}")
    if tracked:
        shelf.committed()
    (found,) = findings(shelf)
    assert found["code"] == "PC602"
    pasted(shelf, found["fix"])
    assert findings(shelf) == []


@pytest.mark.parametrize("name", ["PAD-0001.md", "PAD-0001.MD", "PAD-0001-x.MD"])
def test_a_name_that_is_or_starts_with_the_id_stays(shelf: Shelf, name: str) -> None:
    shelf.write(PAD, f"pads/{name}")
    assert findings(shelf) == []


@pytest.mark.parametrize(
    ("written", "name", "wanted"),
    [
        ("PAD-8", "PAD-0008-x.md", "PAD-0008"),
        ("pad-0008", "PAD-0008-x.md", "PAD-0008"),
        ("8", "PAD-0008-x.md", "PAD-0008"),
        ("PAD 8", "PAD-0008-x.md", "PAD-0008"),
        ("gallery", "PAD-0008-x.md", "PAD-0008"),
        ("BET-8", "PAD-0008-x.md", "PAD-0008"),
        ("PAD-1", "PAD-0008-x.md", "PAD-0008"),
        ("gallery", "PAD-0001-x.md", "PAD-0002"),
    ],
)
def test_an_id_is_written_as_ids_are_here(shelf: Shelf, written: str, name: str, wanted: str) -> None:
    shelf.write(OTHER)
    text = PAD.replace("PAD-0001", written)
    shelf.write(text, f"pads/{name}")
    ids = [found["fix"] for found in findings(shelf) if found["code"] == "PC107"]
    assert ids == [f"write `id: {wanted}`"]
    shelf.write(text.replace(f"id: {written}", f"id: {wanted}"), f"pads/{name}")
    for found in findings(shelf):
        pasted(shelf, found["fix"])
    assert findings(shelf) == []


WRITTEN = """sponsors: [sam]
reviewers: [eli]
related: [PAD-0003]
links: {design: https://example.com}
slot: {date: 2026-11-26, minutes: 25}
feedback:
  - {by: eli, date: 2026-11-20, stage: problem-framing, stance: concern, note: Who pays?, resolved: 2026-11-21}
actions:
  - {id: A1, kind: other, what: Ask ten teams, who: dana, due: 2026-12-03}
"""
HISTORY = """history:
  - {n: 1, date: 2026-11-20, move: submit, to: problem-framing/in-review, meeting: 2026-11-26}
"""
FULL = PAD.replace("sponsors: [sam]\n", WRITTEN + HISTORY).replace("status: draft", "status: in-review")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("owner: dana\n", ""),
        ("owner: dana", "owner:"),
        ("owner: dana", "owner: [dana]"),
        ("template: standard", "template: [standard]"),
        ("created: 2026-01-01", "created:"),
        ("id: PAD-0001\n", ""),
        ("title: Gallery\n", ""),
        ("sponsors: [sam]", "sponsors: sam"),
        ("sponsors: [sam]", "sponsors: [Sam Verhoof]"),
        ("reviewers: [eli]", "reviewers: {eli: yes}"),
        ("related: [PAD-0003]", "related: PAD-0003"),
        ("related: [PAD-0003]", "related: [3]"),
        ("links: {design: https://example.com}", "links: https://example.com"),
        ("minutes: 25", "minutes: 25 min"),
        ("date: 2026-11-26, minutes: 25", "minutes: 25"),
        ("stance: concern", "stance: worry"),
        ("by: eli", "by: [eli]"),
        ("kind: other", "kind: [other]"),
        ("who: dana, ", ""),
        ("due: 2026-12-03", "due: soon"),
    ],
)
def test_the_example_of_a_field_can_be_written_as_it_is(shelf: Shelf, right: str, wrong: str) -> None:
    shelf.write(OTHER.replace("0001", "0003"), "pads/PAD-0003-exports.md")
    text = FULL.replace(right, wrong, 1)
    shelf.write(FULL)
    assert findings(shelf) == []
    shelf.write(text)
    (found,) = [one for one in findings(shelf) if one["code"].startswith("PC10")]
    example = re.search(r"`(.*?)`", found["fix"])
    if found["code"] in {"PC105", "PC106"}:
        assert found["fix"] in {"write a day of the calendar as YYYY-MM-DD", "use one of these words"}
        return
    assert example, found
    said = example[1] + ("\n" if right.endswith("\n") else "")
    said += ", minutes: 25" if right.startswith("date") else ", " if right.endswith(", ") else ""
    whole = said.removeprefix("slot: {").removesuffix("}") if right.startswith("date") else said
    mended = FULL.replace(right, whole, 1)
    shelf.write(mended)
    left = {one["code"] for one in findings(shelf)}
    assert left <= {"PC402", "PC603"}, mended


@pytest.mark.parametrize(
    ("right", "wrong", "advice"),
    [
        ("owner: dana", "owner:\tdana\nteam: growth\n\tx: y", "write spaces instead of the tab"),
        ("sponsors: [sam]", "sponsors: [sam", "close the bracket"),
        ("sponsors: [sam]", "sponsors: [sam, ]\nreviewers: ['']", "take the empty entry out"),
        ("move: submit", "move: send", "use one of these words"),
        ("to: problem-framing/in-review", "to: in-review", "restore it from git"),
        ("slot: {date: 2026-11-26, minutes: 25}\n", "", "write `slot: {date: 2026-11-26}`"),
        ("status: in-review", "status: draft", "write `stage: problem-framing` and `status: in-review` again"),
    ],
)
def test_the_advice_is_about_what_is_wrong(shelf: Shelf, right: str, wrong: str, advice: str) -> None:
    shelf.write(OTHER.replace("0001", "0003"), "pads/PAD-0003-exports.md")
    shelf.write(FULL.replace("reviewers: [eli]\n", "").replace(right, wrong, 1))
    assert any(advice in found["fix"] for found in findings(shelf)), findings(shelf)


def test_a_decision_without_its_action_is_told_the_line(shelf: Shelf) -> None:
    entry = "  - {n: 2, date: 2026-11-26, move: decide, outcome: rework, by: [sam], to: problem-framing/draft}\n"
    text = FULL.replace(HISTORY, HISTORY + entry).replace("status: in-review", "status: draft")
    text = text.replace("slot: {date: 2026-11-26, minutes: 25}\n", "")
    shelf.write(OTHER.replace("0001", "0003"), "pads/PAD-0003-exports.md")
    shelf.write(text)
    (found,) = findings(shelf)
    line = (
        found["fix"].partition("`- ")[2].removesuffix("`").replace("NAME", "dana").replace("YYYY-MM-DD", "2026-12-03")
    )
    shelf.write(text.replace("actions:\n", f"actions:\n  - {line}\n"))
    assert findings(shelf) == []


def test_a_deleted_pad_comes_back_by_the_command(shelf: Shelf) -> None:
    shelf.write(PAD)
    shelf.write(OTHER.replace("0001", "0002"), "pads/PAD-0002-exports.md")
    shelf.committed()
    shelf.git("tag", "v1")
    (shelf.root / "pads/PAD-0002-exports.md").unlink()
    shelf.committed_again()
    for ref in ("HEAD~1", "v1"):
        (found,) = findings(shelf, "--base", ref)
        assert found["fix"].endswith(f"\ngit checkout {shlex.quote(ref)} -- pads/PAD-0002-exports.md")
    pasted(shelf, found["fix"])
    assert findings(shelf, "--base", "v1") == []


def test_a_weekday_says_what_it_may_be(shelf: Shelf) -> None:
    shelf.write("[meeting]\nweekday = 'Thurs'\n", "padctl.toml")
    said = shelf.padctl("lint").err
    assert '"Thurs" is no weekday (did you mean "thursday"?); write monday to sunday in English' in said
    assert "fix: correct what stands there" in said


def test_an_id_in_other_digits_has_one_advice(shelf: Shelf) -> None:
    shelf.write(PAD.replace("PAD-0001", "PAD-1"), "pads/PAD-1-gallery.md")
    fixes = [found["fix"] for found in findings(shelf)]
    assert fixes == ["write `id: PAD-0001`", "rename the file\nmv pads/PAD-1-gallery.md pads/PAD-0001-gallery.md"]


def test_a_name_that_is_taken_is_not_given_twice(shelf: Shelf) -> None:
    shelf.write(PAD, "pads/b/gallery.md")
    shelf.write(OTHER.replace("0001", "0002"), "pads/b/PAD-0001-gallery.md")
    assert ["\n" in found["fix"] for found in findings(shelf)] == [True, False]
    assert "is there already" in findings(shelf)[1]["fix"]


def test_the_younger_of_two_gets_another_number(shelf: Shelf) -> None:
    shelf.write(PAD)
    shelf.write(OTHER, "pads/PAD-0001-exports.md")
    shelf.committed()
    found = findings(shelf)
    assert [one["code"] for one in found] == ["PC601", "PC601"]
    pasted(shelf, found[0]["fix"])
    assert findings(shelf) == []


def test_a_copy_that_is_not_committed_is_committed_first(shelf: Shelf) -> None:
    shelf.write(PAD)
    shelf.committed()
    shelf.write(OTHER, "pads/PAD-0001-a copy.md")
    found = findings(shelf)
    assert "commit both files first" in found[0]["fix"]
    refused = shelf.padctl("renumber", "PAD-0001")
    advice = refused.err.partition("fix: commit it first:\n")[2].strip()
    pasted(shelf, f"commit it\n{advice}\n{found[0]['fix'].splitlines()[1]}")
    assert findings(shelf) == []
