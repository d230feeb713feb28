"""The latest move of a PAD taken back: its fields, and the headings that it brought and nobody has touched."""

from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import date

from padctl.lifecycle import Move, Trace, latest_move, plan_undo
from padctl.model.document import Document, read_document
from padctl.model.edit import with_fields, with_text
from padctl.model.front_matter import HistoryEntry
from padctl.model.pad import Pad, read_pad
from padctl.model.patch import patch
from padctl.scaffold import stage_removal
from padctl.store.moves import Fill, How, Room, Written, proved, write_each
from padctl.store.repository import Repository
from padctl.store.stream import lines_of
from padctl.store.workspace import Workspace
from padctl.store.writer import Edit


def undo_moves(
    workspace: Workspace,
    pads: Mapping[str, str],
    *,
    today: date,
    reason: str | None,
    recorded: str | None,
    fill: Fill,
    how: How,
) -> tuple[Written, ...]:
    """Take back the latest move of each PAD by a new commit, all or none; what the author wrote stays.

    `pads` holds their paths with their ids. `fill` gives a PAD's template with the PAD's own values in it, to tell
    headings that nobody has touched.

    Raises:
        Refused: nothing can be taken back, or git stands against it; nothing has changed.
        RepositoryError: the repository is in no state to be written to.
    """

    def planned(room: Room, pad: Pad) -> tuple[Written, Edit]:
        undone = latest_move(pad).entry
        trace = trace_of(room.repository, pad, undone)
        move = plan_undo(pad, trace, day=today, reason=reason, recorded=recorded)
        after, stays = unmade(pad, move, fill, trace)
        what = f"{undone.move} of {undone.date}" + (f" ({undone.outcome.label})" if undone.outcome else "")
        said = "" if how.dry_run else f"Took back move {undone.n}: {what}"
        notes = tuple(filter(None, (*move.notes, _kept(stays))))
        diff = patch(pad.document, after)
        written = Written(pad=proved(pad, after), diff=diff, notes=notes, move=move, said=said)
        return written, Edit(before=pad.document, after=after, message=move.message)

    return write_each(workspace, pads, "undo", planned, how)


def unmade(pad: Pad, move: Move, fill: Fill, trace: Trace) -> tuple[Document, list[str]]:
    """Return the document without a move, and the names of the sections that it brought and that stay."""
    document, stays = pad.document, list[str]()
    if move.before.stage is not move.after.stage and (template := fill(pad)):
        around = [known.document if known else None for known in (trace.before, trace.after)]
        cuts, stays = stage_removal(document, template, move.before.stage, before=around[0], after=around[1])
        for start, end in reversed(cuts):
            document = with_text(document, start, end, "")
    return with_fields(document, move.changes), stays


def trace_of(repository: Repository, pad: Pad, entry: HistoryEntry) -> Trace:
    """Return the PAD around the commit that added an entry to its history, alone.

    Empty where no commit did: in a shallow clone, or where several moves were squashed into one commit.
    """
    after: Pad | None = None
    with closing(_versions(repository, pad.path)) as documents:
        for document in documents:
            version = read_pad(document, pad.template)
            if version.header is None or pad.header is None:
                break
            known = version.header.history
            if len(known) < entry.n:
                exact = after and after.header and after.header.history == pad.header.history[: entry.n]
                before = pad.header.history[: entry.n - 1]
                return Trace(before=version, after=after) if exact and known == before else Trace()
            after = version
    return Trace()


def _versions(repository: Repository, path: str) -> Generator[Document]:
    """Yield a file as each commit left it and as that one had found it, the latest first, renames followed.

    So the move that was made last is seen at the commit that made it, however long ago the file was changed before.
    It goes as far as git's output can be read.
    """
    if not repository.head:
        return
    plain = ("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color")
    words = ("log", *plain, "--follow", "--diff-filter=d", "--format=%x00%H", "--name-only", "HEAD", "--", path)
    commit = ""
    with closing(lines_of(repository, *words)) as lines:
        for line in filter(None, lines):
            if line.startswith("\0"):
                commit = line[1:]
                continue
            if line.startswith('"'):
                return
            for raw in repository.objects([f"{commit}:{line}", f"{commit}^:{line}"]):
                if raw is not None:
                    yield read_document(raw, path=path)


def _kept(stays: list[str]) -> str:
    if not stays:
        return ""
    verb = "stays, because it was" if len(stays) == 1 else "stay, because they were"
    return f"{', '.join(stays)} {verb} edited since"
