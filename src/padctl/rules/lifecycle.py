"""PC300 to PC399: stage, status, history, slot and body tell the same story."""

from collections.abc import Iterator
from itertools import count

from padctl.model.diagnostic import Severity
from padctl.model.front_matter import FrontMatter
from padctl.model.header import Path
from padctl.model.pad import Pad
from padctl.model.shell import shell_word
from padctl.model.template import Template
from padctl.model.template_faults import SECTION_LEVEL
from padctl.model.terms import ACTION_OF_OUTCOME, MoveKind, Stage, Status
from padctl.model.transitions import active_state, legal_statuses, start
from padctl.rules.registry import Context, Finding, rule


def _readable(pad: Pad) -> Iterator[tuple[FrontMatter, Template]]:
    """Yield header and template where both can be read and the stage is one of the template's."""
    if pad.header and pad.template and pad.header.stage in pad.template.stages:
        yield pad.header, pad.template


def _expected(header: FrontMatter, template: Template) -> str:
    """Return the stage and status that the history leads to."""
    return header.history[-1].to if header.history else str(start(template.stages))


def _put_back(header: FrontMatter, template: Template) -> str:
    """Return what to write where stage and status are not what the history leads to; empty where they are."""
    stage, _, status = (expected := _expected(header, template)).partition("/")
    if header.state == expected or Stage(stage) not in template.stages:
        return ""
    return f"write `stage: {stage}` and `status: {status}` again; the moves of padctl change them"


def _from_git(pad: Pad) -> str:
    """Return how a history that was edited comes back."""
    return f"restore the history from git; this shows how it was\ngit log -p -- {shell_word(pad.path)}"


def _at(pad: Pad, path: Path, message: str, fix: str) -> Finding:
    return Finding(document=pad.document, offset=pad.document.offset_of(path), message=message, fix=fix)


@rule("PC301", "stage-not-in-template")
def stage_not_in_template(pad: Pad, _: Context) -> Iterator[Finding]:
    """The PAD is in a stage that its template does not have.

    Why: no section and no review is defined for it, so it can neither be judged nor moved.

    Bad: `template: light` with `stage: solution-framing`

    Good: `template: light` with `stage: problem-framing`
    """
    if pad.header and pad.template and pad.header.stage not in pad.template.stages:
        known = ", ".join(pad.template.stages)
        message = f'the template "{pad.template.name}" has no stage {pad.header.stage}'
        yield _at(pad, ("stage",), message, f"its stages: {known}")


@rule("PC302", "status-not-in-stage")
def status_not_in_stage(pad: Pad, _: Context) -> Iterator[Finding]:
    """The status cannot occur in the PAD's stage.

    Why: a PAD in delivery is neither a draft nor in review; nobody would know what to do next.

    Bad: `stage: delivery` with `status: draft`

    Good: `stage: delivery` with `status: in-progress`
    """
    for header, template in _readable(pad):
        legal = legal_statuses(header.stage, template.stages)
        if header.status not in legal:
            message = f"{header.stage.label} has no status {header.status}"
            put_back = _put_back(header, template)
            yield _at(pad, ("status",), message, put_back or f"write one of {', '.join(legal)}")


@rule("PC303", "history-disagrees")
def history_disagrees(pad: Pad, _: Context) -> Iterator[Finding]:
    """Stage and status are not what the last entry of the history says.

    Why: the history is the truth. A status changed by hand looks like an approval that nobody gave.

    Bad: `status: done` above a history that ends with `to: problem-framing/draft`

    Good: change the status with a move, such as `padctl submit`
    """
    for header, template in _readable(pad):
        expected = _expected(header, template)
        if header.state != expected:
            told = "the history says" if header.history else "a PAD without history is in"
            message = f"stage and status say {header.state}, {told} {expected}"
            wrong = "stage" if header.stage != expected.partition("/")[0] else "status"
            yield _at(pad, (wrong,), message, _put_back(header, template) or _from_git(pad))


@rule("PC304", "history-numbering", about="history")
def history_numbering(pad: Pad, _: Context) -> Iterator[Finding]:
    """The entries of the history are not numbered 1, 2, 3.

    Why: a gap means that an entry was taken out, a repeated number that two branches were merged by hand.

    Bad: `n: 1`, `n: 3`

    Good: `n: 1`, `n: 2`
    """
    for header, _template in _readable(pad):
        for position, entry in enumerate(header.history):
            if entry.n != position + 1:
                message = f"entry {position + 1} of the history is numbered {entry.n}"
                yield _at(pad, ("history", position, "n"), message, _from_git(pad))
                return


@rule("PC305", "illegal-move", about="history")
def illegal_move(pad: Pad, _: Context) -> Iterator[Finding]:
    """An entry of the history is a move that the lifecycle does not allow there, or leads elsewhere.

    Why: a stage was skipped or an approval written by hand.

    Bad: `move: decide` on a PAD that was never submitted

    Good: `move: submit`, then `move: decide`
    """
    for _header, _template in _readable(pad):
        for position, step in enumerate(pad.steps):
            entry = step.entry
            if entry.move is MoveKind.DECIDE and entry.outcome is None:
                message, fix = "the decision has no outcome", _from_git(pad)
            elif step.expected is None and entry.move is MoveKind.UNDO:
                which = f"takes back move {entry.undoes}" if entry.undoes else "names no move"
                message = f"the undo {which}; it may only take back the latest that stands"
                fix = _from_git(pad)
            elif step.expected is None:
                message, fix = f"{entry.move} is not possible from {step.before}", _from_git(pad)
            elif str(step.expected) != entry.to:
                message = f"{entry.move} leads from {step.before} to {step.expected}, not to {entry.to}"
                fix = f"write `to: {step.expected}`, or {_from_git(pad)}"
            else:
                continue
            yield _at(pad, ("history", position), message, fix)


