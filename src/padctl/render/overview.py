"""Status and lists of PADs as text."""

from collections.abc import Iterator, Sequence
from datetime import date

from padctl.model.front_matter import Action, FrontMatter
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import Stage, Status
from padctl.render.console import Line, Piece, folded, line, table
from padctl.render.feedback import with_feedback
from padctl.report.feedback import owed_answers
from padctl.report.overview import Overview, Row, open_rows
from padctl.report.standing import day, next_step, standing


def overview_text(view: Overview, *, width: int) -> Iterator[Line]:
    """Yield counts, what waits for whom, and what comes next."""
    if not view.rows:
        yield line("No PAD here yet. Write the first one:")
        yield line('  padctl new "What you want to achieve"')
        return
    pads = len(view.rows)
    yield line(Piece(f"{pads} PAD{'s' if pads > 1 else ''}", "bold"), f" on {day(view.today)}")
    yield line()
    counts = [(str(number), _state(stage, status)) for stage, status, number in view.counts]
    size = max(len(number) for number, _ in counts)
    for number, words in counts:
        yield line(f"  {number.rjust(size)}  ", words)
    yield line()
    if view.next_meeting:
        name = f"{view.meeting}, " if view.meeting else ""
        text = f"Next meeting: {name}{view.next_meeting:%A} {day(view.next_meeting)}, {_on_agenda(view)}"
        yield from folded(text, width=width)
    if view.overdue_actions:
        plural = "s" if view.overdue_actions > 1 else ""
        yield line(Piece(f"{view.overdue_actions} action{plural} overdue", "red"), ": see padctl action list.")
    waiting = open_rows(view.rows)
    if waiting:
        yield line()
        yield line(Piece("Open", "bold"))
    for row in waiting:
        yield from _row(row, width)


def _on_agenda(view: Overview) -> str:
    if view.cancelled:
        return f"cancelled. {view.cancelled}"
    counts = {"to review": view.submitted, "waiting for overdue actions": view.held_back, "decided": view.decided}
    return (", ".join(f"{count} {words}" for words, count in counts.items() if count) or "nothing submitted") + "."


def row_table(rows: Sequence[Row], *, width: int) -> Iterator[Line]:
    """Yield one line a PAD: id, owner, where it stands, title."""
    if not rows:
        yield line("No PAD matches.")
        return
    cells = [(row.id, row.person, _state(row.stage, row.status), row.title) for row in rows]
    yield from table(cells, width=width, styles=("bold", "", "cyan", ""))


def pad_text(pad: Pad, settings: Settings, *, today: date, width: int, where: str) -> Iterator[Line]:
    """Yield one PAD: where it stands, what comes next, and its sections; `where` says where its latest move is."""
    header = pad.header
    yield from folded(header.title if header else pad.path, width=width, first=f"{pad.id or '?'} ", style="bold")
    yield from folded("; ".join(filter(None, [standing(pad), where])) + ".", width=width)
    step = next_step(pad)
    if step:
        yield line("Next: ", Piece(step, "bold"))
    for violation in pad.violations:
        yield from folded(violation.message, width=width, first="  – ")
    yield line()
    if header:
        yield from table(list(_facts(header, settings, today)), width=width)
    for stage in dict.fromkeys(placed.section.stage for placed in pad.sections if placed.heading):
        yield line()
        yield line(Piece(stage.label.capitalize(), "bold"))
        for placed in pad.sections_of(stage):
            if placed.heading:
                mark = Piece("  ✓ ", "green") if placed.filled else Piece("  – ", "yellow")
                note = f"  (skipped: {placed.skipped})" if placed.skipped and placed.filled else ""
                gap = "  (empty)" if placed in pad.due else "  (empty; not needed)"
                text = placed.section.name + note + ("" if placed.filled else gap)
                first, *rest = folded(text, width=width, first="    ")
                yield (mark, *first[1:])
                yield from rest
    if header and header.actions:
        yield line()
        yield line(Piece("Actions", "bold"))
        for action in header.actions:
            yield from _action(action, settings, today, width)
    if header:
        yield from with_feedback(header.feedback, owed_answers(pad, settings), settings, width=width)
    yield line()
    yield line(pad.path)


def _facts(header: FrontMatter, settings: Settings, today: date) -> Iterator[tuple[str, str]]:
    facts = {
        "Owner": settings.known_as(header.owner, today),
        "Team": header.team or "",
        "Sponsors": ", ".join(settings.known_as(name, today) for name in header.sponsors),
        "Reviewers": ", ".join(settings.known_as(name, today) for name in header.reviewers),
        "Serves": ", ".join(header.objectives) or (header.proposes_objective or ""),
        "Kind": (header.classification or "").replace("-", " "),
        "Related": ", ".join(header.related),
        "Created": day(header.created),
        "Launched": day(header.launched) if header.launched else "",
        "On agenda": day(header.slot.date) if header.slot else "",
    }
    yield from ((name, text) for name, text in facts.items() if text)
    yield from header.links.items()


def _action(action: Action, settings: Settings, today: date, width: int) -> Iterator[Line]:
    state = f"done {day(action.done)}" if action.done else f"due {day(action.due)}"
    mark = Piece("  ✓ ", "green") if action.done else Piece("  – ", "yellow")
    text = f"{action.id} {settings.known_as(action.who, today)}: {action.what} ({state})"
    first, *rest = folded(text, width=width, first="    ")
    yield (mark, *first[1:])
    yield from rest


def _row(row: Row, width: int) -> Iterator[Line]:
    lead = f"  {row.id}  "
    first, *rest = folded(row.title, width=width, first=lead)
    yield (Piece(lead, "bold"), *first[1:])
    yield from rest
    margin = " " * len(lead)
    where = f"only on branch {row.only_on}" if row.only_on else ""
    yield from folded(" · ".join(filter(None, [row.standing, row.person, where])), width=width, first=margin)
    if row.awaited_by:
        asked = f"Feedback awaited by {day(row.awaited_by)}: "
        yield from folded(", ".join(row.awaited), width=width, first=margin + asked, rest=margin)
    if row.next:
        yield line(margin, Piece(row.next, "cyan"))


def _state(stage: str, status: str) -> str:
    return f"{Stage(stage).label}, {Status(status).label}" if stage else "unreadable: see padctl lint"
