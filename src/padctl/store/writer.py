"""The one way in which padctl changes files, and the rule in full.

1. Lock (`locking`): one writer a repository. Git runs with the lock too, so it is held while any git of ours lives.
2. Heal (`journal.heal`): what a killed run left is finished or undone before anything is read.
3. Check and edit: the caller reads again, refuses with every reason, computes the new bytes and proves them.
4. Journal (`journal.begin`): the old bytes are noted in the git directory. From here on signals are put off.
5. Replace, create, remove (`replacing`): each file in one step, after one more look that nobody saved it; one that goes
   stays linked in the git directory (`kept`), and what an editor still writes into it is set aside for good.
6. Commit (`committing`): those files alone, with the user's hooks, signing and attributes; its end is waited for.
7. Undone or whole (`result`): without a commit every file is as before; with one its content is read and compared.
8. Release: note, drafts and lock go. A note that stays, because putting back failed, is the next run's to heal.

Moves take all steps: `commit_edit` for one document, `commit_changes` for several files in one commit; several commits
that stand or fall together are a batch (`several`). `new`, `init`, `lint --fix` and baselines commit nothing, so they
skip 4 and 6: each file is replaced or created whole. Reports of read commands (`save_file`) take step 5 alone.
"""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from padctl.errors import PadctlError, Reason, Refused, RepositoryError
from padctl.model.document import Document, read_document
from padctl.store.committing import commit_files, committed, forget_intent, settle
from padctl.store.file_state import FileState, file_state
from padctl.store.journal import Entry, begin, end
from padctl.store.kept import TAKE, content_of, digest, lasting, saved_meanwhile, set_aside, written_since
from padctl.store.locking import left_unfinished, locked, locked_around
from padctl.store.program import signals_deferred
from padctl.store.replacing import create_file, remove_file, replace_file, save_file, write_aside
from padctl.store.repository import Repository
from padctl.store.result import NotKept, check_committed

