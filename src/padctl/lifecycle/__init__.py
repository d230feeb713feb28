"""Moves: whether one is legal now, and what it changes in the PAD; refusals list every reason.

Pure functions over a PAD, its template and its history. What lint and git know is passed in.
"""

from padctl.lifecycle.actions import adding, finishing, read_action
from padctl.lifecycle.change import Change, Planned
from padctl.lifecycle.feedback import FeedbackRequest, answering, resolving, under_review
from padctl.lifecycle.plan import ensure_possible, plan
from padctl.lifecycle.request import ActionRequest, Gatekeeper, Move, Request
from padctl.lifecycle.together import Impossible, for_all
from padctl.lifecycle.undo import Trace, latest_move, plan_undo

__all__ = [
    "ActionRequest",
    "Change",
    "FeedbackRequest",
    "Gatekeeper",
    "Impossible",
    "Move",
    "Planned",
    "Request",
    "Trace",
    "adding",
    "answering",
    "ensure_possible",
    "finishing",
    "for_all",
    "latest_move",
    "plan",
    "plan_undo",
    "read_action",
    "resolving",
    "under_review",
]
