"""A change of a PAD that is no move of the lifecycle: actions and feedback, which add no entry to the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from padctl.model.edit import Value
from padctl.model.pad import Pad


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to be written: whole values by field, the words for people, the name that tools read."""

    pad_id: str
    kind: str
    words: str
    fields: Mapping[str, Value]

    @property
    def subject(self) -> str:
        """The commit's first line."""
        return f"{self.pad_id}: {self.words}"

    @property
    def message(self) -> str:
        """The commit message: a subject for people, trailers for tools."""
        return f"{self.subject}\n\nPad-Id: {self.pad_id}\nPad-Move: {self.kind}\n"


Planned = Callable[[Pad], Change]
