"""The commits behind moves, found in one pass over the history of HEAD, in the order of its graph.

A commit counts as a move's when its trailers say so and its diff adds the entry that the PAD has today. Dates of
commits are never looked at. The programs that check signatures are never taken from the repository's own settings.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile

from padctl.errors import RepositoryError
from padctl.model.document import Document
from padctl.model.header import Sequence as ListNode
from padctl.model.header import last_offset
from padctl.model.pad import Pad
from padctl.model.terms import MoveKind
from padctl.report.history import Brought
from padctl.store.repository import Repository

_TRAILERS = ("Pad-Id", "Pad-Move")
_FIELDS = (
    "%H", "%G?", "%an <%ae>", *(f"%(trailers:key={key},valueonly,unfold,separator=%x09)" for key in _TRAILERS),
)  # fmt: skip
_ITEM = "  - "
_MARK = "commit\0"  # no line of a diff begins so
_LOG = (
    "log", "--topo-order", "--reverse", "--no-merges", "--no-show-signature", "--encoding=UTF-8", "--no-color",
    "--patch", "--unified=0", "--inter-hunk-context=0", "--text", "--no-ext-diff", "--no-textconv", "--no-renames",
    "--extended-regexp", "--all-match", f"--grep=^Pad-Move: ({'|'.join(MoveKind)})$",
)  # fmt: skip
_SIGNATURES = {
    "G": "good",
    "U": "good, by a key of unknown trust",
    "X": "good, expired since",
    "Y": "good, by a key that has expired since",
    "R": "good, by a key that was revoked",
    "B": "bad",
    "E": "there, and cannot be checked here",
    "N": "none",
}
_CHECKERS = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
}
_OWN_SCOPES = frozenset({"system", "global"})


@dataclass(frozen=True, kw_only=True)
class _Commit:
    """A commit whose trailers name a move, with the lines that it added and removed."""

    id: str
    signature: str
    author: str
    pads: frozenset[str]
    moves: frozenset[str]
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def brings(self, text: str) -> bool:
        """Say whether the commit adds a text that was not there before."""
        return any(text in line for line in self.added) and not any(text in line for line in self.removed)


def move_log(repository: Repository, only: Pad | None = None) -> str:
    """Return what git says of the commits that call themselves moves, of one PAD or all; empty before the first.

    Raises:
        RepositoryError: this is no git repository, or git cannot read its history.
    """
    if not (repository.git_dir and repository.head):
        return ""
    checkers = [word for setting in _checkers(repository) for word in ("-c", setting)]
    words = [*_LOG, f"--format={'%x00'.join(('commit', *_FIELDS))}"]
    if only:
        names = "|".join(map(re.escape, [only.id, *only.former_ids]))
        words.append(f"--grep=^Pad-Id: ({names})$")
    result = repository.ask("--no-replace-objects", *checkers, *words, "HEAD", *_without_parents(repository), "--")
    if result.status:
        message = f"git log failed: {result.errors or result.status}"
        raise RepositoryError(message, fix="mend the repository; git fsck and git status say more")
    return result.output


def _without_parents(repository: Repository) -> Iterator[str]:
    """Yield what leaves out the last commits of a shallow clone: they seem to add all that was there before them."""
    with suppress(OSError):
        listed = (repository.common_dir / "shallow").read_text(encoding="ascii", errors="replace")
        yield from (f"^{name}" for name in listed.split())


def move_commits(log: str, pads: Sequence[Pad]) -> dict[tuple[str, int], Brought]:
    """Return the commits of a log that brought moves, by the PAD's path and the entry's number.

    A move that was squashed, written by hand, or lies beyond a shallow clone's end is not among them.
    """
    by_pad: dict[str, list[_Commit]] = {}
    for said in _commits(log):
        for pad_id in said.pads:
            by_pad.setdefault(pad_id, []).append(said)
    found: dict[tuple[str, int], Brought] = {}
    for pad in pads:
        theirs = [commit for name in dict.fromkeys([pad.id, *pad.former_ids]) for commit in by_pad.get(name, [])]
        for n, move, text in _entries(pad):
            such = [commit for commit in theirs if move in commit.moves]
            commit = next((commit for commit in such if commit.brings(text)), None)
            rewritten = next((commit for commit in such if commit.brings(f"- {{n: {n}, ")), None)
            if known := commit or rewritten:
                found[pad.path, n] = Brought(
                    commit=known.id,
                    author=known.author,
                    signature=_SIGNATURES.get(known.signature, "unknown"),
                    as_committed=commit is not None,
                )
    return found


def is_shallow(repository: Repository) -> bool:
    """Say whether the clone holds only the end of the history."""
    return repository.must("rev-parse", "--is-shallow-repository") == "true"


def _commits(log: str) -> Iterator[_Commit]:
    """Yield the commits that say that they are a move, the oldest first."""
    commit: _Commit | None = None
    for line in log.split("\n"):
        if line.startswith(_MARK):
            if commit:
                yield commit
            _, name, signature, author, *trailers = line.split("\0")
            pads_named, moves = (frozenset(trailer.split("\t")) for trailer in trailers)
            commit = _Commit(id=name, signature=signature, author=author, pads=pads_named, moves=moves)
        elif commit and line.startswith("+"):
            commit.added.append(line[1:])
        elif commit and line.startswith("-"):
            commit.removed.append(line[1:])
    if commit:
        yield commit


def _checkers(repository: Repository) -> Iterator[str]:
    """Yield the programs that check signatures, as the person or the machine has set them, else git's defaults."""
    programs = dict(_CHECKERS)
    listed = repository.found("config", "--show-scope", "--null", "--get-regexp", r"^gpg\..*program$")
    parts = listed.split("\0")
    for scope, setting in zip(parts[::2], parts[1::2], strict=False):
        key, _, program = setting.partition("\n")
        if scope in _OWN_SCOPES and key in programs:
            programs[key] = program
    yield from (f"{key}={program}" for key, program in programs.items())


def _entries(pad: Pad) -> Iterator[tuple[int, str, str]]:
    """Yield each entry's number and move, with the entry as it is written."""
    history = pad.header.history if pad.header else ()
    for said, text in zip(history, _texts(pad.document), strict=False):
        yield said.n, said.move, text


def _texts(document: Document) -> Iterator[str]:
    """Yield the entries of the history as they are written."""
    if isinstance(document.written, dict):  # the plain form: each stands on a line of its own
        _, _, rest = f"\n{document.text[document.header_start : document.header_end]}".partition("\nhistory:\n")
        yield from (
            line.removeprefix(_ITEM) for line in takewhile(lambda line: line.startswith(_ITEM), rest.split("\n"))
        )
        return
    entry = document.header.entry("history") if document.header else None
    if entry and isinstance(entry[1], ListNode):
        yield from (document.text[node.start : last_offset(node)] for node in entry[1].items)
