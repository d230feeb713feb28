"""Who decides on a PAD at its meeting, and who may."""

from padctl.model.front_matter import FrontMatter
from padctl.model.meeting import Meeting


def who_decides(header: FrontMatter, meeting: Meeting) -> tuple[str, ...]:
    """Return who is to decide on a PAD, by short name: its own sponsors where it names some, else the meeting's."""
    return header.sponsors or meeting.sponsors


def who_may_decide(header: FrontMatter, meeting: Meeting) -> tuple[str, ...]:
    """Return whose decision counts, by short name, its own sponsors first; empty where anybody's does."""
    return tuple(dict.fromkeys((*header.sponsors, *meeting.sponsors)))
