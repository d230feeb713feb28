"""A corpus and its settings, read from a tree of files."""

from collections.abc import Iterator

from padctl.model.corpus import Corpus, ObjectivesHeader, Page, Team, read_header_as
from padctl.model.diagnostic import Fault
from padctl.model.objectives import Objective, read_objectives
from padctl.model.pad import Pad, read_pad
from padctl.model.settings import Settings, read_settings
from padctl.model.template import Template
from padctl.model.terms import suggestion
from padctl.model.toml import loads
from padctl.rules.references import relative_targets
from padctl.store.templates import load_templates
from padctl.store.trees import Tree

SETTINGS = "padctl.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "padctl")


def load_settings(tree: Tree) -> Settings:
    """Read padctl.toml, else `[tool.padctl]` of pyproject.toml, else the defaults.

    Raises:
        SettingsError: a key or value is not known, or the file is no TOML.
    """
    if (text := tree.text(SETTINGS)) is not None:
        return read_settings(text, path=SETTINGS)
    text = tree.text(_PYPROJECT)
    return read_settings(text, path=_PYPROJECT, table=_TABLE) if text and _has_table(text) else Settings()


def has_settings(tree: Tree) -> bool:
    """Say whether a tree holds settings of padctl."""
    return tree.text(SETTINGS) is not None or _has_table(tree.text(_PYPROJECT) or "")


def load_corpus(tree: Tree, settings: Settings) -> Corpus:
    """Read everything that padctl knows of a repository."""
    paths = settings.paths
    templates, pages = load_templates(tree, paths.templates)
    pads = tuple(_pad(tree, path, templates) for path in tree.markdown(paths.pads))
    objectives, objective_pages = _objectives(tree, paths.objectives)
    teams, team_pages = _teams(tree, settings)
    return Corpus(
        settings=settings,
        pads=pads,
        templates=templates,
        objectives=objectives,
        teams=teams,
        pages=(*pages, *objective_pages, *team_pages),
        linked=frozenset(_linked(tree, pads)),
    )


def _pad(tree: Tree, path: str, templates: dict[str, Template]) -> Pad:
    document = tree.document(path)
    name = document.values.get("template")
    return read_pad(document, templates.get(name) if isinstance(name, str) else None)


def _has_table(text: str) -> bool:
    try:
        return "padctl" in loads(text).get("tool", {})
    except (ValueError, RecursionError):
        return False


def _objectives(tree: Tree, folder: str) -> tuple[tuple[Objective, ...], tuple[Page, ...]]:
    found: list[Objective] = []
    pages: list[Page] = []
    for path in tree.markdown(folder):
        document = tree.document(path)
        _, faults = read_header_as(ObjectivesHeader, document)
        pages.append(Page(document=document, faults=faults))
        found.extend(read_objectives(document))
    return tuple(found), tuple(pages)


def _teams(tree: Tree, settings: Settings) -> tuple[tuple[Team, ...], tuple[Page, ...]]:
    found: list[Team] = []
    pages: list[Page] = []
    for path in tree.markdown(settings.paths.teams):
        document = tree.document(path)
        team, faults = read_header_as(Team, document)
        if team and team.meeting and team.meeting not in settings.meetings:
            message = f'there is no meeting "{team.meeting}"{suggestion(team.meeting, settings.meetings)}'
            fix = f"add [meetings.{team.meeting}] to the settings, or name another"
            offset = document.offset_of(("meeting",))
            faults = (*faults, Fault(slug="invalid-page", offset=offset, message=message, fix=fix))
        pages.append(Page(document=document, faults=faults))
        if team:
            found.append(team)
    return tuple(found), tuple(pages)


def _linked(tree: Tree, pads: tuple[Pad, ...]) -> Iterator[str]:
    targets = {target for pad in pads for _, target, _anchor in relative_targets(pad.document)}
    yield from (target for target in targets if target and not target.startswith("..") and tree.exists(target))
