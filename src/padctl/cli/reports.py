"""What the reports of commands have in common: filling their templates, and keeping them as meeting files."""

from typing import TYPE_CHECKING, Any

from padctl.cli.session import Session

if TYPE_CHECKING:
    from padctl.store.saving import Saved


def rendered(session: Session, name: str, view: Any) -> str:
    """Return a frozen view in a report's template, the repository's own one first."""
    from padctl.render.machine import as_data
    from padctl.render.template import render_report
    from padctl.store.templates import report_folders

    workspace = session.workspace
    folders = report_folders(workspace.root, workspace.settings.paths.templates)
    return render_report(name, as_data(view), folders, workspace.settings.links)


def save(session: Session, name: str, text: str, message: str) -> "Saved":
    """Commit a report as a file of the meetings' folder, and say what became of it."""
    from padctl.store.moves import How
    from padctl.store.saving import save_report

    path = f"{session.workspace.settings.paths.meetings}/{name}".removeprefix("./")
    saved = save_report(session.workspace, path, text, message, How())
    for note in saved.notes:
        session.note(f"note: {note}")
    session.note(f"saved and committed {path}" if saved.committed else f"{path} says the same already")
    return saved
