"""`padctl lint`: check PADs, templates and the pages around them."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from padctl.cli.frame_notes import note_frame_changes
from padctl.cli.healing import heal
from padctl.cli.linting import (
    Asked,
    compared_report,
    fix_documents,
    known_findings,
    note_gone,
    path_below_top,
    record,
    report_of,
    scope_of,
    show_fixes,
)
from padctl.cli.options import Output
from padctl.cli.session import Session, names
from padctl.errors import UsageError

if TYPE_CHECKING:
    from padctl.model.baseline import Identity
    from padctl.model.lint_report import LintReport

app = typer.Typer(add_completion=False)

Format = Literal["text", "json", "sarif", "github", "gitlab"]
Codes = list[str] | None


@app.command(epilog="Example: padctl lint pads/PAD-0007-gallery.md --format json")
def lint(
    ctx: typer.Context,
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH or ID]...", help="What to check; else all.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to show the findings.")] = "text",
    select: Annotated[Codes, typer.Option(metavar="CODE", help="Only these codes or prefixes.")] = None,
    ignore: Annotated[Codes, typer.Option(metavar="CODE", help="All but these.")] = None,
    base: Annotated[
        str | None, typer.Option(metavar="REF", help="Only what changed since REF, and the change itself; or auto.")
    ] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only files that differ from --base, or HEAD.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings by code.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show errors only, and no summary.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Make the safe edits first; nothing is committed.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Only show what --fix would change; exit 1 if anything.")
    ] = False,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Record what is found; later runs report only what is new.")
    ] = False,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Report what the baseline hides too.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every file, and remember nothing.")] = False,
    output: Output = None,
) -> None:
    """Check PADs, templates and the pages around them.

    Each stage's sections are there and say something, and the set fits together. Exits 1 where an error is
    found; what is still empty in a draft only warns. padctl explain CODE tells more about a finding.
    """
    from padctl.model.diagnostic import Severity

    session = Session.of(ctx)
    selected, ignored = _known_rules(select), _known_rules(ignore)
    if statistics and format != "text":
        raise UsageError("--statistics is for the text format", fix="leave out --format or --statistics")
    if write_baseline and (targets or selected or ignored or base or changed or diff):
        raise UsageError("the baseline holds the findings of all rules in all documents", fix="give no selection")
    if diff and format != "text":
        raise UsageError("--diff shows a patch, which has no other format", fix="leave out --diff or --format")
    if fix or write_baseline:
        heal(session)
    asked = Asked(tuple(targets or ()), selected, ignored, base, changed)
    known = Counter["Identity"]() if no_baseline or write_baseline else known_findings(session)
    if diff:
        changes = show_fixes(session, scope_of(session, asked), known, output)
        raise typer.Exit(1 if changes and not exit_zero else 0)
    unwritten = False
    if fix:
        mended, unwritten = fix_documents(session, scope_of(session, asked), known)
        session = Session(session.state) if mended else session
    scope = scope_of(session, asked) if base is not None else None
    found = compared_report(session, scope) if scope else report_of(session, asked, cached=not no_cache)
    if write_baseline:
        known = record(session, found)
    report = found if no_baseline else found.beyond(known)
    if known and not write_baseline and asked.everything:
        note_gone(session, found, known)
    _show(session, report.errors_only() if quiet else report, format, statistics, quiet, output)
    if not quiet:
        note_frame_changes(session, asked, found, scope.before if scope else None)
    failed = report.count(Severity.ERROR) or (strict and (report.count(Severity.WARNING) or not report.documents))
    if unwritten or (failed and not exit_zero):
        raise typer.Exit(2 if unwritten else 1)


def _known_rules(words: Codes) -> tuple[str, ...]:
    """Return codes, prefixes of codes and slugs, each of which names a rule."""
    found = names(words or ())
    if found:
        from padctl.rules.registry import find_rules

        for word in found:
            find_rules(word)
    return found


def _show(session: Session, report: "LintReport", form: Format, statistics: bool, quiet: bool, output: Output) -> None:
    if form == "text":
        from padctl.render.findings import findings, statistics_of, summary

        width = session.width
        lines = statistics_of(report, width=width) if statistics else findings(report, width=width)
        session.show([*lines, *([] if quiet else [summary(report)])], output)
        return
    from padctl.render.ci import to_github, to_gitlab, to_sarif
    from padctl.render.machine import lint_data, to_json

    if form == "json":
        session.write(to_json("lint", lint_data(report)), output)
        return
    from padctl.rules.registry import all_rules

    below = path_below_top(session)
    written = {
        "sarif": lambda: to_sarif(report, all_rules(), below=below),
        "github": lambda: to_github(report, below=below),
        "gitlab": lambda: to_gitlab(report, below=below),
    }
    session.write(written[form](), output)
