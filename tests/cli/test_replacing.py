"""One file replaced or removed: its bytes, its mode, and how it comes back."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import NEW, OLD, file, mode, names

from padctl.errors import Refused
from padctl.store.kept import DRAFT, digest
from padctl.store.replacing import create_file, remove_file, replace_file, save_file, write_aside, write_back

MODES = [0o600, 0o640, 0o644, 0o664, 0o755]


@pytest.mark.parametrize("bits", MODES)
@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.usefixtures("umask")
def test_a_replaced_file_keeps_its_mode_and_comes_back_with_it(
    tmp_path: Path, aside: Path, bits: int, beside: bool
) -> None:
    path = file(tmp_path, bits=bits)
    put_back = replace_file(path, NEW, old=OLD, aside=None if beside else aside)
    assert (path.read_bytes(), mode(path)) == (NEW, bits)
    put_back()
    assert (path.read_bytes(), mode(path)) == (OLD, bits)
    assert names(tmp_path) == ["git-dir", "home", "pad.md"]
    assert names(aside) == []


@pytest.mark.usefixtures("umask")
def test_new_files_get_the_usual_mode_and_known_ones_their_own(tmp_path: Path, aside: Path) -> None:
    create_file(tmp_path, "pads/one.md", NEW, aside=aside)
    create_file(tmp_path, "two.md", NEW)
    save_file(tmp_path / "three.md", NEW)
    write_aside(aside / "note.json", NEW)
    for path in (tmp_path / "pads/one.md", tmp_path / "two.md", tmp_path / "three.md", aside / "note.json"):
        assert (path.read_bytes(), mode(path)) == (NEW, 0o640)
    os.umask(0)
    create_file(tmp_path, "four.md", NEW)
    assert mode(tmp_path / "four.md") == 0o666
    for bits in MODES:
        report = file(tmp_path, "report.md", bits=bits)
        save_file(report, NEW)
        assert (report.read_bytes(), mode(report)) == (NEW, bits)
        write_back(report, OLD, over=digest(NEW), aside=aside)
        assert (report.read_bytes(), mode(report)) == (OLD, bits)


@pytest.mark.usefixtures("umask")
def test_a_text_comes_back_where_its_folder_is_gone(tmp_path: Path, aside: Path) -> None:
    path = tmp_path / "a/b/pad.md"
    write_back(path, OLD, over=digest(None), aside=aside)
    write_back(path, NEW, over=digest(OLD), aside=aside)
    assert (path.read_bytes(), mode(path)) == (NEW, 0o640)


@pytest.mark.usefixtures("umask")
def test_a_draft_is_nobody_elses_to_read_before_it_has_its_mode(tmp_path: Path) -> None:
    path = file(tmp_path, bits=0o600)
    script = (
        "import os, sys; from pathlib import Path; from padctl.store.replacing import replace_file; seen = []\n"
        "def look(event, given):\n"
        "    if event == 'os.chmod': seen.append(os.stat(given[0]).st_mode & 0o777)\n"
        f"sys.addaudithook(look); os.umask(0); replace_file(Path({str(path)!r}), b'new'); print(seen)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().strip() == f"[{0o600}]"


def test_what_was_saved_meanwhile_is_neither_replaced_nor_removed(tmp_path: Path, aside: Path) -> None:
    path = file(tmp_path)
    path.write_bytes(b"mine\n")
    tries: list[Callable[[], object]] = [
        lambda: replace_file(path, NEW, old=OLD, aside=aside),
        lambda: replace_file(path, NEW, old=b"zz", aside=None),
        lambda: remove_file(path, old=OLD, aside=aside),
        lambda: remove_file(path, old=b"zz"),
        lambda: write_back(path, NEW, over=digest(OLD), aside=aside),
        lambda: write_back(path, NEW, over=digest(None), aside=aside),
    ]
    for attempt in tries:
        with pytest.raises(Refused, match=r"pad\.md: nothing was written"):
            attempt()
        assert path.read_bytes() == b"mine\n"
        assert not [name for name in names(aside) + names(tmp_path) if name.endswith(DRAFT)]
    put_back = replace_file(path, NEW)
    assert path.read_bytes() == NEW
    put_back()
    assert path.read_bytes() == b"mine\n"


def test_a_file_that_goes_comes_back(tmp_path: Path, aside: Path) -> None:
    for place in (aside, None):
        path = file(tmp_path, "kept.md", bits=0o600)
        put_back = remove_file(path, old=OLD, aside=place)
        assert not path.exists()
        put_back()
        assert (path.read_bytes(), mode(path)) == (OLD, 0o600)


def test_a_kept_file_is_the_very_same_and_not_a_copy(tmp_path: Path, aside: Path) -> None:
    path = file(tmp_path, "kept.md", bits=0o600)
    number = path.stat().st_ino
    put_back = replace_file(path, NEW, old=OLD, aside=aside)
    (kept,) = aside.iterdir()
    assert kept.stat().st_ino == number
    put_back()
    assert path.stat().st_ino == number


def test_a_file_comes_back_where_folder_and_kept_link_are_gone(tmp_path: Path, aside: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    path = file(tmp_path / "a/b", bits=0o640)
    put_back = remove_file(path, old=OLD, aside=aside)
    for kept in aside.iterdir():
        kept.unlink()
    path.parent.rmdir()
    path.parent.parent.rmdir()
    put_back()
    assert (path.read_bytes(), mode(path)) == (OLD, 0o640)
    put_back()
    assert path.read_bytes() == OLD
