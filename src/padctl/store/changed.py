"""What was changed since a commit, asked without running what the repository's configuration names."""

import os
import shlex
from collections.abc import Iterator

from padctl.errors import RepositoryError
from padctl.store.repository import Repository

_OFF = ("clean=", "smudge=", "process=", "required=false")


def changed_paths(repository: Repository, ref: str) -> set[str]:
    """Return the paths that differ between a commit and the work tree, untracked files included.

    Line ends are compared as git's settings have it. A file that is stored through a filter is unchanged as long as the
    index knows it so; one that was touched counts as changed.

    Raises:
        RepositoryError: git cannot say, or a filter cannot be kept from running.
    """
    words = ("diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty", "--relative", "--name-only", "-z")
    plain = (*_without_filters(repository), *words)
    tracked = repository.ask(*plain, ref, "--", ".")
    if tracked.status and not repository.commit_id(ref):
        empty_tree = repository.must("hash-object", "-t", "tree", os.devnull)
        tracked = repository.ask(*plain, empty_tree, "--", ".")
    if tracked.status:
        raise repository.failed("diff", tracked)
    untracked = repository.must("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return set(filter(None, f"{tracked.output}\0{untracked}".split("\0")))


def _without_filters(repository: Repository) -> Iterator[str]:
    """Yield the options by which git runs none of the filters that are configured."""
    keys = repository.found("config", "--name-only", "-z", "--get-regexp", r"^filter\.").split("\0")
    for name in sorted({key.rpartition(".")[0] for key in keys if key}):
        if "=" in name:
            fix = f"git config --rename-section {shlex.quote(name)} filter.NAME"
            raise RepositoryError("the name of a filter in git's configuration holds a `=`", fix=fix)
        for setting in _OFF:
            yield from ("-c", f"{name}.{setting}")
