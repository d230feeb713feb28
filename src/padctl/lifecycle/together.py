"""Several PADs judged as one: all of them may go on, or every reason of each is told."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from padctl.errors import Reason, Refused
from padctl.model.edit import EditError
from padctl.model.pad import Pad

T = TypeVar("T")


class Impossible(Refused):
    """The lifecycle has no such move from where the PAD stands."""


def for_all(pads: Sequence[Pad], judge: Callable[[Pad], T]) -> list[T]:
    """Return what a judgement gives for each PAD, in their order.

    Raises:
        Refused: it refuses some of them; with several PADs the refusal carries the reasons of all.
    """
    if len(pads) == 1:
        return [judge(pads[0])]
    found: list[T] = []
    refused: list[tuple[Pad, Refused | EditError]] = []
    for pad in pads:
        try:
            found.append(judge(pad))
        except (Refused, EditError) as error:
            refused.append((pad, error))
    if not refused:
        return found
    kind = Impossible if any(isinstance(error, Impossible) for _, error in refused) else Refused
    reasons = [reason for pad, error in refused for reason in _reasons(pad, error)]
    raise kind(f"nothing was written: {len(refused)} of {len(pads)} PADs cannot be moved", reasons)


def _reasons(pad: Pad, error: Refused | EditError) -> list[Reason]:
    if not isinstance(error, Refused):
        return [Reason(message=error.message, fix=error.fix)]
    name = pad.id or pad.path
    return [Reason(message=f"{name}: {reason.message}", fix=reason.fix) for reason in error.reasons]
