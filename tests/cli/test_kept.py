"""Replaced files that are kept in the git directory: their names, whose text in them is set aside, and what goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rooms import MINE, NEW, OLD, file, names

from padctl.store.kept import (
    content_of,
    digest,
    keep,
    lasting,
    place_of,
    saved_meanwhile,
    set_aside,
    sweep,
    written_since,
)

SAID = "{} was saved by an editor while it was written; that text is in {}"


def kept(folder: Path, aside: Path, name: str = "pad.md", *, read: bytes = OLD, now: bytes = OLD) -> Path:
    """Return what is kept of a file that is gone by now, with what an editor wrote into it since."""
    path = file(folder, name)
    link = keep(path, read, aside)
    assert link
    path.unlink()
    link.write_bytes(now)
    return link


def test_contents_are_told_apart_and_a_file_that_is_not_there_too(tmp_path: Path) -> None:
    path = file(tmp_path)
    assert content_of(path) == OLD
    assert content_of(tmp_path / "other.md") is None
    with pytest.raises(IsADirectoryError):
        content_of(tmp_path)
    assert len({digest(content) for content in (None, b"", OLD, NEW)}) == 4


def test_a_kept_file_is_named_by_its_place_what_it_held_and_its_name(tmp_path: Path, aside: Path) -> None:
    (tmp_path / "sub").mkdir()
    paths = [file(tmp_path), file(tmp_path, "other.md"), file(tmp_path / "sub")]
    places = {place_of(path) for path in paths}
    assert len(places) == 3
    assert {(len(place), place[:7]) for place in places} == {(23, "padctl-")}
    links = [keep(path, OLD, aside) for path in paths]
    assert links == [aside / f"{place_of(path)}-{digest(OLD)[:16]}-{path.name}.old" for path in paths]
    assert all(path.samefile(link) for path, link in zip(paths, links, strict=True) if link)


@pytest.mark.parametrize("name", ["n" * 40, "n" * 41, "n" * 39 + "\n.md", "\U0001f4dd" * 60, "\u00e4" * 100 + ".md"])
def test_a_long_name_is_kept_by_its_end(tmp_path: Path, aside: Path, name: str) -> None:
    link = kept(tmp_path, aside, name, now=MINE)
    assert link.name == f"{place_of(tmp_path / name)}-{digest(OLD)[:16]}-{name[-40:]}.old"
    assert list(written_since(aside)) == [(link, name[-40:])]
    saved = aside / f"padctl-saved-{name[-40:]}"
    assert set_aside(aside) == SAID.format(name[-40:], saved)
    assert saved.read_bytes() == MINE


def test_a_file_is_kept_anew_each_time(tmp_path: Path, aside: Path) -> None:
    for _ in range(2):
        link = kept(tmp_path, aside)
    path = file(tmp_path)
    assert keep(path, OLD, aside) == link
    assert path.samefile(link)
    assert names(aside) == [link.name]


def test_a_file_that_cannot_be_kept(tmp_path: Path, aside: Path) -> None:
    assert keep(tmp_path / "pad.md", OLD, aside) is None
    assert keep(file(tmp_path), OLD, aside / "nowhere") is None
    link = kept(tmp_path, aside)
    link.unlink()
    link.mkdir()
    assert keep(file(tmp_path), OLD, aside) is None


def test_only_a_text_that_stands_nowhere_else_is_somebodys(tmp_path: Path, aside: Path) -> None:
    kept(tmp_path, aside, "same.md")
    there = kept(tmp_path, aside, "there.md", now=MINE)
    os.link(there, tmp_path / "there.md")
    for name in (f"x{there.name}", f"{there.name}x", "padctl-x.old", "padctl-journal.json"):
        file(aside, name)
    (aside / there.name.replace("there.md", "folder.md")).mkdir()
    assert list(written_since(aside)) == []
    assert set_aside(aside) == ""
    texts = {"a.md": (OLD, MINE), "b.md": (MINE, OLD), "c.md": (OLD, NEW), "d.md": (NEW, OLD)}
    links = [kept(tmp_path, aside, name, read=read, now=now) for name, (read, now) in texts.items()]
    assert [path for path, _ in written_since(aside)] == sorted(links)
    assert list(written_since(aside / "nowhere")) == []


def test_what_is_set_aside_has_a_name_that_nothing_had(tmp_path: Path, aside: Path) -> None:
    assert lasting(aside, "pad.md") == aside / "padctl-saved-pad.md"
    (aside / "padctl-saved-pad.md").symlink_to("nowhere")
    for number in (2, 3):
        saved = lasting(aside, "pad.md")
        assert saved == aside / f"padctl-saved-{number}-pad.md"
        link = kept(tmp_path, aside, now=MINE)
        assert set_aside(aside) == SAID.format("pad.md", saved)
        assert not link.exists()
        assert saved.read_bytes() == MINE
    first, second = (kept(tmp_path, aside, name, now=MINE) for name in ("a.md", "b.md"))
    said = [SAID.format(name, aside / f"padctl-saved-{name}") for name in ("a.md", "b.md")]
    assert set_aside(aside) == "; ".join(said if first.name < second.name else said[::-1])


def test_drafts_and_kept_files_are_swept_and_nothing_else(tmp_path: Path, aside: Path) -> None:
    kept(tmp_path, aside, "same.md")
    kept(tmp_path, aside, now=MINE)
    stay = ["padctl-journal.json", "padctl-saved-old", "pad.new", "pad.old", "padctl-saved-x.md", "xpadctl-y.old"]
    for name in [*stay, "padctl-x.new", "padctl-y.old"]:
        file(aside, name)
    (aside / "padctl-a.new").mkdir()
    assert sweep(aside) == SAID.format("pad.md", aside / "padctl-saved-pad.md")
    assert names(aside) == sorted([*stay, "padctl-a.new", "padctl-saved-pad.md"])
    assert sweep(aside) == ""
    assert sweep(aside / "nowhere") == ""


def test_a_text_that_cannot_be_given_a_lasting_name_stays_where_it_is(tmp_path: Path, aside: Path) -> None:
    link = kept(tmp_path, aside, now=MINE)
    kept(tmp_path, aside, "same.md")
    script = (
        "import sys; from pathlib import Path; from padctl.store.kept import sweep\n"
        "def look(event, given):\n"
        "    if event == 'os.rename': raise PermissionError\n"
        f"sys.addaudithook(look); print(sweep(Path({str(aside)!r})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == SAID.format("pad.md", link) + "\n"
    assert names(aside) == [link.name]
    assert link.read_bytes() == MINE


def test_words_of_a_file_that_was_saved_meanwhile() -> None:
    refusal = saved_meanwhile("pads/pad.md")
    (reason,) = refusal.reasons
    assert refusal.message == "pads/pad.md: nothing was written"
    assert (reason.message, reason.fix) == ("somebody saved it in this moment", "run the command again")
