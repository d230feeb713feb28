"""A corpus and its settings, read from a tree of files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from padctl.errors import SettingsError, UsageError
from padctl.model.corpus import Corpus, ObjectivesHeader, Page, SavedMinutes, Team, read_header_as
from padctl.model.diagnostic import Fault
from padctl.model.document import read_document
from padctl.model.links import relative_targets
from padctl.model.objectives import Objective, read_objectives
from padctl.model.pad import read_pad_among
from padctl.model.page_faults import charter_faults, declarations, link_faults, objectives_faults
from padctl.model.settings import Settings, read_settings
from padctl.model.settings_names import strangers
from padctl.model.shell import shell_word
from padctl.model.terms import suggestion
from padctl.report.saved_minutes import may_hold_minutes, met, minutes_pages, read_saved
from padctl.store.roots import PYPROJECT, SETTINGS, holds_table
from padctl.store.templates import load_templates
from padctl.store.trees import Files, Tree

_TABLE = ("tool", "padctl")


def load_settings(tree: Tree) -> Settings:
    """Read padctl.toml, else `[tool.padctl]` of pyproject.toml, else the defaults.

    Raises:
        SettingsError: a key or value is not known, or the file is no TOML.
    """
    path, table = (SETTINGS, ()) if tree.text(SETTINGS) is not None else (PYPROJECT, _TABLE)
    text = tree.text(path) or ""
    if table and not holds_table(text):
        return Settings.model_construct()  # there is nothing to validate, and no validator to build
    settings = read_settings(text, path=path, table=table)
    if settings.lint.words:
        _check_rules(settings.lint.words, path)
    return settings


def load_corpus(tree: Tree, settings: Settings) -> Corpus:
    """Read everything that padctl knows of a repository."""
    return with_pads(tree, load_frame(tree, settings))


def with_pads(tree: Tree, frame: Corpus) -> Corpus:
    """Return a corpus with the PADs of a tree."""
    paths = tree.markdown(frame.settings.paths.pads)
    pads = tuple(read_pad_among(frame.templates, tree.document(path)) for path in paths)
    found = (one for pad in pads for one in met(frame, pad, frame.minuted_days))
    strays = stray_pages(tree, tree.strays(frame.settings.paths.pads))
    pages = (*frame.pages, *minutes_pages(frame.minutes, found), *strays)
    return replace(frame, pads=pads, pages=pages, files=Files(tree))


def stray_pages(tree: Tree, paths: Iterable[str]) -> Iterator[Page]:
    """Yield the files that are PADs by their front matter, though not by the ending of their names."""
    for path in paths:
        document = tree.document(path)
        if document.values.keys() >= {"id", "stage", "status"}:
            name = str(PurePosixPath(path).with_suffix(".md"))
            fix = f"rename the file\nmv {shell_word(path)} {shell_word(name)}"
            message = "this is a PAD by its front matter, and nothing of it is read: its name does not end in .md"
            yield Page(document=document, faults=(Fault(slug="other-ending", offset=0, message=message, fix=fix),))


def load_frame(tree: Tree, settings: Settings) -> Corpus:
    """Read what PADs are judged by: templates, objectives and teams; and the saved minutes that PADs are held against.

    The minutes are no pages yet: whether they still hold, the PADs will say.
    """
    paths = settings.paths
    templates, pages = load_templates(tree, paths.frames)
    objectives, objective_pages = _objectives(tree, paths.objectives)
    teams, team_pages = _teams(tree, settings)
    around = _checked(tree, settings, objective_pages, team_pages)
    return Corpus(
        settings=settings,
        templates=templates,
        objectives=objectives,
        teams=tuple(teams.values()),
        team_files={PurePosixPath(path).stem: team for path, team in teams.items()},
        minutes=tuple(_minutes(tree, paths.meetings)),
        pages=(*pages, *around, *_settings_pages(tree, settings, teams.values(), team_pages)),
    )


def _check_rules(words: Iterable[str], path: str) -> None:
    """Make sure that words of the settings name rules."""
    from padctl.rules.registry import find_rules

    for word in words:
        try:
            find_rules(word)
        except UsageError as error:
            raise SettingsError(f"{path}: [lint]: {error.message}", fix=error.fix) from None


def _objectives(tree: Tree, folder: str) -> tuple[tuple[Objective, ...], tuple[Page, ...]]:
    found: list[Objective] = []
    pages: list[Page] = []
    for path in tree.markdown(folder):
        document = tree.document(path)
        _, faults = read_header_as(ObjectivesHeader, document)
        pages.append(Page(document=document, faults=faults))
        found.extend(read_objectives(document))
    return tuple(found), tuple(pages)


def _teams(tree: Tree, settings: Settings) -> tuple[dict[str, Team], tuple[Page, ...]]:
    """Return the teams by the paths of their charters, and all pages of the folder."""
    found: dict[str, Team] = {}
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
            found[path] = team
    return found, tuple(pages)


def _checked(tree: Tree, settings: Settings, objectives: Sequence[Page], charters: Sequence[Page]) -> Iterator[Page]:
    """Yield the pages with what is wrong with what they say and link to as well."""
    teams = [(page.document, read_header_as(Team, page.document)[0]) for page in charters]
    known = declarations(settings, [page.document for page in objectives], teams)
    found = [tuple(objectives_faults(page.document, known)) for page in objectives]
    found += [tuple(charter_faults(document, team, known)) if team else () for document, team in teams]
    pages = {page.document.path: page.document for page in (*objectives, *charters)}
    for page, faults in zip((*objectives, *charters), found, strict=True):
        links = {target: tree.exists(target) for _, target, _ in relative_targets(page.document) if target}
        broken = link_faults(page.document, links.__getitem__, pages.get)
        yield replace(page, faults=(*page.faults, *faults, *broken), links=tuple(links.items()))


def _minutes(tree: Tree, folder: str) -> Iterator[SavedMinutes]:
    for path in tree.markdown(folder):
        if may_hold_minutes(path) and (saved := read_saved(tree.document(path))):
            yield saved


def _settings_pages(
    tree: Tree, settings: Settings, teams: Iterable[Team], charters: tuple[Page, ...]
) -> Iterator[Page]:
    """Yield the settings' own file where it names people whom nobody knows; a faulty charter's team is known."""
    path, table = (SETTINGS, ()) if tree.text(SETTINGS) is not None else (PYPROJECT, _TABLE)
    known = {team.name for team in teams} | {PurePosixPath(page.document.path).stem for page in charters}
    text = tree.text(path) or ""
    if faults := tuple(strangers(settings, known, text, table)):
        yield Page(document=read_document(text.encode(), path=path), faults=faults)
