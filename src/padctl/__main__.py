"""`padctl` and `python -m padctl`; `--version` is answered before anything heavy is imported."""

import gc
import sys
from contextlib import suppress

from padctl import __version__


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        with suppress(OSError):
            print(f"padctl {__version__}", flush=True)
        return
    gc.disable()  # a command lives for moments: the collector would walk all that is loaded, and free nothing
    from padctl.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor does it walk all of that at the interpreter's end
    sys.exit(code)


if __name__ == "__main__":
    main()
