"""`padctl log`: what was moved and decided."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session

if TYPE_CHECKING:
    from padctl.model.pad import Pad
    from padctl.model.terms import Stage
    from padctl.report.history import Evidence, LoggedMove

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl log 7")
def log(
    ctx: typer.Context,
    pad_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One PAD; else all of them.")] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="For each move: its commit, its author, and whether it still reads the same."),
    ] = False,
    format: Annotated[Literal["text", "md", "json", "csv"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Show moves and decisions, oldest first.

    They come from the documents' own histories. With --verify, git's history is read too: the commit that brought each
    move, its author and signature; "not observed" is what a squash, a shallow clone or an edit by hand leaves. It ends
    with exit code 1 where a decision's entry or the text that it approved changed since.
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
    if any(move.decides and move.verified and move.verified.changed for move in view):
        if format != "text":
            from padctl.render.log import summed_up

            session.note(summed_up(view))
        raise typer.Exit(1)


def _pads(session: Session, pad_id: str | None) -> "Sequence[Pad]":
    return [session.pad(pad_id)] if pad_id else session.workspace.corpus.pads


def _evidence(session: Session, pad_id: str | None) -> "tuple[Sequence[Pad], Evidence]":
    """Return the PADs with what their moves are verified by, and say how many decisions have no commit and why."""
    from concurrent.futures import ThreadPoolExecutor

    from padctl.model.approval import edited_approvals
    from padctl.report.history import Evidence
    from padctl.store.alterations import changing_commits
    from padctl.store.audit import is_shallow, move_commits, move_log
    from padctl.store.repository import Repository

    repository, workspace = Repository(session.root), session.workspace
    with ThreadPoolExecutor() as pool:  # git reads its history while PADs are read
        log = pool.submit(move_log, repository, session.pad(pad_id) if pad_id else None)
        pads = _pads(session, pad_id)
        found = move_commits(log.result(), pads)
    decisions = [(pad.path, e.n) for pad in pads if pad.header for e in pad.header.history if e.decides]
    if missing := sum(decision not in found for decision in decisions):
        why = "this clone is shallow" if is_shallow(repository) else "squashed, or written by hand"
        session.note(f"note: {missing} of {len(decisions)} decisions have no commit of their own here: {why}")
    earlier_ids = workspace.corpus.earlier_ids
    altered: dict[tuple[str, int], Stage | None] = {
        (pad.path, entry.n): stage for pad in pads for stage, entry in edited_approvals(pad, earlier_ids)
    }
    altered |= {place: None for place in decisions if place in found and not found[place].as_committed}
    changed_in = changing_commits(repository, altered, pads, workspace.settings.paths.pads)
    return pads, Evidence(brought=found, changed_in=changed_in, earlier_ids=earlier_ids)


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
