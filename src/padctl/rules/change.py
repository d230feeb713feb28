"""PC350 to PC359: what a change does to PADs that others have already decided on; these rules need `--base`."""

import shlex
from collections.abc import Iterator

from padctl.model.corpus import Corpus
from padctl.model.front_matter import Action, HistoryEntry
from padctl.model.pad import Pad
from padctl.model.shell import shell_word
from padctl.model.template import Template
from padctl.model.terms import ACTION_OF_OUTCOME, MoveKind
from padctl.model.transitions import replay
from padctl.rules.registry import Context, Finding, rule


def base_of(pad: Pad, base: Corpus, corpus: Corpus) -> Pad | None:
    """Return a PAD as it was at the base: by id, by a former id, or else by path.

    Where the base has an id twice, it is the one at the same path, or else the one whose history goes on here.
    """
    found = bases_of(pad, base, corpus)
    return found[0] if found else None


def bases_of(pad: Pad, base: Corpus, corpus: Corpus) -> tuple[Pad, ...]:
    """Return all PADs of the base that a PAD claims to be, the likeliest first.

    One for its id, one for each former id, else the one at its path: a PAD that took another's id has to carry that
    one's history on too. A former id that another PAD of the `corpus` has kept is that one's.
    """
    found: list[Pad] = []
    for name in (pad.id, *pad.former_ids):
        others = [other for other in corpus.by_id.get(name, ()) if other is not pad]
        mine = [before for before in base.by_id.get(name, ()) if not any(_is_same(before, other) for other in others)]
        same = sorted(mine, key=lambda other: (other.path != pad.path, not _goes_on(other, pad)))
        found += [other for other in same[:1] if other not in found]
    at_path = base.by_path.get(pad.path)
    return tuple(found) if found or at_path is None else (at_path,)


def _is_same(before: Pad, pad: Pad) -> bool:
    return before.path == pad.path or _goes_on(before, pad)


def _goes_on(before: Pad, pad: Pad) -> bool:
    return _first_difference(_history(pad), _history(before)) is None


def _history(pad: Pad | None) -> tuple[HistoryEntry, ...]:
    return pad.header.history if pad and pad.header else ()


def _at(pad: Pad, position: int, message: str, fix: str) -> Finding:
    offset = pad.document.offset_of(("history", position))
    return Finding(document=pad.document, offset=offset, message=message, fix=fix)


def _first_difference(ours: tuple[HistoryEntry, ...], theirs: tuple[HistoryEntry, ...]) -> int | None:
    """Return the position of the first of their entries that ours does not have, or None where we have all."""
    pairs = enumerate(theirs)
    return next((n for n, entry in pairs if n >= len(ours) or ours[n] != entry), None)


def _checkout(before: Pad, context: Context) -> str:
    """Return the command that brings a PAD of the base back."""
    return f"git checkout {shlex.quote(context.base_ref or 'HEAD')} -- {shell_word(before.path)}"


@rule("PC350", "pad-deleted", about="a change")
def pad_deleted(pad: Pad, context: Context) -> Iterator[Finding]:
    """A PAD that is on the base is gone.

    Why: its decisions and its recap are gone with it; giving up is a decision too, and has a reason.

    Bad: `git rm pads/PAD-0007-gallery.md`

    Good: `padctl withdraw PAD-0007 --reason "solved by PAD-0003"`
    """
    corpus = context.corpus
    if not pad.document.text:
        return  # a link, or nothing: no decision is lost with it
    if context.base is None or pad.path in corpus.by_path or pad.id in corpus.by_id or pad.id in corpus.former_ids:
        return
    then = f"; padctl withdraw {pad.id} --reason TEXT gives it up" if pad.id else ""
    fix = f"bring it back{then}\n{_checkout(pad, context)}"
    yield Finding(document=pad.document, offset=0, message=f"{pad.id or pad.path} was deleted", fix=fix)


@rule("PC351", "history-rewritten", about="a change")
def history_rewritten(pad: Pad, context: Context) -> Iterator[Finding]:
    """The history on the base is not the beginning of the PAD's own: entries may only be added.

    Why: an edited decision is a decision that nobody took.

    Bad: `outcome: rework` changed to `outcome: proceed` in an entry of last month

    Good: a new entry, by `padctl decide`
    """
    for before in bases_of(pad, context.base, context.corpus) if context.base else ():
        if _history(before) and pad.header is None:
            message = f"{before.id} has a history on the base, and its header cannot be read any more"
            fix = f"mend the header, or bring the whole file back\n{_checkout(before, context)}"
            yield Finding(document=pad.document, offset=0, message=message, fix=fix)
            continue
        position = _first_difference(_history(pad), _history(before))
        if position is not None:
            entry = _history(before)[position]
            what = f"{entry.outcome or entry.move} of {entry.date}"
            verb = "is missing" if position >= len(_history(pad)) else "was changed"
            whose = f" of {before.id}" if before.id != pad.id else ""
            fix = "bring the branch up to date and make your moves again; past entries stay as they are"
            yield _at(pad, position, f"entry {position + 1} of the history{whose}, {what}, {verb}", fix)


