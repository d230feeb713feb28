"""Which lock files count as left by a killed git of ours: what its trace says, against what each file bears."""

import json
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from acting import Company
from rooms import NOBODY, opened

from padctl.store.dead_locks import dead_locks, forget_trace, remove_dead_locks, trace_of

BEGAN = 1_800_000_000
ENTER, LEAVE = "region_enter", "region_leave"


def event(company: Company, kind: str, at: float, pid: int = NOBODY, **other: Any) -> dict[str, Any]:
    time = datetime.fromtimestamp(BEGAN + at, UTC).isoformat()
    region = {"label": "do_write_index", "msg": str(company.root / ".git/index.lock")} if kind in {ENTER, LEAVE} else {}
    return {"sid": f"padctl/20270115T080000.000000Z-Habc-P{pid:08x}", "event": kind, "time": time, **region, **other}


def traced(company: Company, *lines: dict[str, Any] | bytes) -> None:
    texts = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    trace_of(opened(company)).write_bytes(b"\n".join(texts) + b"\n")


def lie(company: Company, name: str, at: float, *, text: str = "half") -> Path:
    """Let a lock file lie in the git directory, last written at a time."""
    lock = company.root / ".git" / name
    if not lock.is_dir():
        lock.write_text(text)
    moment = int((BEGAN + at) * 1000) * 1_000_000
    os.utime(lock, ns=(moment, moment))
    return lock


def found(company: Company) -> list[str]:
    return [lock.relative_to(company.root / ".git").as_posix() for lock in dead_locks(opened(company))]


@pytest.mark.parametrize(
    ("at", "ended", "ours"),
    [
        (-0.03, 1, False), (-0.015, 1, True), (0, 1, True), (0.5, 1, True), (1, 1, True), (1.005, 1, False),
        (0, None, True), (9.5, None, True), (10, None, True), (10.5, None, False), (-0.03, None, False),
    ],
)  # fmt: skip
def test_a_lock_is_ours_where_it_was_written_while_a_dead_git_of_ours_wrote_it(
    two: Company, at: float, ended: float | None, ours: bool
) -> None:
    traced(two, event(two, "start", -1), event(two, ENTER, 0), *([event(two, LEAVE, ended)] if ended else []))
    lie(two, "index.lock", at)
    assert found(two) == (["index.lock"] if ours else [])


def test_a_lock_between_two_writings_is_not_ours(two: Company) -> None:
    first, second = (event(two, ENTER, 0), event(two, LEAVE, 1)), (event(two, ENTER, 3), event(two, "exit", 9))
    traced(two, *first, event(two, "data", 2), *second)
    for at, ours in ((0.5, True), (2, False), (3.5, True), (12.5, True), (13.5, False)):
        lie(two, "index.lock", at)
        assert found(two) == (["index.lock"] if ours else [])
    traced(two, event(two, LEAVE, 0), event(two, LEAVE, 1))
    lie(two, "index.lock", 0.5)
    assert found(two) == []


def test_only_what_a_git_of_ours_traced_counts_and_only_once_it_is_dead(two: Company) -> None:
    lie(two, "index.lock", 0.5)
    other = str(two.root / ".git/next-index-7.lock")
    traced(two, event(two, ENTER, 0, msg=other), event(two, LEAVE, 1, msg=other))
    assert found(two) == []
    traced(two, event(two, ENTER, 0, label="other"), event(two, LEAVE, 1, label="other"))
    assert found(two) == []
    for pid in (os.getpid(), os.getppid()):
        traced(two, event(two, ENTER, 0, pid), event(two, LEAVE, 1, pid))
        assert found(two) == []
    for sid in (
        f"padctl/hook/x-P{NOBODY:08x}",
        f"x-P{NOBODY:08x}",
        f"padctl/x-P{NOBODY:08x}/y",
        "padctl/x-Pxyz",
        7,
        None,
    ):
        traced(two, event(two, ENTER, 0, sid=sid), event(two, LEAVE, 1, sid=sid))
        assert found(two) == []
    traced(two, event(two, ENTER, 0))
    assert found(two) == ["index.lock"]


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"\xff", b"7", b"[]", b"null", b"{}", b'{"sid": 5}', b'{"sid": []}'], ids=repr
)
def test_lines_that_cannot_be_read_count_for_nothing(two: Company, broken: bytes) -> None:
    lie(two, "index.lock", 0.5)
    traced(two, broken, event(two, ENTER, 0), broken)
    assert found(two) == ["index.lock"]


@pytest.mark.parametrize("lacking", ["time", "event", "msg", "label"])
def test_events_that_lack_something_count_for_nothing(two: Company, lacking: str) -> None:
    lie(two, "index.lock", 0.5)
    whole = event(two, ENTER, 0)
    traced(two, {key: value for key, value in whole.items() if key != lacking})
    assert found(two) == []
    for time in (5, "soon"):
        traced(two, {**whole, "time": time})
        assert found(two) == []
    traced(two, {**whole, "time": "soon"}, event(two, ENTER, 0, NOBODY + 1))
    assert found(two) == ["index.lock"]


def test_a_trace_that_is_not_there(two: Company) -> None:
    lie(two, "index.lock", 0)
    repository = opened(two)
    assert found(two) == []
    forget_trace(repository)
    trace_of(repository).mkdir()
    assert found(two) == []
    forget_trace(repository)
    assert trace_of(repository).is_dir()


