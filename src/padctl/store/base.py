"""The other side of a change: which commit it started from, and the corpus as it was there."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from padctl.errors import RepositoryError, SettingsError, UsageError
from padctl.model.corpus import Corpus
from padctl.model.document import Document
from padctl.model.settings import Settings
from padctl.store.files import A_LINK, is_document, is_stray
from padctl.store.loading import load_corpus, load_settings
from padctl.store.repository import Repository
from padctl.store.roots import holds_settings
from padctl.store.trees import WorkTree, document_of, unreadable

AUTO = "auto"
_MERGED = frozenset({"merged_result", "merge_train"})
_REMOTE = "refs/remotes/origin/"
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True)
class CommitTree:
    """The files of a commit; nothing is checked out."""

    repository: Repository
    commit: str
    _read: dict[str, bytes] = field(default_factory=dict)

    def markdown(self, folder: str) -> Iterator[str]:
        """Yield the Markdown files below a folder, sorted, without hidden ones and READMEs."""
        yield from self._below(folder, is_document)

    def strays(self, folder: str) -> Iterator[str]:
        """Yield the text files below a folder that have another ending than a document, sorted, without hidden ones."""
        yield from self._below(folder, is_stray)

    def _below(self, folder: str, wanted: Callable[[str], bool]) -> Iterator[str]:
        prefix = "" if folder == "." else f"{folder}/"
        paths = sorted(path for path in self._entries if path.startswith(prefix) and wanted(path))
        files = [path for path in paths if self._entries[path]]
        names = [self._entries[path] for path in files]
        self._read.update(zip(files, self.repository.contents(names), strict=True))
        yield from paths

    def document(self, path: str) -> Document:
        """Read a document that `markdown` listed."""
        return document_of(path, self._read.pop(path) if path in self._read else unreadable(A_LINK))

    def text(self, path: str) -> str | None:
        """Return a small text file, or None where there is none."""
        if not self._entries.get(path):
            return None
        return next(self.repository.contents([self._entries[path]])).decode(errors="replace").removeprefix("\ufeff")

    def exists(self, path: str) -> bool:
        """Say whether there is a file or folder, be it above the root."""
        if path == ".." or path.startswith("../"):
            with suppress(ValueError):  # above the repository too
                return bool(self.repository.blob_id(self.commit, path))
            return False
        return path in self._entries or path in self._folders

    @cached_property
    def _entries(self) -> dict[str, str]:
        return self.repository.entries(self.commit)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(parent) for path in self._entries for parent in PurePosixPath(path).parents)


def base_commit(repository: Repository, word: str, *, settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the commit that a change is compared with, or the empty tree where nothing was there before.

    `auto` asks the CI system of the environment; elsewhere it is where HEAD left the default branch.

    Raises:
        RepositoryError: it is not in this clone; names the command that fetches it.
    """
    if not word.strip():
        raise UsageError("--base names no commit", fix="give a branch, a commit, or auto")
    if word != AUTO:
        return _present(repository, word)
    if "GITHUB_ACTIONS" in environ:
        return _github(repository, settings, environ)
    if "GITLAB_CI" in environ:
        return _gitlab(repository, settings, environ)
    return _forked_from(repository, settings.git.default)


def corpus_at(repository: Repository, commit: str) -> Corpus | None:
    """Return the corpus as it was at a commit, under its settings there; None where padctl was not in use yet.

    Settings that could not be read there are taken from the work tree, so that a change can repair them.
    """
    tree = CommitTree(repository, commit)
    try:
        settings = load_settings(tree)
    except SettingsError:
        settings = load_settings(WorkTree(repository.root))
    corpus = load_corpus(tree, settings)
    return corpus if corpus.pads or holds_settings(tree.text) else None


