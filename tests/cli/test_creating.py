"""A file created: not over another, not outside of the root, and taken away again."""

from pathlib import Path

import pytest
from rooms import NEW, OLD, file, names

from padctl.errors import RepositoryError
from padctl.store.replacing import create_file


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
