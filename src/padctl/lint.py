"""Corpus and rules in, sorted diagnostics out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from padctl.model.baseline import Identity, beyond, counted
from padctl.model.corpus import Corpus, Page
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.pad import Pad
from padctl.model.settings import LintPath, LintSettings
from padctl.model.suppression import suppressions
from padctl.model.terms import CLOSED
from padctl.rules.registry import Context, Finding, Rule, all_rules

# Nobody is asked to mend the text of a PAD that is done, withdrawn or on hold.
_MILD_ON_CLOSED = ("PC109", "PC112", "PC2", "PC4", "PC5")
# A change cannot silence the rules that judge it: there the base's settings count, comments and the baseline do not.
_SCHEMA = ("PC0", "PC101", "PC102", "PC103", "PC104", "PC105", "PC106", "PC107")
_OF_THE_CHANGE = (*_SCHEMA, "PC303", "PC304", "PC305", "PC306", "PC310", "PC35")
_IDLE = "suppression-without-effect"
_GONE = "pad-deleted"


@dataclass(frozen=True, kw_only=True)
class LintReport:
    """What lint found; `documents` counts the files that were looked at, `hidden` the known findings left out.

    `of_change` says that a change was judged against its base.
    """

    diagnostics: tuple[Diagnostic, ...]
    documents: int
    hidden: int = 0
    of_change: bool = False

    def errors_only(self) -> "LintReport":
        """Return the report without warnings and notes."""
        errors = tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)
        return replace(self, diagnostics=errors)

    def beyond(self, known: Mapping[Identity, int], corpus: Corpus) -> "LintReport":
        """Return the report without the known findings, which are counted as hidden."""
        if self.of_change:
            known = {key: number for key, number in known.items() if not key[1].startswith(_OF_THE_CHANGE)}
        left = beyond(self.diagnostics, known, corpus)
        return replace(self, diagnostics=left, hidden=self.hidden + len(self.diagnostics) - len(left))

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)


def lint(
    corpus: Corpus,
    *,
    today: date,
    pads: Sequence[Pad] | None = None,
    pages: Sequence[Page] | None = None,
    review_as_submitted: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    base: Corpus | None = None,
) -> LintReport:
    """Judge PADs and the pages around them (templates, objectives, charters): those given, else all.

    With a `base` only what the change introduced is reported, and the change itself is judged. `select` and `ignore`
    hold codes, prefixes of codes, or slugs; they come after the settings of `[lint]`.
    """
    context = Context(corpus=corpus, today=today, review_as_submitted=review_as_submitted, base=base)
    wanted = [rule for rule in all_rules() if (not select or _names(rule, select)) and not _names(rule, ignore)]
    rules = all_rules() if any(rule.slug == _IDLE for rule in wanted) else wanted  # to see what suppressions do
    pads = corpus.pads if pads is None else pads
    pages = corpus.pages if pages is None else pages
    found = [diagnostic for pad in pads for diagnostic in _of_pad(pad, rules, context)]
    found += [diagnostic for page in pages for diagnostic in _of_page(page, rules, corpus.settings.lint)]
    if base is not None:
        gone = [rule for rule in rules if rule.slug == _GONE]
        found += [found for pad in base.pads for found in _judged_all(pad, gone, context)]
        before = lint(base, today=today, select=select, ignore=ignore).diagnostics
        found = [*beyond(found, counted(before, base), corpus)]
    codes = {rule.code for rule in wanted}
    found = [diagnostic for diagnostic in found if diagnostic.code in codes]
    return LintReport(
        diagnostics=tuple(sorted(found, key=lambda d: d.order)),
        documents=len(pads) + len(pages),
        of_change=base is not None,
    )


def _of_pad(pad: Pad, rules: Sequence[Rule], context: Context) -> Iterator[Diagnostic]:
    """Yield what is found in a PAD and not suppressed, then the suppressions that did nothing."""
    kept = {s for s in suppressions(pad.document) if s.reason and any(s.word in {r.code, r.slug} for r in rules)}
    idle = set(kept)
    for diagnostic in _judged_all(pad, rules, context):
        judging = bool(context.base) and diagnostic.code.startswith(_OF_THE_CHANGE)
        words = set() if judging else {diagnostic.code, diagnostic.slug}
        silencing = {s for s in kept if s.word in words and s.covers(diagnostic.line)}
        idle -= silencing
        if not silencing:
            yield diagnostic
    if idle:
        last = replace(context, idle_suppressions=frozenset(suppression.offset for suppression in idle))
        yield from _judged_all(pad, [rule for rule in rules if rule.slug == _IDLE], last)


def _judged_all(pad: Pad, rules: Sequence[Rule], context: Context) -> Iterator[Diagnostic]:
    for rule in rules:
        for finding in rule.check(pad, context):
            judging = context.base if context.base and rule.code.startswith(_OF_THE_CHANGE) else context.corpus
            mild = pad.status in CLOSED and rule.code.startswith(_MILD_ON_CLOSED)
            most = Severity.WARNING if mild else Severity.ERROR
            if diagnostic := _judged(rule, finding, judging.settings.lint, most):
                yield diagnostic


def _names(rule: Rule, words: Sequence[str]) -> bool:
    return any(rule.named_by(word) for word in words)


def _of_page(page: Page, rules: Sequence[Rule], settings: LintSettings) -> Iterator[Diagnostic]:
    by_slug = {rule.slug: rule for rule in rules}
    for fault in page.faults:
        if rule := by_slug.get(fault.slug):
            finding = Finding(document=page.document, offset=fault.offset, message=fault.message, fix=fault.fix)
            if diagnostic := _judged(rule, finding, settings, Severity.ERROR):
                yield diagnostic


def _judged(rule: Rule, finding: Finding, settings: LintSettings, most: Severity) -> Diagnostic | None:
    """Return the finding as a diagnostic, or None where the settings ignore it; `most` is the worst it may be."""
    document = finding.document
    severity = finding.severity or rule.severity
    severity = most if severity is Severity.ERROR else severity
    parts: list[LintSettings | LintPath] = [settings]
    parts += [part for part in settings.per_path if fnmatchcase(document.path, part.path)]
    for part in parts:
        if _names(rule, part.ignore):
            return None
        if _names(rule, part.error):
            severity = Severity.ERROR
        elif _names(rule, part.warn):
            severity = Severity.WARNING
    line = document.line_of(finding.offset)
    return Diagnostic(
        code=rule.code,
        slug=rule.slug,
        severity=severity,
        path=document.path,
        line=line,
        column=document.column_of(finding.offset),
        message=finding.message,
        fix=finding.fix,
        source=document.source(line),
    )
