"""Names of people on the command line: read against the people of the settings."""

from collections.abc import Collection
from dataclasses import replace

from padctl.cli.session import Session
from padctl.errors import UsageError
from padctl.lifecycle import ActionRequest, read_action
from padctl.model.spelling import meant
from padctl.model.terms import suggestion


def person(session: Session, name: str, flag: str = "") -> str:
    """Return the short name of a person; somebody whom the settings do not list is noted.

    Raises:
        UsageError: the name can only be a slip of one that the settings list.
    """
    settings = session.workspace.settings
    short = settings.short_name(name.strip())
    if settings.people and short not in settings.people:
        if slip := meant(short, settings.people):
            raise UsageError(f'{_at(flag)}"{name}" is not in [people]; did you mean "{slip}"?', fix=f"write {slip}")
        session.note(f'note: "{name}" is not in [people], so no reminder reaches them')
    return short


def asked_action(session: Session, text: str, flag: str = "") -> ActionRequest:
    """Return an action written as "who: what by DATE", its person read against the settings.

    Raises:
        UsageError: it is written otherwise, or the name is a slip; names the flag.
    """
    try:
        asked = read_action(text, session.workspace.settings)
    except UsageError as error:
        raise UsageError(f"{_at(flag)}{error.message}", fix=error.fix) from None
    return replace(asked, who=person(session, asked.who, flag))


def asked_person(session: Session, name: str, doubted: set[str]) -> str:
    """Return the short name of somebody who is named at the terminal.

    Raises:
        UsageError: the settings do not list them; the same name given again is taken, as `doubted` keeps it.
    """
    people, short = session.workspace.settings.people, session.workspace.settings.short_name(name.strip())
    if people and short not in people and short not in doubted:
        doubted.add(short)
        near = suggestion(short, people) or f"; it lists {', '.join(people)}"
        raise UsageError(f'"{name.strip()}" is not in [people]{near}', fix="write one of them, or the same again")
    return short


def known_name(session: Session, word: str, others: Collection[str]) -> str:
    """Return the short name by which a report is narrowed: one of the settings' people, or one of the others'.

    Raises:
        UsageError: nobody is called so; an empty report would hide the slip.
    """
    settings = session.workspace.settings
    name = settings.short_name(word)
    if settings.people and name not in settings.people and name not in others:
        known = {*settings.people, *others}
        raise UsageError(f'nobody is called "{word}"{suggestion(name, known)}', fix="[people] lists the names")
    return name


def _at(flag: str) -> str:
    """Return the beginning of a message about an option; an answer to a question needs none."""
    return f"{flag}: " if flag else ""
