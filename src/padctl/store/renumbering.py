"""A PAD moved to another number: every file that names it, in one commit, or nothing at all."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from padctl.errors import Reason, Refused, UsageError
from padctl.lifecycle.readable import readable
from padctl.model.document import Document, read_document
from padctl.model.ids import next_id
from padctl.model.pad import Pad
from padctl.model.patch import patch
from padctl.model.settings import Ids
from padctl.model.terms import PAD_ID
from padctl.renumbering import Left, Renumbering, left, referring, renumbered, renumbering, younger
from padctl.report.page_seal import resealed
from padctl.store.creation import taken_ids
from padctl.store.moves import How, check_movable, entered, proved
from padctl.store.repository import Repository
from padctl.store.trees import WorkTree
from padctl.store.workspace import Workspace
from padctl.store.writer import Change, check_edits, commit_changes

_SHOWN = 5  # places
_NUMBER = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*-)?([0-9]{1,9})")


@dataclass(frozen=True, kw_only=True)
class Renumbered:
    """What became of it: ids, the new path, the other files changed, the diff of all, and what is worth saying."""

    change: Renumbering
    files: tuple[str, ...]
    diff: str
    notes: tuple[str, ...]


def renumber(workspace: Workspace, word: str, *, cwd: Path, to: str | None, how: How) -> Renumbered:
    """Give the PAD that a word names, the younger one where an id is there twice, another number in one commit.

    `to` is the new number or id; without it the next free one is taken, as for a new PAD.

    Raises:
        UsageError: the word names no PAD or several ids, or the number is no number or taken.
        Refused: a file that changes is edited or there already, or git stands against it; nothing has changed.
        RepositoryError: the repository is in no state to be written to.
    """
    path = workspace.named(word, cwd=cwd)[0].path
    with entered(workspace, [path], f"{PurePosixPath(path).stem}-renumber".lower(), how) as room:
        workspace, repository = room.workspace, room.repository
        pads = workspace.corpus.pads
        pad = _meant(workspace, repository, word, cwd)
        readable(pad)
        taken = list(taken_ids(workspace, repository))
        new_id = next_id(taken, workspace.settings.ids)
        if to is not None:
            new_id = _asked(to, workspace.settings.ids, taken)
        change = renumbering(pad, new_id, pads, base=workspace.settings.links.base or "")
        edits = [(pad.document, renumbered(pad, change))]
        proved(pad, edits[0][1])
        edits += _references(workspace, change)
        complaint = ""
        if not how.dry_run:
            check_movable(room, pad, how.again)
            _check_files(repository, edits, change)
            complaint = commit_changes(repository, list(_changes(edits)), _message(change))
    after = [document for _, document in edits]
    return Renumbered(
        change=change,
        files=tuple(document.path for document in after[1:]),
        diff="".join(patch(*edit) for edit in edits),
        notes=tuple(filter(None, (room.note, complaint, *_notes(workspace, change, after)))),
    )


def _meant(workspace: Workspace, repository: Repository, word: str, cwd: Path) -> Pad:
    found = workspace.named(word, cwd=cwd)
    if len({pad.id for pad in found}) > 1:
        return workspace.find(word, cwd=cwd)
    _check_current(found[0], word)
    configured = workspace.settings.git.default
    ref = repository.default_ref(configured) or f"refs/heads/{configured or 'main'}"
    published = [pad.path for pad in found if len(found) > 1 and repository.blob(ref, pad.path) is not None]
    return younger(found, frozenset(published))


def _check_current(pad: Pad, word: str) -> None:
    """Refuse a number that the PAD had before: the command was run again, not meant again."""
    number = _NUMBER.fullmatch(word)
    former = [name for name in pad.former_ids if number and _same(name, number[1])]
    if number and former and not _same(pad.id, number[1]):
        fix = f"nothing is left to do; padctl renumber {pad.id} gives it yet another number"
        raise Refused("renumber is refused", [Reason(message=f"{former[0]} is {pad.id} already", fix=fix)])


def _same(pad_id: str, number: str) -> bool:
    match = PAD_ID.fullmatch(pad_id)
    return match is not None and int(match[2]) == int(number)


def _asked(to: str, ids: Ids, taken: Iterable[str]) -> str:
    word = to.upper() if "-" in to else f"{ids.prefix}-{to}"
    match = PAD_ID.fullmatch(word)
    if not match or match[1] != ids.prefix or int(match[2]) < 1:
        raise UsageError(f'--to: "{to}" is no number of a PAD', fix="write it as 15 or leave it out")
    numbers = {int(known[2]): name for name in taken if (known := PAD_ID.fullmatch(name)) and known[1] == ids.prefix}
    if int(match[2]) in numbers:
        what = f"--to: {numbers[int(match[2])]} is taken, here, on another branch or by a PAD that had it before"
        raise UsageError(what, fix="leave --to out for the next free number")
    return f"{ids.prefix}-{match[2].lstrip('0').zfill(ids.width)}"


def _references(workspace: Workspace, change: Renumbering) -> Iterator[tuple[Document, Document]]:
    """Yield the other documents that name the PAD, before and after."""
    for document in _documents(workspace):
        if document.path != change.old_path:
            after = referring(document, change)
            if after.text != document.text:
                page = replace(after, text=resealed(document.text, after.text))
                yield document, read_document(page.encoded(), path=page.path)


def _documents(workspace: Workspace) -> Iterator[Document]:
    """Yield the PADs, objectives, charters and minutes that can be edited."""
    tree, paths = WorkTree(workspace.root), workspace.settings.paths
    folders = dict.fromkeys([paths.pads, paths.objectives, paths.teams, paths.meetings])
    pads = workspace.corpus.by_path
    for path in dict.fromkeys(path for folder in folders for path in tree.markdown(folder)):
        document = pads[path].document if path in pads else tree.document(path)
        broken = path in pads and document.header is None
        if not broken and not any(fault.slug == "not-utf-8" for fault in document.faults):
            yield document


def _check_files(repository: Repository, edits: Sequence[tuple[Document, Document]], change: Renumbering) -> None:
    """Refuse where a file that changes holds somebody's uncommitted edits, or the new name is taken; names all."""
    reasons = list[Reason]()
    for before, _ in edits:
        try:
            check_edits(repository, before, include=False)
        except Refused as refused:
            for reason in refused.reasons:
                fix = reason.fix.replace("add --include-edits, or commit it", "commit it")
                reasons.append(Reason(message=f"{before.path}: {reason.message}", fix=fix))
    if there := _in_the_way(repository, change.new_path):
        reasons.append(
            Reason(message=f"{there} exists already", fix="move it away, or choose another number with --to")
        )
    if reasons:
        raise Refused(f"{change.old_id}: renumber is refused", reasons)


