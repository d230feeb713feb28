"""What all tests share: none of them reads or writes the memory of the person who runs them."""

import signal
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(Path(tmp_path_factory.getbasetemp()) / "memory"))


def pytest_configure() -> None:
    """Let the programs under test be interrupted also where tests run in the background, which shuts signals out."""
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)
