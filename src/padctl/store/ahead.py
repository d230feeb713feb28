"""Questions that git is asked at once, before those who need the answers ask them one by one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from padctl.store.program import Finished, Running

Question = tuple[tuple[str, ...], bytes | None]  # a git command that only reads, and what it is asked


class Ahead:
    """Answers under way in one repository: each is given once, to who asks in the same words."""

    def __init__(self, root: Path, env: Mapping[str, str] | None) -> None:
        self._root, self._env = root, env
        self._running: dict[Question, Running] = {}

    @contextmanager
    def asking(self, questions: Iterable[Question]) -> Iterator[None]:
        """Ask questions ahead of a block; what nobody has asked by its end is forgotten.

        Raises:
            RepositoryError: git is missing, or cannot be started.
        """
        try:
            for words, asked in questions:
                self._running[words, asked] = Running(words, folder=self._root, env=self._env, asked=asked)
            yield
        finally:
            self.forget()

    def answer(self, question: Question) -> Finished | None:
        """Return the answer to a question, or None where it was not asked ahead.

        Raises:
            RepositoryError: git did not come to its end.
        """
        running = self._running.pop(question, None)
        return running.finished() if running else None

    def forget(self) -> None:
        """End what was asked: it does not hold after a change."""
        while self._running:
            self._running.popitem()[1].stop()
