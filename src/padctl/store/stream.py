"""The output of a git command line by line, so that a reader who has seen enough can stop the command."""

from collections.abc import Generator
from contextlib import suppress

from padctl.store.gitpython import Git, GitCommandError
from padctl.store.repository import Repository


def lines_of(repository: Repository, *words: str) -> Generator[str]:
    """Yield the lines that a reading git command prints; closing the iterator ends the command.

    A command that fails yields what it printed before.
    """
    process = Git(repository.root).execute(repository.asking(*words), as_process=True)
    try:
        for line in process.stdout or ():
            yield line.decode(errors="surrogateescape").rstrip("\n")
    finally:
        process.terminate()
        with suppress(GitCommandError):  # it was stopped, which is no failure
            process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()
