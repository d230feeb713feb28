"""What lint looks at, what it mends, and what it knows already: the steps of `padctl lint`."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import RepositoryError
from padctl.model.baseline import BASELINE, counted, gone

if TYPE_CHECKING:
    from padctl.fix import Fix
    from padctl.model.baseline import Identity
    from padctl.model.corpus import Corpus, Page
    from padctl.model.lint_report import LintReport
    from padctl.model.pad import Pad
    from padctl.store.repository import Repository


@dataclass(frozen=True)
class Asked:
    """What the command line selects."""

    targets: tuple[str, ...]
    selected: tuple[str, ...]
    ignored: tuple[str, ...]
    base: str | None
    changed: bool

    @property
    def everything(self) -> bool:
        """Whether all rules judge all documents."""
        return not (self.targets or self.selected or self.ignored or self.base or self.changed)

    def of_rules(self, report: "LintReport") -> "LintReport":
        """Return a report without the findings of rules that are not asked for."""
        if not (self.selected or self.ignored):
            return report
        from padctl.lint import codes_of

        return report.of_codes(codes_of(self.selected, self.ignored))


def report_of(session: Session, asked: Asked, *, cached: bool) -> "LintReport":
    """Return what lint finds, the baseline aside; files are read only where they changed."""
    from padctl.store.cache import Cache
    from padctl.store.memory import report
    from padctl.store.naming import Names
    from padctl.store.remembered import default_folder

    cache = Cache(session.root, session.today, default_folder() if cached else None)
    memory = cache.replay()
    if memory is None:
        from padctl.store.judging import judged

        memory = judged(cache)
    cache.keep(memory)
    paths = None
    if asked.targets:
        ids = {path: known.id for path, known in memory.pads.items()}
        former = {path: known.former_ids for path, known in memory.pads.items() if known.former_ids}
        named = Names(root=session.root, prefix=memory.prefix, ids=ids, former=former)
        paths = named.select(asked.targets, cwd=session.cwd, folder=memory.folder, pages=memory.pages)
    if asked.changed:
        from padctl.store.changed import changed_paths

        touched = changed_paths(_repository(session), "HEAD")
        paths = frozenset(touched) if paths is None else paths & touched
    return asked.of_rules(report(memory, paths))


@dataclass(frozen=True)
class Scope:
    """What was asked for, as it is in the repository now."""

    asked: Asked
    pads: "tuple[Pad, ...]"
    pages: "tuple[Page, ...]"
    before: "Corpus | None"
    ref: str = ""


def scope_of(session: Session, asked: Asked) -> Scope:
    """Return the documents that were asked for and what they are compared with."""
    pads, pages = session.workspace.select(asked.targets, cwd=session.cwd)
    before, ref, touched = _compared(session, asked.base, asked.changed)
    if touched is not None:
        pads = tuple(pad for pad in pads if pad.path in touched)
        pages = tuple(page for page in pages if page.document.path in touched)
    return Scope(asked, pads, pages, before, ref)


def _repository(session: Session) -> "Repository":
    """Return the git repository around the root.

    Raises:
        RepositoryError: there is none.
    """
    from padctl.store.repository import Repository

    repository = Repository(session.root)
    _ = repository.git_dir
    return repository


def _compared(session: Session, base: str | None, changed: bool) -> "tuple[Corpus | None, str, set[str] | None]":
    """Return the corpus to compare with, what git calls it, and the paths that differ, None where not asked for."""
    if base is None and not changed:
        return None, "", None
    from padctl.store.base import AUTO, base_commit, corpus_at
    from padctl.store.changed import changed_paths

    workspace, repository = session.workspace, _repository(session)
    commit = (
        base_commit(repository, base, settings=workspace.settings, environ=os.environ) if base is not None else "HEAD"
    )
    before = corpus_at(repository, commit) if base is not None else None
    ref = commit[:12] if base is None or base == AUTO else base
    return before, ref, changed_paths(repository, commit) if changed else None


def compared_report(session: Session, scope: Scope) -> "LintReport":
    """Return what lint finds in a scope, the baseline aside."""
    from padctl.lint import lint

    corpus = session.workspace.corpus
    found = lint(corpus, today=session.today, pads=scope.pads, pages=scope.pages, base=scope.before, base_ref=scope.ref)
    return scope.asked.of_rules(found)


def _fixes(session: Session, scope: Scope, known: "Mapping[Identity, int]") -> "Sequence[Fix]":
    """Return what can be mended of the findings that would be reported, and note what stands against the rest."""
    from padctl.cli.moving import filled_template
    from padctl.lint import lint
    from padctl.store.fixing import find_fixes

    reported = compared_report(session, scope).beyond(known).diagnostics
    paths = {found.path for found in reported}
    if scope.before:
        known = Counter(known) + counted(lint(scope.before, today=session.today).diagnostics, scope.before.ids)
    fixes = find_fixes(
        session.workspace,
        [pad for pad in scope.pads if pad.path in paths],
        today=session.today,
        select=scope.asked.selected,
        ignore=scope.asked.ignored,
        known=known,
        fill=filled_template,
    )
    for one in fixes:
        if one.obstacle:
            session.note(f"{one.before.path}: edits left out: {one.obstacle}")
    return [one for one in fixes if one.edits]


def show_fixes(session: Session, scope: Scope, known: "Mapping[Identity, int]", output: Output) -> bool:
    """Show as a diff what could be mended, and say whether that is anything."""
    from padctl.model.patch import patch

    fixes = _fixes(session, scope, known)
    session.tell("".join(patch(one.before, one.after) for one in fixes), output)
    session.note(_told("would fix", fixes))
    return bool(fixes)


def fix_documents(session: Session, scope: Scope, known: "Mapping[Identity, int]") -> tuple[bool, bool]:
    """Mend what can be mended and say how much that was.

    Returns whether it was anything, and whether a file could not be written.
    """
    from padctl.store.fixing import write_fixes

    fixes = _fixes(session, scope, known)
    tried = list(write_fixes(session.workspace.root, fixes)) if fixes else []
    written = [one for one, obstacle in tried if not obstacle]
    for one, obstacle in tried:
        if obstacle:
            session.note(f"{one.before.path}: left alone: {obstacle.message}")
    session.note(_told("fixed", written))
    return bool(written), any(isinstance(obstacle, RepositoryError) for _, obstacle in tried)


def _told(verb: str, fixes: "Sequence[Fix]") -> str:
    places, files = sum(one.edits for one in fixes), len(fixes)
    if not places:
        return "nothing to fix"
    return f"{verb} {places} place{'s' * (places > 1)} in {files} file{'s' * (files > 1)}"


def record(session: Session, report: "LintReport") -> "Counter[Identity]":
    """Write the baseline anew and return it."""
    from padctl.store.baseline import write_baseline

    known = counted(report.diagnostics, report.ids)
    write_baseline(session.root, known, ids=frozenset(report.ids.values()))
    session.note(f"wrote {BASELINE}")
    return known


def known_findings(session: Session) -> "Counter[Identity]":
    """Return what the baseline holds; nothing where there is none."""
    if not os.path.lexists(session.root / BASELINE):
        return Counter()
    from padctl.store.baseline import read_baseline

    return read_baseline(session.root)


def note_gone(session: Session, report: "LintReport", known: "Mapping[Identity, int]") -> None:
    """Say how many findings of the baseline are there no more, and what drops them."""
    stale = len(gone(report.diagnostics, known, report.ids))
    if stale:
        what = f"1 entry of {BASELINE} is" if stale == 1 else f"{stale} entries of {BASELINE} are"
        session.note(f"note: {what} stale; padctl lint --write-baseline drops {'it' if stale == 1 else 'them'}")


def path_below_top(session: Session) -> str:
    """Return the path from git's top folder to the root, ended by a slash, or an empty text where the two are one."""
    from padctl.store.repository import Repository

    return Repository(session.root).ask("rev-parse", "--show-prefix").output
