"""`padctl log`: what was moved and decided."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session

if TYPE_CHECKING:
    from padctl.model.pad import Pad
    from padctl.report.history import Evidence, LoggedMove

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl log 7")
def log(
    ctx: typer.Context,
    pad_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One PAD; else all of them.")] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="For each decision: its commit, and whether it still reads the same.")
    ] = False,
    format: Annotated[Literal["text", "md", "json", "csv"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Show moves and decisions, oldest first.

    They come from the documents' own histories. With --verify, git's history is read too: the commit that brought each
    decision, its author and signature; "not observed" is what a squash, a shallow clone or an edit by hand leaves.
    """
    from padctl.report.history import log as moves

    session = Session.of(ctx)
    pads, evidence = _evidence(session, pad_id) if verify else (_pads(session, pad_id), None)
    view = moves(pads, session.workspace.settings, evidence)
    if format == "text":
        from padctl.render.log import log_text

        session.show(log_text(view, width=session.width), output)
    elif format == "json":
        from padctl.render.machine import to_json

        session.write(to_json("log", view), output)
    else:
        session.tell(_as_page(session, view, format, verify), output)


def _pads(session: Session, pad_id: str | None) -> "Sequence[Pad]":
    return [session.pad(pad_id)] if pad_id else session.workspace.corpus.pads


def _evidence(session: Session, pad_id: str | None) -> "tuple[Sequence[Pad], Evidence]":
    """Return the PADs with what their decisions are verified by, and say how many have no commit and why."""
    from concurrent.futures import ThreadPoolExecutor

    from padctl.report.history import Evidence
    from padctl.store.audit import decision_commits, decision_log, is_shallow
    from padctl.store.repository import Repository

    repository = Repository(session.root)
    with ThreadPoolExecutor() as pool:  # git reads its history while PADs are read
        log = pool.submit(decision_log, repository, session.pad(pad_id) if pad_id else None)
        pads = _pads(session, pad_id)
        found = decision_commits(log.result(), pads)
    decisions = sum(bool(entry.outcome) for pad in pads if pad.header for entry in pad.header.history)
    if missing := decisions - len(found):
        why = "this clone is shallow" if is_shallow(repository) else "squashed, or written by hand"
        session.note(f"note: {missing} of {decisions} decisions have no commit of their own here: {why}")
    return pads, Evidence(brought=found, earlier_ids=session.workspace.corpus.earlier_ids)


def _as_page(session: Session, view: "tuple[LoggedMove, ...]", form: str, verify: bool) -> str:
    from padctl.render.log import log_csv, taken_back

    if form == "csv":
        return log_csv(view, verified=verify)
    from padctl.render.machine import as_data
    from padctl.render.template import render_report
    from padctl.store.templates import report_folders

    workspace = session.workspace
    rows = [{**as_data(move), "taken_back": taken_back(move)} for move in view]
    folders = report_folders(workspace.root, workspace.settings.paths.templates)
    return render_report("log.md", {"moves": rows, "verified": verify}, folders)
