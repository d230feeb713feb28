"""A move carried out: the PAD's new text, proved to change only what the move means to, and committed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from padctl.errors import UsageError
from padctl.lifecycle import Gatekeeper, Move, Planned, Request, for_all, plan
from padctl.model.diagnostic import Diagnostic
from padctl.model.document import Document
from padctl.model.edit import EditError, with_fields, with_insertion
from padctl.model.pad import Pad, read_pad
from padctl.model.patch import patch
from padctl.model.template import Template
from padctl.model.terms import MoveKind
from padctl.scaffold import stage_insertion
from padctl.store.ahead import Question
from padctl.store.branches import default_branch, on_branch, record_ref
from padctl.store.file_state import STATUS, listing
from padctl.store.published import check_against_head, check_published, check_unprotected, open_proposal
from padctl.store.readiness import IDENTITY, UNMERGED, check_writable
from padctl.store.repository import BRANCH, Repository, default_refs
from padctl.store.several import commit_edits
from padctl.store.workspace import Workspace
from padctl.store.writer import Edit, check_edits, locked

Fill = Callable[[Pad], Template | None]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What became of a write: the PAD after it, the diff, and what is worth saying; `committed` unless a dry run.

    `said` is what was done, where it is no move of the lifecycle.
    """

    pad: Pad
    diff: str
    notes: tuple[str, ...] = ()
    committed: bool = False
    move: Move | None = None
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class How:
    """How to write: try only, include the author's own edits, in which environment git commits, on which branch.

    `branch` names one to switch to; an empty name stands for one made after the PAD and the move. `again` is the
    command as it was typed.
    """

    dry_run: bool = False
    include_edits: bool = False
    env: Mapping[str, str] | None = None
    branch: str | None = None
    again: str = "padctl MOVE ID"


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a write works in, once the lock is held: the repository, the workspace opened anew, what to say.

    `stem` is the beginning of the name of a branch on which to start again.
    """

    repository: Repository
    workspace: Workspace
    stem: str
    note: str


def make_move(workspace: Workspace, path: str, request: Request, *, fill: Fill, how: How) -> Written:
    """Make one move of the PAD at a path; see `make_moves`."""
    return make_moves(workspace, {path: ""}, request, fill=fill, how=how)[0]


def make_moves(
    workspace: Workspace, pads: Mapping[str, str], request: Request, *, fill: Fill, how: How
) -> tuple[Written, ...]:
    """Check, plan, edit and commit the same move of PADs, as they are once the lock is held: one commit each, or none.

    `pads` holds their paths with their ids; a file that lies elsewhere on the branch is found by its id. `fill` gives a
    PAD's template with the PAD's own values in it, for the sections that a new stage brings.

    Raises:
        Refused: the process, a document or git stands against it; nothing has changed.
        RepositoryError: the repository is in no state to be written to.
    """
    how = replace(how, include_edits=how.include_edits or request.move is MoveKind.SUBMIT)

    def planned(room: Room, pad: Pad) -> tuple[Written, Edit]:
        of = _judged if request.move is MoveKind.SUBMIT else _findings
        judge = partial(of, room.workspace, pad, request.today)
        frame = room.workspace.frame
        gates = Gatekeeper(judge=judge, meeting=frame.meeting_of(pad), stream=frame.stream_to_record(pad))
        move = plan(pad, request, gates)
        template = fill(pad) if move.enters else pad.template
        after = moved(pad, move, template) if template else pad.document
        edit = Edit(before=pad.document, after=after, message=move.message)
        return Written(pad=proved(pad, after), diff=patch(edit.before, after), notes=move.notes, move=move), edit

    return write_each(workspace, pads, request.move, planned, how)


def change_fields(
    workspace: Workspace, pads: Mapping[str, str], kind: str, planned: Planned, *, how: How
) -> tuple[Written, ...]:
    """Edit and commit fields of PADs without a move, given as their paths with their ids; one commit each, or none.

    `planned` sees a PAD as it is once the lock is held; `kind` is the word after which a branch is named.
    """

    def changed(_: Room, pad: Pad) -> tuple[Written, Edit]:
        change = planned(pad)
        edit = Edit(before=pad.document, after=with_fields(pad.document, change.fields), message=change.message)
        said = "" if how.dry_run else change.subject
        return Written(pad=proved(pad, edit.after), diff=patch(edit.before, edit.after), said=said), edit

    return write_each(workspace, pads, kind, changed, how)


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


def write_each(
    workspace: Workspace,
    pads: Mapping[str, str],
    kind: str,
    planned: Callable[[Room, Pad], tuple[Written, Edit]],
    how: How,
) -> tuple[Written, ...]:
    """Plan and check the write of every PAD before the first is written, then commit them; a dry run only plans."""
    more = f"-and-{len(pads) - 1}-more" if len(pads) > 1 else ""
    name = next(filter(None, pads.values()), "pad")
    with entered(workspace, tuple(pads), f"{name}{more}-{kind}".lower(), how) as room:
        found = tuple(_found(room.workspace, path, pad_id) for path, pad_id in pads.items())
        alone = len(found) == 1 and not how.dry_run
        with room.repository.ahead.asking(_questions(room, found[0]) if alone else ()):
            plans = for_all(found, lambda pad: planned(room, pad))
            said = complaints = [""] * len(plans)
            if not how.dry_run:
                said = for_all(found, lambda pad: _checked(room, pad, how))
                complaints = commit_edits(room.repository, [edit for _, edit in plans])
    done: list[Written] = []
    for (written, _), included, complaint in zip(plans, said, complaints, strict=True):
        name = f"{written.pad.id}: " if len(plans) > 1 else ""
        about = [name + note for note in (*written.notes, included, complaint) if note]
        once = [room.note] if room.note and not done else []
        done.append(replace(written, notes=(*once, *about), committed=not how.dry_run))
    return tuple(done)


@contextmanager
def entered(workspace: Workspace, paths: Sequence[str], stem: str, how: How) -> Iterator[Room]:
    """Hold the lock, be on the branch that was asked for, and open the workspace again.

    Before the lock was held, another writer may have changed it; on another branch it is another text.
    """
    repository, settings = Repository(workspace.root, how.env), workspace.settings.git
    with locked(repository) as healed:
        default = "" if how.branch is None else default_branch(repository, settings.default)
        ref = record_ref(repository, default)
        waits = partial(open_proposal, repository, ref, paths=paths)
        with on_branch(repository, how.branch, default=default, stem=stem, open_proposal=waits) as switched:
            workspace = workspace.again()
            verb = "would switch" if how.dry_run else "switched"
            note = "; ".join(filter(None, (healed, switched and f"{verb} to {switched}")))
            yield Room(repository=repository, workspace=workspace, stem=stem, note=note)


def _judged(workspace: Workspace, pad: Pad, today: date) -> tuple[Diagnostic, ...]:
    """Return what is found in a PAD as if it were in review."""
    from padctl.lint import lint

    others = workspace.others
    found = lint(workspace.frame, today=today, pads=[pad], pages=[], others=others, review_as_submitted=True)
    return found.diagnostics


def _findings(workspace: Workspace, pad: Pad, today: date) -> tuple[Diagnostic, ...]:
    """Return what lint reports of a PAD as it is, as the agenda counts it."""
    return workspace.findings([pad], today).diagnostics


def _found(workspace: Workspace, path: str, pad_id: str) -> Pad:
    """Return the PAD at a path, or the one of an id where it lies elsewhere now."""
    pad = workspace.pad(path)
    if pad is None and pad_id and len(same := workspace.paths_of(pad_id)) == 1:
        pad = workspace.pad(same[0])
    if pad is None:
        raise UsageError(f"{path} is not there", fix="padctl list shows all PADs; git switch leads to another branch")
    return pad


def _questions(room: Room, pad: Pad) -> Iterator[Question]:
    """Yield what git is asked before a commit, all at once and while the move is planned.

    The PAD is read already: git sees an edit that it holds, and one that comes later is refused when it is written.
    """
    repository, path = room.repository, pad.path
    refs = default_refs(room.workspace.settings.git.default)[1]
    for words in (UNMERGED, BRANCH, IDENTITY, refs, listing(path), (*STATUS, "--", path)):
        yield repository.asking(*words), None
    yield repository.about("--batch", [repository.at("HEAD", path)])


def _checked(room: Room, pad: Pad, how: How) -> str:
    """Make sure that a PAD may be committed, and return what to say about the author's edits."""
    check_movable(room, pad, how.again)
    return check_edits(room.repository, pad.document, include=how.include_edits)


def check_movable(room: Room, pad: Pad, again: str) -> None:
    """Make sure that the repository can be committed to, and that the PAD is what its branch and main know of it.

    Raises:
        Refused: its history was edited by hand, the branch is protected, or main is ahead of it.
        RepositoryError: the repository is in no state to be written to.
    """
    settings = room.workspace.settings
    check_writable(room.repository)
    check_unprotected(room.repository, settings.git, again=again)
    check_against_head(room.repository, pad)
    check_published(room.repository, settings.git, pad, folder=settings.paths.pads, stem=room.stem)


def proved(pad: Pad, after: Document) -> Pad:
    """Return the PAD as it will read, after making sure that it reads without a fault of the schema."""
    result = read_pad(after, pad.template)
    if result.header is None:
        problems = "; ".join(violation.message for violation in result.violations)
        raise EditError(f"{pad.path}: {problems}", fix="give values that fit the front matter")
    return result
