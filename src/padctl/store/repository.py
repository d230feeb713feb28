"""The git vocabulary: what padctl asks of the git program, and nothing else speaks to it.

Every call is an argument list with literal pathspecs; reading calls switch off what a repository's own
configuration could run.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.store.program import run_git

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotepath=false")
_LINK_MODE = "120000"
_HIDDEN = {"h": "assume-unchanged", "s": "skip-worktree", "S": "skip-worktree"}
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


@dataclass(frozen=True, kw_only=True)
class FileState:
    """How a file of the work tree differs from the last commit; `lines` counts added and removed ones.

    `hidden` is the mark, if any, by which git was told not to look at the file.
    """

    tracked: bool
    staged: bool
    edited: bool
    lines: int
    hidden: str = ""

    @property
    def partially_staged(self) -> bool:
        """Whether index, work tree and last commit are three different texts."""
        return self.tracked and self.staged and self.edited


@dataclass(frozen=True)
class Repository:
    """A git work tree around the workspace's root; paths are given from that root, `env` is added to git's own."""

    root: Path
    env: Mapping[str, str] | None = None

    def git(self, *words: str) -> Result:
        """Run a git command that changes something, as the user's own configuration has it."""
        return self._execute(["git", "--literal-pathspecs", *words], writes=True)

    def ask(self, *words: str) -> Result:
        """Run a git command that only reads, with nothing of the repository's configuration run on the way."""
        return self._execute(self.asking(*words))

    def asking(self, *words: str) -> list[str]:
        """Return the whole argument list of a git command that only reads."""
        return ["git", "--no-optional-locks", "--literal-pathspecs", *_SAFE, *words]

    @cached_property
    def git_dir(self) -> Path:
        """The git directory of this work tree.

        Raises:
            RepositoryError: the root is in no git repository, or git is missing.
        """
        result = self.ask("rev-parse", "--absolute-git-dir")
        if result.status:
            fix = "padctl init makes a repository here"
            why = "" if "not a git repository" in result.errors else f": {result.errors}"
            raise RepositoryError(f"{self.root} is not inside a git repository{why}", fix=fix)
        return Path(result.output)

    @cached_property
    def common_dir(self) -> Path:
        """The git directory that all linked work trees share."""
        return (self.root / self.must("rev-parse", "--git-common-dir")).resolve()

    @property
    def head(self) -> str:
        """The commit that HEAD points to; empty before the first commit."""
        return self._found("rev-parse", "--verify", "--quiet", "HEAD")

    @property
    def branch(self) -> str:
        """The checked-out branch; empty on a detached HEAD."""
        return self.ask("symbolic-ref", "--quiet", "--short", "HEAD").output

    def user_name(self) -> str:
        """Return git's user.name, or an empty string."""
        return self.ask("config", "--get", "user.name").output

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
        if self.ask("rev-parse", "--is-inside-work-tree").output != "true":
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
            RepositoryError: name or email is missing; says how to set them.
        """
        if self.ask("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT").status:
            fix = 'git config --global user.name "Your Name" && git config --global user.email you@example.com'
            raise RepositoryError("git does not know who you are, so nothing can be committed", fix=fix)

    def is_tracked(self, path: str) -> bool:
        """Say whether the index knows a file."""
        return bool(self.must("ls-files", "--", path))

    def file_state(self, path: str) -> FileState:
        """Return how a file differs from the index and the last commit.

        Raises:
            RepositoryError: it lies in another repository inside this one.
        """
        self._check_own(path)
        listed = self.must("ls-files", "-v", "--", path)
        if not listed:
            text = (self.root / path).read_bytes()
            return FileState(tracked=False, staged=False, edited=True, lines=text.count(b"\n"))
        staged, edited = self.differs([path], "--cached"), self.differs([path])
        hidden = _HIDDEN.get(listed[0], "")
        return FileState(tracked=True, staged=staged, edited=edited, lines=self._changed_lines(path), hidden=hidden)

    def differs(self, paths: Sequence[str], *against: str) -> bool:
        """Say whether files differ between two places, in the words of `git diff`: none for index and work tree.

        Raises:
            RepositoryError: git cannot say.
        """
        result = self.ask("diff", "--no-ext-diff", "--no-textconv", "--quiet", *against, "--", *paths)
        if result.status not in {0, 1}:
            raise self._failed("diff", result)
        return result.status == 1

    def _check_own(self, path: str) -> None:
        for folder in (self.root / path).parents:
            if folder == self.root or folder.resolve() == self.top:
                return
            if (folder / ".git").exists():
                fix = f"make the move there, then commit the submodule here: padctl --root {folder}"
                raise RepositoryError(f"{path} belongs to another git repository, {folder}", fix=fix)

    def default_ref(self, configured: str | None) -> str:
        """Return the remote-tracking ref of the default branch, or an empty string where there is none."""
        if configured:
            ref = f"refs/remotes/origin/{configured}"
            return ref if self._found("rev-parse", "--verify", "--quiet", ref) else ""
        if pointed := self._found("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"):
            return pointed
        usual = (f"refs/remotes/origin/{name}" for name in ("main", "master"))
        return next((ref for ref in usual if self._found("rev-parse", "--verify", "--quiet", ref)), "")

    def blob(self, ref: str, path: str) -> bytes | None:
        """Return a file's bytes at a ref, or None where it is not there."""
        name = self.blob_id(ref, path)
        return next(self.contents([name])) if name else None

    def blob_id(self, ref: str, path: str) -> str:
        """Return the id of a file's object at a ref; empty where it is not there, or where the ref is empty."""
        return self._found("rev-parse", "--verify", "--quiet", f"{ref}:{self._from_top(path)}") if ref else ""

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
        words = ["git", "--no-optional-locks", *_SAFE, "cat-file", "--batch"]
        asked = "".join(f"{name}\n" for name in names).encode()
        raw = run_git(words, folder=self.root, env=self.env, writes=False, asked=asked).output
        position = 0
        for name in names:
            end = raw.find(b"\n", position)
            if end < 0 or raw[position:end].endswith(b" missing"):
                raise RepositoryError(f"the object {name} is missing in this clone", fix="git fetch, or git fsck")
            size = int(raw[position:end].split(b" ")[2])
            yield raw[end + 1 : end + 1 + size]
            position = end + 2 + size

    def changed_paths(self, ref: str) -> set[str]:
        """Return the paths that differ between a commit and the work tree, untracked files included."""
        known = ref if self.commit_id(ref) else self.must("hash-object", "-t", "tree", os.devnull)  # the empty tree
        plain = ("diff", "--no-ext-diff", "--no-textconv", "--relative", "--name-only", "-z", known, "--", ".")
        untracked = ("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        return set(filter(None, (self.must(*plain) + "\0" + self.must(*untracked)).split("\0")))

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

    @cached_property
    def top(self) -> Path:
        """The git work tree's top folder."""
        return Path(self.ask("rev-parse", "--show-toplevel").output).resolve()

    def must(self, *words: str) -> str:
        """Return what a reading git command prints.

        Raises:
            RepositoryError: it failed; carries git's own words.
        """
        result = self.ask(*words)
        if result.status:
            raise self._failed(words[0], result)
        return result.output

    def _found(self, *words: str) -> str:
        """Return what a reading git command prints, empty where it says that there is no such thing.

        Raises:
            RepositoryError: it failed.
        """
        result = self.ask(*words)
        if result.status not in {0, 1}:
            raise self._failed(words[0], result)
        return result.output

    def _failed(self, verb: str, result: Result) -> RepositoryError:
        message = f"git {verb} failed: {result.errors or result.status}"
        return RepositoryError(message, fix="mend the repository; git fsck and git status say more")

    def _from_top(self, path: str) -> str:
        full = os.path.normpath(self.root.resolve() / path)
        return Path(full).relative_to(self.top).as_posix()

    def _changed_lines(self, path: str) -> int:
        numbers = self.ask("diff", "--no-ext-diff", "--no-textconv", "--numstat", "HEAD", "--", path).output.split()
        return sum(int(number) for number in numbers[:2] if number.isdigit())

    def _execute(self, words: Sequence[str], *, writes: bool = False) -> Result:
        done = run_git(words, folder=self.root, env=self.env, writes=writes)
        output = done.output.decode(errors="surrogateescape").removesuffix("\n")
        return Result(status=done.status, output=output, errors=done.errors)
