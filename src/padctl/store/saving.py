"""A report kept as a file of the repository: one commit of that file alone, created or replaced."""

from contextlib import suppress
from dataclasses import dataclass

from padctl.errors import Reason, Refused, RepositoryError, UsageError
from padctl.model.document import Document
from padctl.store.files import read_regular
from padctl.store.moves import How
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace
from padctl.store.writer import Edit, check_author_edits, commit_edit, create_file, locked


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of a report: its path from the root, whether there is a commit of it, and what is worth saying."""

    path: str
    committed: bool
    notes: tuple[str, ...]


def save_report(workspace: Workspace, path: str, text: str, message: str, how: How) -> Saved:
    """Write a report to a path from the root and commit that file alone; nothing where it reads like that already.

    Raises:
        Refused: the file has edits that are not committed, the branch changes by pull request only, or git would not
            commit.
        RepositoryError: the file cannot be written, or the repository is in no state to be written to.
    """
    repository = Repository(workspace.root, how.env)
    with locked(repository) as healed:
        notes = (healed,) if healed else ()
        before = _present(workspace, path)
        if how.dry_run:
            return Saved(path=path, committed=False, notes=notes)
        repository.check_writable()
        _check_unprotected(repository, workspace, path)
        if before is not None:
            _check_unedited(repository, path)
            if before == text:
                return Saved(path=path, committed=False, notes=notes)
        _commit(repository, path, before, text, message)
    return Saved(path=path, committed=True, notes=notes)


def _present(workspace: Workspace, path: str) -> str | None:
    """Return the text at a path, or None where there is no file, or an empty one that an interrupted run left."""
    try:
        return read_regular(workspace.root, path).decode() or None
    except FileNotFoundError:
        return None
    except (UsageError, UnicodeDecodeError) as error:
        why = error.message if isinstance(error, UsageError) else "it is not UTF-8"
        raise RepositoryError(f"{path} cannot be replaced: {why}", fix="move it away first") from None


def _check_unedited(repository: Repository, path: str) -> None:
    try:
        check_author_edits(repository.file_state(path), path, include=False)
    except Refused as refused:
        fix = f"commit them (git commit -- {path}), or move the file away"
        raise Refused(
            refused.message, [Reason(message=reason.message, fix=fix) for reason in refused.reasons]
        ) from None


def _check_unprotected(repository: Repository, workspace: Workspace, path: str) -> None:
    settings = workspace.settings.git
    default = settings.default or repository.default_ref(None).removeprefix("refs/remotes/origin/") or "main"
    if settings.protected and repository.branch == default:
        reason = Reason(message=f"{default} changes by pull request only", fix="git switch --create NEW-BRANCH")
        raise Refused(f"{path}: nothing was written", [reason])


def _commit(repository: Repository, path: str, before: str | None, text: str, message: str) -> None:
    full = repository.root / path
    created = [folder for folder in (full, *full.parents) if not folder.exists()]
    if full in created:
        create_file(repository.root, path, b"")
    old, new = (Document(path=path, text=words) for words in (before or "", text))
    try:
        commit_edit(repository, Edit(before=old, after=new, message=message))
    except BaseException:
        for mine in created:
            with suppress(OSError):
                mine.rmdir() if mine != full else mine.unlink()
        raise