@pytest.mark.parametrize(
    ("at", "ours"), [(-0.03, False), (-0.015, True), (0, True), (1, True), (2, True), (2.015, True), (2.03, False)]
)
def test_an_empty_lock_is_ours_where_it_appeared_while_a_killed_git_of_ours_lived(
    two: Company, at: float, ours: bool
) -> None:
    traced(two, event(two, "start", 0), event(two, "data", 1), event(two, "data", 2))
    lie(two, "index.lock", at, text="")
    assert found(two) == (["index.lock"] if ours else [])
    lie(two, "index.lock", at, text="x")
    assert found(two) == []


@pytest.mark.parametrize("last", ["exit", "atexit", "signal", None])
def test_an_empty_lock_is_not_ours_where_each_git_of_ours_ended_by_itself(two: Company, last: str | None) -> None:
    lie(two, "index.lock", 1, text="")
    traced(two, event(two, "start", 0), event(two, last or "data", 1), event(two, "data", 2))
    assert found(two) == ([] if last else ["index.lock"])
    traced(two, event(two, "start", 0, time=7), event(two, "data", 2))
    assert found(two) == []


def test_an_empty_lock_that_somebody_has_open_is_theirs(two: Company) -> None:
    traced(two, event(two, "start", 0), event(two, "data", 2))
    lock = lie(two, "index.lock", 1, text="")
    with lock.open():
        assert found(two) == []
    assert found(two) == ["index.lock"]
    lock.unlink()
    assert found(two) == []


def test_the_locks_of_references_go_with_that_of_the_index(two: Company) -> None:
    branch = two.git("symbolic-ref", "HEAD").strip()
    end = event(two, "child_start", 6)
    for at, ours in ((-0.5, False), (0.5, True), (3, True), (6, True), (6.5, False)):
        traced(two, event(two, ENTER, 0), event(two, LEAVE, 1), end)
        lie(two, "index.lock", 0.5)
        lie(two, "HEAD.lock", at)
        lie(two, f"{branch}.lock", at)
        lie(two, "refs/heads/other.lock", 0.5)
        assert found(two) == ["index.lock", *(["HEAD.lock", f"{branch}.lock"] if ours else [])]
    (two.root / ".git/HEAD.lock").unlink()
    lie(two, f"{branch}.lock", 2)
    assert found(two) == ["index.lock", f"{branch}.lock"]
    (two.root / ".git/index.lock").unlink()
    assert found(two) == []


def test_the_references_of_a_linked_work_tree_lie_in_the_common_directory(two: Company) -> None:
    two.git("worktree", "add", "--quiet", "-b", "side", "../side")
    side = Company(root=two.root.parent / "side")
    own = two.root / ".git/worktrees/side"
    enter = event(two, ENTER, 0, msg=str(own / "index.lock"))
    trace_of(opened(side)).write_text(json.dumps(enter) + "\n")
    locks = [lie(two, f"{name}.lock", 0) for name in ("worktrees/side/index", "worktrees/side/HEAD", "refs/heads/side")]
    assert list(dead_locks(opened(side))) == locks
    assert found(two) == []


def test_each_dead_git_is_looked_at_until_one_held_the_lock(two: Company) -> None:
    other = str(two.root / ".git/other.lock")
    lie(two, "index.lock", 5.5)
    lie(two, "HEAD.lock", 5.5)
    traced(
        two,
        event(two, ENTER, 0), event(two, LEAVE, 1), event(two, ENTER, 5, msg=other), event(two, LEAVE, 6, msg=other),
        event(two, ENTER, 5, NOBODY + 1), event(two, LEAVE, 6, NOBODY + 1),
        event(two, ENTER, 5, NOBODY + 2), event(two, LEAVE, 6, NOBODY + 2),
    )  # fmt: skip
    assert found(two) == ["index.lock", "HEAD.lock"]


def test_an_index_lock_is_known_by_its_place_and_not_by_its_spelling(two: Company) -> None:
    (two.root.parent / "link").symlink_to(two.root)
    lie(two, "index.lock", 0)
    for name in (two.root.parent / "link/.git/index.lock", two.root / "../company/.git/index.lock"):
        traced(two, event(two, ENTER, 0, msg=str(name)))
        assert found(two) == ["index.lock"]


def pids(count: int) -> Sequence[int]:
    """Return processes that lived and are dead."""
    children = [subprocess.Popen(["true"]) for _ in range(count)]
    return [child.pid for child in children if child.wait() == 0]


def test_the_drafts_of_dead_gits_go_and_others_stay(two: Company) -> None:
    first, second = pids(2)
    lie(two, f"next-index-{first}.lock", 0)
    lie(two, f"next-index-{os.getpid()}.lock", 0)
    lie(two, f"next-index-{NOBODY}.lock", 0)
    lie(two, "index.lock", 0)
    traced(two, event(two, "start", 0, second), event(two, "start", 0, first), event(two, "start", 0, os.getpid()))
    assert found(two) == [f"next-index-{first}.lock"]
    remove_dead_locks(opened(two))
    left = {path.name for path in (two.root / ".git").glob("*index*.lock")}
    assert left == {"index.lock", f"next-index-{NOBODY}.lock", f"next-index-{os.getpid()}.lock"}


def test_a_dead_lock_that_cannot_be_deleted_stands_in_no_others_way(two: Company) -> None:
    traced(two, event(two, ENTER, 0))
    (two.root / ".git/index.lock").mkdir()
    lie(two, "index.lock", 0)
    lie(two, f"next-index-{NOBODY}.lock", 0)
    remove_dead_locks(opened(two))
    assert (two.root / ".git/index.lock").is_dir()
    assert not (two.root / f".git/next-index-{NOBODY}.lock").exists()
