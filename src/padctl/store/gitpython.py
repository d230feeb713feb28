"""GitPython's runner of git commands, without what its packages import beside it.

Their own code imports an object model, a reader of packs and one of configurations, and runs `git version` twice: more
than twice as long as all questions of a move to git. None of that is used here.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec

__all__ = ["Git", "GitCommandNotFound"]


@contextmanager
def _without_their_own_code(*packages: str) -> Iterator[None]:
    """Let modules of packages be imported in the block, without the code of the packages themselves."""
    specs = [spec for name in packages if name not in sys.modules and (spec := find_spec(name))]
    sys.modules.update((spec.name, module_from_spec(spec)) for spec in specs)
    try:
        yield
    finally:
        for spec in specs:
            del sys.modules[spec.name]  # whoever imports the whole of it later gets the whole


with _without_their_own_code("git", "gitdb"):
    from git.cmd import Git
    from git.exc import GitCommandNotFound
