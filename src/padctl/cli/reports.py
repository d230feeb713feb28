"""What the reports of commands have in common: filling their templates, and keeping them as meeting files."""

from typing import TYPE_CHECKING, Any

from padctl.cli.session import Session

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
