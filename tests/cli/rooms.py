"""What the tests of the writer's rooms share: bytes, hooks, and the words of healing."""

import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from acting import TODAY, Company, Said

from padctl.store.repository import Repository

OLD, NEW, MINE = b"old\n", b"new\n", b"written by hand\n"
NOBODY = 2**22 + 1  # one more than Linux gives to a process
PUT_BACK = "an interrupted run had changed {}; its old text is back"
FINISHED = "an interrupted run had committed {}; it is finished now"


def hook(company: Company, name: str, script: str, *, bits: int = 0o755) -> Path:
    file = company.root / ".git/hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(bits)
    return file


def started(company: Company, *words: str, **streams: int) -> "subprocess.Popen[bytes]":
    call = [sys.executable, "-m", "padctl", "--today", TODAY, *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **streams}
    return subprocess.Popen(call, cwd=company.root, stdin=subprocess.DEVNULL, start_new_session=True, **pipes)


def awaited(path: Path) -> None:
    for _ in range(1200):
        if path.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{path} never came")


def ended(process: "subprocess.Popen[bytes]") -> Said:
    out, _ = process.communicate(timeout=90)
    return Said(code=process.returncode, out=(out or b"").decode(), err="")


def opened(company: Company) -> Repository:
    return Repository(company.root)


def status(company: Company) -> str:
    return company.git("status", "--porcelain")


@contextmanager
def in_the_way(lock: Path) -> Iterator[None]:
    """Let a lock file lie there; who waits for it without end is let through at last, so that the test fails."""
    lock.touch()
    timer = threading.Timer(20, lock.unlink, [True])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def file(folder: Path, name: str = "pad.md", *, bits: int = 0o644) -> Path:
    path = folder / name
    path.write_bytes(OLD)
    path.chmod(bits)
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
