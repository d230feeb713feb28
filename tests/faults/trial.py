"""One fault in one run, and what must be true after it, and after the next run."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from acting import TODAY
from points import FILE_EFFECTS, GIT_EFFECTS, Points, install
from scenes import Scene

from padctl.cli.app import run

HANGS_AFTER = 90
_HOOKS = ("pre-commit", "commit-msg", "reference-transaction", "post-index-change", "post-commit")
_LEFT = (".lock", ".new", ".old", ".tmp")
_OWN = {"padctl.lock"}


@dataclass(frozen=True)
class Fault:
    """An effect at the n-th point of a command, or in one of git's hooks."""

    number: int
    point: str
    effect: str

    def __str__(self) -> str:
        return f"{self.effect} at {self.number} ({self.point})"


@dataclass(frozen=True)
class Said:
    """What a run gave: its exit code, negative for a signal, and everything that it printed."""

    code: int
    text: str


@dataclass(frozen=True)
class Seen:
    """A repository: HEAD and the commit before it, files by hash, the index by lines, and git's status."""

    head: str
    parent: str
    files: dict[str, str]
    index: str
    status: str


@dataclass(frozen=True)
class Verdict:
    """What became of a trial: `faults` is empty where all is well."""

    faults: tuple[str, ...]
    first: Said
    second: Said


