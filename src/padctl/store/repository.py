"""The git vocabulary: what padctl asks of the git program, and nothing else speaks to it.

Every call is an argument list with literal pathspecs; reading calls switch off what a repository's own
configuration could run.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.store.ahead import Ahead, Question
from padctl.store.complaints import failed, unusable
from padctl.store.program import Finished, run_git

_SAFE = ("-c", "core.fsmonitor=false", "-c", "trailer.separators=:", "-c", "core.quotepath=false")
_LINK_MODE = "120000"
BRANCH = ("symbolic-ref", "--quiet", "--short", "HEAD")
_PLACES = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel")
_OBJECT = re.compile(r"([0-9a-f]{40,64}) [a-z]+ (\d+)")


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
        self.ahead.forget()
        return _result(run_git(["git", "--literal-pathspecs", *words], folder=self.root, env=self.env, writes=True))

    def ask(self, *words: str, asked: str | None = None) -> Result:
        """Run a git command that only reads, with nothing of the repository's configuration run on the way.

        `asked` is what it reads from its standard input.
        """
        return _result(self._read((self.asking(*words), asked.encode() if asked is not None else None)))

    def asking(self, *words: str) -> tuple[str, ...]:
        """Return the whole argument list of a git command that only reads."""
        return ("git", "--no-optional-locks", "--literal-pathspecs", *_SAFE, *words)

    @cached_property
    def ahead(self) -> Ahead:
        """What git is asked before the answers are needed."""
        return Ahead(self.root, self.env)

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
            own, common, top = _PLACES
            return self.must("rev-parse", own), self.must("rev-parse", common), self.ask("rev-parse", top).output
        return lines[0], lines[1], lines[2]

    @property
    def has_work_tree(self) -> bool:
        """Whether there are files beside the git directory."""
        return bool(self._places[2])

    @property
    def head(self) -> str:
        """The commit that HEAD points to; empty before the first commit."""
        return self.found("rev-parse", "--verify", "--quiet", "HEAD")

    @property
    def branch(self) -> str:
        """The checked-out branch; empty on a detached HEAD."""
        return self.found(*BRANCH)

    def user_name(self) -> str:
        """Return git's user.name, or an empty string."""
        return self.found("config", "--get", "user.name")

    def is_tracked(self, path: str) -> bool:
        """Say whether the index knows a file."""
        return bool(self.must("ls-files", "--", path))

    def differs(self, paths: Sequence[str], *against: str) -> bool:
        """Say whether files differ between two places, in the words of `git diff`: none for index and work tree.

        Raises:
            RepositoryError: git cannot say.
        """
        return not self.holds("diff", "--no-ext-diff", "--no-textconv", "--quiet", *against, "--", *paths)

    def default_ref(self, configured: str | None) -> str:
        """Return the remote-tracking ref of the default branch, or an empty string where there is none."""
        refs, words = default_refs(configured)
        shown = self.must(*words).split("\n")
        found = dict(line.split(" ") for line in shown if line)
        return next((found[ref] or ref for ref in refs if ref in found), "")

    def blob(self, ref: str, path: str) -> bytes | None:
        """Return a file's bytes at a ref, or None where it is not there."""
        if "\n" in path:
            name = self.blob_id(ref, path)
            return next(self.contents([name])) if name else None
        return next(self.objects([self.at(ref, path)]))

    def checked_out(self, ref: str, path: str) -> bytes:
        """Return a file's bytes at a ref as git checks them out: through its filters, which run.

        Raises:
            RepositoryError: git or a filter failed.
        """
        words = self.asking("cat-file", "--filters", self.at(ref, path))
        done = run_git(words, folder=self.root, env=self.env, writes=False)
        if done.status:
            raise self.failed("cat-file", done)
        return done.output

    def blob_id(self, ref: str, path: str) -> str:
        """Return the id of a file's object at a ref; empty where it is not there, or where the ref is empty."""
        return self.ids([self.at(ref, path)])[0] if ref else ""

    def ids(self, names: Sequence[str]) -> list[str]:
        """Return the ids of objects, as `HEAD:PATH`, or `:PATH` in the index, names them; empty for what is not there.

        Paths are from the top folder.
        """
        if any("\n" in name for name in names):
            return [self.found("rev-parse", "--verify", "--quiet", name) for name in names]
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
        for name, content in zip(names, self.objects(names), strict=True):
            if content is None:
                raise RepositoryError(f"the object {name} is missing in this clone", fix="git fetch, or git fsck")
            yield content

    def objects(self, names: Sequence[str]) -> Iterator[bytes | None]:
        """Yield the bytes of objects in the order of their names, read in one go; None for what is not there."""
        raw, position = self._batch("--batch", names), 0
        for _ in names:
            end = raw.find(b"\n", position)
            match = _OBJECT.fullmatch(raw[position:end].decode(errors="surrogateescape"))
            size = int(match[2]) + 1 if match else 0
            yield raw[end + 1 : end + size] if match else None
            position = end + 1 + size

    def _batch(self, kind: str, names: Sequence[str]) -> bytes:
        done = self._read(self.about(kind, names))
        if done.status:
            raise self.failed("cat-file", done)
        return done.output

    def commit_id(self, word: str) -> str:
        """Return the commit that a word names, or an empty string where it is not in this clone."""
        return self.found("rev-parse", "--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}")

    def must(self, *words: str, asked: str | None = None) -> str:
        """Return what a reading git command prints; `asked` is as in `ask`.

        Raises:
            RepositoryError: it failed; carries git's own words.
        """
        result = self.ask(*words, asked=asked)
        if result.status:
            raise self.failed(words[0], result)
        return result.output

    def found(self, *words: str) -> str:
        """Return what a reading git command prints, empty where it says that there is no such thing.

        Raises:
            RepositoryError: it failed.
        """
        return self._answer(*words).output

    def holds(self, *words: str) -> bool:
        """Say whether a reading git command that answers by its exit status says yes.

        Raises:
            RepositoryError: it failed.
        """
        return self._answer(*words).status == 0

    def _answer(self, *words: str) -> Result:
        result = self.ask(*words)
        if result.status not in {0, 1}:
            raise self.failed(words[0], result)
        return result

    def failed(self, verb: str, result: Result | Finished) -> RepositoryError:
        """Return what to raise where git failed, in its own words."""
        return failed(verb, result.errors or str(result.status))

    def from_top(self, path: str) -> str:
        """Return the path from git's top folder of a path from the root."""
        full = os.path.normpath(self.root.resolve() / path)
        return Path(full).relative_to(self.top).as_posix()

    def at(self, ref: str, path: str) -> str:
        """Return git's name for a file at a ref."""
        return f"{ref}:{self.from_top(path)}"

    def about(self, kind: str, names: Sequence[str]) -> Question:
        """Return the question for objects by their names, in the words that the methods here use."""
        asked = "".join(f"{name}\n" for name in names).encode(errors="surrogateescape")
        return ("git", "--no-optional-locks", *_SAFE, "cat-file", kind), asked

    def _read(self, question: Question) -> Finished:
        words, asked = question
        return self.ahead.answer(question) or run_git(words, folder=self.root, env=self.env, writes=False, asked=asked)


def _result(done: Finished) -> Result:
    output = done.output.decode(errors="surrogateescape").removesuffix("\n")
    return Result(status=done.status, output=output, errors=done.errors)


def default_refs(configured: str | None) -> tuple[list[str], tuple[str, ...]]:
    """Return the remote-tracking refs that may be the default branch, and git's words for those that are there."""
    names = [configured] if configured else ["HEAD", "main", "master"]
    refs = [f"refs/remotes/origin/{name}" for name in names]
    return refs, ("for-each-ref", "--format=%(refname) %(symref)", *refs)
