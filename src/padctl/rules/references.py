"""PC400 to PC499: what a PAD refers to exists: teams, objectives, people, other PADs, files and anchors."""

import posixpath
from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.header import Path
from padctl.model.links import anchors, relative_targets
from padctl.model.pad import Pad
from padctl.model.terms import suggestion
from padctl.rules.registry import Context, Finding, rule


def _at(pad: Pad, path: Path, message: str, fix: str) -> Finding:
    return Finding(document=pad.document, offset=pad.document.offset_of(path), message=message, fix=fix)


@rule("PC401", "unknown-team")
def unknown_team(pad: Pad, context: Context) -> Iterator[Finding]:
    """A PAD or an objectives page names a team that has no charter, where teams have charters.

    Why: the team decides in which meeting the PAD is reviewed.

    Bad: `team: grwoth`

    Good: `team: growth`
    """
    known = context.corpus.team_names
    charters = {posixpath.basename(page.document.path) for page in context.corpus.pages}
    if pad.header and pad.header.team and known and not context.corpus.team(pad.header.team):
        if f"{pad.header.team}.md" in charters:
            return  # its charter is there and faulty, which is reported where it stands
        message = f'there is no team "{pad.header.team}"{suggestion(pad.header.team, known)}'
        yield _at(
            pad,
            ("team",),
            message,
            f"add {context.corpus.settings.paths.teams}/{pad.header.team}.md, or name another team",
        )


@rule("PC402", "unknown-objective")
def unknown_objective(pad: Pad, context: Context) -> Iterator[Finding]:
    """A PAD, an objective or a reading names an objective, goal or key result that no page declares, where any are.

    Why: the count of work per objective would be wrong without anybody noticing.

    Bad: `objectives: [2026-Q4-O9]`

    Good: `objectives: [2026-Q4-O1]`
    """
    known = context.corpus.objective_ids
    for position, objective in enumerate(pad.header.objectives if pad.header else ()):
        if known and objective not in known:
            message = f'there is no objective "{objective}"{suggestion(objective, known)}'
            folder = context.corpus.settings.paths.objectives
            yield _at(pad, ("objectives", position), message, f"declare it in {folder}/, or name another")


@rule("PC403", "unknown-person", Severity.WARNING, about="people")
def unknown_person(pad: Pad, context: Context) -> Iterator[Finding]:
    """A person is named who is not in [people], where people are listed.

    Why: reminders and invitations go by this list; a mistyped name gets none.

    Bad: `sponsors: [smm]`

    Good: `sponsors: [sam]`
    """
    header, known = pad.header, context.corpus.settings.people
    if header is None or not known:
        return
    named: list[tuple[Path, str]] = [(("owner",), header.owner)]
    named += [(("sponsors", i), name) for i, name in enumerate(header.sponsors)]
    named += [(("reviewers", i), name) for i, name in enumerate(header.reviewers)]
    named += [(("actions", i, "who"), action.who) for i, action in enumerate(header.actions) if action.done is None]
    for path, name in named:
        if name not in known:
            near = context.corpus.settings.short_name(name)
            message = f'"{name}" is not in [people]{suggestion(near, known)}'
            yield _at(pad, path, message, "write the short name that [people] in the settings has, or add the person")


@rule("PC404", "unknown-pad", about="related")
def unknown_pad(pad: Pad, context: Context) -> Iterator[Finding]:
    """A related PAD does not exist.

    Why: the reader is sent to a document that is not there.

    Bad: `related: [PAD-0999]`

    Good: `related: [PAD-0003]`
    """
    others = context.others
    for position, related in enumerate(pad.header.related if pad.header else ()):
        if not others.has_pad(related):
            message = f'there is no PAD "{related}"{suggestion(related, others.pad_ids())}'
            yield _at(pad, ("related", position), message, "correct the id, or take it out")


@rule("PC405", "broken-link", about="links")
def broken_link(pad: Pad, context: Context) -> Iterator[Finding]:
    """A relative link leads to a file that is not in the repository.

    Why: evidence that cannot be opened is no evidence.

    Bad: `[interviews](research/interviws.md)`

    Good: `[interviews](research/interviews.md)`
    """
    for offset, target, _anchor in relative_targets(pad.document):
        if target and not context.others.has_file(target):
            message = f'there is no file "{target}"'
            fix = "correct the path; it starts at this file's folder"
            yield Finding(document=pad.document, offset=offset, message=message, fix=fix)


@rule("PC406", "broken-anchor", Severity.WARNING, about="links")
def broken_anchor(pad: Pad, context: Context) -> Iterator[Finding]:
    """A link leads to a heading that is not on its page.

    Why: the reader lands at the top of a long page and does not find the point.

    Bad: `[metrics](#sucess-metrics)`

    Good: `[metrics](#success-metrics)`
    """
    for offset, target, anchor in relative_targets(pad.document):
        if not anchor:
            continue
        known = context.others.anchors(target) if target else anchors(pad.document)
        if known is not None and anchor.lower() not in known:
            where = f" in {target}" if target else ""
            message = f'there is no heading "#{anchor}"{where}{suggestion(anchor, known)}'
            yield Finding(document=pad.document, offset=offset, message=message, fix="correct the anchor")
