"""The one way in which padctl changes a file, and the rule in full.

1. Lock (`locking`): one writer a repository. Git runs with the lock too, so it is held while any git of ours lives.
2. Heal (`journal.heal`): what a killed run left is finished or undone before anything is read.
3. Check and edit: the caller reads again, refuses with every reason, computes the new bytes and proves them.
4. Journal (`journal.begin`): the old bytes are noted in the git directory. From here on signals are put off.
5. Replace (`replacing`): a draft takes the file's place in one step; the old file stays linked in the git directory.
6. Commit (`committing`): that file alone, with the user's hooks, signing and attributes; its end is waited for.
7. Undone or whole: without a commit the old file is put back; with one its content is read again and compared.
8. Release: note, drafts and lock go. A note that stays, because putting back failed, is the next run's to heal.

Moves take all steps (`commit_edit`). `new`, `init`, `lint --fix` and baselines commit nothing, so they skip 4 and 6:
each file is replaced or created whole. Reports of read commands (`save_file`) take step 5 alone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from padctl.errors import PadctlError, Reason, Refused, RepositoryError
from padctl.model.document import Document, read_document
from padctl.store.committing import commit_file, committed, forget_intent, settle
from padctl.store.journal import Entry, begin, digest, end
from padctl.store.locking import locked, locked_around
from padctl.store.program import signals_deferred
from padctl.store.replacing import create_file, replace_file, save_file, write_aside
from padctl.store.repository import FileState, Repository

__all__ = [
    "Edit", "check_author_edits", "commit_edit", "create_file", "locked", "locked_around", "replace_file", "save_file",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of one document, ready to be committed."""

    before: Document
    after: Document
    message: str


def check_author_edits(state: FileState, path: str, *, include: bool) -> str:
    """Return what to say about the author's uncommitted edits that the commit will include; empty for none.

    Raises:
        Refused: the file is partially staged, hidden from git, or edited and the move does not include edits.
    """
    if state.hidden:
        what = f"git was told not to look at it ({state.hidden}), so edits of it would go unseen"
        fix = f"git update-index --no-{state.hidden} -- {path}"
        raise Refused(f"{path}: nothing was written", [Reason(message=what, fix=fix)])
    if state.partially_staged:
        fix = f"git add -- {path}, or git restore --staged -- {path}"
        reason = Reason(message="one part of its edits is staged and another is not", fix=fix)
        raise Refused(f"{path}: nothing was written", [reason])
    if not (state.edited or state.staged):
        return ""
    if not include:
        lines = f"{state.lines} line{'' if state.lines == 1 else 's'}"
        what = f"{lines} of edits are not committed yet" if state.tracked else "it is not committed yet"
        fix = f'commit it (git commit -m "..." -- {path}), or add --include-edits'
        raise Refused(f"{path}: nothing was written", [Reason(message=what, fix=fix)])
    plural = "" if state.lines == 1 else "s"
    return f"included {state.lines} line{plural} of uncommitted edits" if state.tracked else "included the new file"


def commit_edit(repository: Repository, edit: Edit) -> str:
    """Replace the file and commit it; on any failure put the old file back. The lock is held by the caller.

    Returns what is worth saying of a commit that stands although git ended with a complaint; else an empty text.

    Raises:
        Refused: git or a hook would not commit, or a hook let something else be committed than the edit.
        RepositoryError: the file cannot be written, or git or a hook did not come to an end.
        Interrupted: the run was asked to end, and the commit stands all the same.
    """
    path, full = edit.before.path, repository.root / edit.before.path
    old, new = edit.before.encoded(), edit.after.encoded()
    _check_not_renamed(repository, edit.before)
    if full.read_bytes() != old:
        reason = Reason(message="somebody saved it in this moment", fix="run the command again")
        raise Refused(f"{path}: nothing was written", [reason])
    tracked, head = bool(repository.must("ls-files", "--", path)), repository.head
    complaint = ""
    with signals_deferred() as deferred:
        begin(repository, Entry(path=path, tracked=tracked, head=head, old=old, new_digest=digest(new)))
        put_back: Callable[[], None] | None = None
        try:
            put_back = replace_file(full, new, aside=repository.git_dir)
            commit_file(repository, path, edit.message, tracked=tracked)
        except BaseException as error:
            if not _stands(repository, edit, since=head):
                saved = _set_aside(repository, full, (old, new))
                _undo(repository, put_back, path, tracked=tracked)
                raise _with_saved(error, path, saved) from None
            complaint = f"the commit was made, but git complained: {_words(error)}"
        deferred.done = f"{path} was committed"
        complaint = _finished(repository, path) or complaint
        return complaint or _checked(repository, edit)


