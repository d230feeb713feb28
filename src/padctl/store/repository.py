"""The git vocabulary: what padctl asks of the git program, and nothing else speaks to it.

Every call is an argument list with literal pathspecs; reading calls switch off what a repository's own
configuration could run.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.store.complaints import failed, unusable
from padctl.store.program import Finished, run_git

_SAFE = ("-c", "core.fsmonitor=false", "-c", "trailer.separators=:", "-c", "core.quotepath=false")
_SOME_DAY = "2000-01-01T00:00:00Z"
_LINK_MODE = "120000"
_PLACES = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel")
_OBJECT = re.compile(r"([0-9a-f]{40,64}) [a-z]+ (\d+)")
_IN_PROGRESS = {
    "MERGE_HEAD": ("a merge", "git merge --continue, or git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue, or git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue, or git rebase --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue, or git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue, or git revert --abort"),
    "sequencer": ("a sequence of cherry-picks or reverts", "git cherry-pick --continue, or git cherry-pick --quit"),
    "BISECT_LOG": ("a bisect", "git bisect reset"),
}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a git command gave: its exit status, its output without the last newline, its messages."""

    status: int
    output: str
    errors: str


@dataclass(frozen=True)
class Repository:
    """A git work tree around the workspace's root; paths are given from that root, `env` is added to git's own."""

    root: Path
    env: Mapping[str, str] | None = None

    def git(self, *words: str) -> Result:
        """Run a git command that changes something, as the user's own configuration has it."""
        return self._execute(["git", "--literal-pathspecs", *words], writes=True)

    def ask(self, *words: str, asked: str | None = None) -> Result:
        """Run a git command that only reads, with nothing of the repository's configuration run on the way.

        `asked` is what it reads from its standard input.
        """
        return self._execute(self.asking(*words), asked=asked)

    def asking(self, *words: str) -> list[str]:
        """Return the whole argument list of a git command that only reads."""
        return ["git", "--no-optional-locks", "--literal-pathspecs", *_SAFE, *words]

    @property
    def git_dir(self) -> Path:
        """The git directory of this work tree.

        Raises:
            RepositoryError: the root is in no git repository, or git is missing.
        """
        return Path(self._places[0])

    @cached_property
    def common_dir(self) -> Path:
        """The git directory that all linked work trees share."""
        return (self.root / self._places[1]).resolve()

    @cached_property
    def top(self) -> Path:
        """The git work tree's top folder."""
        return Path(self._places[2]).resolve()

    @cached_property
    def _places(self) -> tuple[str, str, str]:
        """The git directory, the one that linked work trees share, and the top folder, empty without a work tree.

        Raises:
            RepositoryError: the root is in no git repository, or git is missing.
        """
        result = self.ask("rev-parse", *_PLACES)
        lines = result.output.split("\n")
        if not result.output:
            raise unusable(self.root, result.errors)
        if result.status or len(lines) != len(_PLACES):  # no work tree, or a name of several lines
            lines = [self.ask("rev-parse", word).output for word in _PLACES]
        return lines[0], lines[1], lines[2]

    @property
    def head(self) -> str:
        """The commit that HEAD points to; empty before the first commit."""
        return self._found("rev-parse", "--verify", "--quiet", "HEAD")

    @property
    def branch(self) -> str:
        """The checked-out branch; empty on a detached HEAD."""
        return self._found("symbolic-ref", "--quiet", "--short", "HEAD")

    def user_name(self) -> str:
        """Return git's user.name, or an empty string."""
        return self._found("config", "--get", "user.name")

    def check_writable(self) -> None:
        """Make sure that a commit can be made here.

        Raises:
            RepositoryError: bare, detached, in the middle of something, or without an identity.
        """
        self.check_state()
        self.check_identity()

    def check_state(self) -> None:
        """Make sure that the work tree is in a state to commit from.

        Raises:
            RepositoryError: bare, detached, or in the middle of something; names the command that ends it.
        """
        if not self._places[2]:
            raise RepositoryError(f"{self.root} has no work tree", fix="run padctl in a normal clone")
        for name, (what, fix) in _IN_PROGRESS.items():
            if (self.git_dir / name).exists():
                raise RepositoryError(f"{what} is in progress here", fix=f"finish it first: {fix}")
        if self.ask("ls-files", "--unmerged").output:
            raise RepositoryError(
                "files with conflicts stand in the index", fix="resolve them, then git add and git commit"
            )
        if not self.branch:
            raise RepositoryError("HEAD is detached: a commit here would belong to no branch", fix="git switch BRANCH")

    def check_identity(self) -> None:
        """Make sure that git knows who commits; it is never guessed.

        Raises:
            RepositoryError: name or email is missing, or the date is none; says how to set them.
        """
        words = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
        said = self.ask(*words)
        if not said.status:
            return
        why = said.errors.split("\n")[-1].removeprefix("fatal: ")
        if not replace(self, env={**(self.env or {}), "GIT_AUTHOR_DATE": _SOME_DAY}).ask(*words).status:
            raise RepositoryError(f"git cannot commit: {why}", fix="unset GIT_AUTHOR_DATE, or give it a date")
        fix = 'git config --global user.name "Your Name" && git config --global user.email you@example.com'
        raise RepositoryError(f"git does not know who you are, so nothing can be committed ({why})", fix=fix)

    def is_tracked(self, path: str) -> bool:
        """Say whether the index knows a file."""
        return bool(self.must("ls-files", "--", path))

    def differs(self, paths: Sequence[str], *against: str) -> bool:
        """Say whether files differ between two places, in the words of `git diff`: none for index and work tree.

        Raises:
            RepositoryError: git cannot say.
        """
        result = self.ask("diff", "--no-ext-diff", "--no-textconv", "--quiet", *against, "--", *paths)
        if result.status not in {0, 1}:
            raise self.failed("diff", result)
        return result.status == 1

    def default_ref(self, configured: str | None) -> str:
        """Return the remote-tracking ref of the default branch, or an empty string where there is none."""
        refs = [f"refs/remotes/origin/{name}" for name in ([configured] if configured else ["HEAD", "main", "master"])]
        shown = self.must("for-each-ref", "--format=%(refname) %(symref)", *refs).split("\n")
        found = dict(line.split(" ") for line in shown if line)
        return next((found[ref] or ref for ref in refs if ref in found), "")

    def blob(self, ref: str, path: str) -> bytes | None:
        """Return a file's bytes at a ref, or None where it is not there."""
        if "\n" in path:
            name = self.blob_id(ref, path)
            return next(self.contents([name])) if name else None
        return next(self._objects([f"{ref}:{self.from_top(path)}"]))

    def checked_out(self, ref: str, path: str) -> bytes:
        """Return a file's bytes at a ref as git checks them out: through its filters, which run.

        Raises:
            RepositoryError: git or a filter failed.
        """
        words = self.asking("cat-file", "--filters", f"{ref}:{self.from_top(path)}")
        done = run_git(words, folder=self.root, env=self.env, writes=False)
        if done.status:
            raise self.failed("cat-file", done)
        return done.output

    def blob_id(self, ref: str, path: str) -> str:
        """Return the id of a file's object at a ref; empty where it is not there, or where the ref is empty."""
        return self.ids([f"{ref}:{self.from_top(path)}"])[0] if ref else ""

    def ids(self, names: Sequence[str]) -> list[str]:
        """Return the ids of objects, as `HEAD:PATH`, or `:PATH` in the index, names them; empty for what is not there.

        Paths are from the top folder.
        """
        if any("\n" in name for name in names):
            return [self._found("rev-parse", "--verify", "--quiet", name) for name in names]
        lines = self._batch("--batch-check", names).decode(errors="surrogateescape").split("\n")
        found = (_OBJECT.fullmatch(line) for line in lines[: len(names)])
        return [match[1] if match else "" for match in found]

    def entries(self, ref: str) -> dict[str, str]:
        """Return the files of a commit below the root: paths from the root to object ids, which links have none of."""
        listed = self.must("ls-tree", "-r", "-z", ref, "--", ".").split("\0")
        found: dict[str, str] = {}
        for entry in filter(None, listed):
            details, _, path = entry.partition("\t")
            mode, kind, name = details.split(" ")
            if kind == "blob":
                found[path] = name if mode != _LINK_MODE else ""
        return found

    def contents(self, names: Sequence[str]) -> Iterator[bytes]:
        """Yield the bytes of objects in the order of their ids, read in one go."""
        for name, content in zip(names, self._objects(names), strict=True):
            if content is None:
                raise RepositoryError(f"the object {name} is missing in this clone", fix="git fetch, or git fsck")
            yield content

    def _objects(self, names: Sequence[str]) -> Iterator[bytes | None]:
        raw, position = self._batch("--batch", names), 0
        for _ in names:
            end = raw.find(b"\n", position)
            match = _OBJECT.fullmatch(raw[position:end].decode(errors="surrogateescape"))
            size = int(match[2]) + 1 if match else 0
            yield raw[end + 1 : end + size] if match else None
            position = end + 1 + size

    def _batch(self, kind: str, names: Sequence[str]) -> bytes:
        asked = "".join(f"{name}\n" for name in names).encode(errors="surrogateescape")
        words = ["git", "--no-optional-locks", *_SAFE, "cat-file", kind]
        done = run_git(words, folder=self.root, env=self.env, writes=False, asked=asked)
        if done.status:
            raise self.failed("cat-file", done)
        return done.output

    def commit_id(self, word: str) -> str:
        """Return the commit that a word names, or an empty string where it is not in this clone."""
        return self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}").output

    def paths_everywhere(self) -> set[str]:
        """Return the file paths of every local and remote-tracking branch and of every linked work tree."""
        refs = self.ask("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").output.split("\n")
        paths: set[str] = set()
        for ref in filter(None, refs):
            paths.update(self.ask("ls-tree", "-r", "--name-only", "-z", "--full-tree", ref).output.split("\0"))
        worktrees = self.ask("worktree", "list", "--porcelain").output.split("\n")
        for line in worktrees:
            folder = Path(line.removeprefix("worktree "))
            if line.startswith("worktree ") and folder.is_dir() and folder.resolve() != self.top:
                paths.update(str(path) for path in folder.rglob("*.md"))
        paths.update(self.ask("ls-files", "-z", "--full-name").output.split("\0"))
        return paths

    def must(self, *words: str) -> str:
        """Return what a reading git command prints.

        Raises:
            RepositoryError: it failed; carries git's own words.
        """
        result = self.ask(*words)
        if result.status:
            raise self.failed(words[0], result)
        return result.output

    def _found(self, *words: str) -> str:
        """Return what a reading git command prints, empty where it says that there is no such thing.

        Raises:
            RepositoryError: it failed.
        """
        result = self.ask(*words)
        if result.status not in {0, 1}:
            raise self.failed(words[0], result)
        return result.output

    def failed(self, verb: str, result: Result | Finished) -> RepositoryError:
        """Return what to raise where git failed, in its own words."""
        return failed(verb, result.errors or str(result.status))

    def from_top(self, path: str) -> str:
        """Return the path from git's top folder of a path from the root."""
        full = os.path.normpath(self.root.resolve() / path)
        return Path(full).relative_to(self.top).as_posix()

    def _execute(self, words: Sequence[str], *, writes: bool = False, asked: str | None = None) -> Result:
        stdin = asked.encode() if asked is not None else None
        done = run_git(words, folder=self.root, env=self.env, writes=writes, asked=stdin)
        output = done.output.decode(errors="surrogateescape").removesuffix("\n")
        return Result(status=done.status, output=output, errors=done.errors)
