"""An examination of git, the clone, the settings and the corpus: each check on its own, so that none hides another.

Nothing is written, no lock is taken, and nothing of the repository's configuration runs.
"""

import os
import re
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path

from padctl import __version__
from padctl.errors import PadctlError, RepositoryError
from padctl.lint import lint
from padctl.model.corpus import Corpus
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.document import read_document
from padctl.model.settings import Settings
from padctl.model.terms import PAD_ID
from padctl.model.wording import heading_key
from padctl.report.checkup import Check, Verdict
from padctl.store.batch import interrupted_batch
from padctl.store.dead_locks import INDEX_LOCK, dead_locks, unlock_command
from padctl.store.file_state import behind_link
from padctl.store.files import is_document
from padctl.store.journal import interrupted, outlook
from padctl.store.loading import load_corpus, load_settings
from padctl.store.locking import holder
from padctl.store.readiness import check_identity, check_state
from padctl.store.replacing import alive
from padctl.store.repository import Repository
from padctl.store.roots import SETTINGS, find_root, holds_settings
from padctl.store.trees import WorkTree

_OLDEST_GIT = (2, 30)
_STALE_DAYS = 7
_SHOWN = 5

Findings = Iterator[Check]


def examine(*, start: Path, root: Path | None, today: date) -> Findings:
    """Yield what was found, from the machine to the documents; what cannot be examined is a problem of its own.

    `root` is the folder that was named, else it is sought upwards from `start`.
    """
    yield _ok("padctl", f"{__version__} on Python {'.'.join(map(str, sys.version_info[:3]))}")
    folder = root or find_root(start)
    if folder is not None and not folder.is_dir():
        yield _problem("repository", f"there is no folder {folder}", "--root names the folder that holds the settings")
        return
    repository = Repository((folder or start).resolve())
    git = list(_guarded("git", _git(repository)))
    yield from git
    inside = False
    try:
        inside = bool(repository.git_dir)
    except RepositoryError as error:
        if error.message not in {check.message for check in git}:
            yield _problem("repository", error.message, error.fix)
    if folder is None:
        return
    for name, check in _OF_THE_CLONE.items() if inside else ():
        yield from _guarded(name, check(repository))
    settings = yield from _settings(folder)
    if inside:
        yield from _guarded("remote", _remote(repository, settings, today))
    yield from _guarded("documents", _documents(folder, settings, repository if inside else None, today))


def _guarded(name: str, check: Findings) -> Findings:
    """Yield what a check finds; its failure is a finding too."""
    try:
        yield from check
    except PadctlError as error:
        yield _problem(name, error.message, error.fix)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        yield _problem(name, f"{where}{error.strerror or error}", "see that it exists and may be read")


def _ok(name: str, message: str) -> Check:
    return Check(name=name, verdict=Verdict.OK, message=message)


def _note(name: str, message: str, fix: str = "") -> Check:
    return Check(name=name, verdict=Verdict.NOTE, message=message, fix=fix)


def _problem(name: str, message: str, fix: str) -> Check:
    return Check(name=name, verdict=Verdict.PROBLEM, message=message, fix=fix)


def _git(repository: Repository) -> Findings:
    said = repository.must("version")
    found = re.search(r"(\d+)\.(\d+)[\w.]*", said)
    if found and (int(found[1]), int(found[2])) < _OLDEST_GIT:
        oldest = ".".join(map(str, _OLDEST_GIT))
        yield _problem("git", f"{found[0]} is too old", f"install git {oldest} or later")
    else:
        yield _ok("git", found[0] if found else said)


def _state(repository: Repository) -> Findings:
    check_state(repository)
    yield _ok("repository", f"{repository.root}, on branch {repository.branch}")


def _identity(repository: Repository) -> Findings:
    check_identity(repository)
    who = repository.must("var", "GIT_AUTHOR_IDENT")
    yield _ok("identity", who.rpartition(">")[0] + ">")


def _locks(repository: Repository) -> Findings:
    index_lock = repository.git_dir / INDEX_LOCK
    held = index_lock.exists() and index_lock not in dead_locks(repository)
    if held:
        fix = f"see that no git command runs here, then delete the file:\n{unlock_command(repository)}"
        yield _problem("lock", f"{index_lock} keeps git from writing: git runs, or was killed", fix)
    process, command = holder(repository)
    who = f"process {process} ({command})" if command else f"process {process}"
    if process.isdecimal() and alive(int(process)):
        yield _note("lock", f"{who} is writing here", "wait for it; if it hangs, end it")
    elif process:
        what = f"{who} was killed while it was writing"
        yield _note("lock", what, "nothing: the next command that writes takes the lock and heals what was left")
    elif not held:
        yield _ok("lock", "nobody is writing here")


