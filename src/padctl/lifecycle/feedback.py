"""What reviewers say before the meeting: given for the stage under review, resolved once it is answered."""

from dataclasses import dataclass
from datetime import date

from padctl.errors import Reason, Refused, UsageError
from padctl.lifecycle.change import Change, Planned
from padctl.lifecycle.readable import raw_list, readable
from padctl.lifecycle.together import Impossible
from padctl.model.edit import Value
from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import MoveKind, Stance, Status
from padctl.model.transitions import legal_moves


@dataclass(frozen=True, kw_only=True)
class FeedbackRequest:
    """What somebody says on a day about the stage under review; `by` is a short name."""

    by: str
    day: date
    stance: Stance
    note: str


def under_review(pad: Pad) -> FrontMatter:
    """Return the header of a PAD in review.

    Raises:
        Impossible: no stage of it is under review.
    """
    header, _ = readable(pad)
    if header.status is Status.IN_REVIEW:
        return header
    here = f"{header.stage.label} is {'a ' if header.status is Status.DRAFT else ''}{header.status.label}"
    asks = MoveKind.SUBMIT in legal_moves(header.status)
    fix = f"padctl submit {header.id} --meeting DATE asks for it" if asks else "there is nothing to review now"
    raise Impossible(f"{header.id}: feedback is for a stage under review", [Reason(message=here, fix=fix)])


def answering(asked: FeedbackRequest) -> Planned:
    """Return the change that adds feedback; earlier feedback of the same person stays.

    It raises Impossible where no stage is under review.
    """

    def change(pad: Pad) -> Change:
        header = under_review(pad)
        entry: dict[str, Value] = {
            "by": asked.by,
            "date": asked.day,
            "stage": str(header.stage),
            "stance": str(asked.stance),
            "note": asked.note,
        }
        words = f"{asked.stance} of {asked.by} on {header.stage.label}"
        fields: dict[str, Value] = {"feedback": [*raw_list(pad, "feedback"), entry]}
        return Change(pad_id=header.id, kind="feedback", words=words, fields=fields)

    return change


def resolving(word: str, day: date, settings: Settings, *, by: str | None = None, note: str | None = None) -> Planned:
    """Return the change that marks a concern or question as resolved: that of a number, or a person's only open one.

    `note` says how it was answered, and `by`, a short name, who says so.
    It raises UsageError where the word fits none or several, Refused where nothing is left to resolve.
    """

    def change(pad: Pad) -> Change:
        header, _ = readable(pad)
        position = _position(header, word, settings)
        said = header.feedback[position]
        if said.resolved or said.stance is Stance.SUPPORT:
            why = f"it was resolved on {said.resolved}" if said.resolved else "it is support, which asks for no answer"
            reason = Reason(message=why, fix="nothing is left to do")
            raise Refused(f"{header.id}: feedback {position + 1} of {said.by} is not open", [reason])
        feedback = raw_list(pad, "feedback")
        resolved = feedback[position]
        if isinstance(resolved, dict):
            answered: dict[str, Value] = {"answered_by": by, "answer": note}
            given = {name: text for name, text in answered.items() if text}
            feedback[position] = {**resolved, "resolved": day, **given}
        words = f"{said.stance} of {said.by} on {said.stage.label} resolved"
        return Change(pad_id=header.id, kind="feedback", words=words, fields={"feedback": feedback})

    return change


def _position(header: FrontMatter, word: str, settings: Settings) -> int:
    """Return the place, from 0, of the feedback that a number from 1 or a person's name means."""
    if word.isascii() and word.isdigit():
        if 0 < int(word) <= len(header.feedback):
            return int(word) - 1
        raise UsageError(f"{header.id} has no feedback {word}", fix=f"padctl status {header.id} numbers it")
    name = settings.short_name(word)
    theirs = [place for place, said in enumerate(header.feedback) if settings.short_name(said.by) == name]
    wanted = [place for place in theirs if header.feedback[place].open] or theirs[-1:]
    if len(wanted) != 1:
        which = f"{len(wanted)} open entries" if wanted else "no feedback"
        numbers = ", ".join(str(place + 1) for place in wanted)
        fix = f"--resolve with one of {numbers}" if wanted else f"padctl status {header.id} shows who said what"
        raise UsageError(f"{header.id} has {which} of {word}", fix=fix)
    return wanted[0]
