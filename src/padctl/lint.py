"""Corpus and rules in, sorted diagnostics out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from padctl.model.baseline import beyond, counted
from padctl.model.corpus import Corpus, Page
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.model.lint_report import LintReport
from padctl.model.pad import Pad
from padctl.model.settings import LintPath, LintSettings
from padctl.model.suppression import suppressions
from padctl.model.terms import CLOSED
from padctl.rules.registry import Context, Finding, Others, Rule, all_rules, rules_for

# Nobody is asked to mend the text of a PAD that is done, withdrawn or on hold.
_MILD_ON_CLOSED = ("PC109", "PC112", "PC113", "PC114", "PC2", "PC4", "PC5")
# A change cannot silence the rules that judge it: there the base's settings count, comments and the baseline do not.
_SCHEMA = ("PC0", "PC101", "PC102", "PC103", "PC104", "PC105", "PC106", "PC107")
_OF_THE_CHANGE = (*_SCHEMA, "PC303", "PC304", "PC305", "PC306", "PC310", "PC35")
_IDLE = "suppression-without-effect"
_GONE = "pad-deleted"


def lint(
    corpus: Corpus,
    *,
    today: date,
    pads: Sequence[Pad] | None = None,
    pages: Sequence[Page] | None = None,
    others: Others | None = None,
    review_as_submitted: bool = False,
    base: Corpus | None = None,
    base_ref: str = "",
) -> LintReport:
    """Judge PADs and the pages around them (templates, objectives, charters): those given, else all.

    `others` answer what rules ask about other PADs, where the corpus does not hold them all. With a `base` only what
    the change introduced is reported, and the change itself is judged; `base_ref` is what git calls it.
    """
    others = others or corpus
    context = Context(
        corpus=corpus,
        others=others,
        today=today,
        review_as_submitted=review_as_submitted,
        base=base,
        base_ref=base_ref,
    )
    pads = corpus.pads if pads is None else pads
    pages = corpus.pages if pages is None else pages
    rules = all_rules()
    found = [diagnostic for pad in pads for diagnostic in _of_pad(pad, context)]
    found += [diagnostic for page in pages for diagnostic in _of_page(page, rules, corpus.settings.lint)]
    if base is not None:
        gone = [rule for rule in rules if rule.slug == _GONE]
        found += [found for pad in base.pads for found in _judged_all(pad, gone, context)]
        before = lint(base, today=today).diagnostics
        found = [*beyond(found, counted(before, base.ids), corpus.ids)]
    return LintReport(
        diagnostics=in_order(found),
        documents=len(pads) + len(pages),
        ids=corpus.ids,
        unhidden=_OF_THE_CHANGE if base is not None else (),
        frames=tuple(path for page in pages if (path := page.document.path).startswith(corpus.settings.paths.frames)),
    )


def lint_pad(pad: Pad, context: Context) -> tuple[Diagnostic, ...]:
    """Judge one PAD by all rules."""
    return in_order(_of_pad(pad, context))


def lint_pages(corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Judge all pages around the PADs."""
    rules = all_rules()
    return in_order(found for page in corpus.pages for found in _of_page(page, rules, corpus.settings.lint))


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings by file, position and code."""
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))


def codes_of(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Return the codes that are left of those selected, else of all; words are codes, prefixes of codes, or slugs."""
    chosen = (rule for rule in all_rules() if not select or _names(rule, select))
    return frozenset(rule.code for rule in chosen if not _names(rule, ignore))


def _of_pad(pad: Pad, context: Context) -> Iterator[Diagnostic]:
    """Yield what is found in a PAD and not suppressed, then the suppressions that did nothing."""
    rules = rules_for(pad, context)
    kept = {s for s in suppressions(pad.document) if s.reason and any(s.word in {r.code, r.slug} for r in all_rules())}
    if not kept:
        yield from _judged_all(pad, rules, context)
        return
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
