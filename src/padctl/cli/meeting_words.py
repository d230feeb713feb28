"""What the person who runs a meeting may type at an item: an outcome, or where to go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from padctl.cli.asking import ask_until
from padctl.cli.deciding import parse_outcome
from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.model.terms import Outcome

SKIP, LIST, GO, TIME, HELP, QUIT = "skip", "list", "go", "time", "help", "quit"

_GO = re.compile(r"(?:g|go)\s*([0-9]{1,3})")
_WORDS = {word: command for command in (SKIP, LIST, QUIT) for word in (command, command[0])} | {"": TIME, "?": HELP}
_HELP = (
    "  1 to 4   the outcome; more is asked, and nothing is written before you agree",
    "  s        skip it, and come back later",
    "  l        list all items, and what is left",
    "  g 3      go to item 3",
    "  Enter    the time used",
    "  q        end the meeting; what is left is carried over",
)


@dataclass(frozen=True)
class Said:
    """What was typed: an outcome or the name of a command, with the number of the item to go to."""

    what: Outcome | str
    number: int = 0


def ask_what(session: Session, question: str, left: Sequence[int]) -> Said:
    """Return what to do with an item; the help is given here."""
    while True:
        said = ask_until(session, question, lambda text: _read(text, left), default="")
        if said.what != HELP:
            return said
        for text in _HELP:
            session.note(text)


def ask_which(session: Session, left: Sequence[int]) -> int | None:
    """Return the number of a skipped item to come back to, or None to end the meeting."""

    def read(text: str) -> int | None:
        if text.lower() in {"q", "quit"}:
            return None
        return _number(text or str(left[0]), left)

    question = f"Come back to which? A number, Enter for {left[0]}, or q to end"
    return ask_until(session, question, read, default="")


def _read(text: str, left: Sequence[int]) -> Said:
    word = text.lower()
    if going := _GO.fullmatch(word):
        return Said(GO, _number(going[1], left))
    if word in _WORDS:
        return Said(_WORDS[word])
    try:
        return Said(parse_outcome(word))
    except UsageError:
        raise UsageError(f'"{text}" is no outcome and no command', fix="1 to 4, or ? for help") from None


def _number(text: str, left: Sequence[int]) -> int:
    if not text.isdecimal() or int(text) not in left:
        raise UsageError(f'"{text}" is not left', fix=f"one of {', '.join(map(str, left))}")
    return int(text)
