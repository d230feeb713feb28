"""What cannot be written: the words for it, and that nothing is left over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import NEW, OLD, file, names

from padctl.errors import RepositoryError
from padctl.store.kept import DRAFT, digest, place_of
from padctl.store.replacing import remove_file, replace_file, save_file, take_away, write_aside, write_back

FIX = "free space, or make the folder writable"


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


@pytest.mark.parametrize("folder", [True, False])
def test_a_git_directory_that_takes_no_draft_is_no_reason_to_write_elsewhere(
    tmp_path: Path, aside: Path, folder: bool
) -> None:
    path = file(tmp_path)
    if folder:
        (aside / f"{place_of(path)}{DRAFT}").mkdir()
    with pytest.raises(RepositoryError, match=r"pad\.md cannot be written: (Is a|No such file or) directory"):
        replace_file(path, NEW, old=OLD, aside=aside if folder else aside / "nowhere")
    assert path.read_bytes() == OLD
    assert names(tmp_path) == ["git-dir", "home", "pad.md"]
