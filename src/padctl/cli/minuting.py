"""Minutes as commands see them: of which day, shown in a form, or saved."""

import posixpath
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from padctl.cli import reports
from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.model.meeting import meeting_option
from padctl.report.minutes import day_before, day_of_minutes, minutes

if TYPE_CHECKING:
    from padctl.store.moves import How
    from padctl.store.workspace import Workspace


def day_of(session: Session, asked: date | None, stream: str | None) -> date:
    """Return the day that was asked for, the meeting day before it where that is none, or that of the last meeting.

    Raises:
        UsageError: the day is ahead, or there was no meeting yet.
    """
    if asked and asked > session.today:
        raise UsageError(
            f"{asked} is still ahead", fix=f"padctl agenda {asked}{meeting_option(stream)} shows what is to be decided"
        )
    corpus = session.workspace.corpus
    day = day_before(corpus, asked, stream) if asked else day_of_minutes(corpus, session.today, stream)
    if day is None:
        fix = f"padctl minutes DATE{meeting_option(stream)}"
        raise UsageError("there was no meeting yet: the closures cover all of them", fix=fix)
    return day


def decided_on(session: Session, day: date, stream: str | None) -> bool:
    """Say whether anything was decided on a day, what was taken back since included."""
    view = minutes(session.workspace.corpus, day=day, stream=stream)
    return bool(view.decided or view.taken_back)


def check_held(day: date, asked: date | None, stream: str | None) -> None:
    """Check that minutes to save are those of the day that was asked for.

    Raises:
        UsageError: that day was no meeting day, and nothing was decided on it.
    """
    if asked:
        fix = f"padctl minutes {day}{meeting_option(stream)} --save keeps those of the meeting before"
        raise UsageError(f"no meeting was on {asked}, so there is nothing to keep", fix=fix)


def show(
    session: Session, day: date, stream: str | None, form: str, output: Output = None, *, asked: date | None = None
) -> None:
    """Write the minutes of a day in a form: text, md, html or json; `asked` is the day in whose place it is shown."""
    from padctl.render.minutes import minutes_text

    workspace = session.workspace
    if form == "text":
        view = minutes(workspace.corpus, day=day, stream=stream, asked=asked)
        session.show(minutes_text(view, width=session.width), output)
    elif form == "json":
        from padctl.render.machine import to_json

        session.write(to_json("minutes", minutes(workspace.corpus, day=day, stream=stream, asked=asked)), output)
    else:
        session.tell(_page(workspace, f"minutes.{form}", day, stream, workspace.settings.links.to, asked), output)


def save(session: Session, day: date, stream: str | None, how: "How") -> None:
    """Save the minutes of a day, or show what saving them would change, and say what became of it."""
    from padctl.report.saved_minutes import as_saved, facts_of, met, minutes_path, read_saved
    from padctl.store.saving import Report

    links = session.workspace.settings.links
    path = minutes_path(session.workspace.settings.paths.meetings, day, stream)
    link = links.to if links.base else partial(posixpath.relpath, start=posixpath.dirname(path) or ".")

    def page(fresh: "Workspace") -> str:
        found = (one for pad in fresh.corpus.pads for one in met(fresh.corpus, pad, [day]))
        facts = facts_of(one for one in found if one.stream == (stream or ""))
        return as_saved(_page(fresh, "minutes.md", day, stream, link), day, stream, facts)

    report = Report(
        path=path,
        page=page,
        message=f"Minutes of {f'{stream}, ' if stream else ''}{day}\n",
        stem=branch_name("minutes", day, stream),
        own=lambda there: read_saved(there) is not None,
    )
    reports.save(session, report, how)


def branch_name(kind: str, day: date, stream: str | None) -> str:
    """Return the name of a branch for what is recorded of a meeting."""
    return "-".join([kind, *(stream or "").split(), str(day)])


def _page(
    workspace: "Workspace",
    name: str,
    day: date,
    stream: str | None,
    link: Callable[[str], str],
    asked: date | None = None,
) -> str:
    """Return minutes as a template gives them."""
    from padctl.render.minutes import minutes_data

    return reports.rendered(
        workspace, name, minutes_data(minutes(workspace.corpus, day=day, stream=stream, asked=asked), link)
    )
