"""What git knows around an agenda: the commit it is made from, the last fetch, edits since submit, other branches."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path

from padctl.model.document import Document, read_document
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind
from padctl.report.agenda_facts import Edited, Facts, Origin
from padctl.store.changed import changed_paths
from padctl.store.proposals import REMOTES, File, files_of_branches, proposed
from padctl.store.repository import Repository
from padctl.store.stream import lines_of
from padctl.store.whereabouts import git_dir_around, last_fetch
from padctl.store.workspace import Workspace

_MOVE = "%x01%cs%x01%(trailers:key=Pad-Move,valueonly,separator=%x2C)"
_SUBMIT = "%x01%(trailers:key=Pad-Id,valueonly,separator=%x2C)%x01%(trailers:key=Pad-Move,valueonly,separator=%x2C)"


@contextmanager
def observing(workspace: Workspace) -> Iterator["Observation"]:
    """Ask git what is to be known around an agenda while the block reads PADs."""
    with ThreadPoolExecutor() as pool:
        yield Observation(workspace, Repository(workspace.root), pool)


class Observation:
    """What git is being asked: several questions at once, each of which is a process of its own."""

    def __init__(self, workspace: Workspace, repository: Repository, pool: ThreadPoolExecutor) -> None:
        self._workspace, self._repository = workspace, repository
        self._newest = pool.submit(self._newest_commit)
        self._upstream = pool.submit(repository.default_ref, workspace.settings.git.default)
        self._branch = pool.submit(lambda: repository.branch)
        self._changed = pool.submit(changed_paths, repository, "HEAD")
        self._behind = pool.submit(self._commits_behind)
        self._proposed = pool.submit(self._proposed_files)

    def facts(self, pads: Sequence[Pad], errors: Mapping[str, int]) -> Facts:
        """Return the answers for an agenda with these PADs on it; nothing outside a repository or before a commit.

        Raises:
            RepositoryError: git did not come to its end, or failed.
        """
        if git_dir_around(self._workspace.root) is None:
            return Facts(errors=errors)
        newest = self._newest.result()
        if not newest:
            return Facts(errors=errors)
        _, commit, committed = newest
        return Facts(
            origin=Origin(
                commit=commit,
                committed=date.fromisoformat(committed),
                branch=self._branch.result(),
                edited=len(self._changed.result() & self._workspace.names.paths),
                upstream=self._upstream.result().removeprefix(REMOTES),
                behind=self._behind.result(),
                fetched=last_fetch(self._workspace.root),
            ),
            changed=dict(_changed_since_submit(self._repository, pads)),
            errors=errors,
            proposed=tuple(proposed(self._workspace, self._proposed.result())),
        )

    def edited(self, since: date) -> tuple[Edited, ...]:
        """Return the PADs that commits since a day changed without a move, each with the day of the latest one.

        Raises:
            RepositoryError: git did not come to its end, or failed.
        """
        if git_dir_around(self._workspace.root) is None or not self._newest.result():
            return ()
        words = ("log", "--no-show-signature", "--name-only", "--no-renames", "--relative", f"--since={since}T00:00:00")
        days: dict[str, date] = {}
        made: date | None = None
        with closing(lines_of(self._repository, *words, f"--format={_MOVE}", "HEAD", "--", ".")) as lines:
            for line in lines:
                if line.startswith("\x01"):
                    day, _, move = line[1:].partition("\x01")
                    made = None if move else date.fromisoformat(day)
                elif made and line in self._workspace.names.paths:
                    days.setdefault(line, made)
        pads = ((self._workspace.pad(path), day) for path, day in days.items())
        return tuple(Edited(pad=pad, day=day) for pad, day in pads if pad)

    def _newest_commit(self) -> list[str]:
        """Return the tree, the short name and the day of HEAD's commit; nothing before the first one."""
        if not self._repository.head:
            return []
        return self._repository.must("log", "-1", "--no-show-signature", "--format=%T %h %cs", "HEAD").split(" ")

    def _commits_behind(self) -> int:
        upstream = self._upstream.result()
        return int(self._repository.must("rev-list", "--count", f"HEAD..{upstream}")) if upstream else 0

    def _proposed_files(self) -> list[File]:
        if not (newest := self._newest.result()):
            return []
        folder = self._workspace.settings.paths.pads
        return list(files_of_branches(self._repository, folder, newest[0], self._upstream.result()))


def newest_commits(root: Path, paths: Collection[str]) -> dict[str, datetime]:
    """Return when the newest commit was made that touched each of some files; one without a commit is left out.

    Raises:
        RepositoryError: git did not come to its end.
    """
    found: dict[str, datetime] = {}
    repository = Repository(root)
    if git_dir_around(root) is None or not paths or not repository.head:
        return found
    words = (
        "log",
        "--no-show-signature",
        "--name-only",
        "--no-renames",
        "--relative",
        "--format=%x01%ct",
        "HEAD",
        "--",
    )
    made = datetime.fromtimestamp(0, UTC)
    with closing(lines_of(repository, *words, ".")) as lines:
        for line in lines:
            if line.startswith("\x01"):
                made = datetime.fromtimestamp(int(line[1:]), UTC)
            elif line in paths:
                found.setdefault(line, made)
            if len(found) == len(paths):
                break
    return found


def _changed_since_submit(repository: Repository, pads: Sequence[Pad]) -> Iterator[tuple[str, int]]:
    """Yield path and changed lines of each PAD whose submission is a commit of this clone."""
    blobs = _submitted_blobs(repository, {pad.id for pad in pads})
    found = [pad for pad in pads if pad.id in blobs]
    for pad, raw in zip(found, repository.contents([blobs[pad.id] for pad in found]), strict=True) if found else ():
        before = read_document(raw, path=pad.path)
        if _latest_submit(before) == _latest_submit(pad.document):
            yield pad.path, _lines_apart(before, pad.document)


def _submitted_blobs(repository: Repository, wanted: set[str]) -> dict[str, str]:
    """Return the PADs' files as their latest submit committed them: ids of PADs to ids of blobs."""
    found: dict[str, str] = {}
    if not wanted:
        return found
    words = ("log", "--no-show-signature", "--raw", "--no-abbrev", "--no-renames", "--grep=^Pad-Move: submit$")
    current = ""
    with closing(lines_of(repository, *words, f"--format={_SUBMIT}", "HEAD")) as lines:
        for line in lines:
            if line.startswith("\x01"):
                current, _, move = line[1:].partition("\x01")
                current = current if move == MoveKind.SUBMIT else ""
            elif line.startswith(":") and current in wanted:
                found.setdefault(current, line.split(" ")[3])
            if len(found) == len(wanted) and line.startswith("\x01"):
                break
    return found


def _latest_submit(document: Document) -> object:
    """Return the number of the latest submit in a document's history."""
    history = document.values.get("history")
    entries = [entry for entry in history if isinstance(entry, dict)] if isinstance(history, list) else []
    return next((entry.get("n") for entry in reversed(entries) if entry.get("move") == MoveKind.SUBMIT), None)


def _lines_apart(before: Document, after: Document) -> int:
    """Count the lines of the body that were added, removed or changed."""
    old, new = (document.text[document.body_start :].split("\n") for document in (before, after))
    edits = SequenceMatcher(None, old, new).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in edits if tag != "equal")