def _in_the_way(repository: Repository, path: str) -> str:
    """Return a file at a path, in the work tree or the index, compared as a file system does that ignores case."""
    folder, name = PurePosixPath(path).parent, _folded(PurePosixPath(path).name)
    others = (other.name for other in (repository.root / folder).iterdir())
    there = (f"{folder}/{other}" for other in others if _folded(other) == name)
    return next(there, path if repository.is_tracked(path) else "")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _changes(edits: Iterable[tuple[Document, Document]]) -> Iterator[Change]:
    for before, after in edits:
        if before.path == after.path:
            yield Change(path=after.path, old=before.encoded(), new=after.encoded())
        else:
            yield Change(path=before.path, old=before.encoded(), new=None)
            yield Change(path=after.path, old=None, new=after.encoded())


def _message(change: Renumbering) -> str:
    trailers = f"Pad-Id: {change.new_id}\nPad-Move: renumber\nPad-Formerly: {change.old_id}\n"
    return f"{change.new_id}: renumber {change.old_id}\n\n{trailers}"


def _notes(workspace: Workspace, change: Renumbering, after: Sequence[Document]) -> Iterator[str]:
    edited = {document.path: document for document in after}
    documents = [*after, *(document for document in _documents(workspace) if document.path not in edited)]
    found: list[Left] = [place for document in documents for place in left(document, change)]
    for dead in (place for place in found if place.dead_link):
        yield f"{dead.path}:{dead.line} links to {change.old_path} in a way that is not edited here; correct it by hand"
    if places := [place for place in found if not place.dead_link and not place.loose]:
        yield f"{change.old_id} stays the id of the other PAD, so these stay: {_listed(places)}"
    if places := [place for place in found if place.loose]:
        yield f"{change.old_id} is written in other letters or digits here; correct it by hand: {_listed(places)}"


def _listed(places: Sequence[Left]) -> str:
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    return ", ".join(f"{place.path}:{place.line}" for place in places[:_SHOWN]) + more
