"""A person at a real terminal: padctl on a pseudo-terminal, its questions read and answered."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SECONDS = 30.0
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """One padctl on a pseudo-terminal; `said` is all that it has shown, without escape codes."""

    def __init__(self, process: "subprocess.Popen[bytes]", master: int) -> None:
        self.said = ""
        self._process = process
        self._master = master
        self._seen = 0

    def answer(self, question: str, text: str) -> None:
        """Wait until a question is shown, and type an answer and the return key."""
        self.wait_for(question)
        os.write(self._master, f"{text}\n".encode())

    def wait_for(self, text: str) -> None:
        """Read on until a text is shown that was not looked for before."""
        end = time.monotonic() + _SECONDS
        while text not in self.said[self._seen :]:
            assert time.monotonic() < end, f"{text!r} was not shown in:\n{self.said}"
            assert self._read(), f"padctl ended without {text!r}:\n{self.said}"
        self._seen = self.said.index(text, self._seen) + len(text)

    def press(self, keys: bytes) -> None:
        """Type keys as they are."""
        os.write(self._master, keys)

    def interrupt(self) -> None:
        """Send what Ctrl-C sends, to padctl and to what it started."""
        os.killpg(self._process.pid, signal.SIGINT)

    def kill(self, *, everything: bool = False) -> None:
        """Kill padctl as the system would, and with it what it started where that is asked for.

        The pseudo-terminal is nobody's controlling one, so a git that writes leads a group of its own: it is killed by
        its process, not with padctl's group.
        """
        started = _descendants(self._process.pid) if everything else []
        self._process.kill()
        for process in started:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(_SECONDS)

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        return self._process.wait(_SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], _SECONDS)
        try:
            raw = os.read(self._master, 65536) if ready else b""
        except OSError:  # how Linux tells that the other end is closed
            raw = b""
        self.said += _ESCAPES.sub("", raw.decode()).replace("\r\n", "\n")
        return bool(raw)


def _descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that these started, the oldest first."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, of in pairs if of == parent]
    return found[1:]


@contextmanager
def terminal(*words: str, cwd: Path) -> Iterator[Terminal]:
    """Run padctl with a pseudo-terminal as its standard input, output and error."""
    master, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "padctl", *words], cwd=cwd, stdin=other, stdout=other, stderr=other,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"}, start_new_session=True,
    )  # fmt: skip
    os.close(other)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
