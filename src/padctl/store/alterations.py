"""Which commit last changed an entry of a history, or the text of a stage, found in one pass over the PADs' commits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing

from padctl.model.document import Document, read_document
from padctl.model.header import Sequence as ListNode
from padctl.model.header import last_offset
from padctl.model.pad import Pad, read_pad
from padctl.model.terms import Stage
from padctl.report.history import UNCOMMITTED
from padctl.store.repository import Repository
from padctl.store.stream import lines_of

_FEW = 200  # paths on a command line; of more, the whole folder is asked for
_WORDS = ("--topo-order", "--no-merges", "--no-show-signature", "--raw", "--no-abbrev", "--no-renames", "--relative")

State = Callable[[Pad], object]


def changing_commits(
    repository: Repository, altered: Mapping[tuple[str, int], Stage | None], pads: Sequence[Pad], folder: str
) -> dict[tuple[str, int], str]:
    """Return the commits that last changed something, by the PAD's path and the entry's number.

    `altered` holds the stage whose text is meant, else the entry itself is. What no commit holds as it is now is "not
    committed"; what was changed before a file had its name is left out.
    """
    by_path = {pad.path: pad for pad in pads}
    wanted = {path for path, _ in altered}
    versions = _versions(repository, sorted(wanted), folder) if wanted else {}
    found: dict[tuple[str, int], str] = {}
    for (path, n), stage in altered.items():
        state = _text_of(stage) if stage else _entry_of(n)
        if commit := _last_change(repository, by_path[path], versions.get(path, []), state):
            found[path, n] = commit
    return found


def entry_text(document: Document, n: int) -> str:
    """Return an entry of the history as it is written, empty where there is none of that number."""
    entry = document.header.entry("history") if document.header else None
    listed = document.values.get("history")
    if entry is None or not isinstance(entry[1], ListNode) or not isinstance(listed, list):
        return ""
    for said, node in zip(listed, entry[1].items, strict=False):
        if isinstance(said, dict) and str(said.get("n")) == str(n):
            return document.text[node.start : last_offset(node)]
    return ""


def _entry_of(n: int) -> State:
    return lambda pad: entry_text(pad.document, n)


def _text_of(stage: Stage) -> State:
    return lambda pad: pad.fingerprint(stage)


def _last_change(repository: Repository, pad: Pad, versions: Sequence[tuple[str, str]], state: State) -> str:
    """Return the commit since which something is as it is today; empty where the file's commits do not show it."""
    today, since = state(pad), UNCOMMITTED
    for commit, raw in zip(
        (commit for commit, _ in versions), repository.contents([blob for _, blob in versions]), strict=True
    ):
        if state(read_pad(read_document(raw, path=pad.path), pad.template)) != today:
            return since
        since = commit
    return ""


def _versions(repository: Repository, paths: Sequence[str], folder: str) -> dict[str, list[tuple[str, str]]]:
    """Return the commits and blobs of files, the newest first."""
    found: dict[str, list[tuple[str, str]]] = {path: [] for path in paths}
    where = paths if len(paths) <= _FEW else [folder]
    with closing(lines_of(repository, "log", *_WORDS, "--format=%x01%H", "HEAD", "--", *where)) as lines:
        for commit, path, blob in _changed(lines):
            if path in found and blob.strip("0"):
                found[path].append((commit, blob))
    return found


def _changed(lines: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    commit = ""
    for line in lines:
        if line.startswith("\x01"):
            commit = line[1:]
        elif line.startswith(":"):
            details, _, path = line.partition("\t")
            yield commit, path, details.split(" ")[3]
