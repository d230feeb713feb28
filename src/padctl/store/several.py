"""Several edits, one commit each, or none of them."""

from collections.abc import Sequence

from padctl.errors import PadctlError, also
from padctl.store.batch import begin_batch, end_batch, take_back
from padctl.store.program import signals_deferred
from padctl.store.repository import Repository
from padctl.store.result import Rewritten
from padctl.store.writer import Edit, commit_edit


def commit_edits(repository: Repository, edits: Sequence[Edit]) -> list[str]:
    """Commit edits one by one, in their order; all of them stand afterwards, or none. The lock is held by the caller.

    Returns for each what is worth saying of its commit; see `commit_edit`.

    Raises:
        Refused: git or a hook would not commit; says which commits stand where they could not be taken back.
        RepositoryError: a file cannot be written.
        Interrupted: the run was asked to end, and all commits stand all the same.
    """
    if len(edits) == 1:
        return [commit_edit(repository, edits[0])]
    paths = [edit.before.path for edit in edits]
    complaints: list[str] = []
    with signals_deferred() as deferred:
        noted = [(edit.before.path, edit.before.encoded(), edit.after.encoded(), edit.message) for edit in edits]
        batch = begin_batch(repository, noted)
        try:
            for edit in edits:
                if deferred.signals:
                    raise KeyboardInterrupt
                complaints.append(commit_edit(repository, edit))
        except PadctlError as error:
            kept, why = take_back(repository, batch)
            deferred.done = _kept(kept, why)
            raise _told(error, kept, why, paths) from None
        except BaseException:
            deferred.done = _kept(*take_back(repository, batch))
            raise
        deferred.done = f"{', '.join(paths)} were committed"
        end_batch(repository)
    return complaints


def _kept(kept: Sequence[str], why: str) -> str:
    return f"{', '.join(kept)}: committed before that; it stays, because {why}" if kept else ""


def _told(error: PadctlError, kept: Sequence[str], why: str, paths: Sequence[str]) -> PadctlError:
    """Return an error with what became of the commits before it."""
    if not kept:
        error = error.taken_back() if isinstance(error, Rewritten) else error
        return also(error, f"so none of the {len(paths)} PADs was moved", "run the command again once that is mended")
    rest = [path for path in paths if path not in kept]
    said = f"{_kept(kept, why)}. Not written: {', '.join(rest)}"
    return also(error, said, "run the command again for those that are missing")
