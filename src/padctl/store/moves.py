"""A move carried out: the PAD's new text, proved to change only what the move means to, and committed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from padctl.errors import Reason, Refused, UsageError
from padctl.lifecycle import Gatekeeper, Move, Planned, Request, plan
from padctl.lint import lint
from padctl.model.document import Document, read_document
from padctl.model.edit import EditError, with_fields, with_insertion
from padctl.model.front_matter import read_front_matter
from padctl.model.pad import Pad, read_pad
from padctl.model.patch import patch
from padctl.model.template import Template
from padctl.model.terms import MoveKind
from padctl.scaffold import stage_insertion
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace, open_workspace
from padctl.store.writer import Edit, check_author_edits, commit_edit, locked

Fill = Callable[[Pad], Template | None]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What became of a write: the PAD after it, the diff, and what is worth saying; `committed` unless a dry run.

    `said` is what was done, where it is no move of the lifecycle.
    """

    pad: Pad
    diff: str
    notes: tuple[str, ...]
    committed: bool
    move: Move | None = None
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class How:
    """How to write: try only, include the author's own edits, in which environment git commits."""

    dry_run: bool = False
    include_edits: bool = False
    env: Mapping[str, str] | None = None


def make_move(workspace: Workspace, path: str, request: Request, *, fill: Fill, how: How) -> Written:
    """Check, plan, edit and commit one move of the PAD at a path, as it is once the lock is held.

    `fill` gives the PAD's template with the PAD's own values in it, for the sections that a new stage brings.

    Raises:
        Refused: the process, the document or git stands against it; nothing has changed.
        RepositoryError: the repository is in no state to be written to.
    """
    repository = Repository(workspace.root, how.env)
    with locked(repository) as healed:
        workspace, pad = fresh(workspace, path)
        findings = lint(
            workspace.corpus, today=request.today, pads=[pad], pages=[], review_as_submitted=True
        ).diagnostics
        gates = Gatekeeper(findings=findings, meeting=workspace.corpus.meeting_of(pad))
        move = plan(pad, request, gates)
        template = fill(pad)
        after = moved(pad, move, template) if template else pad.document
        how = replace(how, include_edits=how.include_edits or request.move is MoveKind.SUBMIT)
        written = write(workspace, repository, Edit(before=pad.document, after=after, message=move.message), pad, how)
    notes = tuple(filter(None, (healed, *move.notes, *written.notes)))
    return replace(written, notes=notes, move=move)


def change_fields(workspace: Workspace, path: str, planned: Planned, *, how: How) -> Written:
    """Edit and commit fields of the PAD at a path without a move; `planned` sees it as it is once the lock is held."""
    repository = Repository(workspace.root, how.env)
    with locked(repository) as healed:
        workspace, pad = fresh(workspace, path)
        change = planned(pad)
        edit = Edit(before=pad.document, after=with_fields(pad.document, change.fields), message=change.message)
        written = write(workspace, repository, edit, pad, how)
    said = change.subject if written.committed else ""
    return replace(written, notes=tuple(filter(None, (healed, *written.notes))), said=said)


def moved(pad: Pad, move: Move, template: Template) -> Document:
    """Return the document after a move: its fields, and the headings of the stage that it enters."""
    after = with_fields(pad.document, move.changes)
    if move.enters is None:
        return after
    there = read_pad(after, template)
    offset, text = stage_insertion(there, template, move.enters)
    entered = with_insertion(after, offset, text) if text else after
    lost = [
        placed.section.name for placed in read_pad(entered, template).sections_of(move.enters) if not placed.heading
    ]
    if [name for name in lost if f"### {name}" in text]:
        fix = "close the code block, comment or HTML that is still open above the end of the file"
        raise EditError(f"{pad.path}: the new sections would not be read as headings", fix=fix)
    return entered


def fresh(workspace: Workspace, path: str) -> tuple[Workspace, Pad]:
    """Read everything again: before the lock was held, another writer may have changed it."""
    workspace = open_workspace(workspace.root)
    if path not in workspace.corpus.by_path:
        raise UsageError(f"{path} is gone", fix="padctl list shows all PADs")
    return workspace, workspace.corpus.by_path[path]


