"""The other side of a change: which commit it started from, and the corpus as it was there."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from padctl.errors import RepositoryError
from padctl.model.corpus import Corpus
from padctl.model.document import Document, read_document
from padctl.model.settings import Settings
from padctl.store.files import is_document
from padctl.store.loading import load_corpus, load_settings
from padctl.store.repository import Repository

AUTO = "auto"
_MERGED = frozenset({"merged_result", "merge_train"})


@dataclass(frozen=True)
class CommitTree:
    """The files of a commit; nothing is checked out."""

    repository: Repository
    commit: str
    _read: dict[str, bytes] = field(default_factory=dict)

    def markdown(self, folder: str) -> Iterator[str]:
        """Yield the Markdown files below a folder, sorted, without hidden ones and READMEs."""
        prefix = "" if folder == "." else f"{folder}/"
        paths = sorted(path for path in self._entries if path.startswith(prefix) and is_document(path))
        names = [self._entries[path] for path in paths]
        self._read.update(zip(paths, self.repository.contents(names), strict=True))
        yield from paths

    def document(self, path: str) -> Document:
        """Read a document that `markdown` listed."""
        return read_document(self._read.pop(path), path=path)

    def text(self, path: str) -> str | None:
        """Return a small text file, or None where there is none."""
        if path not in self._entries:
            return None
        return next(self.repository.contents([self._entries[path]])).decode(errors="replace").removeprefix("\ufeff")

    def exists(self, path: str) -> bool:
        """Say whether there is a file or folder."""
        return path in self._entries or path in self._folders

    @cached_property
    def _entries(self) -> dict[str, str]:
        return self.repository.entries(self.commit)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(parent) for path in self._entries for parent in PurePosixPath(path).parents)


def base_commit(repository: Repository, word: str, *, settings: Settings, environ: Mapping[str, str]) -> str:
    """Return the commit that a change is compared with; `auto` asks the CI system, else the default branch.

    Raises:
        RepositoryError: it is not in this clone; names the command that fetches it.
    """
    if word != AUTO:
        return _present(repository, word, f"git fetch origin {word}")
    if "GITHUB_ACTIONS" in environ:
        return _github(repository, environ)
    if environ.get("CI_MERGE_REQUEST_EVENT_TYPE") in _MERGED:
        return _present(repository, "HEAD^1", "git fetch --deepen=1 origin")
    if diff_base := environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
        return _present(repository, diff_base, f"git fetch --depth=1 origin {diff_base}")
    default = repository.default_ref(settings.git.default) or settings.git.default or "main"
    branch = default.removeprefix("refs/remotes/origin/")
    _present(repository, default, f"git fetch origin {branch}")
    found = repository.ask("merge-base", "HEAD", default).output
    if not found:
        fix = f"git fetch --unshallow origin {branch}"
        raise RepositoryError(f"HEAD and {branch} have no common commit in this clone", fix=fix)
    return found


def corpus_at(repository: Repository, commit: str) -> Corpus:
    """Return the corpus as it was at a commit, under the settings that it had there."""
    tree = CommitTree(repository, commit)
    return load_corpus(tree, load_settings(tree))


def _github(repository: Repository, environ: Mapping[str, str]) -> str:
    """Return the merge queue's base, or the merge ref's first parent, or the pull request's base."""
    event = _event(environ.get("GITHUB_EVENT_PATH", ""))
    queued = event.get("merge_group", {}).get("base_sha")
    if queued:
        return _present(repository, queued, f"git fetch --depth=1 origin {queued}")
    if environ.get("GITHUB_REF", "").endswith("/merge"):
        return _present(repository, "HEAD^1", "git fetch --deepen=1 origin, or fetch-depth: 2 in actions/checkout")
    proposed = event.get("pull_request", {}).get("base", {}).get("sha") or event.get("before")
    if proposed and set(proposed) != {"0"}:
        return _present(repository, proposed, f"git fetch --depth=1 origin {proposed}")
    return _present(repository, "HEAD^1", "git fetch --deepen=1 origin, or fetch-depth: 2 in actions/checkout")


def _event(path: str) -> dict[str, Any]:
    """Return what GitHub says of the event, or nothing where it cannot be read."""
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _present(repository: Repository, word: str, fetch: str) -> str:
    commit = repository.commit_id(word)
    if not commit:
        raise RepositoryError(f"the base {word} is not in this clone", fix=fetch)
    return commit
