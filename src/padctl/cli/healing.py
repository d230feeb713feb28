"""What a killed run left is healed before a command that writes looks at anything."""

from pathlib import Path

from padctl.cli.session import Session


def heal(session: Session, folder: Path | None = None) -> None:
    """Finish or take back what a killed run left in the repository, or in that around a folder, and say so.

    Outside of git there is nothing to heal.
    """
    from padctl.store.repository import Repository
    from padctl.store.writer import left_unfinished, locked

    root = folder or session.root
    if left_unfinished(root):
        with locked(Repository(root)) as healed:
            if healed:
                session.note(f"note: {healed}")
