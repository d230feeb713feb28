"""Corpus and rules in, sorted diagnostics out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from padctl.model.corpus import Corpus, Page
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.pad import Pad
from padctl.model.settings import LintPath, LintSettings
from padctl.rules.registry import Context, Finding, Rule, all_rules


@dataclass(frozen=True, kw_only=True)
class LintReport:
    """What lint found; `documents` counts the files that were looked at."""

    diagnostics: tuple[Diagnostic, ...]
    documents: int

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
) -> LintReport:
    """Judge PADs and the pages around them (templates, objectives, charters): those given, else all.

    `select` and `ignore` hold codes, prefixes of codes, or slugs; they come after the settings of `[lint]`.
    """
    context = Context(corpus=corpus, today=today, review_as_submitted=review_as_submitted)
    rules = [rule for rule in all_rules() if (not select or _names(rule, select)) and not _names(rule, ignore)]
    pads = corpus.pads if pads is None else pads
    pages = corpus.pages if pages is None else pages
    found = [(rule, finding) for pad in pads for rule in rules for finding in rule.check(pad, context)]
    found += [pair for page in pages for pair in _page_findings(page, rules)]
    judged = (_judged(rule, finding, corpus.settings.lint) for rule, finding in found)
    diagnostics = sorted((diagnostic for diagnostic in judged if diagnostic), key=lambda d: d.order)
    return LintReport(diagnostics=tuple(diagnostics), documents=len(pads) + len(pages))


def _names(rule: Rule, words: Sequence[str]) -> bool:
    return any(rule.named_by(word) for word in words)


def _page_findings(page: Page, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Finding]]:
    by_slug = {rule.slug: rule for rule in rules}
    for fault in page.faults:
        if rule := by_slug.get(fault.slug):
            yield rule, Finding(document=page.document, offset=fault.offset, message=fault.message, fix=fault.fix)


def _judged(rule: Rule, finding: Finding, settings: LintSettings) -> Diagnostic | None:
    """Return the finding as a diagnostic with the severity that the settings give it, or None where they ignore it."""
    document = finding.document
    severity = finding.severity or rule.severity
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
