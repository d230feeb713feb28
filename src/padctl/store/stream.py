"""The output of a git command line by line, so that a reader who has seen enough can stop the command."""

from collections.abc import Generator
from contextlib import closing

from padctl.store.program import stream_git
from padctl.store.repository import Repository


def lines_of(repository: Repository, *words: str) -> Generator[str]:
    """Yield the lines that a reading git command prints; closing the iterator ends the command.

    Raises:
        RepositoryError: git is missing, cannot be started, failed, or was ended: what it printed is not all.
    """
    with closing(stream_git(repository.asking(*words), folder=repository.root, env=repository.env)) as lines:
        for line in lines:
            yield line.decode(errors="surrogateescape").rstrip("\n")
