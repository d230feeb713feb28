"""What the reports of commands have in common: filling their templates, and keeping them as meeting files."""

from typing import TYPE_CHECKING, Any

from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import UsageError

if TYPE_CHECKING:
    from padctl.store.moves import How
    from padctl.store.saving import Report
    from padctl.store.workspace import Workspace


def rendered(workspace: "Workspace", name: str, view: Any) -> str:
    """Return a frozen view in a report's template, the repository's own one first."""
    from padctl.render.machine import as_data
    from padctl.render.template import render_report
    from padctl.store.templates import report_folders

    folders = report_folders(workspace.root, workspace.settings.paths.templates)
    return render_report(name, as_data(view), folders, workspace.settings.links)


def check_saving(session: Session, *, save: bool, form: str, output: Output) -> None:
    """Make sure that nothing is asked of a page to keep that goes with one to show, nor the other way round.

    Raises:
        UsageError: it is; names the options.
    """
    given = session.state
    if save and (form != "text" or output):
        raise UsageError("--save writes a page of its own", fix="leave out --format and --output")
    if not save and (given.dry_run or given.push or given.branch is not None):
        raise UsageError("--dry-run, --branch and --push go with --save", fix="add --save, or leave them out")


def save(session: Session, report: "Report", how: "How") -> None:
    """Commit a report as a page, or show what that would change, and say what became of it."""
    from padctl.store.saving import save_report

    saved = save_report(session.workspace, report, how)
    for note in saved.notes:
        session.note(f"note: {note}")
    if saved.committed:
        session.write(f"{'Replaced' if saved.replaced else 'Saved'} {saved.path}\n")
    elif saved.diff:
        session.tell(saved.diff)
    else:
        session.note(f"{saved.path} says the same already; nothing to do")
