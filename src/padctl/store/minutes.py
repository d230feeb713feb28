"""Minutes saved: a page below the meetings' folder, written and committed alone, or found to be there already."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from padctl.errors import Reason, Refused, UsageError
from padctl.model.document import Document, read_document
from padctl.model.patch import patch
from padctl.report.saved_minutes import as_saved, facts_of, met, minutes_path, read_saved
from padctl.store.files import read_regular
from padctl.store.moves import How, entered
from padctl.store.published import check_unprotected
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace
from padctl.store.writer import Change, commit_changes


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of it: the page's path, how it differs from what was there, whether it was committed, and notes.

    `replaced` says that there was a page before.
    """

    path: str
    diff: str
    committed: bool
    replaced: bool
    notes: tuple[str, ...]


def save_minutes(
    workspace: Workspace, *, day: date, stream: str | None, page: Callable[[Workspace], str], how: How
) -> Saved:
    """Write and commit the minutes of a day, made by `page` as Markdown once the lock is held; the same ones stay.

    Raises:
        Refused: the page there holds uncommitted edits or was not written by padctl, or git stands against it.
        UsageError: the meeting's name cannot be the name of a folder.
        RepositoryError: the repository is in no state to be written to.
    """
    path = minutes_path(workspace.settings.paths.meetings, day, stream)
    with entered(workspace, [], "-".join(filter(None, ["minutes", stream, str(day)])), how) as room:
        workspace, repository = room.workspace, room.repository
        corpus = workspace.corpus
        found = (one for pad in corpus.pads for one in met(corpus, pad, [day]) if one.stream == (stream or ""))
        text = as_saved(page(workspace), day, stream, facts_of(found))
        before, after = _there(workspace, path), read_document(text.encode(), path=path)
        old = before.encoded() if before else None
        due = not how.dry_run and (old != after.encoded() or _edited(repository, path))
        if due:
            repository.check_writable()
            check_unprotected(repository, workspace.settings.git, again=how.again)
            if before and old != after.encoded():
                _check_replaceable(repository, before)
            change = Change(path=path, old=old, new=after.encoded())
            commit_changes(repository, [change], f"Minutes of {f'{stream}, ' if stream else ''}{day}\n")
    return Saved(
        path=path,
        diff=patch(before or Document(path=path, text=""), after),
        committed=due,
        replaced=before is not None,
        notes=(room.note,) if room.note else (),
    )


def _there(workspace: Workspace, path: str) -> Document | None:
    """Return the page that is there, or None where there is none.

    Raises:
        Refused: something is there that is no page.
    """
    try:
        return read_document(read_regular(workspace.root, path), path=path)
    except FileNotFoundError:
        return None
    except UsageError as error:
        reason = Reason(message=error.message, fix="move it away")
        raise Refused(f"{path}: nothing was written", [reason]) from None


def _edited(repository: Repository, path: str) -> bool:
    state = repository.file_state(path)
    return state.edited or state.staged


def _check_replaceable(repository: Repository, before: Document) -> None:
    """Refuse to replace what somebody wrote and nobody could get back, or what padctl did not write."""
    path = before.path
    if read_saved(before) is None:
        reason = Reason(message="this page was not written by padctl", fix=f"git mv -- {path} another-name.md")
    elif _edited(repository, path):
        reason = Reason(message="it holds edits that are not committed", fix=f"git commit -- {path}")
    else:
        return
    raise Refused(f"{path}: nothing was written", [reason])
