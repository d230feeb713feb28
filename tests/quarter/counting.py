"""The independent count: what each PAD has been through by a day, from the diary alone and without padctl's code."""

import copy
import re
from dataclasses import dataclass, field
from datetime import date

from .diary import Day, Line, diary
from .writing import facts

STREAMS = {"tickets": "riders", "journeys": "riders", "dispatch": "fleet", "drivers": "fleet", "platform": "common"}
_STAGES = {"standard": ["problem", "solution", "delivery", "recap"], "light": ["problem", "delivery", "recap"]}
_APPROVING = ("proceed", "proceed-with-corrections")


@dataclass
class Asked:
    """An action that a decision asked for; `move` is the number of that decision."""

    who: str
    due: date
    move: int
    done: bool = False


@dataclass
class Moved:
    """A move as the diary has it; `undoes` and `undone_by` are numbers of moves, 0 for none."""

    n: int
    date: date
    verb: str
    outcome: str
    by: list[str]
    stage: str
    override: bool
    undoes: int = 0
    undone_by: int = 0


@dataclass
class Life:
    """Where a PAD stands; `stages` are what lies ahead of it, its own first."""

    owner: str
    created: date
    stages: list[str]
    status: str = "draft"
    meeting: date | None = None
    submitted: date | None = None
    launched: date | None = None
    since: date | None = None
    answered: set[str] = field(default_factory=set)
    asked: dict[str, Asked] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        return self.stages[0]

    def enter_next(self) -> None:
        del self.stages[0]
        self.status = "done" if not self.stages else "in-progress" if self.stage == "delivery" else "draft"


class Count:
    """All PADs by a day: at its end, or on its `morning`, before anything was done on it."""

    def __init__(self, until: date, *, morning: bool = False) -> None:
        self.lives: dict[str, Life] = {}
        self.moves: dict[str, list[Moved]] = {}
        self.before: dict[str, list[Life]] = {}
        for day in diary():
            if day.date < until or (day.date == until and not morning):
                for line in day.lines:
                    if line.verb in ("minutes", "recap", "settings", "write", "commit"):
                        continue
                    self.note(day, line)

    def of(self, meeting: str) -> dict[str, Life]:
        """Return the PADs that a meeting reviews."""
        return {pad: life for pad, life in self.lives.items() if STREAMS[facts()[pad]["team"]] == meeting}

    def note(self, day: Day, line: Line) -> None:
        fact = facts()[line.pad]
        if line.verb == "new":
            self.lives[line.pad] = Life(fact["owner"], day.date, list(_STAGES[fact["template"]]))
            self.moves[line.pad], self.before[line.pad] = [], []
            return
        life = self.lives[line.pad]
        if line.verb == "edit":
            if owner := re.fullmatch(r"owner: (\w+)", line.words[3]):
                life.owner = owner[1]
        elif line.verb == "feedback":
            life.answered |= set(line.all("--by"))
        elif line.verb == "action":
            life.asked[line.words[3]].done = True
        else:
            self.move(day, line, life)

    def move(self, day: Day, line: Line, life: Life) -> None:
        known, before = self.moves[line.pad], self.before[line.pad]
        outcome = line.words[2] if line.verb == "decide" else ""
        stage, number = life.stage, len(known) + 1
        moved = Moved(number, day.date, line.verb, outcome, line.all("--by"), stage, "--override" in line.words)
        if line.verb == "undo":
            taken = [one for one in known if one.verb != "undo" and not one.undone_by][-1]
            taken.undone_by, moved.undoes = number, taken.n
            self.lives[line.pad] = before.pop()
        else:
            before.append(copy.deepcopy(life))
            _apply(day.date, line, life, outcome)
            for text in line.all("--action"):
                who, _, rest = text.partition(":")
                due = date.fromisoformat(rest.rsplit(" by ", 1)[1])
                life.asked[f"A{len(life.asked) + 1}"] = Asked(who, due, number)
            life.since = day.date
        known.append(moved)


def _apply(today: date, line: Line, life: Life, outcome: str) -> None:
    """Let a move that is no undo change where a PAD stands."""
    if line.verb == "submit":
        life.status, life.meeting = "in-review", date.fromisoformat(line.one("--meeting"))
        life.submitted, life.answered = today, set()
    elif line.verb == "launch":
        life.launched = today
        life.enter_next()
    elif line.verb == "advance" or outcome in _APPROVING:
        life.enter_next()
    elif line.verb == "resume":
        life.status = "in-progress" if life.stage == "delivery" else "draft"
    else:
        life.status = {
            "follow-up": "follow-up", "rework": "draft", "recall": "draft", "hold": "on-hold", "withdraw": "withdrawn",
        }[outcome or line.verb]  # fmt: skip
