"""What a finding says to do is what mends it: commands are pasted into a shell, texts are written."""

import json
import os
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


def pasted(shelf: Shelf, advice: str) -> None:
    """Run the commands of an advice in a shell at the root, where `padctl` is this one."""
    commands = advice.split("\n")[1:]
    assert commands, advice
    name, mail = "Noor", "noor@example.com"
    surroundings = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PADCTL_TODAY": "2026-11-24",
        "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail,
    }  # fmt: skip
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
    assert found[0]["fix"].startswith("commit them, then ")
    refused = shelf.padctl("renumber", "PAD-0001")
    advice = refused.err.partition("fix: commit it\n")[2].strip()
    pasted(shelf, f"commit it\n{advice}\n{found[0]['fix'].splitlines()[1]}")
    assert findings(shelf) == []