def _journal(repository: Repository) -> Findings:
    entries = interrupted(repository)
    if not entries and interrupted_batch(repository):
        what = "a run with several PADs was interrupted; what it committed is taken back"
        yield _note("journal", what, "nothing: the next command that writes does so first")
        return
    if not entries:
        yield _ok("journal", "no write was interrupted")
        return
    named = ", ".join(entry.path for entry in entries)
    what = f"a write of {named} was interrupted; {outlook(repository, entries).value}"
    yield _note("journal", what, "nothing: the next command that writes does so first")


def _depth(repository: Repository) -> Findings:
    if repository.must("rev-parse", "--is-shallow-repository") == "true":
        yield _note("history", "the clone is shallow: older commits are not here", "git fetch --unshallow")
    else:
        yield _ok("history", "the clone is whole")


def _hooks(repository: Repository) -> Findings:
    configured = repository.found("config", "--type=path", "--get", "core.hooksPath")
    folder = Path(repository.must("rev-parse", "--git-path", "hooks"))
    folder = folder if folder.is_absolute() else repository.root / folder
    if configured and not folder.is_dir():
        fix = "make the folder, or git config --unset core.hooksPath"
        yield _note("hooks", f"core.hooksPath names {configured}, which is no folder: no hook runs", fix)
        return
    names = sorted(path.name for path in folder.iterdir() if _is_hook(path)) if folder.is_dir() else []
    yield _ok("hooks", f"{', '.join(names) or 'none'}{f' in {configured}' if configured else ''}")


def _is_hook(path: Path) -> bool:
    return path.suffix != ".sample" and path.is_file() and os.access(path, os.X_OK)


_OF_THE_CLONE: dict[str, Callable[[Repository], Findings]] = {
    "repository": _state,
    "identity": _identity,
    "lock": _locks,
    "journal": _journal,
    "history": _depth,
    "hooks": _hooks,
}


def _settings(folder: Path) -> Generator[Check, None, Settings]:
    """Yield the state of the settings and return them, or the defaults where they cannot be read."""
    tree = WorkTree(folder)
    try:
        settings = load_settings(tree)
    except (PadctlError, OSError) as error:
        message, fix = (error.message, error.fix) if isinstance(error, PadctlError) else (str(error), "")
        yield _problem("settings", message, fix or f"correct {SETTINGS}")
        return Settings()
    for name in {settings.paths.pads, settings.paths.meetings}:
        if (folder / name).is_symlink():
            link = behind_link(folder, folder / name)
            yield _problem("folders", link.message, link.fix)
    if holds_settings(tree.text):
        yield _ok("settings", "they can be read")
    else:
        yield _note("settings", f"there is no {SETTINGS}, so the defaults hold", "padctl init writes one")
    return settings


def _remote(repository: Repository, settings: Settings, today: date) -> Findings:
    remotes = repository.must("remote").split()
    if not remotes:
        yield _note("remote", "there is none, so what is decided here is only here", "git remote add origin URL")
        return
    if "origin" not in remotes:
        what = f"none is called origin, only {', '.join(remotes)}, so what others decided is not seen"
        yield _problem("remote", what, f"git remote rename {remotes[0]} origin")
        return
    if ref := repository.default_ref(settings.git.default):
        yield _ok("remote", f"the default branch is {ref.removeprefix('refs/remotes/')}")
    elif settings.git.default:
        fix = f"git fetch origin {settings.git.default}, or correct `default` under [git]"
        yield _problem("remote", f"origin has no branch {settings.git.default} in this clone", fix)
    else:
        fix = "git fetch origin && git remote set-head origin --auto"
        yield _problem("remote", "its default branch is not known, so a stale clone cannot be told", fix)
    yield from _last_fetch(repository, today)


