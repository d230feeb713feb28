"""One process that was started: what it says until its end, and how it is brought to one."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

_SLICE = 0.25
_PARTING = 5.0


def communicated(process: subprocess.Popen[bytes], asked: bytes | None, seconds: float) -> tuple[bytes, bytes]:
    """Return output and messages; what a hook leaves running behind may hold the pipes, and is not waited for."""
    deadline, ended = time.monotonic() + seconds, False
    while True:
        try:
            return process.communicate(asked, timeout=_SLICE)
        except subprocess.TimeoutExpired as waiting:
            asked = None
            if ended:
                return waiting.output or b"", waiting.stderr or b""
            ended = process.poll() is not None
            if not ended and time.monotonic() > deadline:
                raise


def end(process: subprocess.Popen[bytes]) -> None:
    """See that a process is over: asked first, so that git removes its lock files, then made to, its hooks too."""
    if process.poll() is None:
        leads = _leads(process)
        send(process, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_PARTING)
        if leads:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()


def send(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to a process, and to all of the group that it leads."""
    with suppress(OSError):
        if _leads(process):
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)


def _leads(process: subprocess.Popen[bytes]) -> bool:
    """Say whether a process leads a group of its own, in which its hooks are too."""
    with suppress(OSError):
        return sys.platform != "win32" and os.getpgid(process.pid) == process.pid
    return False
