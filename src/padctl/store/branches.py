"""Branches: the default one is the record, another a proposal; switching to one, back from one, and pushing one."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from padctl.errors import Reason, Refused, RepositoryError, UsageError
from padctl.store.program import TookTooLong
from padctl.store.readiness import check_writable
from padctl.store.repository import Repository

_REMOTE = "origin"
_OURS = "refs/heads/"
_THEIRS = f"refs/remotes/{_REMOTE}/"
_BEHIND = ("(fetch first)", "(non-fast-forward)")
_REFUSED = "[remote rejected]"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A branch that is not the default one, with the commands that bring it there, in their order."""

    branch: str
    default: str
    push: str
    merge: str


@dataclass(frozen=True, kw_only=True)
class _Target:
    """A branch to work on: made from `start` where it is not there yet."""

    name: str
    start: str
    new: bool


def default_branch(repository: Repository, configured: str | None) -> str:
    """Return the default branch's name: the settings', origin's, or main or master; empty where none is known."""
    if known := configured or repository.default_ref(None).removeprefix(_THEIRS):
        return known
    usual = (name for name in ("main", "master") if repository.commit_id(_OURS + name))
    return next(usual, "")


def record_ref(repository: Repository, default: str) -> str:
    """Return the ref that holds the record: origin's default branch, else the local one; empty for neither."""
    refs = (_THEIRS + default, _OURS + default)
    return next((ref for ref in refs if default and repository.commit_id(ref)), "")


def proposal(repository: Repository, configured: str | None) -> Proposal | None:
    """Return what the checked-out branch proposes, or None on the default branch or where none is known."""
    branch, default = repository.branch, default_branch(repository, configured)
    if not default or branch in {default, ""}:
        return None
    push = push_command(branch) if has_remote(repository) else ""
    merge = f"git switch {shlex.quote(default)} && git merge {shlex.quote(branch)}"
    return Proposal(branch=branch, default=default, push=push, merge=catch_up(repository, configured) or merge)


def has_remote(repository: Repository) -> bool:
    """Say whether there is a remote of the name that a clone gives it."""
    return repository.holds("config", "--get", f"remote.{_REMOTE}.url")


def push_command(branch: str) -> str:
    """Return the command that pushes a branch, as a person types it."""
    return f"git push -u {_REMOTE} {shlex.quote(branch)}"


def check_remote(repository: Repository) -> None:
    """Make sure that there is something to push to.

    Raises:
        UsageError: there is no remote.
    """
    if not has_remote(repository):
        raise UsageError(f"--push: there is no remote {_REMOTE}", fix=f"git remote add {_REMOTE} URL")


def push_branch(repository: Repository) -> str:
    """Push the checked-out branch, and return what git and the host said.

    Raises:
        RepositoryError: it could not be pushed; what was committed stands.
    """
    branch = repository.branch
    try:
        result = repository.git("push", "--set-upstream", _REMOTE, f"{_OURS}{branch}:{_OURS}{branch}")
    except TookTooLong as late:
        fix = f"{push_command(branch)}; {late.fix}"
        raise TookTooLong(f"it is committed on {branch}, but {late.message}", fix=fix) from None
    if result.status:
        message = f"it is committed on {branch}, but git would not push it:\n{result.errors or result.output}"
        raise RepositoryError(message, fix=_after_rejection(repository, branch, result.errors))
    return result.errors


def _after_rejection(repository: Repository, branch: str, said: str) -> str:
    """Return the commands after which what was committed gets to the remote."""
    push, quoted = push_command(branch), shlex.quote(branch)
    if any(word in said for word in _BEHIND):
        return f"others pushed to it meanwhile; take theirs in first:\ngit pull --rebase {_REMOTE} {quoted}\n{push}"
    if _REFUSED not in said or not repository.commit_id(_THEIRS + branch) or branch != default_branch(repository, None):
        return push
    pad_id = repository.must("log", "-1", "--format=%(trailers:key=Pad-Id,valueonly,separator=%x20)").split(" ")[0]
    name = free_name(repository, pad_id.lower() or "proposal")
    moved = [f"git switch --create {shlex.quote(name)}", f"git branch --force {quoted} {_REMOTE}/{quoted}"]
    lead = f"where {branch} takes pull requests only, take it to a branch of its own:"
    return "\n".join([lead, *moved, push_command(name)])


def free_name(repository: Repository, stem: str) -> str:
    """Return a branch name that neither this clone nor origin has, as far as this clone knows."""
    return next(name for name in _numbered(stem) if not _exists(repository, name))


@contextmanager
def on_branch(
    repository: Repository, asked: str | None, *, default: str, stem: str, open_proposal: Callable[[str], bool]
) -> Iterator[str]:
    """Be on a branch for a write, and yield which one it switched to; None is the branch that is checked out.

    `asked` names it; an empty name stands for `stem`, numbered where that branch is used up. A new branch starts from
    the default one. `open_proposal` says of a commit whether it holds moves that wait to be merged. Whoever ends the
    write without a commit is where they were before, and a branch made for it is gone.

    Raises:
        UsageError: the name is none for a branch.
        Refused: git would not switch, because that would overwrite work for example.
    """
    if asked is None:
        yield ""
        return
    check_writable(repository)
    home = repository.branch
    target = _named(repository, asked, default) if asked else _derived(repository, stem, default, open_proposal)
    if target.name == home:
        yield ""
        return
    tip = repository.commit_id(target.start)
    _switch(repository, target, home)
    start = _short(target.start)
    try:
        aside = f", without what waits on {home}" if home != default and open_proposal(_OURS + home) else ""
        yield (f"a new branch {target.name}, from {start}" if target.new else target.name) + aside
    except Refused as refused:
        _go_back(repository, home, target, tip)
        if home == default or not open_proposal(_OURS + home):
            raise
        message = f"it was tried on {target.name}, which starts from {start}; the open proposal is on {home}"
        reason = Reason(message=message, fix=f"leave --branch out to go on with {home}")
        raise type(refused)(refused.message, [*refused.reasons, reason]) from None
    finally:
        _go_back(repository, home, target, tip)