def _stands(repository: Repository, edit: Edit, *, since: str) -> bool:
    """Say whether the commit was made, although git ended badly."""
    path = edit.before.path
    try:
        return committed(repository, path, edit.message, since=since)
    except RepositoryError as error:
        message = f"{error.message}; whether {path} was committed, the next run finds out, and puts it right"
        raise RepositoryError(message, fix=error.fix) from None


def _finished(repository: Repository, path: str) -> str:
    """Put the index right after a commit and delete the note; where that fails the next run does it."""
    try:
        settle(repository, path)
    except RepositoryError as error:
        return f"the commit was made, and the next run puts the index right: {error.message}"
    end(repository)
    return ""


def _checked(repository: Repository, edit: Edit) -> str:
    """Read again what was committed, and return why that cannot be done, or an empty text."""
    try:
        _check_result(repository, edit)
    except RepositoryError as error:
        return f"the commit was made, but could not be read again: {error.message}"
    return ""


def _check_not_renamed(repository: Repository, document: Document) -> None:
    """Refuse a PAD that HEAD holds under another name: its commit would leave the old one there too."""
    path = document.path
    if repository.blob_id("HEAD", path):
        return
    plain = ("diff", "--no-ext-diff", "--no-textconv", "--relative", "--name-only", "--no-renames", "-z")
    gone = repository.ask(*plain, "--diff-filter=D", "HEAD", "--", ".").output.split("\0")
    for name in (name for name in gone if name.endswith(".md")):
        before = read_document(repository.blob("HEAD", name) or b"", path=name)
        if before.values.get("id") == document.values.get("id"):
            fix = f'git add -- {path} && git commit -m "Rename the PAD" -- {name} {path}'
            reason = Reason(message=f"it was {name} in the last commit, and the renaming is not committed", fix=fix)
            raise Refused(f"{path}: nothing was written", [reason])


def _undo(repository: Repository, put_back: Callable[[], None] | None, path: str, *, tracked: bool) -> None:
    """Take a write back, and its note; where that fails the note stays, and the next run heals."""
    try:
        if put_back:
            put_back()
        if not tracked:
            forget_intent(repository, path)
    except RepositoryError as error:
        message = f"{error.message}; the text of {path} from before is safe in the git directory"
        fix = f"{error.fix}; then run the command again: it puts the text back first"
        raise RepositoryError(message, fix=fix) from None
    end(repository)


def _set_aside(repository: Repository, full: Path, known: tuple[bytes, bytes]) -> Path | None:
    """Keep what a hook or an editor wrote into the file while git ran, and return where."""
    try:
        now = full.read_bytes()
    except OSError:
        return None
    if now in known:
        return None
    saved = repository.git_dir / f"padctl-saved-{full.name}"
    write_aside(saved, now)
    return saved


def _with_saved(error: BaseException, path: str, saved: Path | None) -> BaseException:
    """Return an error that also says where a text was set aside."""
    if saved is None or not isinstance(error, PadctlError):
        return error
    what = f"{path} was changed while git ran, by a hook or an editor; it is as before, and that text is in {saved}"
    reason = Reason(message=what, fix="take from it what you need, then delete it")
    if isinstance(error, Refused):
        return Refused(error.message, [*error.reasons, reason])
    return Refused(f"git would not commit {path}", [Reason(message=error.message, fix=error.fix), reason])


def _words(error: BaseException) -> str:
    """Return an error's own words on one line."""
    reasons = "; ".join(reason.message for reason in error.reasons) if isinstance(error, Refused) else ""
    return " ".join((reasons or str(error)).split())


def _check_result(repository: Repository, edit: Edit) -> None:
    """Make sure that what was committed reads as the edit: a hook may have rewritten it on the way."""
    path = edit.before.path
    stored = repository.blob("HEAD", path)
    if stored == edit.after.encoded():
        return
    if not repository.differs(path, "HEAD"):  # the object may be stored through a filter
        with suppress(OSError):
            stored = (repository.root / path).read_bytes()
    values = read_document(stored or b"", path=path).values
    meant = edit.after.values
    lost = [key for key in {**edit.before.values, **meant} if edit.before.values.get(key) != meant.get(key)]
    lost = [key for key in lost if values.get(key) != meant.get(key)]
    if lost:
        what = f"not as the move wrote it: {', '.join(lost)}"
        fix = "mend the hook; git revert --no-edit HEAD takes the commit back, then make the move again"
        raise Refused(f"{path} was committed, but a hook changed it on the way", [Reason(message=what, fix=fix)])