def write(workspace: Workspace, repository: Repository, edit: Edit, pad: Pad, how: How) -> Written:
    """Commit an edit of a PAD after every check, or only try it; the lock is held by the caller."""
    result = proved(pad, edit.after)
    diff = patch(edit.before, edit.after)
    if how.dry_run:
        return Written(pad=result, diff=diff, notes=(), committed=False)
    check_movable(repository, workspace, pad)
    state = repository.file_state(pad.path)
    said = check_author_edits(state, pad.path, include=how.include_edits)
    commit_edit(repository, edit)
    return Written(pad=result, diff=diff, notes=(said,) if said else (), committed=True)


def check_movable(repository: Repository, workspace: Workspace, pad: Pad) -> None:
    """Make sure that the repository can be committed to, and that the PAD is what its branch and main know of it.

    Raises:
        Refused: its history was edited by hand, the branch is protected, or main is ahead of it.
        RepositoryError: the repository is in no state to be written to.
    """
    repository.check_writable()
    _check_against_head(repository, pad)
    check_unprotected(repository, workspace, f"{pad.id}: nothing was written", branch=pad.id.lower())
    _check_published(repository, workspace, pad)


def proved(pad: Pad, after: Document) -> Pad:
    """Return the PAD as it will read, after making sure that it reads without a fault of the schema."""
    result = read_pad(after, pad.template)
    if result.header is None:
        problems = "; ".join(violation.message for violation in result.violations)
        raise EditError(f"{pad.path}: {problems}", fix="give values that fit the front matter")
    return result


def _check_against_head(repository: Repository, pad: Pad) -> None:
    """Refuse a PAD whose history, stage or status was edited by hand since the last commit."""
    committed = repository.blob("HEAD", pad.path)
    if committed is None or pad.header is None:
        return
    before, _ = read_front_matter(_values(committed, pad.path), pad.template.fields if pad.template else {})
    if before is None:
        return
    fields = ("history", "stage", "status", "launched")
    changed = [name for name in fields if getattr(before, name) != getattr(pad.header, name)]
    if changed:
        fix = f"put these lines back as git show HEAD:{pad.path} has them, then make the move"
        reason = Reason(message=f"edited since the last commit: {', '.join(changed)}", fix=fix)
        raise Refused(f"{pad.id}: only moves change the history, stage and status", [reason])


def check_unprotected(repository: Repository, workspace: Workspace, refusal: str, *, branch: str) -> None:
    """Refuse a commit on the default branch where it changes by pull request only; `branch` names one to make."""
    settings = workspace.settings.git
    ref = repository.default_ref(settings.default)
    default = settings.default or ref.removeprefix("refs/remotes/origin/") or "main"
    if settings.protected and repository.branch == default:
        reason = Reason(message=f"{default} changes by pull request only", fix=f"git switch --create {branch}")
        raise Refused(refusal, [reason])


def _check_published(repository: Repository, workspace: Workspace, pad: Pad) -> None:
    """Refuse a move whose PAD lacks moves that the default branch already has.

    The history at the remote-tracking default branch must be a prefix of the PAD's own: otherwise the clone is stale,
    or its branch was squashed and is used again.
    """
    ref = repository.default_ref(workspace.settings.git.default)
    published = repository.blob(ref, pad.path) if ref else None
    if published is None or pad.header is None:
        return
    theirs, _ = read_front_matter(_values(published, pad.path), pad.template.fields if pad.template else {})
    if theirs is None:
        reason = Reason(message="its header cannot be read there", fix=f"mend it on {ref} first")
        raise Refused(f"{pad.id}: the published PAD cannot be compared with this one", [reason])
    if theirs.history == pad.header.history[: len(theirs.history)]:
        return
    mine = pad.header.history
    n = next(i for i, entry in enumerate(theirs.history) if i >= len(mine) or mine[i] != entry)
    missing = theirs.history[n]
    branch = ref.removeprefix("refs/remotes/")
    what = f"{missing.outcome or missing.move} of {missing.date} is on {branch} and not here"
    fix = f"git fetch && git switch --create NEW-BRANCH {branch}, then make the move there"
    raise Refused(f"{pad.id}: this copy is behind {branch}", [Reason(message=what, fix=fix)])


def _values(raw: bytes, path: str) -> Mapping[str, object]:
    return read_document(raw, path=path).values