def _last_fetch(repository: Repository, today: date) -> Findings:
    fetched = repository.common_dir / "FETCH_HEAD"
    if not fetched.exists():
        yield _ok("fetch", "nothing was fetched since this copy was made")
        return
    days = (today - date.fromtimestamp(fetched.stat().st_mtime)).days
    ago = "today" if days <= 0 else f"{days} day{'' if days == 1 else 's'} ago"
    if days > _STALE_DAYS:
        yield _note("fetch", f"the last one was {ago}; others may have decided since", "git fetch")
    else:
        yield _ok("fetch", f"the last one was {ago}")


def _documents(folder: Path, settings: Settings, repository: Repository | None, today: date) -> Findings:
    corpus = load_corpus(WorkTree(folder), settings)
    found = lint(corpus, today=today).diagnostics
    pages = {page.document.path for page in corpus.pages}
    faulty = [one for one in found if one.path in pages and one.severity is Severity.ERROR]
    paths = settings.paths
    for name, place in (("templates", paths.frames), ("objectives", paths.objectives), ("teams", paths.teams)):
        here = [one for one in faulty if one.path.startswith(f"{place}/")]
        faulty = [one for one in faulty if one not in here]
        yield from _counted(name, "places", here, "their pages can be read", "PC0,PC1")
    if faulty:
        yield from _counted("other pages", "places", faulty, "", "PC0,PC1")
    unreadable = [pad.path for pad in corpus.pads if pad.header is None]
    if unreadable:
        listed = ", ".join(unreadable[:_SHOWN])
        yield _problem("PADs", f"{len(unreadable)} cannot be read: {listed}", "padctl lint says why")
    else:
        yield _ok("PADs", f"all {len(corpus.pads)} can be read" if corpus.pads else "there is none yet")
    yield from _ids(corpus)
    if repository:
        yield from _guarded("ids elsewhere", _ids_elsewhere(corpus, repository))
    broken = [one for one in found if one.code.startswith("PC4")]
    yield from _counted("references", "references", broken, "all lead somewhere", "PC4")


def _counted(name: str, what: str, found: list[Diagnostic], fine: str, select: str) -> Findings:
    """Yield one finding for all diagnostics of a kind: a problem where one of them is an error."""
    if not found:
        yield _ok(name, fine)
        return
    places = ", ".join(dict.fromkeys(f"{one.path}:{one.line}" for one in found[:_SHOWN]))
    message = f"{len(found)} {what if len(found) > 1 else what.removesuffix('s')} to mend, at {places}"
    make = _problem if any(one.severity is Severity.ERROR for one in found) else _note
    yield make(name, message, f"padctl lint --select {select}")


def _ids(corpus: Corpus) -> Findings:
    twice = {pad_id: pads for pad_id, pads in corpus.by_id.items() if len(pads) > 1}
    for pad_id, pads in twice.items():
        listed = " and ".join(pad.path for pad in pads)
        yield _problem("ids", f"{pad_id} is the id of {listed}", f"padctl renumber {pad_id} moves the younger one")
    if not twice:
        yield _ok("ids", "none is there twice")


def _ids_elsewhere(corpus: Corpus, repository: Repository) -> Findings:
    """Yield the ids that another branch uses for another PAD: they meet when the branches are merged."""
    ours = {pad_id: pads[0] for pad_id, pads in corpus.by_id.items()}
    folder = corpus.settings.paths.pads
    below = "" if folder == "." else f"{folder}/"
    elsewhere = ("--no-merged=HEAD",) if repository.head else ()
    refs = repository.must("for-each-ref", *elsewhere, "--format=%(refname)", "refs/heads", "refs/remotes")
    met: dict[tuple[str, str], str] = {}
    for ref in filter(None, refs.split("\n")):
        for path, name in repository.entries(ref).items():
            match = PAD_ID.match(path.rpartition("/")[2])
            own = ours.get(match[0]) if match and path.startswith(below) and is_document(path) else None
            if own is None or not name or path in corpus.by_path:
                continue
            other = read_document(next(repository.contents([name])), path=path).values
            if heading_key(str(other.get("title"))) != heading_key(str(own.document.values.get("title"))):
                met.setdefault((own.id, path), re.sub("^refs/(heads|remotes)/", "", ref))
    for (pad_id, path), branch in met.items():
        fix = f"once the branches are merged, padctl renumber {pad_id} moves the younger one"
        yield _note("ids elsewhere", f"{pad_id} is also the id of {path} on {branch}", fix)
    if not met:
        yield _ok("ids elsewhere", "no other branch uses one of them for another PAD")
