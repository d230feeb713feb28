"""A report kept as a page of the repository: one commit of that page alone, created or replaced."""

from collections.abc import Callable
from dataclasses import dataclass

from padctl.errors import Reason, Refused, UsageError
from padctl.model.document import Document, read_document
from padctl.model.patch import patch
from padctl.report.page_seal import is_edited, sealed
from padctl.store.file_state import check_own, file_state
from padctl.store.files import read_regular
from padctl.store.moves import How, entered
from padctl.store.published import check_unprotected
from padctl.store.readiness import check_writable
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace
from padctl.store.writer import Change, check_author_edits, commit_changes


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of a report: its path, how it differs from what was there, whether it was committed, and notes.

    `replaced` says that there was a page before.
    """

    path: str
    diff: str
    committed: bool
    replaced: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report to keep: its path from the root, what makes its page, the commit's message, a new branch's name.

    `own` says of a page that is there already whether padctl wrote it: another one is nobody's to replace.
    """

    path: str
    page: Callable[[Workspace], str]
    message: str
    stem: str
    own: Callable[[Document], bool] = lambda _: True


def save_report(workspace: Workspace, report: Report, how: How) -> Saved:
    """Write and commit a report, its page made once the lock is held; the same one stays.

    Raises:
        Refused: the page there was edited since padctl wrote it, or is not padctl's, or git stands against it.
        RepositoryError: the repository is in no state to be written to.
    """
    path = report.path
    with entered(workspace, [], report.stem, how) as room:
        before = _there(room.workspace, path)
        page = sealed(report.page(room.workspace)).replace("\n", before.newline if before else "\n")
        after = read_document(page.encode(), path=path)
        old, new = before.encoded() if before else None, after.encoded()
        due, complaint = old != new and not how.dry_run, ""
        if due:
            check_writable(room.repository)
            check_unprotected(room.repository, room.workspace.settings.git, again=how.again)
            check_own(room.repository, path)
            if before:
                _check_replaceable(room.repository, before, report, again=how.again)
            complaint = commit_changes(room.repository, [Change(path=path, old=old, new=new)], report.message)
    return Saved(
        path=path,
        diff=patch(before or Document(path=path, text=""), after),
        committed=due,
        replaced=before is not None,
        notes=tuple(filter(None, (room.note, complaint))),
    )


def _there(workspace: Workspace, path: str) -> Document | None:
    """Return the page that is there, or None where there is none.

    Raises:
        Refused: something is there that is no page.
    """
    try:
        raw = read_regular(workspace.root, path)
        raw.decode()
    except FileNotFoundError:
        return None
    except (UsageError, UnicodeDecodeError) as error:
        message = error.message if isinstance(error, UsageError) else "the file is not UTF-8"
        raise Refused(f"{path}: nothing was written", [Reason(message=message, fix="move it away")]) from None
    return read_document(raw, path=path)


def _check_replaceable(repository: Repository, before: Document, report: Report, *, again: str) -> None:
    """Refuse to replace what nobody could get back, or what padctl did not write."""
    path = report.path
    if not report.own(before):
        reason = Reason(message="this page was not written by padctl", fix=f"git mv -- {path} another-name.md")
        raise Refused(f"{path}: nothing was written", [reason])
    try:
        check_author_edits(file_state(repository, path), path, include=False)
    except Refused as refused:
        fix = f"commit them (git commit -- {path}), or move the file away"
        reasons = [Reason(message=reason.message, fix=fix) for reason in refused.reasons]
        raise Refused(refused.message, reasons) from None
    if is_edited(before.text):
        give_up = "delete the line `text:` of its front matter to give those edits up"
        reason = Reason(
            message="it was edited by hand since padctl wrote it",
            fix=f"{again} --dry-run shows what would go\n{give_up}",
        )
        raise Refused(f"{path}: nothing was written", [reason])
