"""Moves: whether one is legal now, and what it changes in the PAD; refusals list every reason.

Pure functions over a PAD, its template and its history. What lint and git know is passed in.
"""

from padctl.lifecycle.actions import add_action, finish_action
from padctl.lifecycle.plan import ensure_possible, plan
from padctl.lifecycle.request import ActionRequest, Gatekeeper, Move, Request
from padctl.lifecycle.together import Impossible, for_all

__all__ = [
    "ActionRequest", "Gatekeeper", "Impossible", "Move", "Request", "add_action", "ensure_possible", "finish_action",
    "for_all", "plan",
]  # fmt: skip
