"""What should be mended before a meeting starts: everything for which a decision would be refused or regretted."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from padctl.cli.session import Session
from padctl.errors import Reason
from padctl.model.deciders import who_may_decide
from padctl.model.pad import Pad

if TYPE_CHECKING:
    from padctl.report.agenda_item import Item
    from padctl.report.agenda_view import Agenda
    from padctl.store.moves import How


def missing_gates(session: Session, view: "Agenda", by: Sequence[str], how: "How") -> dict[str, tuple[Reason, ...]]:
    """Return what stands in the way by whom it concerns: PADs as "PAD-0007 Title", or the clone; empty for nothing."""
    from padctl.store.obstacles import obstacles

    workspace = session.workspace
    pads = {item.path: workspace.corpus.by_path[item.path] for item in view.items}
    of_git = obstacles(workspace, list(pads.values()), how)
    found = {"This clone": tuple(_of_clone(view))}
    for item in view.items:
        reasons = (*_readiness(item), *_sponsors(session, pads[item.path], by), *of_git.get(item.path, ()))
        found[f"{item.pad} {item.title}"] = reasons
    return {name: reasons for name, reasons in found.items() if reasons}


def _of_clone(view: "Agenda") -> Iterator[Reason]:
    if view.origin and view.origin.behind:
        commits = f"{view.origin.behind} commit{'s' if view.origin.behind > 1 else ''}"
        yield Reason(message=f"{commits} of {view.origin.upstream} not here yet", fix="git pull")
    for path in view.unreadable:
        yield Reason(message=f"{path} cannot be read and may be missing here", fix=f"padctl lint {path}")
    for waits in view.waiting:
        yield Reason(message=f"{waits.pad} {waits.title} waits on the branch {waits.branch}", fix="merge it, and pull")


def _readiness(item: "Item") -> Iterator[Reason]:
    if item.errors:
        errors = f"{item.errors} error{'s' if item.errors > 1 else ''}"
        yield Reason(message=f"not ready: lint finds {errors}", fix=f"padctl lint {item.pad}")
    if item.no_room:
        yield Reason(message=f"no room: {item.no_room}", fix=f"padctl submit {item.pad} --meeting DATE moves it")


def _sponsors(session: Session, pad: Pad, by: Sequence[str]) -> Iterator[Reason]:
    """Yield that nobody is there who may decide: none of those who decide today, or nobody who has not left."""
    corpus, today = session.workspace.corpus, session.today
    people, may = corpus.settings.people, who_may_decide(pad.header, corpus.meeting_of(pad)) if pad.header else ()
    sponsors = tuple(dict.fromkeys(map(corpus.settings.short_name, may)))
    listed = ", ".join(sponsors)
    present = by or [name for name in sponsors if not (name in people and people[name].gone(today))]
    if not sponsors:
        yield Reason(
            message="no sponsor is named, so anybody may decide", fix="name `sponsors` in the PAD, or [meeting]"
        )
    elif not set(present) & set(sponsors):
        what = "none of its sponsors decides at this meeting" if by else "all its sponsors have left"
        yield Reason(message=f"{what}: {listed}", fix="add one with --by, or name another in `sponsors` of the PAD")
