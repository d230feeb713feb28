"""What git knows around an agenda: the commit it is made from, the last fetch, edits since submit, other branches."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.model.document import Document, read_document
from padctl.model.pad import Pad, read_pad_among
from padctl.model.terms import MoveKind, Status
from padctl.report.agenda_facts import Facts, Origin, Proposed
from padctl.store.repository import Repository
from padctl.store.stream import lines_of
from padctl.store.workspace import Workspace

_SUBMIT = "%x01%(trailers:key=Pad-Id,valueonly,separator=%x2C)%x01%(trailers:key=Pad-Move,valueonly,separator=%x2C)"
_REMOTES = "refs/remotes/"
_BRANCHES = 100  # the newest ones: of each, the files are compared
_IN_REVIEW = b"in-review"


def observe(workspace: Workspace, pads: Sequence[Pad], errors: Mapping[str, int]) -> Facts:
    """Return what git says around an agenda with these PADs on it; nothing outside a repository or before a commit."""
    repository, settings = Repository(workspace.root), workspace.settings
    try:
        if not repository.head:
            return Facts(errors=errors)
    except RepositoryError:
        return Facts(errors=errors)
    upstream = repository.default_ref(settings.git.default)
    return Facts(
        origin=_origin(repository, workspace, upstream),
        changed=dict(_changed_since_submit(repository, pads)),
        errors=errors,
        proposed=tuple(_proposed(repository, workspace, upstream)),
    )


def newest_commits(root: Path, paths: Collection[str]) -> dict[str, datetime]:
    """Return when the newest commit was made that touched each of some files; one without a commit is left out."""
    found: dict[str, datetime] = {}
    try:
        repository = Repository(root)
        if not repository.head or not paths:
            return found
    except RepositoryError:
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


def _origin(repository: Repository, workspace: Workspace, upstream: str) -> Origin:
    said = repository.ask("log", "-1", "--no-show-signature", "--format=%h %cs", "HEAD").output
    commit, _, committed = said.partition(" ")
    behind = repository.ask("rev-list", "--count", f"HEAD..{upstream}").output if upstream else ""
    return Origin(
        commit=commit,
        committed=date.fromisoformat(committed),
        branch=repository.branch,
        edited=len(repository.changed_paths("HEAD") & workspace.names.paths),
        upstream=upstream.removeprefix(_REMOTES),
        behind=int(behind) if behind.isdigit() else 0,
        fetched=_last_fetch(repository),
    )


def _last_fetch(repository: Repository) -> datetime | None:
    """Return when git last fetched; a linked work tree and its repository each note their own."""
    notes = {folder / "FETCH_HEAD" for folder in (repository.git_dir, repository.common_dir)}
    times = [note.stat().st_mtime for note in notes if note.is_file()]
    return datetime.fromtimestamp(max(times)).astimezone() if times else None


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


def _proposed(repository: Repository, workspace: Workspace, upstream: str) -> Iterator[Proposed]:
    """Yield the PADs that unmerged branches have in review where the work tree does not have that submission."""
    for branch, paths in _unmerged(repository, workspace.settings.paths.pads, upstream).items():
        for path, raw in zip(paths, repository.contents(list(paths.values())), strict=True):
            if _IN_REVIEW not in raw:
                continue
            document = read_document(raw, path=path)
            pad = read_pad_among(workspace.frame.templates, document)
            if pad.header and pad.header.status is Status.IN_REVIEW:
                *_, known = (None, *map(workspace.pad, workspace.paths_of(pad.id)))
                if _goes_beyond(pad, known):
                    yield Proposed(branch=branch, pad=pad)


def _goes_beyond(pad: Pad, known: Pad | None) -> bool:
    """Say whether a PAD's history continues the one that is here; one that was squashed or overtaken does not."""
    if known is None:
        return True
    if known.header is None or pad.header is None:
        return False
    mine, theirs = known.header.history, pad.header.history
    return len(theirs) > len(mine) and theirs[: len(mine)] == mine


def _unmerged(repository: Repository, folder: str, upstream: str) -> dict[str, dict[str, str]]:
    """Return the files that differ on each remote-tracking branch with commits of its own: branch to path to blob."""
    merged = [f"--no-merged={ref}" for ref in ("HEAD", upstream) if ref]
    shape = "--format=%(symref)%00%(refname)%00%(tree)"
    newest = ("--sort=-committerdate", f"--count={_BRANCHES}")
    said = repository.ask("for-each-ref", shape, *newest, *merged, _REMOTES).output
    refs = [ref.split("\0") for ref in said.split("\n") if ref]
    branches = {name: tree for link, name, tree in refs if not link and name != upstream}
    return {
        name.removeprefix(_REMOTES): dict(_differing(repository, tree, folder))
        for name, tree in branches.items()
        if tree
    }


def _differing(repository: Repository, tree: str, folder: str) -> Iterator[tuple[str, str]]:
    words = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--relative", "--diff-filter=AM")
    said = repository.ask(*words, "HEAD", tree, "--", folder).output.split("\0")
    for details, path in zip(said[::2], said[1::2], strict=False):
        if path.endswith(".md"):
            yield path, details.split(" ")[3]
