"""Drafts of files: whose are swept, what is in their way, and which processes live."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rooms import NEW, NOBODY, OLD, file

from padctl.store.kept import DRAFT, place_of
from padctl.store.replacing import alive, replace_file


def drafts_of(path: Path, *pids: object) -> list[Path]:
    drafts = [path.with_name(f".{place_of(path)}.{pid}{DRAFT}") for pid in pids]
    for draft in drafts:
        draft.write_bytes(b"half")
    return drafts


def test_drafts_of_dead_processes_go_and_those_of_live_ones_stay(tmp_path: Path) -> None:
    path, other = file(tmp_path), file(tmp_path, "other.md")
    dead = subprocess.Popen(["true"])
    dead.wait()
    gone = drafts_of(path, dead.pid, NOBODY)
    stay = drafts_of(path, os.getppid(), "", "word", f"{NOBODY}x", "-1") + drafts_of(other, NOBODY)
    stay.append(file(tmp_path, f".{place_of(path)}.{NOBODY}"))
    stay.append(file(tmp_path, f"{NOBODY}{DRAFT}"))
    stay.append(file(tmp_path, f"{NOBODY}"))
    replace_file(path, NEW)
    assert not any(draft.exists() for draft in gone)
    assert all(draft.exists() for draft in stay)
    assert path.read_bytes() == NEW


def test_a_dead_draft_that_cannot_be_deleted_stands_in_nobodys_way(tmp_path: Path) -> None:
    path = file(tmp_path)
    folder = path.with_name(f".{place_of(path)}.{NOBODY}{DRAFT}")
    folder.mkdir()
    replace_file(path, NEW)
    assert path.read_bytes() == NEW
    assert folder.is_dir()


@pytest.mark.parametrize("beside", [True, False])
def test_a_draft_that_is_there_already_is_written_anew(tmp_path: Path, aside: Path, beside: bool) -> None:
    path = file(tmp_path)
    target = file(tmp_path, "target.md")
    draft = drafts_of(path, os.getpid())[0] if beside else aside / f"{place_of(path)}{DRAFT}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    replace_file(path, NEW, old=OLD, aside=None if beside else aside)
    assert (path.read_bytes(), target.read_bytes()) == (NEW, OLD)
    assert not path.is_symlink()
    assert not os.path.lexists(draft)


def test_a_link_that_comes_into_a_drafts_place_at_the_last_moment_is_not_followed(tmp_path: Path) -> None:
    path, target = file(tmp_path), file(tmp_path, "target.md")
    script = (
        "import os, sys; from pathlib import Path; from padctl.errors import RepositoryError\n"
        "from padctl.store.replacing import replace_file\n"
        "def look(event, given):\n"
        f"    if event == 'open' and str(given[0]).endswith({DRAFT!r}): os.symlink({str(target)!r}, given[0])\n"
        "sys.addaudithook(look)\n"
        f"try: replace_file(Path({str(path)!r}), b'new')\n"
        "except RepositoryError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == f"{path} cannot be written: File exists\n"
    assert (path.read_bytes(), target.read_bytes()) == (OLD, OLD)


def test_a_process_lives_or_not(tmp_path: Path) -> None:
    zombie = subprocess.Popen(["true"])
    for _ in range(2000):
        if not alive(zombie.pid):
            break
    assert not alive(zombie.pid)
    zombie.wait()
    assert not alive(zombie.pid)
    assert not alive(NOBODY)
    assert alive(os.getpid())
    assert alive(1)
    assert alive(2**80)


def test_a_process_of_somebody_else_lives(tmp_path: Path) -> None:
    if os.geteuid():
        assert alive(1)
        return
    script = "import os; os.setuid(65534); from padctl.store.replacing import alive; print(alive(os.getppid()))"
    ready = f"import sys; sys.path[:0] = {sys.path!r}; import padctl.store.replacing; {script}"
    done = subprocess.run([sys.executable, "-c", ready], capture_output=True, check=True)
    assert done.stdout == b"True\n"
