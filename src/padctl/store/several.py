"""Several edits, one commit each, or none of them."""

from collections.abc import Sequence

from padctl.errors import PadctlError, Reason, Refused
from padctl.store.batch import begin_batch, end_batch, take_back
from padctl.store.repository import Repository
from padctl.store.writer import Edit, commit_edit, replace_file


def commit_edits(repository: Repository, edits: Sequence[Edit]) -> None:
    """Commit edits one by one, in their order; all of them stand afterwards, or none. The lock is held by the caller.

    Raises:
        Refused: git or a hook would not commit; says which commits stand where they could not be taken back.
        RepositoryError: a file cannot be written.
    """
    if len(edits) == 1:
        commit_edit(repository, edits[0])
        return
    paths = [edit.before.path for edit in edits]
    batch = begin_batch(repository, [(edit.before.path, edit.before.encoded(), edit.message) for edit in edits])
    try:
        for edit in edits:
            commit_edit(repository, edit)
    except PadctlError as error:
        raise _told(error, *take_back(repository, batch, replace_file), paths) from None
    except BaseException:
        take_back(repository, batch, replace_file)
        raise
    end_batch(repository)


def _told(error: PadctlError, kept: Sequence[str], why: str, paths: Sequence[str]) -> PadctlError:
    """Return an error with what became of the commits before it."""
    if not kept:
        return _with(error, f"so none of the {len(paths)} PADs was moved", "run the command again once that is mended")
    rest = [path for path in paths if path not in kept]
    said = f"{', '.join(kept)}: committed before that; it stays, because {why}. Not written: {', '.join(rest)}"
    return _with(error, said, "run the command again for those that are missing")


def _with(error: PadctlError, said: str, fix: str) -> PadctlError:
    if isinstance(error, Refused):
        return Refused(error.message, [*error.reasons, Reason(message=said, fix=fix)])
    return type(error)(f"{error.message}\n{said}", fix=error.fix or fix)