@rule("PC352", "id-changed", about="a change")
def id_changed(pad: Pad, context: Context) -> Iterator[Finding]:
    """A PAD has another id than on the base, without naming the old one under `formerly`.

    Why: every mention of the old id, in minutes, chats and other PADs, leads nowhere.

    Bad: `id: PAD-0008` where the base has `id: PAD-0007`

    Good: `id: PAD-0008` and `formerly: [PAD-0007]`
    """
    before = context.base.by_path.get(pad.path) if context.base else None
    if before is None or not (before.id and pad.id) or before.id == pad.id:
        return
    if before.id not in context.corpus.by_id and before.id not in (pad.header.formerly if pad.header else ()):
        message = f"the id was {before.id} before this change"
        offset = pad.document.offset_of(("id",))
        yield Finding(document=pad.document, offset=offset, message=message, fix=f"add `formerly: [{before.id}]`")


@rule("PC353", "move-not-allowed", about="a change")
def move_not_allowed(pad: Pad, context: Context) -> Iterator[Finding]:
    """A move that the change adds is not legal under the settings, template and sponsors of the base.

    Why: otherwise a change could name its own sponsor, or drop a stage from the frame, and approve itself.

    Bad: a decision `by: [dana]` in the same change that adds dana to `sponsors`

    Good: the sponsors agreed in one change, the decision in a later one
    """
    if context.base is None or pad.header is None:
        return
    before = base_of(pad, context.base, context.corpus)
    known = _history(before)
    if _first_difference(pad.header.history, known) is not None:
        return
    frame = before if known and before else pad  # once a PAD has moved, another template may not shorten its way
    name = frame.header.template if frame.header else pad.header.template
    template = context.base.templates.get(name) or pad.template
    for position, (entry, problem) in enumerate(_problems(pad, before, context.base, template)):
        if problem and position >= len(known):
            yield _at(
                pad,
                position,
                f"{entry.move} of {entry.date}: {problem}",
                "take the entry out, and make the move with padctl",
            )


@rule("PC354", "action-removed", about="a change")
def action_removed(pad: Pad, context: Context) -> Iterator[Finding]:
    """An action that is on the base is gone instead of being done.

    Why: the correction that the meeting asked for would be forgotten without anybody having decided so.

    Bad: the line of action A1 deleted

    Good: `padctl action done PAD-0007 A1`, which writes the date
    """
    before = base_of(pad, context.base, context.corpus) if context.base else None
    if not (before and before.header and pad.header):
        return
    kept = {action.id: (action.what, action.kind, action.source) for action in pad.header.actions}
    for action in before.header.actions:
        taken_back = action.source in pad.header.undone
        if not taken_back and kept.get(action.id) != (action.what, action.kind, action.source):
            done = "rewritten" if action.id in kept else "removed"
            message = f"the action {action.id} ({action.who}: {action.what}) was {done}"
            offset = pad.document.key_offset("actions")
            fix = f"put it back; padctl action done {pad.id} {action.id} closes it"
            yield Finding(document=pad.document, offset=offset, message=message, fix=fix)


def _problems(
    pad: Pad, before: Pad | None, base: Corpus, template: Template | None
) -> Iterator[tuple[HistoryEntry, str]]:
    """Yield each entry of the history with what the base has against it, or an empty text."""
    if pad.header is None or template is None:
        return
    sponsors = _sponsors(pad, before, base)
    given = {action.source for action in pad.header.actions}
    decided = [action for action in pad.header.actions if action.source is not None]
    for step in replay(pad.header.history, template.stages):
        entry, problem = step.entry, ""
        waiting = [action for action in decided if _was_open(action, entry)]
        strangers = [name for name in entry.by if sponsors and name not in sponsors]
        if step.expected is None:
            problem = f"not possible from {step.before}"
        elif str(step.expected) != entry.to:
            problem = f"leads from {step.before} to {step.expected}, not to {entry.to}"
        elif entry.move in {MoveKind.DECIDE, MoveKind.ADVANCE} and not entry.by:
            problem = "nobody is named who decided"
        elif waiting and not entry.override:
            problem = f"the action {waiting[0].id} of an earlier decision was still open"
        elif strangers and not entry.override:
            problem = f'"{strangers[0]}" is no sponsor on the base ({", ".join(sorted(sponsors))})'
        elif entry.outcome in ACTION_OF_OUTCOME and entry.n not in {*given, *pad.header.undone}:
            problem = f"{entry.outcome} without an action"
        yield entry, problem


def _was_open(action: Action, entry: HistoryEntry) -> bool:
    """Say whether an action kept a move back: asked for before it, and not done on its day."""
    if entry.move not in {MoveKind.SUBMIT, MoveKind.ADVANCE} or (action.source or 0) >= entry.n:
        return False
    return action.done is None or action.done > entry.date


def _sponsors(pad: Pad, before: Pad | None, base: Corpus) -> frozenset[str]:
    """Return who may decide according to the base; a new PAD names its own only where the meeting has none."""
    meeting = base.meeting_of(before or pad).sponsors
    if before and before.header:
        return frozenset({*before.header.sponsors, *meeting})
    return frozenset(meeting or (pad.header.sponsors if pad.header else ()))
