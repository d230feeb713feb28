"""`padctl lint`: check PADs, templates and the pages around them."""

import os
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from padctl.cli.moving import Output
from padctl.cli.session import Session, names
from padctl.errors import UsageError

if TYPE_CHECKING:
    from padctl.lint import LintReport
    from padctl.model.corpus import Corpus

app = typer.Typer(add_completion=False)

Format = Literal["text", "json", "sarif", "github", "gitlab"]
Codes = list[str] | None


@app.command(epilog="Example: padctl lint pads/PAD-0007-gallery.md --format json")
def lint(
    ctx: typer.Context,
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH or ID]...", help="What to check; else all.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to show the findings.")] = "text",  # noqa: A002
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
    output: Output = None,
) -> None:
    """Check PADs, templates and the pages around them.

    Each stage's sections are there and say something, and the set fits together. Exits 1 where an error is
    found; a draft only warns. padctl explain CODE tells more about a finding.
    """
    from padctl.lint import lint as check
    from padctl.model.diagnostic import Severity
    from padctl.rules.registry import find_rules

    session = Session.of(ctx)
    workspace = session.workspace
    selected, ignored = names(select or ()), names(ignore or ())
    for word in (*selected, *ignored, *workspace.settings.lint.words):
        find_rules(word)
    if statistics and format != "text":
        raise UsageError("--statistics is for the text format", fix="leave out --format or --statistics")
    pads, pages = workspace.select(targets or (), cwd=session.cwd)
    before, touched = _compared(session, base, changed)
    if touched is not None:
        pads = tuple(pad for pad in pads if pad.path in touched)
        pages = tuple(page for page in pages if page.document.path in touched)
    report = check(
        workspace.corpus, today=session.today, pads=pads, pages=pages, select=selected, ignore=ignored, base=before
    )
    _show(session, report.errors_only() if quiet else report, format, statistics, quiet, output)
    failed = report.count(Severity.ERROR) or (strict and (report.count(Severity.WARNING) or not report.documents))
    if failed and not exit_zero:
        raise typer.Exit(1)


def _compared(session: Session, base: str | None, changed: bool) -> "tuple[Corpus | None, set[str] | None]":
    """Return the corpus to compare with and the paths that differ, each None where it was not asked for."""
    if base is None and not changed:
        return None, None
    from padctl.store.base import base_commit, corpus_at
    from padctl.store.repository import Repository

    workspace = session.workspace
    repository = Repository(workspace.root)
    commit = base_commit(repository, base, settings=workspace.settings, environ=os.environ) if base else "HEAD"
    before = corpus_at(repository, commit) if base else None
    return before, repository.changed_paths(commit) if changed else None


def _show(session: Session, report: "LintReport", form: Format, statistics: bool, quiet: bool, output: Output) -> None:
    from padctl.rules.registry import all_rules

    if form == "text":
        from padctl.render.findings import findings, statistics_of, summary

        width = session.width
        lines = statistics_of(report, width=width) if statistics else findings(report, width=width)
        session.show([*lines, *([] if quiet else [summary(report)])], output)
        return
    from padctl.render.ci import to_github, to_gitlab, to_sarif
    from padctl.render.machine import lint_data, to_json

    written = {
        "json": lambda: to_json("lint", lint_data(report)),
        "sarif": lambda: to_sarif(report, all_rules()),
        "github": lambda: to_github(report),
        "gitlab": lambda: to_gitlab(report),
    }
    session.write(written[form](), output)
