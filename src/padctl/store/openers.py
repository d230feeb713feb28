"""Whether any process has a file open: only the system knows, and only Linux tells."""

import os
import signal
import sys
from pathlib import Path

if sys.platform == "linux":
    import fcntl


def nobody_has_open(path: Path) -> bool:
    """Say whether the system grants that no process of this machine has a file open; where it cannot say, no.

    A write lease is given for such a file alone (fcntl(2), F_SETLEASE), and handed back at once.
    """
    if sys.platform != "linux":
        return False
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)  # who opens it meanwhile must not end this process
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
