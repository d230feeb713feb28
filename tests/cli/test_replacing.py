"""One file replaced, created, removed or saved: its bytes, its mode, drafts left behind, words of faults."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from acting import Company, padctl_process

from padctl.errors import Refused, RepositoryError
from padctl.store.kept import DRAFT, digest, place_of
from padctl.store.replacing import (
    alive,
    create_file,
    remove_file,
    replace_file,
    save_file,
    take_away,
    write_aside,
    write_back,
)

OLD, NEW = b"old\n", b"new\n"
NOBODY = 2**22 + 1  # one more than Linux gives to a process
MODES = [0o600, 0o640, 0o644, 0o664, 0o755]
FIX = "free space, or make the folder writable"


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    folder = tmp_path / "git-dir"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on another file system than the others are."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system here")
    with TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def file(folder: Path, name: str = "pad.md", *, bits: int = 0o644) -> Path:
    path = folder / name
    path.write_bytes(OLD)
    path.chmod(bits)
    return path


# Modes


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


# Drafts


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


# What stands there is not what was read


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
    replace_file(path, NEW)
    assert path.read_bytes() == NEW


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


# Another file system


def test_a_file_on_another_file_system_than_the_git_directory(elsewhere: Path, aside: Path) -> None:
    path = file(elsewhere, bits=0o640)
    put_back = replace_file(path, NEW, old=OLD, aside=aside)
    assert (path.read_bytes(), mode(path)) == (NEW, 0o640)
    assert names(aside) == []
    put_back()
    assert (path.read_bytes(), mode(path)) == (OLD, 0o640)
    put_back = remove_file(path, old=OLD, aside=aside)
    assert names(elsewhere) == []
    put_back()
    assert (path.read_bytes(), mode(path)) == (OLD, 0o640)
    write_back(path, NEW, over=digest(OLD), aside=aside)
    with pytest.raises(Refused):
        write_back(path, OLD, over=digest(OLD), aside=aside)
    assert path.read_bytes() == NEW
    create_file(elsewhere, "new.md", NEW, aside=aside)
    assert (elsewhere / "new.md").read_bytes() == NEW
    with pytest.raises(RepositoryError, match="exists already"):
        create_file(elsewhere, "new.md", OLD, aside=aside)
    assert names(elsewhere) == ["new.md", "pad.md"]
    assert names(aside) == []


def test_a_file_that_cannot_be_created_across_file_systems_leaves_nothing(elsewhere: Path, aside: Path) -> None:
    """A limit on the size of files lets the draft be written, but not twice: it is set between the two."""
    script = (
        "import os, resource, signal, sys; from pathlib import Path\n"
        "from padctl.errors import RepositoryError; from padctl.store.replacing import create_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "def look(event, given):\n"
        "    if event == 'os.link': resource.setrlimit(resource.RLIMIT_FSIZE, (3, 3))\n"
        "sys.addaudithook(look)\n"
        f"try: create_file(Path({str(elsewhere)!r}), 'new.md', b'four', aside=Path({str(aside)!r}))\n"
        "except RepositoryError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == f"{elsewhere}/new.md cannot be written: File too large\n"
    assert names(elsewhere) == []
    assert names(aside) == []


def test_a_linked_work_tree_on_another_file_system(company: Company, elsewhere: Path) -> None:
    company.in_status("draft")
    company.git("worktree", "add", "--quiet", "-b", "side", str(elsewhere / "side"))
    side = Company(root=elsewhere / "side")
    side.ok("submit", "1", "--meeting", "2026-11-26")
    side.ok("new", "Another", "--owner", "pm")
    assert side.git("status", "--porcelain").startswith("?? pads/PAD-0002")
    assert not list((company.root / ".git/worktrees/side").glob("padctl-*"))


# What cannot be written


def obstacles(folder: Path) -> list[tuple[Path, str]]:
    """Return paths that cannot be written, each with the system's words for it."""
    (folder / "folder.md").mkdir()
    file(folder, "file")
    return [
        (folder / "folder.md", "Is a directory"),
        (folder / "file/pad.md", "Not a directory"),
        (folder / ("n" * 256), "File name too long"),
    ]


