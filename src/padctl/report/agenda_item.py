"""One PAD on an agenda: what is asked, by whom, and what the people who decide should know first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from padctl.model.approval import edited_approvals
from padctl.model.corpus import Corpus
from padctl.model.deciders import who_decides
from padctl.model.front_matter import Action, FrontMatter, Slot
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Stage, Stance
from padctl.model.wording import without_comments
from padctl.report.agenda_days import why_not_held
from padctl.report.agenda_facts import Facts
from padctl.report.feedback import Remark, open_remarks, owed_answers
from padctl.report.metrics import Metric, metrics_of
from padctl.report.standing import day, standing

_LONGEST = 1200  # characters of a summary: a paragraph, not a page


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An action that an earlier decision asked for; `state` is kept, kept late, open or overdue."""

    action: str
    id: str
    due: date
    done: date | None
    state: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """A document beside the PAD: its name, and its address, or its path from the root where no address is known."""

    name: str
    target: str


@dataclass(frozen=True, kw_only=True)
class AwaitedAnswer:
    """A reviewer who has not answered; `key` is the short name, `who` the full one."""

    key: str
    who: str
    due: date
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """One PAD on the agenda.

    `carried_over` is the date that passed without a decision, for what `carried_why` says; `moved_from` the date it
    was submitted for that is no meeting day, `late` says that it was submitted after the cutoff. `starts` and
    `ends` are HH:MM, empty where the meeting has no time or no room; then `no_room` says why. `asked_minutes` is
    what was asked for where that is more than a slot. `deciding` names who decides where these are not the
    meeting's own sponsors. `summary` is plain text, `summary_source` its Markdown. `changed` counts lines since
    submit, `errors` what lint finds, each None where it was not observed. `unless` says what will keep it from
    being reviewed.
    """

    pad: str
    title: str
    path: str
    link: str
    review: str
    standing: str
    owner: str
    team: str
    presenter: str
    minutes: int
    asked_minutes: int | None
    starts: str = ""
    ends: str = ""
    no_room: str = ""
    ask: str
    deciding: tuple[str, ...]
    summary: str
    summary_source: str
    metrics: tuple[Metric, ...]
    submitted: date | None
    late: bool
    carried_over: date | None
    carried_why: str
    unless: tuple[str, ...]
    moved_from: date | None
    moved_why: str
    changed: int | None
    errors: int | None
    answers_owed: tuple[AwaitedAnswer, ...]
    concerns: tuple[Remark, ...]
    questions: tuple[Remark, ...]
    promised: tuple[Promise, ...]
    links: tuple[Link, ...]
    overrides: tuple[str, ...]
    edited: tuple[str, ...]


def item_of(
    corpus: Corpus,
    pad: Pad,
    header: FrontMatter,
    slot: Slot,
    *,
    due: date,
    held: date,
    today: date,
    facts: Facts,
    carried_why: str = "",
    unless: Iterable[str] = (),
) -> Item:
    """Return a PAD in review as an item of the meeting held on a day; `due` is the meeting day of its slot."""
    settings, meeting = corpus.settings, corpus.meeting_of(pad)
    submitted = _submission(header)
    minutes = slot.minutes or meeting.slot
    summary, source = _summary(pad, header.stage)
    deciding = who_decides(header, meeting)
    moved = slot.date if slot.date != due else None
    return Item(
        pad=header.id,
        title=header.title,
        path=pad.path,
        link=settings.links.to(pad.path),
        review=header.stage.label,
        standing=standing(pad),
        owner=settings.person(header.owner),
        team=header.team or "",
        presenter=settings.person(slot.presenter or header.owner),
        minutes=min(minutes, meeting.slot),
        asked_minutes=minutes if minutes > meeting.slot else None,
        ask=slot.ask or usual_ask(header.stage),
        deciding=tuple(map(settings.person, deciding)) if {*deciding} != {*meeting.sponsors} else (),
        summary=summary,
        summary_source=source,
        metrics=metrics_of(pad),
        submitted=submitted,
        late=submitted is not None and (slot.date - submitted).days < meeting.cutoff_days,
        carried_over=due if due != held else None,
        carried_why=carried_why,
        unless=tuple(unless),
        moved_from=moved,
        moved_why=why_not_held(meeting, moved) if moved else "",
        changed=facts.changed.get(pad.path),
        errors=facts.errors.get(pad.path),
        answers_owed=tuple(
            AwaitedAnswer(key=owed.who, who=settings.person(owed.who), due=owed.by, overdue=owed.by < today)
            for owed in owed_answers(pad, settings)
        ),
        concerns=open_remarks(header, settings, Stance.CONCERN),
        questions=open_remarks(header, settings, Stance.QUESTION),
        promised=tuple(_promise(corpus, action, today) for action in _promised(header)),
        links=tuple(
            Link(name=name, target=settings.links.from_page(pad.path, to)) for name, to in header.links.items()
        ),
        overrides=overrides_of(header),
        edited=tuple(
            f"The {stage.label} was approved on {day(entry.date)} and edited since."
            for stage, entry in edited_approvals(pad, corpus.earlier_ids)
        ),
    )


def overrides_of(header: FrontMatter) -> tuple[str, ...]:
    """Return the gates that a PAD passed by override, in words."""
    return tuple(f"{e.move} on {day(e.date)}: {e.override}" for e in header.standing_moves if e.override)


def usual_ask(stage: Stage) -> str:
    """Return the question that a stage's review answers, where nobody asked another."""
    return {
        Stage.PROBLEM_FRAMING: "Is this problem worth solving now?",
        Stage.SOLUTION_FRAMING: "Is this the right solution to build?",
        Stage.POST_LAUNCH_RECAP: "Did it succeed, and what do we learn?",
    }.get(stage, "What is decided?")


def _summary(pad: Pad, stage: Stage) -> tuple[str, str]:
    """Return the first paragraph of the stage under review, plain and as Markdown."""
    for placed in pad.sections_of(stage):
        block = next((block for block in placed.blocks if block.filled and not block.table), None)
        if block is None or not placed.filled:
            continue
        plain = " ".join(block.text.split())
        if len(plain) > _LONGEST:
            return f"{plain[:_LONGEST].rsplit(' ', 1)[0]} …", ""
        source = "".join(without_comments(pad.document.text[block.start : block.end])).strip()
        return plain, source if len(source) <= 2 * _LONGEST else ""
    return "", ""


def _promised(header: FrontMatter) -> Iterator[Action]:
    """Yield what the latest decision that asked for something asked for, and what is still open from before."""
    asked = [action for action in header.actions if action.source is not None]
    latest = max((action.source or 0 for action in asked), default=0)
    yield from (action for action in asked if action.source == latest or action.done is None)


def _promise(corpus: Corpus, action: Action, today: date) -> Promise:
    if action.done:
        state = "kept" if action.done <= action.due else "kept late"
    else:
        state = "overdue" if action.due < today else "open"
    who = corpus.settings.person(action.who)
    return Promise(action=f"{who}: {action.what}", id=action.id, due=action.due, done=action.done, state=state)


def _submission(header: FrontMatter) -> date | None:
    """Return the day of the latest submit, or None."""
    return next((entry.date for entry in reversed(header.standing_moves) if entry.move is MoveKind.SUBMIT), None)