class Rehearsal:
    """A scene as it goes without a fault: before, after, and the points on the way."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene, self.folder = scene, folder
        copy = self._copy()
        self.before = seen(copy)
        self.points = _points(scene, copy, folder)
        self.after = seen(copy)
        self.between = set(_git(copy, "rev-list", f"{self.before.head}..{self.after.head}").split())
        assert self.points, scene.name
        self.commit_ends = max((n for n, point in enumerate(self.points, 1) if point.startswith("git ")), default=0)
        self.touched = {
            path
            for path in {*self.before.files, *self.after.files}
            if self.before.files.get(path) != self.after.files.get(path)
        }
        shutil.rmtree(copy)

    def faults(self) -> Iterator[Fault]:
        """Yield every fault that this scene can meet."""
        for number, point in enumerate(self.points, 1):
            for effect in GIT_EFFECTS if point.startswith("git ") else FILE_EFFECTS:
                yield Fault(number, point, effect)
        if self.scene.commits:
            for hook in _HOOKS:
                for effect in ("hook-kills-git", "hook-kills-all", "hook-fails"):
                    yield Fault(0, hook, effect)

    def trial(self, fault: Fault) -> Verdict:
        """Run the command with a fault, then again without, and judge."""
        copy = self._copy()
        if not fault.number:
            _set_hook(copy, fault)
        first = _forked(self.scene, copy, self.folder, fault)
        found = list(self._judge_first(first, seen(copy), fault))
        shutil.rmtree(copy / ".git/hooks", ignore_errors=True)
        second = _forked(self.scene, copy, self.folder)
        found += self._judge_second(second, seen(copy), copy)
        shutil.rmtree(copy)
        return Verdict(tuple(found), first, second)

    def _copy(self) -> Path:
        return Path(shutil.copytree(self.scene.repository, self.folder / "copy", symlinks=True))

    def _judge_first(self, said: Said, now: Seen, fault: Fault) -> Iterator[str]:
        yield from _judge_words(said, allowed=set(range(3)) | {130, -signal.SIGKILL})
        for path in {*self.before.files, *self.after.files, *now.files}:
            whole = {self.before.files.get(path), self.after.files.get(path)}
            new = path not in self.before.files and path not in self.after.files
            if now.files.get(path) not in whole and not (new and _litter(path)):
                yield f"lost: {path} is neither old nor new"
        foreign = [_foreign(state.index, self.touched) for state in (self.before, now)]
        if foreign[0] != foreign[1]:
            yield "lost: the index of other files changed"
        killed = self.between if said.code == -signal.SIGKILL else set()  # a batch is taken back later
        if now.head not in {self.before.head, self.after.head, *killed}:
            yield "lost: HEAD is neither the old nor the new commit"
        made = now.head == self.after.head if self.scene.commits else now.files == self.after.files
        if said.code == 0 and not made:
            yield "lost: exit 0, and nothing was done"
        quiet = fault.effect in {"kill", "kill-after", "hook-kills-all"} or fault.number > self.commit_ends
        if self.scene.commits and made and said.code and not quiet and "commit" not in said.text:
            yield f"silent: exit {said.code} does not say that the commit was made"

    def _judge_second(self, said: Said, now: Seen, copy: Path) -> Iterator[str]:
        yield from _judge_words(said, allowed={0, 1})
        twice = self.scene.repeats and now.parent == self.after.head
        if self.scene.commits and now.head != self.after.head and not twice:
            yield "lost: HEAD is not the commit that was to be made"
        if said.code and not (self.scene.commits and now.head == self.after.head):
            yield f"lost: run again, it ends with {said.code}"
        rest = {path: name for path, name in now.files.items() if self.after.files.get(path) != name}
        if rest and not twice and not (self.scene.adds and all(path.startswith("pads/PAD-0003") for path in rest)):
            yield f"lost: files differ: {sorted(rest)}"
        if missing := set(self.after.files) - set(now.files):
            yield f"lost: files are gone: {sorted(missing)}"
        if not twice and not self.scene.adds and (now.index, now.status) != (self.after.index, self.after.status):
            yield f"lost: index or status differ:\n{now.status}"
        litter = [path.name for path in _walk(copy) if path.name.endswith(_LEFT) and path.name not in _OWN]
        if said.code or "nothing to fix" in said.text:  # no lock was taken: the next write sweeps them
            litter = [name for name in litter if not name.startswith("padctl-")]
        if litter or (copy / ".git/padctl-journal.json").exists():
            yield f"lost: left over: {litter}"
        checked = subprocess.run(
            ["git", "fsck", "--no-dangling", "--no-progress"], cwd=copy, capture_output=True, check=False
        )
        if checked.returncode or checked.stderr or checked.stdout:
            yield f"lost: git fsck: {(checked.stderr + checked.stdout).decode()}"


def seen(root: Path) -> Seen:
    """Return everything in a repository that somebody could lose."""
    files = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() + oct(path.stat().st_mode)
        for path in _walk(root)
        if ".git" not in path.relative_to(root).parts
    }
    heads = _git(root, "rev-parse", "HEAD", "HEAD~1").split()
    index = _git(root, "ls-files", "-s", "-v")
    status = _git(root, "status", "--porcelain", "--untracked-files=all")
    return Seen(head=heads[0], parent=heads[-1], files=files, index=index, status=status)


def _git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "--no-optional-locks", *words], cwd=root, capture_output=True, check=False
    ).stdout.decode()


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        if "objects" in folders:
            folders.remove("objects")
        yield from (Path(folder) / name for name in names)


def _litter(path: str) -> bool:
    """Say whether a path is that of a draft that a killed run may leave for the next one to sweep."""
    return "/.padctl-" in f"/{path}"


def _foreign(index: str, touched: set[str]) -> list[str]:
    return [line for line in index.splitlines() if line.partition("\t")[2] not in touched]


def _judge_words(said: Said, *, allowed: set[int]) -> Iterator[str]:
    if "Traceback" in said.text or "padctl failed" in said.text:
        yield "traceback"
    if said.code == -signal.SIGALRM:
        yield "hang"
    elif said.code not in allowed:
        yield f"exit: {said.code}"


def _set_hook(copy: Path, fault: Fault) -> None:
    what = {
        "hook-kills-git": "kill -9 $PPID",
        "hook-kills-all": "kill -9 $PADCTL_PID $PPID",
        "hook-fails": "echo no >&2; exit 1",
    }[fault.effect]
    hook = copy / ".git/hooks" / fault.point
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nrm -f "$0"\n{what}\n')
    hook.chmod(0o755)


def _forked(scene: Scene, copy: Path, folder: Path, fault: Fault | None = None) -> Said:
    """Run the scene's command in a process of its own."""
    said = folder / "said"
    child = os.fork()
    if not child:
        os._exit(_run(scene, copy, said, Points(fault.number, fault.effect) if fault else None))
    _, status = os.waitpid(child, 0)
    return Said(os.waitstatus_to_exitcode(status), said.read_text(errors="replace"))


def _run(scene: Scene, copy: Path, said: Path, points: Points | None) -> int:
    try:
        signal.alarm(HANGS_AFTER)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.environ["PADCTL_PID"] = str(os.getpid())
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        os.chdir(copy)
        if points:
            install(points)
        try:
            return run(["--today", TODAY, *scene.words])
        finally:
            sys.stderr.flush()
            if points and not points.at:
                (said.parent / "points").write_text("\n".join(points.seen))
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        return 99


def _points(scene: Scene, copy: Path, folder: Path) -> list[str]:
    said = _forked(scene, copy, folder, Fault(0, "", ""))
    assert said.code == 0, f"{scene.name}: {said.text}"
    return (folder / "points").read_text().split("\n")
