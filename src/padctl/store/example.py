"""The example repository: its history made again from the finished PADs, by the real moves, at their dates.

A PAD carries its whole life, so the example needs no script: each PAD is set back to its first draft, and every
entry of its history is asked for again. What comes out is, byte for byte, what is in `examples/`.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from padctl.errors import RepositoryError, UsageError
from padctl.lifecycle import ActionRequest, Request, finishing
from padctl.model.document import Document, read_document
from padctl.model.edit import with_fields
from padctl.model.front_matter import Action, FrontMatter, HistoryEntry
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind, Stage, Status
from padctl.store.committing import commit_files
from padctl.store.moves import Fill, How, change_fields, make_move
from padctl.store.repository import Repository
from padctl.store.shipped import shipped
from padctl.store.workspace import Workspace, open_workspace
from padctl.store.writer import create_file, replace_file

TODAY = date(2026, 11, 24)
_FOLDERS = ("objectives", "teams")
_MOVED_FIELDS = ("slot", "launched", "feedback", "history", "actions")


@dataclass(frozen=True, kw_only=True)
class Made:
    """What was made: how many commits, from when to when, and the date to read it at."""

    commits: int
    first: date
    last: date
    today: date


@dataclass(frozen=True, kw_only=True)
class _Event:
    """One commit to come: a text that the author writes, a move, or an action done."""

    day: date
    pad: Pad
    number: int
    stage: Stage | None = None
    entry: HistoryEntry | None = None
    action: Action | None = None


def make_example(folder: Path, *, fill: Fill) -> Made:
    """Make the example repository in a folder that is empty or missing.

    Raises:
        UsageError: the folder holds something.
        RepositoryError: it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty", fix="name a new folder")
    source = open_workspace(shipped("examples"))
    events = sorted(_all_events(source), key=lambda event: (event.day, event.pad.id, event.number))
    first = min(event.day for event in events)
    _start(source, folder, first)
    for position, event in enumerate(events):
        _make(source, folder.resolve(), event, position, fill)
    return Made(commits=len(events) + 1, first=first, last=events[-1].day, today=TODAY)


def _all_events(source: Workspace) -> Iterator[_Event]:
    for pad in source.corpus.pads:
        if pad.header and pad.template:
            yield from _events(pad, pad.header, pad.template.stages[0])


def _events(pad: Pad, header: FrontMatter, stage: Stage) -> Iterator[_Event]:
    """Yield one PAD's life in its order, numbered."""
    number = 0
    waiting = sorted((action for action in header.actions if action.done), key=lambda action: (action.done, action.id))
    yield _Event(day=header.created, pad=pad, number=number, stage=stage)
    for entry in header.history:
        while waiting and (waiting[0].done or entry.date) <= entry.date and (waiting[0].source or 0) < entry.n:
            number += 1
            action = waiting.pop(0)
            yield _Event(day=action.done or entry.date, pad=pad, number=number, action=action)
        number += 1
        yield _Event(day=entry.date, pad=pad, number=number, entry=entry)
        if entry.stage is not stage and entry.status is Status.DRAFT:
            number += 1
            yield _Event(day=entry.date, pad=pad, number=number, stage=entry.stage)
        stage = entry.stage
    for action in waiting:
        number += 1
        yield _Event(day=action.done or header.created, pad=pad, number=number, action=action)


def _start(source: Workspace, folder: Path, day: date) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source.root / "padctl.toml", folder)
    for name in _FOLDERS:
        shutil.copytree(source.root / name, folder / name)
    repository = Repository(folder, _env(source, "noor", day, 0))
    begun = ("commit", "--quiet", "-m", "Set up product alignment: settings, teams, objectives")
    for words in (("init", "--quiet", "--initial-branch=main"), ("add", "--all"), begun):
        result = repository.git(*words)
        if result.status:
            raise RepositoryError(f"git {words[0]} failed in {folder}: {result.errors or result.status}")


def _make(source: Workspace, folder: Path, event: _Event, position: int, fill: Fill) -> None:
    header = event.pad.header
    path = event.pad.path
    if header is None:
        return
    who = (event.entry.recorded if event.entry else None) or (event.action.who if event.action else header.owner)
    env = _env(source, who, event.day, position + 1)
    how = How(env=env)
    if event.stage:
        _write_text(folder, event.pad, event.stage, Repository(folder, env))
        return
    workspace = open_workspace(folder.resolve())
    if event.entry:
        make_move(workspace, path, _request(header, event.entry), fill=fill, how=how)
    elif event.action:
        change_fields(workspace, {path: ""}, "action", finishing(event.action.id, event.day), how=how)


def _write_text(folder: Path, pad: Pad, stage: Stage, repository: Repository) -> None:
    """Write and commit what the author wrote for a stage, as an editor and plain git would."""
    full = folder / pad.path
    text = _text_up_to(pad, stage)
    if full.exists():
        now = read_document(full.read_bytes(), path=pad.path)
        replace_file(full, replace(now, text=now.text[: now.body_start] + text).encoded())
    else:
        first = _first_draft(pad, stage)
        create_file(folder, pad.path, replace(first, text=first.text[: first.body_start] + text).encoded())
    commit_files(repository, [pad.path], f"{pad.id}: write {stage.label}\n", unknown=[pad.path])


def _text_up_to(pad: Pad, stage: Stage) -> str:
    """Return the finished body up to the end of a stage."""
    document = pad.document
    later = [other for other in Stage if other.order > stage.order]
    ends = [heading.start for other in later if (heading := pad.stage_heading(other))]
    text = document.text[document.body_start : min(ends, default=len(document.text))]
    return text.rstrip("\n") + "\n"


def _first_draft(pad: Pad, stage: Stage) -> Document:
    """Return the finished document with all that moves wrote taken out of its header."""
    fields = dict.fromkeys(_MOVED_FIELDS)
    return with_fields(pad.document, {**fields, "stage": str(stage), "status": str(Status.DRAFT)})


def _request(header: FrontMatter, entry: HistoryEntry) -> Request:
    slot = header.slot if header.slot and entry.n == len(header.history) else None
    asked = (action for action in header.actions if action.source == entry.n)
    return Request(
        move=entry.move,
        day=entry.date,
        today=entry.date,
        meeting=entry.meeting,
        minutes=slot.minutes if slot else None,
        presenter=slot.presenter if slot else None,
        ask=slot.ask if slot else None,
        outcome=entry.outcome,
        by=entry.by,
        recorded=entry.recorded,
        note=entry.note,
        reason=entry.reason,
        evidence=entry.evidence,
        actions=tuple(ActionRequest(who=a.who, what=a.what, due=a.due) for a in asked),
        launched=header.launched if entry.move is MoveKind.LAUNCH else None,
        override=entry.override,
    )


def _env(source: Workspace, who: str, day: date, position: int) -> dict[str, str]:
    """Return git's environment for a commit by an invented person, with nobody's own configuration."""
    person = source.settings.people.get(who)
    name, email = (person.name, person.email or f"{who}@example.com") if person else (who, f"{who}@example.com")
    stamp = f"{day}T{9 + position // 60 % 9:02}:{position % 60:02}:00+00:00"
    return {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": email,
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": email,
        "GIT_COMMITTER_DATE": stamp,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
