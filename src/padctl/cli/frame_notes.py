"""What `padctl lint` says beside its findings when somebody edits a template."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from padctl.cli.session import Session
from padctl.errors import RepositoryError

if TYPE_CHECKING:
    from padctl.cli.linting import Scope
    from padctl.lint import LintReport
    from padctl.model.template import Template


def note_frame_changes(session: Session, scope: "Scope", report: "LintReport") -> None:
    """Say how many PADs newly fail under the edited templates among what lint looked at, and what would spare them.

    Costs nothing where no own template was looked at, or where all PADs were and lint found nothing.
    """
    folder = f"{session.workspace.settings.paths.templates}/pad/"
    if not any(page.document.path.startswith(folder) for page in scope.pages):
        return
    if not (report.diagnostics or report.hidden or scope.asked.targets or scope.asked.changed):
        return
    from padctl.lint import lint
    from padctl.render.frame_change import frame_note
    from padctl.report.frame_change import OF_THE_FRAME, frame_change

    corpus, today = session.workspace.corpus, session.today
    for name, old in _frames_before(session, scope, folder):
        change = frame_change(
            corpus,
            old,
            corpus.templates[name],
            today=today,
            judge=lambda c, pads: lint(c, today=today, pads=pads, pages=(), select=OF_THE_FRAME).diagnostics,
        )
        for line in frame_note(change) if change else ():
            session.note(line)


def _frames_before(session: Session, scope: "Scope", folder: str) -> "Iterator[tuple[str, Template]]":
    """Yield the templates that were looked at and may have changed, as they were at the base, else at HEAD."""
    templates = session.workspace.corpus.templates
    pages = [page.document for page in scope.pages if page.document.path.startswith(folder)]
    named = [(page, name) for page in pages for name, known in templates.items() if known.document is page]
    if scope.before:
        before = scope.before.templates
        yield from ((name, before[name]) for _, name in named if name in before)
        return
    from padctl.store.frames import edited_frames

    try:
        yield from edited_frames(session.workspace.root, named)
    except RepositoryError:
        return  # without git nobody knows what the page was
