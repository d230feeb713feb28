"""What `padctl lint` says beside its findings when somebody edits a template."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from padctl.cli.session import Session
from padctl.errors import RepositoryError

if TYPE_CHECKING:
    from padctl.cli.linting import Asked
    from padctl.model.corpus import Corpus
    from padctl.model.lint_report import LintReport
    from padctl.model.template import Template


def note_frame_changes(session: Session, asked: "Asked", report: "LintReport", before: "Corpus | None") -> None:
    """Say how many PADs newly fail under the edited templates among what lint looked at, and what would spare them.

    Costs nothing where no own template was looked at, or where all PADs were and lint found nothing.
    """
    found = report.diagnostics or report.hidden or asked.targets or asked.changed
    if not (report.frames and found):
        return
    from padctl.lint import codes_of, lint
    from padctl.render.frame_change import frame_note
    from padctl.report.frame_change import OF_THE_FRAME, frame_change

    corpus, today, codes = session.workspace.corpus, session.today, codes_of(OF_THE_FRAME, ())
    for name, old in _frames_before(session, report.frames, before):
        change = frame_change(
            corpus,
            old,
            corpus.templates[name],
            today=today,
            judge=lambda c, pads: lint(c, today=today, pads=pads, pages=()).of_codes(codes).diagnostics,
        )
        for line in frame_note(change) if change else ():
            session.note(line)


def _frames_before(
    session: Session, paths: "Sequence[str]", before: "Corpus | None"
) -> "Iterator[tuple[str, Template]]":
    """Yield the templates at some paths that may have changed, as they were at the base, else at HEAD."""
    corpus = session.workspace.corpus
    frames = ((known.document, name) for name, known in corpus.templates.items())
    named = [(page, name) for page, name in frames if page.path in paths]
    if before:
        yield from ((name, before.templates[name]) for _, name in named if name in before.templates)
        return
    from padctl.store.frames import edited_frames

    try:
        yield from edited_frames(session.root, named)
    except RepositoryError:
        return  # without git nobody knows what the page was
