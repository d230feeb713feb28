"""Minutes as commands see them: of which day, shown in a form, or saved."""

import posixpath
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.report.minutes import day_of_minutes, minutes

if TYPE_CHECKING:
    from padctl.store.moves import How
    from padctl.store.workspace import Workspace


def day_of(session: Session, asked: date | None, stream: str | None) -> date:
    """Return the day that was asked for, or that of the last meeting.

    Raises:
        UsageError: the day is ahead, or there was no meeting yet.
    """
    if asked and asked > session.today:
        raise UsageError(f"{asked} is still ahead", fix=f"padctl agenda {asked} shows what is to be decided")
    day = asked or day_of_minutes(session.workspace.corpus, session.today, stream)
    if day is None:
        raise UsageError("there was no meeting yet: the closures cover all of them", fix="padctl minutes DATE")
    return day


def show(session: Session, day: date, stream: str | None, form: str, output: Output = None) -> None:
    """Write the minutes of a day in a form: text, md, html or json."""
    from padctl.render.minutes import minutes_text

    workspace = session.workspace
    if form == "text":
        view = minutes(workspace.corpus, day=day, stream=stream)
        session.show(minutes_text(view, width=session.width), output)
    elif form == "json":
        from padctl.render.machine import to_json

        session.write(to_json("minutes", minutes(workspace.corpus, day=day, stream=stream)), output)
    else:
        session.write(_page(workspace, f"minutes.{form}", day, stream, workspace.settings.links.to), output)


def save(session: Session, day: date, stream: str | None, how: "How") -> None:
    """Save the minutes of a day, or show what saving them would change, and say what became of it."""
    from padctl.report.saved_minutes import minutes_path
    from padctl.store.minutes import save_minutes

    settings = session.workspace.settings
    folder = posixpath.dirname(minutes_path(settings.paths.meetings, day, stream))
    link = settings.links.to if settings.links.base else partial(posixpath.relpath, start=folder or ".")
    page = partial(_page, name="minutes.md", day=day, stream=stream, link=link)
    saved = save_minutes(session.workspace, day=day, stream=stream, page=page, how=how)
    for note in saved.notes:
        session.note(f"note: {note}")
    if saved.committed:
        session.write(f"{'Replaced' if saved.replaced else 'Saved'} {saved.path}\n")
    elif saved.diff:
        session.write(saved.diff)
    else:
        session.note(f"{saved.path} says the same already; nothing to do")


def _page(workspace: "Workspace", name: str, day: date, stream: str | None, link: Callable[[str], str]) -> str:
    """Return minutes as a template gives them."""
    from padctl.render.minutes import minutes_data
    from padctl.render.template import render_report
    from padctl.store.templates import report_folders

    settings = workspace.settings
    data = minutes_data(minutes(workspace.corpus, day=day, stream=stream), link)
    return render_report(name, data, report_folders(workspace.root, settings.paths.templates), settings.links)
