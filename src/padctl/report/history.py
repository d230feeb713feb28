"""The log: every move of one PAD or all, from the documents' own histories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from padctl.model.approval import EarlierIds, reads_as
from padctl.model.fields import Day
from padctl.model.front_matter import FrontMatter, HistoryEntry
from padctl.model.pad import Pad
from padctl.model.settings import Settings
from padctl.model.terms import MoveKind, Stage, Status
from padctl.model.transitions import replay
from padctl.report.standing import day

NOT_OBSERVED = "not observed"
CHANGED = "changed since"
EDITED = "edited since"
UNCOMMITTED = "not committed"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """The commit that brought a move into the history; `signature` says what git says of it.

    `as_committed` is False where the entry reads otherwise today than in that commit.
    """

    commit: str
    author: str
    signature: str
    as_committed: bool


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What can be shown for a decision; each is "not observed" where git or the document cannot tell.

    `entry` is "as committed" or "changed since"; `text` is "as approved" or "edited since", and empty where the
    decision approved nothing. `changed_in` is the commit that last changed what is not as it was, UNCOMMITTED where
    none did, and empty where nothing changed or git cannot tell.
    """

    commit: str = NOT_OBSERVED
    author: str = NOT_OBSERVED
    signature: str = NOT_OBSERVED
    entry: str = NOT_OBSERVED
    text: str = NOT_OBSERVED
    changed_in: str = ""

    @property
    def observed(self) -> bool:
        """Whether git has a commit that brought it."""
        return self.commit != NOT_OBSERVED

    @property
    def changed(self) -> bool:
        """Whether the entry or the approved text is not what it was."""
        return self.entry == CHANGED or self.text == EDITED


