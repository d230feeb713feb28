"""The register answers as all PADs do that are read: how they are called, and what rules ask of them."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from padctl.errors import SettingsError
from padctl.rules.registry import Others
from padctl.store import register
from padctl.store.files import documents
from padctl.store.register import registered
from padctl.store.workspace import Workspace, open_workspace

from .test_memory_laws import STEPS, Place, Step, pad_text

IDS = [f"PAD-{number:04}" for number in range(1, 7)]


def answers(others: Others, workspace: Workspace) -> object:
    """Return all that a rule may ask."""
    pads = workspace.corpus.pads
    keys = {pad.title_key for pad in pads if pad.title_key}
    return (
        {(pad_id, pad.path): others.with_id(pad_id, but=pad.path) for pad_id in IDS for pad in pads},
        {(key, pad.path): others.with_title(key, but=pad.path) for key in keys for pad in pads},
        {pad_id: (others.has_pad(pad_id), others.earlier_ids(pad_id)) for pad_id in IDS},
        sorted(others.pad_ids()),
        {pad.path: others.anchors(pad.path) for pad in pads},
        others.anchors("pads/none.md"),
        [others.has_file(path) for path in ("notes/a.txt", "pads", "../outside")],
    )


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_pads_are_called_and_known_as_when_all_are_read(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        place = Place(Path(folder).resolve() / "repository", Path(folder) / "memory")
        patch.setenv("PADCTL_CACHE_DIR", str(place.memory))
        patch.setattr(register, "_FEW", 0)  # written down anew each time
        place.write("padctl.toml", "")
        for number in (1, 2):
            place.write(f"pads/PAD-000{number}-x.md", pad_text(number, f"Title {number}", None, "#why", "", ""))
        for step in steps:
            step(place)
            try:
                known, read = open_workspace(place.root, today=place.today), open_workspace(place.root)
            except SettingsError:
                continue
            assert known.names == read.names
            assert answers(known.others, read) == answers(read.others, read)


def test_a_file_is_read_again_where_its_state_is_another_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", tmp_path / "memory")
    for number in (1, 2, 3):
        place.write(f"pads/PAD-000{number}-x.md", pad_text(number, "Gallery", None, "#why", "", ""))
    now = registered(place.root, "pads")
    old = now._replace(stats=tuple(stat for _, stat in documents(place.root, "pads")))  # as if time had passed
    assert registered(place.root, "pads", old) is old
    place.write("pads/PAD-0002-x.md", pad_text(3, "Gallery walk", None, "#why", "", "formerly: [PAD-0002]\n"))
    found = registered(place.root, "pads", old._replace(ids=("PAD-0008", "PAD-0009", "PAD-0003")))
    assert found.ids == ("PAD-0008", "PAD-0003", "PAD-0003")
    assert found.former == ((), ("PAD-0002",), ())
    (place.root / "pads/PAD-0001-x.md").unlink()
    assert registered(place.root, "pads", found).ids == ("PAD-0003", "PAD-0003")


def test_what_was_kept_of_another_folder_does_not_count(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", tmp_path / "memory")
    place.write("pads/PAD-0001-x.md", pad_text(1, "Gallery", None, "#why", "", ""))
    kept = registered(place.root, "pads")._replace(ids=("PAD-0009",))
    kept = kept._replace(stats=tuple(stat for _, stat in documents(place.root, "pads")))
    assert registered(place.root, "pads", kept).ids == ("PAD-0009",)
    (place.root / "pads").rename(place.root / "old")
    (place.root / "pads").symlink_to("old")
    assert registered(place.root, "pads", kept).ids != ("PAD-0009",)