def test_words_of_faults(tmp_path: Path, aside: Path) -> None:
    for path, why in obstacles(tmp_path):
        tries: list[Callable[[], object]] = [
            lambda path=path: replace_file(path, NEW, aside=aside),  # type: ignore[misc]
            lambda path=path: replace_file(path, NEW, old=OLD, aside=aside),  # type: ignore[misc]
            lambda path=path: replace_file(path, NEW, old=OLD),  # type: ignore[misc]
            lambda path=path: remove_file(path, old=OLD, aside=aside),  # type: ignore[misc]
            lambda path=path: take_away(path),  # type: ignore[misc]
            lambda path=path: save_file(path, NEW),  # type: ignore[misc]
            lambda path=path: write_back(path, NEW, over=digest(None), aside=aside),  # type: ignore[misc]
            lambda path=path: write_aside(path, NEW),  # type: ignore[misc]
        ]
        for attempt in tries:
            with pytest.raises(RepositoryError) as caught:
                attempt()
            assert str(path) in caught.value.message
            assert caught.value.message.endswith((f"cannot be written: {why}", ": File exists", ": Is a directory"))
            assert caught.value.fix == FIX
    assert names(aside) == []
    assert names(tmp_path) == ["file", "folder.md", "git-dir", "home"]


def test_words_of_a_loop_of_links(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    with pytest.raises(RepositoryError, match=r"loop\.md cannot be written: .*(?i:symlink loop|symbolic links)"):
        save_file(loop, NEW)


def test_a_file_that_cannot_come_back(tmp_path: Path, aside: Path) -> None:
    (tmp_path / "pads").mkdir()
    path = file(tmp_path / "pads")
    put_back = remove_file(path, old=OLD, aside=aside)
    path.parent.rmdir()
    path.parent.write_bytes(b"")
    with pytest.raises(RepositoryError, match=r"pads/pad\.md cannot be written: File exists"):
        put_back()


@pytest.mark.parametrize("beside", [True, False])
def test_a_file_that_exists_is_not_created(tmp_path: Path, aside: Path, beside: bool) -> None:
    path = file(tmp_path)
    place = None if beside else aside
    with pytest.raises(RepositoryError) as caught:
        create_file(tmp_path, "pad.md", NEW, aside=place)
    assert caught.value.message == f"{path} exists already"
    assert caught.value.fix == "edit that file, or move it away first"
    with pytest.raises(RepositoryError, match=r"x\.md exists already$"):
        create_file(tmp_path, "pad.md/x.md", NEW, aside=place)
    with pytest.raises(RepositoryError, match="cannot be written: File name too long"):
        create_file(tmp_path, "n" * 256, NEW, aside=place)
    assert path.read_bytes() == OLD
    assert names(aside) == []
    assert names(tmp_path) == ["git-dir", "home", "pad.md"]


def test_a_created_file_is_taken_away_again(tmp_path: Path, aside: Path) -> None:
    (tmp_path / "pads").mkdir()
    take = create_file(tmp_path, "pads/new/pad.md", NEW, aside=aside)
    assert names(aside) == []
    take()
    take()
    assert names(tmp_path / "pads") == []


def test_a_file_is_created_inside_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".git").mkdir(parents=True)
    (root / "inside").mkdir()
    (root / "good").symlink_to("inside")
    (root / "out").symlink_to(tmp_path)
    (root / "in-git").symlink_to(".git")
    create_file(root, "good/one.md", NEW)
    create_file(root, "one.md", NEW)
    assert (root / "inside/one.md").read_bytes() == NEW
    for path in ("out/one.md", "in-git/one.md", ".git/x/one.md", "../one.md"):
        with pytest.raises(RepositoryError, match=f"^{path} would be written to {tmp_path}") as caught:
            create_file(root, path, NEW)
        assert caught.value.fix == "replace the link on the way by a folder"
    assert names(tmp_path) == ["home", "root"]
    assert names(root / ".git") == []


# What a person names


def test_a_report_goes_through_links_and_into_pipes(tmp_path: Path) -> None:
    path, link = file(tmp_path), tmp_path / "link.md"
    link.symlink_to("pad.md")
    number = path.stat().st_ino
    save_file(link, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert path.stat().st_ino != number  # in one step
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    save_file(pipe, NEW)
    assert reader.communicate()[0] == NEW
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["home", "link.md", "pad.md", "pipe"]


def test_a_report_in_a_folder_where_nothing_new_may_be_made() -> None:
    script = "import os; from padctl.store.replacing import save_file; os.geteuid() or os.setuid(65534); save_file"
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = file(folder, bits=0o666)
        number = path.stat().st_ino
        folder.chmod(0o555)
        call = f"from pathlib import Path; {script}(Path({str(path)!r}), b'new')"
        subprocess.run([sys.executable, "-c", call], check=True)
        folder.chmod(0o755)
        assert path.read_bytes() == b"new"
        assert path.stat().st_ino == number


def test_an_output_on_another_file_system(company: Company, elsewhere: Path) -> None:
    company.submitted()
    report = elsewhere / "agenda.md"
    for _ in range(2):
        said = padctl_process("--today", company.today, "agenda", "--output", str(report), cwd=company.root)
        assert said.code == 0
    assert names(elsewhere) == ["agenda.md"]
