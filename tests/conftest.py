"""What all tests share: none of them reads or writes the memory of the person who runs them."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(Path(tmp_path_factory.getbasetemp()) / "memory"))
