"""The practice's vocabulary: stages, statuses, moves, outcomes, and the labels people read."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum

YEARS = range(1900, 3000)  # beyond them lie slips of the keyboard, and days that cannot be counted on from

_FEW, _MANY, _LONG = 8, 200, 200  # comparing words takes the product of their number and of their lengths


class Term(StrEnum):
    """A word of the practice; it is looked up as the text that it is, which costs less than by its member's name."""

    __hash__ = str.__hash__


class Stage(Term):
    """The four stages of a PAD, in their order."""

    PROBLEM_FRAMING = "problem-framing"
    SOLUTION_FRAMING = "solution-framing"
    DELIVERY = "delivery"
    POST_LAUNCH_RECAP = "post-launch-recap"

    @property
    def order(self) -> int:
        """Position in the life of a PAD, from 0."""
        return _ORDER[self]

    @property
    def label(self) -> str:
        """The stage's name in running text."""
        return self.value.replace("-", " ").replace("post launch", "post-launch")


_ORDER = {stage: number for number, stage in enumerate(Stage)}


class Status(Term):
    """Where a PAD stands within its stage."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    FOLLOW_UP = "follow-up"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    WITHDRAWN = "withdrawn"
    DONE = "done"

    @property
    def label(self) -> str:
        """The status in running text."""
        return self.value if self is Status.FOLLOW_UP else self.value.replace("-", " ")


PARKED = frozenset({Status.ON_HOLD, Status.WITHDRAWN})
CLOSED = PARKED | {Status.DONE}


class MoveKind(Term):
    """The moves of the lifecycle table, and `undo`, which takes the latest of them back."""

    SUBMIT = "submit"
    DECIDE = "decide"
    ADVANCE = "advance"
    LAUNCH = "launch"
    RECALL = "recall"
    HOLD = "hold"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    UNDO = "undo"


class Outcome(Term):
    """The four outcomes of a review, numbered 1 to 4 in this order."""

    PROCEED = "proceed"
    PROCEED_WITH_CORRECTIONS = "proceed-with-corrections"
    FOLLOW_UP = "follow-up"
    REWORK = "rework"

    @property
    def label(self) -> str:
        """What the meeting says."""
        return {
            Outcome.PROCEED: "Approved",
            Outcome.PROCEED_WITH_CORRECTIONS: "Approved with corrections",
            Outcome.FOLLOW_UP: "Follow up first",
            Outcome.REWORK: "Not approved: more work",
        }[self]

    @property
    def approves(self) -> bool:
        """Whether the PAD goes on to its next stage."""
        return self in _APPROVING


_APPROVING = frozenset({Outcome.PROCEED, Outcome.PROCEED_WITH_CORRECTIONS})


class Classification(Term):
    """Why the company would do this at all."""

    COMPETITIVE_NEUTRALIZER = "competitive-neutralizer"
    DIFFERENTIATOR = "differentiator"
    DELIGHTER = "delighter"


class Stance(Term):
    """What a reviewer's feedback says."""

    SUPPORT = "support"
    CONCERN = "concern"
    QUESTION = "question"


class ActionKind(Term):
    """What an action came from."""

    CORRECTION = "correction"
    FOLLOW_UP = "follow-up"
    REWORK = "rework"
    OTHER = "other"


ACTION_OF_OUTCOME = {
    Outcome.PROCEED_WITH_CORRECTIONS: ActionKind.CORRECTION,
    Outcome.FOLLOW_UP: ActionKind.FOLLOW_UP,
    Outcome.REWORK: ActionKind.REWORK,
}

SIZES = ("XS", "S", "M", "L", "XL", "XXL")
PAD_ID = re.compile(r"([A-Z][A-Z0-9]*)-([0-9]{1,9})")
VERDICTS = ("met", "partly", "missed", "not measured")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return " (did you mean ...?)" for the known word nearest to `word`, or an empty string."""
    names = list(known)
    if len(names) > _MANY:
        like = (name for name in names if name.startswith(word[: len(word) // 2 + 1]))
        names = sorted(like, key=lambda name: (abs(len(name) - len(word)), name))[:_FEW]
    if len(word) > _LONG or any(len(name) > _LONG for name in names):
        return ""
    near = get_close_matches(word, names, n=1, cutoff=0.5)
    return f' (did you mean "{near[0]}"?)' if near else ""