@dataclass(frozen=True, kw_only=True)
class LoggedMove:
    """One move; `words` say it for people, `reason` is the note, the reason or the override given with it.

    `actions` are what a decision asked for, `undoes` the number of the entry that this one takes back, `undone_by`
    that of the entry that took this one back; `verified` is None where nobody asked for it, and for moves that decide
    nothing. `commit` and `author` are those of git, empty where nobody asked for them or git cannot tell.
    """

    pad: str
    title: str
    n: int
    date: Day
    move: str
    outcome: str
    by: tuple[str, ...]
    recorded: str
    to: str
    words: str
    reason: str
    evidence: str
    override: str
    actions: tuple[str, ...]
    undoes: int | None
    undone_by: int | None
    commit: str
    author: str
    verified: Verified | None

    @property
    def decides(self) -> bool:
        """Whether somebody decided: on a review, or that a follow-up is done."""
        return bool(self.outcome) or self.move == MoveKind.ADVANCE


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What moves are verified by: their commits by path and number, and the ids that PADs had before.

    `changed_in` holds, by the same, the commits that changed what is not as it was.
    """

    brought: Mapping[tuple[str, int], Brought]
    changed_in: Mapping[tuple[str, int], str]
    earlier_ids: EarlierIds


def log(pads: Sequence[Pad], settings: Settings, evidence: Evidence | None = None) -> tuple[LoggedMove, ...]:
    """Return the moves of readable PADs, oldest first, people by their full names; verified where there is evidence."""
    moves = [move for pad in pads if pad.header for move in _of_pad(pad, pad.header, settings, evidence)]
    return tuple(sorted(moves, key=lambda move: (move.date, move.pad, move.n)))


def _of_pad(pad: Pad, header: FrontMatter, settings: Settings, evidence: Evidence | None) -> list[LoggedMove]:
    undone = {entry.undoes: entry.n for entry in header.history if entry.undoes}
    verified = {} if evidence is None else dict(_verified(pad, header, evidence, set(undone)))
    brought = {} if evidence is None else {e.n: evidence.brought.get((pad.path, e.n)) for e in header.history}
    return [_logged(header, e, settings, undone.get(e.n), brought.get(e.n), verified.get(e.n)) for e in header.history]


def _logged(
    header: FrontMatter,
    entry: HistoryEntry,
    settings: Settings,
    undone_by: int | None,
    brought: Brought | None,
    verified: Verified | None,
) -> LoggedMove:
    by = tuple(map(settings.person, entry.by))
    asked = (action for action in header.actions if action.source == entry.n)
    return LoggedMove(
        pad=header.id,
        title=header.title,
        n=entry.n,
        date=entry.date,
        move=entry.move,
        outcome=entry.outcome or "",
        by=by,
        recorded=settings.person(entry.recorded or ""),
        to=entry.to,
        words=_words(header, entry, by),
        reason=entry.note or entry.reason or "",
        evidence=entry.evidence or "",
        override=entry.override or "",
        actions=tuple(
            f"{action.id} {settings.person(action.who)}: {action.what} "
            f"({f'done {day(action.done)}' if action.done else f'due {day(action.due)}'})"
            for action in asked
        ),
        undoes=entry.undoes,
        undone_by=undone_by,
        commit=brought.commit if brought else "",
        author=brought.author if brought else "",
        verified=verified,
    )


def _words(header: FrontMatter, entry: HistoryEntry, people: Sequence[str]) -> str:
    stage = entry.stage.label
    by = f" ({', '.join(people)})" if people else ""
    if entry.undoes:
        taken_back = next((f"{e.move} of {day(e.date)}" for e in header.history if e.n == entry.undoes), "entry")
        return f"Undid the {taken_back}{by}; back to {stage}, {entry.status.label}"
    if entry.move is MoveKind.DECIDE and entry.outcome:
        done = entry.status is Status.DONE
        after = "done" if done else f"on to {stage}" if entry.outcome.approves else f"stays in {stage}"
        return f"{entry.outcome.label}{by}; {after}"
    return {
        MoveKind.SUBMIT: f"Submitted {stage} for {entry.meeting}" if entry.meeting else f"Submitted {stage}",
        MoveKind.RECALL: f"Recalled {stage}",
        MoveKind.ADVANCE: f"Follow-up accepted{by}; on to {stage}",
        MoveKind.LAUNCH: f"{_launched(header, entry)}; on to {stage}",
        MoveKind.HOLD: "Put on hold",
        MoveKind.WITHDRAW: "Withdrawn",
        MoveKind.RESUME: f"Resumed {stage}",
    }.get(entry.move, str(entry.move))


def _launched(header: FrontMatter, entry: HistoryEntry) -> str:
    """Return the launch in words; one that was taken back has no day, for the header holds that of the latest."""
    return "Launched" if entry.n in header.undone else f"Launched on {header.launched or entry.date}"


def _verified(pad: Pad, header: FrontMatter, evidence: Evidence, undone: set[int]) -> list[tuple[int, Verified]]:
    """Return what can be shown for each decision, by its number."""
    stages = {step.entry.n: step.before.stage for step in replay(header.history, _stages(pad))}
    last = {stages[e.n]: e.n for e in header.history if e.outcome and e.outcome.approves and e.n not in undone}
    found: list[tuple[int, Verified]] = []
    for entry in header.history:
        if not entry.decides:
            continue
        text = _text(pad, entry, stages[entry.n], evidence.earlier_ids) if last.get(stages[entry.n]) == entry.n else ""
        changed_in = evidence.changed_in.get((pad.path, entry.n), "")
        commit = evidence.brought.get((pad.path, entry.n))
        if commit is None:
            found.append((entry.n, Verified(text=text, changed_in=changed_in)))
            continue
        known = Verified(
            commit=commit.commit,
            author=commit.author,
            signature=commit.signature,
            entry="as committed" if commit.as_committed else CHANGED,
            text=text,
            changed_in=changed_in,
        )
        found.append((entry.n, known))
    return found


def _text(pad: Pad, entry: HistoryEntry, stage: Stage, earlier_ids: EarlierIds) -> str:
    """Say whether a stage still reads as it was approved."""
    if entry.text is None or pad.template is None:
        return NOT_OBSERVED
    return "as approved" if reads_as(pad, stage, entry.text, earlier_ids) else EDITED


def _stages(pad: Pad) -> Sequence[Stage]:
    return pad.template.stages if pad.template else tuple(Stage)
