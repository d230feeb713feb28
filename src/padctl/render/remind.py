"""Reminders as text for a terminal and for a chat; their Markdown comes from a template."""

import re
from collections.abc import Iterator, Sequence

from padctl.render.console import Line, Piece, folded, line, visible
from padctl.report.remind import Debt, Reminder
from padctl.report.standing import day

_MEMBER = re.compile(r"[UW][A-Z0-9]+")
_PLAIN = str.maketrans({"<": "<\u200b", "@": "@\u200b", "`": "'"})
_SLACK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\u200b", "`": "'"})


def remind_text(reminders: Sequence[Reminder], *, nobody: str, width: int) -> Iterator[Line]:
    """Yield each person with what waits for them and the commands; `nobody` is said where nothing is owed."""
    if not reminders:
        yield line(nobody)
    for number, reminder in enumerate(reminders):
        if number:
            yield line()
        yield from folded(heading(reminder), width=width, style="bold")
        about = ""
        for debt in reminder.debts:
            if debt.about != about:
                yield from folded(debt.about, width=width, first="  ")
            about = debt.about
            yield from folded(_order(debt), width=width, first="    ", style="red" if debt.overdue else "")
            if debt.command:
                yield line("      ", Piece(visible(debt.command), "cyan"))


def heading(reminder: Reminder) -> str:
    """Return a person's name, and whether they are there."""
    return f"{reminder.name}{' (left, and nobody takes over)' if reminder.left else ''}"


def chat_payload(reminder: Reminder, *, entities: bool) -> dict[str, str]:
    """Return one person's reminder as chats take it: a mention, then a line and a command a debt.

    A document's text mentions nobody and formats nothing. `entities` writes `<` as `&lt;`, for a chat that reads that.
    """
    escapes = _SLACK if entities else _PLAIN

    def plain(text: str) -> str:
        return visible(" ".join(text.split())).translate(escapes)

    chat = f"<@{reminder.chat}>" if _MEMBER.fullmatch(reminder.chat) else reminder.chat
    lines = [" ".join(filter(None, [chat, plain(heading(reminder))]))]
    for debt in reminder.debts:
        lines.append(f"• {plain(debt.about)}: {plain(_order(debt))}")
        lines += [f"   `{plain(debt.command)}`"] if debt.command else []
    return {"text": "\n".join(lines)}


def task(debt: Debt) -> str:
    """Return what is owed, and instead of whom."""
    return f"For {debt.instead_of}, who left: {debt.what}" if debt.instead_of else debt.what


def deadline(debt: Debt) -> str:
    """Return until when it is owed, or an empty text."""
    return f"{'overdue, was due' if debt.overdue else 'by'} {day(debt.due)}" if debt.due else ""


def _order(debt: Debt) -> str:
    return "; ".join(filter(None, [task(debt), deadline(debt)]))