__all__ = [
    "Change", "Edit", "check_author_edits", "check_edits", "commit_changes", "commit_edit", "create_file",
    "left_unfinished", "locked", "locked_around", "replace_file", "save_file",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of one document, ready to be committed."""

    before: Document
    after: Document
    message: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One file of a commit: its bytes before, None for a new file, and after, None for one that goes."""

    path: str
    old: bytes | None
    new: bytes | None


def check_author_edits(state: FileState, path: str, *, include: bool) -> str:
    """Return what to say about the author's uncommitted edits that the commit will include; empty for none.

    Raises:
        Refused: the file is partially staged, hidden from git, or edited and the move does not include edits.
    """
    name = shlex.quote(path)
    if state.hidden:
        what = f"git was told not to look at it ({state.hidden}), so edits of it would go unseen"
        fix = f"git update-index --no-{state.hidden} -- {name}"
        raise Refused(f"{path}: nothing was written", [Reason(message=what, fix=fix)])
    if state.partially_staged:
        fix = f"mark all of them, or none:\ngit add -- {name}\ngit restore --staged -- {name}"
        what = "one part of its edits is staged (marked for the next commit) and another is not"
        reason = Reason(message=what, fix=fix)
        raise Refused(f"{path}: nothing was written", [reason])
    if not (state.edited or state.staged):
        return ""
    if not include:
        lines = f"{state.lines} line{'' if state.lines == 1 else 's'}"
        what = f"{lines} of edits are not committed yet" if state.tracked else "it is not committed yet"
        added = "" if state.tracked else f"git add -- {name} && "
        commit = f"git commit -m {shlex.quote(f'Edit {PurePosixPath(path).stem}')} -- {name}"
        fix = f"add --include-edits, or commit it first:\n{added}{commit}"
        raise Refused(f"{path}: nothing was written", [Reason(message=what, fix=fix)])
    plural = "" if state.lines == 1 else "s"
    return f"included {state.lines} line{plural} of uncommitted edits" if state.tracked else "included the new file"


def check_edits(repository: Repository, document: Document, *, include: bool) -> str:
    """Return what to say about the author's uncommitted edits of a document; see `check_author_edits`.

    Raises:
        Refused: as there; also where HEAD holds the document under another name.
        RepositoryError: it lies in another repository inside this one, or git cannot say.
    """
    state = file_state(repository, document.path)
    if (state.staged or not state.tracked) and not repository.blob_id("HEAD", document.path):
        _check_not_renamed(repository, document)
    return check_author_edits(state, document.path, include=include)


def commit_edit(repository: Repository, edit: Edit) -> str:
    """Replace one document's file and commit it; see `commit_changes`."""
    change = Change(path=edit.before.path, old=edit.before.encoded(), new=edit.after.encoded())
    return commit_changes(repository, [change], edit.message)


def commit_changes(repository: Repository, changes: Sequence[Change], message: str) -> str:
    """Write, create and remove files in one commit; on any failure all of them are as before. The lock is held.

    Returns what is worth saying of a commit that stands although git ended with a complaint; else an empty text.

    Raises:
        Refused: git or a hook would not commit, or a hook let something else be committed than the changes.
        RepositoryError: a file cannot be written, or git or a hook did not come to an end.
        Interrupted: the run was asked to end, and the commit stands all the same.
    """
    head, known = _before(repository, changes)
    paths = [change.path for change in changes]
    named = ", ".join(paths)
    entries = [
        Entry(path=change.path, tracked=bool(entry), head=head, old=change.old, new_digest=digest(change.new))
        for change, entry in zip(changes, known, strict=True)
    ]
    unknown = [entry.path for entry in entries if not entry.tracked]
    complaint = ""
    with signals_deferred() as deferred:
        begin(repository, *entries)
        applied: list[tuple[Change, Callable[[], None]]] = []
        try:
            for change in sorted(changes, key=_goes):  # a moved PAD is at no moment nowhere
                applied.append((change, _applied(repository, change)))  # what is done so far must be known
            for _, name in written_since(repository.git_dir):
                raise saved_meanwhile(name)
            there = [change.path for change in changes if change.new is not None and change.path in unknown]
            commit_files(repository, paths, message, unknown=there)
        except BaseException as error:
            if not _stands(repository, paths, message, since=head):
                saved = [kept for change, _ in applied if (kept := _set_aside(repository, change))]
                _undo(repository, [put_back for _, put_back in applied], named, unknown)
                raise _with_saved(error, named, saved) from None
            complaint = f"the commit was made, but git complained: {_words(error)}"
        deferred.done = f"{named} {'was' if len(paths) == 1 else 'were'} committed"
        same, wrong = _settled(repository, paths)
        try:
            told = wrong or complaint or _checked(repository, changes, since=head, same=same)
        except NotKept:
            _undo(repository, [put_back for _, put_back in applied], named, unknown)
            raise
        return "; ".join(filter(None, (told, set_aside(repository.git_dir))))


def _before(repository: Repository, changes: Sequence[Change]) -> tuple[str, Sequence[str]]:
    """Return HEAD, empty before the first commit, and the files' objects in the index, empty for none.

    Raises:
        Refused: a file is not as it was when its change was made.
    """
    for change in changes:
        if content_of(repository.root / change.path) != change.old:
            raise saved_meanwhile(change.path)
    head, *known = repository.ids(["HEAD", *(f":{repository.from_top(change.path)}" for change in changes)])
    return head, known


def _goes(change: Change) -> bool:
    return change.new is None


def _applied(repository: Repository, change: Change) -> Callable[[], None]:
    """Carry out one change on disk and return what takes it back."""
    full, aside = repository.root / change.path, repository.git_dir
    if change.new is None:
        return remove_file(full, old=change.old or b"", aside=aside)
    if change.old is None:
        return create_file(repository.root, change.path, change.new, aside=aside)
    return replace_file(full, change.new, old=change.old, aside=aside)


def _stands(repository: Repository, paths: Sequence[str], message: str, *, since: str) -> bool:
    """Say whether the commit was made, although git ended badly."""
    try:
        return committed(repository, paths, message, since=since)
    except RepositoryError as error:
        named = ", ".join(paths)
        words = f"{error.message}; whether {named} was committed, the next run finds out, and puts it right"
        raise RepositoryError(words, fix=error.fix) from None


def _settled(repository: Repository, paths: Sequence[str]) -> tuple[bool, str]:
    """Put the index right after a commit and delete the note; where that fails the next run does it.

    Returns whether the files are as they were committed, and what is wrong.
    """
    try:
        same = settle(repository, paths)
    except RepositoryError as error:
        return False, f"the commit was made, and the next run puts the index right: {error.message}"
    end(repository)
    return same, ""


def _checked(repository: Repository, changes: Sequence[Change], *, since: str, same: bool) -> str:
    """Read again what was committed, and return why that cannot be done, or an empty text; `same` is the files."""
    try:
        for change in changes:
            check_committed(repository, change.path, change.old, change.new, since=since, same=same)
    except (RepositoryError, OSError) as error:
        return f"the commit was made, but could not be read again: {_words(error)}"
    return ""


def _check_not_renamed(repository: Repository, document: Document) -> None:
    """Refuse a PAD that HEAD holds under another name: its commit would leave the old one there too."""
    path = document.path
    if not repository.head:
        return
    plain = ("diff", "--no-ext-diff", "--no-textconv", "--relative", "--name-only", "--no-renames", "-z")
    gone = repository.must(*plain, "--diff-filter=D", "HEAD", "--", ".").split("\0")
    for name in (name for name in gone if name.endswith(".md")):
        before = read_document(repository.blob("HEAD", name) or b"", path=name)
        if before.values.get("id") == document.values.get("id"):
            new = shlex.quote(path)
            fix = f'git add -- {new} && git commit -m "Rename the PAD" -- {shlex.quote(name)} {new}'
            reason = Reason(message=f"it was {name} in the last commit, and the renaming is not committed", fix=fix)
            raise Refused(f"{path}: nothing was written", [reason])


def _undo(repository: Repository, put_backs: Sequence[Callable[[], None]], named: str, unknown: Sequence[str]) -> None:
    """Take what was written back, and its note; where that fails the note stays, and the next run heals."""
    try:
        for put_back in reversed(put_backs):
            put_back()
        for path in unknown:
            forget_intent(repository, path)
    except RepositoryError as error:
        message = f"{error.message}; the text of {named} from before is safe in the git directory"
        fix = f"{error.fix}; then run the command again: it puts the text back first"
        raise RepositoryError(message, fix=fix) from None
    end(repository)


def _set_aside(repository: Repository, change: Change) -> Path | None:
    """Keep what a hook or an editor wrote into the file while git ran, and return where."""
    try:
        now = content_of(repository.root / change.path)
    except OSError:
        return None
    if now in {change.old, change.new, None}:
        return None
    saved = lasting(repository.git_dir, Path(change.path).name)
    write_aside(saved, now or b"")
    return saved


def _with_saved(error: BaseException, named: str, saved: Sequence[Path]) -> BaseException:
    """Return an error that also says where a text was set aside."""
    if not saved or not isinstance(error, PadctlError):
        return error
    where = ", ".join(map(str, saved))
    what = f"{named} was changed while git ran, by a hook or an editor; it is as before, and that text is in {where}"
    reason = Reason(message=what, fix=TAKE)
    if isinstance(error, Refused):
        return Refused(error.message, [*error.reasons, reason])
    return Refused(f"git would not commit {named}", [Reason(message=error.message, fix=error.fix), reason])


def _words(error: BaseException) -> str:
    """Return an error's own words on one line."""
    reasons = "; ".join(reason.message for reason in error.reasons) if isinstance(error, Refused) else ""
    return " ".join((reasons or str(error)).split())
