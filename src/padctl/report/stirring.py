"""Until when meetings hear of a PAD: what was done and settled before the last one is on no agenda any more."""

from datetime import date

from padctl.model.pad import Pad
from padctl.model.terms import Stage, Status


def last_stir(pad: Pad) -> date:
    """Return the last day of anything in a PAD that an agenda may name; the last day there is while something is open.

    An agenda says nothing of the PAD once this day is not after the meeting before.
    """
    header = pad.header
    if header is None or pad.former_ids or header.status in {Status.IN_REVIEW, Status.FOLLOW_UP} or header.open_actions:
        return date.max
    if header.stage is Stage.POST_LAUNCH_RECAP and header.status is Status.DRAFT:
        return date.max
    meetings = (entry.meeting for entry in header.history if entry.meeting)
    done = (action.done for action in header.actions if action.done)
    return max((header.created, *(entry.date for entry in header.history), *meetings, *done))