@rule("PC306", "history-dates", about="history")
def history_dates(pad: Pad, _: Context) -> Iterator[Finding]:
    """A move is dated before the one above it, or before the PAD was created.

    Why: time in each stage, and the order of decisions, are computed from these dates.

    Bad: `n: 2, date: 2026-11-20` after `n: 1, date: 2026-11-24`

    Good: dates that never go back
    """
    for header, _template in _readable(pad):
        standing = [header.created]
        for position, entry in enumerate(header.history):
            previous = standing[-1]
            if entry.date < previous:
                what = "the PAD was created on" if previous == header.created else "an earlier move is dated"
                message = f"the move is dated {entry.date}, but {what} {previous}"
                yield _at(pad, ("history", position, "date"), message, "correct the date")
            if entry.move is not MoveKind.UNDO:
                standing.append(max(previous, entry.date))
            elif len(standing) > 1:
                standing.pop()  # what was recorded wrongly may be recorded anew with the day on which it was decided


@rule("PC307", "slot-mismatch")
def slot_mismatch(pad: Pad, _: Context) -> Iterator[Finding]:
    """The PAD has a slot on an agenda without being in review, or is in review without one.

    Why: the agenda is made of the slots; one without a review wastes the meeting's time.

    Bad: `status: draft` with `slot: {date: 2026-11-26}`

    Good: `padctl recall` to take a PAD off the agenda
    """
    for header, template in _readable(pad):
        if header.slot and header.status is not Status.IN_REVIEW:
            message = f"a slot stands here while the PAD is {header.status.label}"
            yield _at(pad, ("slot",), message, _put_back(header, template) or "delete the slot")
        if header.status is Status.IN_REVIEW and header.slot is None:
            message = "the PAD is in review without a slot"
            day = next((entry.meeting for entry in reversed(header.standing_moves) if entry.meeting), "YYYY-MM-DD")
            yield _at(pad, ("status",), message, f"write `slot: {{date: {day}}}`, the day of the meeting")


@rule("PC308", "launched-mismatch")
def launched_mismatch(pad: Pad, _: Context) -> Iterator[Finding]:
    """`launched` is missing from the recap on, or there before the launch.

    Why: the quarter's recap collects the PADs by this date.

    Bad: `stage: delivery` with `launched: 2026-11-03`

    Good: `padctl launch PAD-0007 2026-11-03`
    """
    for header, _template in _readable(pad):
        launched = any(entry.move is MoveKind.LAUNCH for entry in header.standing_moves)
        expected = header.stage is Stage.POST_LAUNCH_RECAP or launched
        if header.launched and not expected:
            message = f"`launched` stands here while the PAD is in {header.stage.label}"
            yield _at(pad, ("launched",), message, f"delete it; this records a launch\npadctl launch {pad.id}")
        if expected and header.launched is None:
            yield _at(pad, ("stage",), "`launched` is missing", "write `launched: YYYY-MM-DD`, the day of the launch")


@rule("PC309", "section-before-its-stage", Severity.WARNING)
def section_before_its_stage(pad: Pad, _: Context) -> Iterator[Finding]:
    """A section of a later stage is already written.

    Why: a solution that is written before the problem is agreed makes the problem review a formality.

    Bad: `### Proposed Solution` while the PAD is in problem framing

    Good: the notes outside the PAD until the problem is approved
    """
    for header, template in _readable(pad):
        gaps = pad.gaps
        early = [placed for placed in pad.sections if placed.filled and placed.section.stage not in gaps]
        reached = active_state(header.history, template.stages).stage.order if early else 0
        for placed in early:
            if placed.heading and placed.heading.level <= SECTION_LEVEL and placed.section.stage.order > reached:
                message = f'"{placed.section.name}" belongs to {placed.section.stage.label}, which is not reached yet'
                offset = placed.heading.start
                yield Finding(document=pad.document, offset=offset, message=message, fix="keep it elsewhere until then")


@rule("PC310", "action-mismatch")
def action_mismatch(pad: Pad, _: Context) -> Iterator[Finding]:
    """Actions and decisions do not fit: an action from no decision, a decision without its action, an id twice.

    Why: corrections that are written nowhere are the ones that nobody keeps.

    Bad: `outcome: rework` without any action that has `from:` its number

    Good: `{id: A1, kind: rework, what: Interview five teachers, who: dana, due: 2026-12-03, from: 2}`
    """
    for header, _template in _readable(pad):
        decisions = {entry.n: entry for entry in header.standing_moves if entry.move is MoveKind.DECIDE}
        seen: set[str] = set()
        for position, action in enumerate(header.actions):
            path = ("actions", position)
            if action.id in seen:
                yield _at(pad, (*path, "id"), f"the action {action.id} is there twice", "give it the next number")
            seen.add(action.id)
            if action.source is not None and action.source not in decisions:
                what = "was taken back" if action.source in header.undone else "is no decision"
                message = f"the action {action.id} comes from move {action.source}, which {what}"
                yield _at(pad, (*path, "from"), message, "name the decision's `n`, or drop `from`")
        given = {action.source for action in header.actions}
        for position, entry in enumerate(header.history):
            if entry.n in decisions and entry.outcome in ACTION_OF_OUTCOME and entry.n not in given:
                message = f"the decision {entry.outcome} of {entry.date} has no action"
                number = next(n for n in count(1) if f"A{n}" not in seen)
                entry_of = f"{{id: A{number}, kind: {ACTION_OF_OUTCOME[entry.outcome]}, what: ..., who: NAME,"
                fix = f"add to `actions`: `- {entry_of} due: YYYY-MM-DD, from: {entry.n}}}`"
                yield _at(pad, ("history", position), message, fix)
