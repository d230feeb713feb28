"""PC407 and PC408: the people whom a PAD and the settings name are there to be asked."""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.front_matter import FrontMatter
from padctl.model.header import Path
from padctl.model.pad import Pad
from padctl.model.terms import CLOSED
from padctl.rules.file import reported
from padctl.rules.registry import Context, Finding, rule


@rule("PC407", "person-left", Severity.WARNING, about="people")
def person_left(pad: Pad, context: Context) -> Iterator[Finding]:
    """An open PAD counts on somebody who has left.

    Why: what nobody is there to do is not done; reminders go to the successor, who may not know of it.

    Bad: `owner: rui`, whose last day was in October, in a PAD that is still being written

    Good: `owner: eli`
    """
    settings, header = context.corpus.settings, pad.header
    if header is None or header.status in CLOSED:
        return
    for path, role, name in _counted_on(header):
        key = settings.short_name(name)
        person = settings.people.get(key)
        if person is None or not person.gone(context.today):
            continue
        other = settings.stand_in(key, context.today)
        fix = "name somebody who is there" if other == key else f"write {other}, who takes over, or somebody else"
        message = f'the {role} "{name}" left on {person.left}'
        yield Finding(document=pad.document, offset=pad.document.offset_of(path), message=message, fix=fix)


@rule("PC408", "unknown-person-in-settings", Severity.WARNING, about="faults")
def unknown_person_in_settings(pad: Pad, _: Context) -> Iterator[Finding]:
    """The settings name somebody who is neither in [people] nor a team, where people are listed.

    Why: who is invited, asked to decide or reminded goes by this list; a mistyped name gets nothing.

    Bad: `required = ["sam", "grwoth"]`

    Good: `required = ["sam", "growth"]`
    """
    yield from reported(pad, "unknown-person-in-settings")


def _counted_on(header: FrontMatter) -> Iterator[tuple[Path, str, str]]:
    """Yield those whom a PAD still needs, with the place and the part that they have in it."""
    yield ("owner",), "owner", header.owner
    for role, people in (("sponsor", header.sponsors), ("reviewer", header.reviewers)):
        yield from (((f"{role}s", position), role, name) for position, name in enumerate(people))
    if header.slot and header.slot.presenter:
        yield ("slot", "presenter"), "presenter", header.slot.presenter
    for position, action in enumerate(header.actions):
        if action.done is None:
            yield ("actions", position, "who"), f"person for {action.id}", action.who
