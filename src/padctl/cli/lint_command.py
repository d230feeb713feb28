"""`padctl lint`: check PADs, templates and the pages around them."""

from typing import Annotated, Literal

import typer

from padctl.cli.moving import Output
from padctl.cli.session import Session, names

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl lint pads/PAD-0007-gallery.md --format json")
def lint(
    ctx: typer.Context,
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH or ID]...", help="What to check; else all.")
    ] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="How to show the findings.")] = "text",  # noqa: A002
    select: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Only these codes or prefixes.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="All but these.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
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
    selected, ignored = names(select or ()), names(ignore or ())
    workspace = session.workspace
    for word in (*selected, *ignored, *workspace.settings.lint.words):
        find_rules(word)
    pads, pages = workspace.select(targets or (), cwd=session.cwd)
    report = check(workspace.corpus, today=session.today, pads=pads, pages=pages, select=selected, ignore=ignored)
    if format == "json":
        from padctl.render.machine import lint_data, to_json

        session.write(to_json("lint", lint_data(report)), output)
    else:
        from padctl.render.findings import findings

        session.show(findings(report, width=session.width), output)
    if report.count(Severity.ERROR) or (strict and (report.count(Severity.WARNING) or not report.documents)):
        raise typer.Exit(1)