def _named(repository: Repository, asked: str, default: str) -> _Target:
    """Return the branch of a name: this clone's, else origin's, else a new one."""
    checked = repository.ask("check-ref-format", "--branch", asked)
    if checked.status or asked.startswith("+") or checked.output != asked:
        raise UsageError(f'--branch: "{asked}" is no name for a branch', fix="letters, digits, hyphens: --branch=NAME")
    if asked == default:
        raise UsageError(f"--branch: {default} is the default branch", fix="name another, or leave the name out")
    if repository.commit_id(_OURS + asked):
        return _Target(name=asked, start=_OURS + asked, new=False)
    if repository.commit_id(_THEIRS + asked):
        return _Target(name=asked, start=_THEIRS + asked, new=True)
    return _Target(name=asked, start=_start(repository, default), new=True)


def _derived(repository: Repository, stem: str, default: str, open_proposal: Callable[[str], bool]) -> _Target:
    """Return the branch for a move without a name: one that is still open, or untouched, or else a new one."""
    start = _start(repository, default)
    for name in _numbered(stem):
        if not _exists(repository, name):
            return _Target(name=name, start=start, new=True)
        own = repository.commit_id(_OURS + name)
        if own and (own == repository.commit_id(start) or open_proposal(own)):
            return _Target(name=name, start=own, new=False)
    raise AssertionError("numbers end")


def _start(repository: Repository, default: str) -> str:
    """Return what a new branch starts from: origin's default branch, or the local one while it is ahead of that.

    Raises:
        RepositoryError: there is no commit yet.
    """
    theirs, ours = _THEIRS + default, _OURS + default
    if not default or not repository.commit_id(theirs):
        ref = ours if default and repository.commit_id(ours) else "HEAD"
        if not repository.commit_id(ref):
            fix = 'git add --all && git commit -m "Set up"'
            raise RepositoryError("there is no commit yet that a branch could start from", fix=fix)
        return ref
    if not repository.commit_id(ours) or _contains(repository, theirs, ours):
        return theirs
    return ours if _contains(repository, ours, theirs) else theirs


def _contains(repository: Repository, later: str, earlier: str) -> bool:
    """Say whether everything of one commit is in another."""
    return repository.holds("merge-base", "--is-ancestor", earlier, later)


def catch_up(repository: Repository, configured: str | None) -> str:
    """Return the command that brings what others merged, or an empty text where there is no remote."""
    default = default_branch(repository, configured)
    if not default or not has_remote(repository):
        return ""
    pull = f"git pull --ff-only {_REMOTE} {shlex.quote(default)}"
    return pull if repository.branch == default else f"git switch {shlex.quote(default)} && {pull}"


def start_again(repository: Repository, default: str, stem: str) -> Sequence[str]:
    """Return the commands after which a move can be made on what the remote's default branch holds."""
    theirs = _THEIRS + default
    if repository.branch == default and _contains(repository, theirs, "HEAD"):
        return [f"git pull --ff-only {_REMOTE} {shlex.quote(default)}"]
    name, start = free_name(repository, stem), f"{_REMOTE}/{default}"
    return [f"git fetch {_REMOTE}", f"git switch --no-track --create {shlex.quote(name)} {shlex.quote(start)}"]


def _switch(repository: Repository, target: _Target, home: str) -> None:
    made = ("--no-track", "--create", target.name, target.start) if target.new else (target.name,)
    result = repository.git("switch", "--quiet", "--no-guess", "--no-overwrite-ignore", *made)
    if repository.branch == target.name:  # a hook that fails after the switch does not undo it
        return
    words = result.errors or f"git ended with status {result.status}"
    reason = Reason(message=words, fix=_way_around(repository, made, words))
    raise Refused(f"you are still on {home}, and nothing was written", [reason])


def _way_around(repository: Repository, made: Sequence[str], words: str) -> str:
    """Return what helps where git would not switch: edits of tracked files can be taken along by a stash."""
    if "already checked out" in words or "already used by worktree" in words:
        return "name another branch, or run the command in that work tree: git worktree list"
    if "overwritten" not in words:
        return "mend what git names, then run the command again"
    if not repository.differs([], "HEAD"):
        return "move these files away, then run the command again"
    command = shlex.join(["git", "switch", *map(_short, made)])
    return "\n".join(["take your edits along:", "git stash", command, "git stash pop", "then run it without --branch"])


def _go_back(repository: Repository, home: str, target: _Target, tip: str) -> None:
    """Return to the branch of before, unless a commit was made; a branch made for it goes."""
    if repository.branch != target.name or repository.head != tip:
        return
    result = repository.git("switch", "--quiet", "--no-guess", "--no-overwrite-ignore", home)
    if repository.branch != home:
        message = f"you are on {target.name} now, with nothing committed: {result.errors}"
        raise RepositoryError(message, fix=f"git switch {shlex.quote(home)}")
    if target.new:
        repository.git("update-ref", "-d", _OURS + target.name, tip)


def _short(ref: str) -> str:
    return ref.removeprefix("refs/remotes/").removeprefix(_OURS)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def _exists(repository: Repository, name: str) -> bool:
    return bool(repository.commit_id(_OURS + name) or repository.commit_id(_THEIRS + name))