def _github(repository: Repository, settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the merge queue's base, a merge ref's first parent, a pull request's base, or what a push started from."""
    event = _event(environ.get("GITHUB_EVENT_PATH", ""))
    if queued := _word(event, "merge_group", "base_sha"):
        return _present(repository, queued)
    merged = environ.get("GITHUB_REF", "").endswith("/merge")
    if merged and environ.get("GITHUB_SHA", repository.head) == repository.head:
        return _first_parent(repository)
    if proposed := _word(event, "pull_request", "base", "sha"):
        return _common(repository, _present(repository, proposed), "the pull request's base")
    default = settings.git.default or _word(event, "repository", "default_branch")
    branch = environ.get("GITHUB_REF", "").removeprefix("refs/heads/")
    return _before(repository, _word(event, "before"), branch=branch, default=default)


def _gitlab(repository: Repository, settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the target branch of a merged result, a merge request's diff base, or what a push started from."""
    if target := environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA"):
        return _present(repository, target)
    if environ.get("CI_MERGE_REQUEST_EVENT_TYPE") in _MERGED:
        return _first_parent(repository)
    if diff_base := environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
        return _present(repository, diff_base)
    default = settings.git.default or environ.get("CI_DEFAULT_BRANCH")
    branch = environ.get("CI_COMMIT_BRANCH", "")
    return _before(repository, environ.get("CI_COMMIT_BEFORE_SHA", ""), branch=branch, default=default)


def _before(repository: Repository, commit: str, *, branch: str, default: str | None) -> str:
    """Return what a push started from; a first push, or a run by hand or schedule, has no such commit.

    A branch is then compared with the default one, and that one with nothing: all of it is judged.
    """
    if commit.strip("0"):
        return _present(repository, commit)
    if branch == (default or "main"):
        return repository.must("hash-object", "-t", "tree", "--stdin")
    return _forked_from(repository, default)


def _forked_from(repository: Repository, configured: str | None) -> str:
    """Return where HEAD left the default branch."""
    known = repository.default_ref(configured).removeprefix(_REMOTE)
    branch = known or configured or "main"
    for ref in (f"{_REMOTE}{branch}", f"refs/heads/{branch}"):
        if commit := repository.commit_id(ref):
            return _common(repository, commit, branch)
    fix = f"git fetch {_whole(repository)}origin {branch}:{_REMOTE}{branch}"
    if not repository.must("remote"):
        fix = "set default under [git] in padctl.toml, or name a commit: --base REF"
    raise RepositoryError(f"the default branch {branch} is not in this clone", fix=fix)


def _common(repository: Repository, commit: str, name: str) -> str:
    """Return the last commit that HEAD and another one share."""
    found = repository.found("merge-base", "HEAD", commit)
    if not found:
        whole = _whole(repository)
        fix = f"git fetch {whole}origin {repository.head} {commit}" if whole else "name a commit: --base REF"
        raise RepositoryError(f"HEAD and {name} have no common commit in this clone", fix=fix)
    return found


def _first_parent(repository: Repository) -> str:
    """Return the branch that a merge commit goes to."""
    found = repository.commit_id("HEAD^1")
    if not found:
        fix = f"git fetch --depth=2 origin {repository.head}"
        raise RepositoryError("the base HEAD^1 is not in this clone", fix=fix)
    return found


def _present(repository: Repository, word: str) -> str:
    found = repository.commit_id(word)
    if not found:
        raise RepositoryError(f"the base {word} is not in this clone", fix=_fetch(repository, word))
    return found


def _fetch(repository: Repository, word: str) -> str:
    """Return the command after which a word names a commit of this clone."""
    depth = "--depth=1 " if _shallow(repository) else ""
    if _COMMIT.fullmatch(word):
        return f"git fetch {depth}origin {word}"
    if set(word) & set("~^@"):
        return "git fetch --unshallow origin" if depth else "name a commit, branch or tag of this clone"
    branch = word.removeprefix("origin/")
    return f"git fetch {depth}origin {branch}:{word if branch == word else _REMOTE + branch}"


def _whole(repository: Repository) -> str:
    return "--unshallow " if _shallow(repository) else ""


def _shallow(repository: Repository) -> bool:
    return repository.must("rev-parse", "--is-shallow-repository") == "true"


def _event(path: str) -> object:
    """Return what GitHub says of the event, or None where it cannot be read."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8")) if path else None
    except (OSError, ValueError):
        return None


def _word(value: object, *keys: str) -> str:
    """Return the text below keys of nested objects, or an empty one."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
