"""`padctl init`: a git repository where there is none, settings, folders with a word on each, and CI pipelines."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from padctl.errors import RepositoryError, UsageError
from padctl.model.shell import shell_word
from padctl.model.terms import suggestion
from padctl.store.branches import default_branch
from padctl.store.complaints import lies_outside, unusable
from padctl.store.loading import load_settings
from padctl.store.readiness import check_identity
from padctl.store.replacing import missing_folders, remove_empty
from padctl.store.repository import Repository
from padctl.store.roots import SETTINGS, find_root, holds_settings
from padctl.store.shipped import shipped
from padctl.store.trees import WorkTree
from padctl.store.writer import create_file, locked_around

_GITHUB = Path(".github/workflows/padctl.yml")
_GITLAB = Path(".gitlab-ci.yml")
_GITLAB_PART = Path("ci/padctl.gitlab-ci.yml")
_LINT = "padctl lint"
_PLACES = {"github": (_GITHUB,), "gitlab": (_GITLAB, _GITLAB_PART)}


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """A pipeline's file, from git's top folder; `made` unless it was there before, `advice` is what is left to do."""

    path: str
    made: bool
    advice: str = ""


def set_up(folder: Path) -> Iterator[str]:
    """Make a folder ready for PADs and yield what was made; nothing that exists is overwritten or committed.

    Raises:
        RepositoryError: the folder cannot be made, or git would not make a repository.
    """
    made = missing_folders(folder / ".git" / "HEAD")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remove_empty(made)
        raise RepositoryError(
            f"{folder} cannot be made: {error.strerror}", fix="name a folder that you may write to"
        ) from None
    repository = Repository(folder)
    if not _in_git(repository):
        result = repository.git("init", "--quiet", "--initial-branch=main")
        if result.status:
            remove_empty(made)
            raise RepositoryError(f"git would not make a repository in {folder}: {result.errors}")
        yield "a git repository"
    base = shipped("templates") / "init"
    with locked_around(folder) as aside:
        for source in sorted(filter(Path.is_file, base.rglob("*")), key=_settings_last):
            name = source.relative_to(base)
            if not (folder / name).exists() and not (name.name == SETTINGS and holds_settings(WorkTree(folder).text)):
                create_file(folder, str(name), source.read_bytes(), aside=aside)
                yield str(name)


def next_steps(folder: Path) -> Iterator[str]:
    """Yield what is to be done after a set-up, each a command on a line: git must know who commits."""
    lead = "Next: "
    if folder.resolve() != Path.cwd():
        yield f"{lead}cd {shell_word(str(folder))}"
        lead = "Then: "
    try:
        check_identity(Repository(folder))
    except RepositoryError as unknown:
        for command in unknown.fix.split("\n"):
            yield f"{lead}{command}"
            lead = "Then: "
    yield f'{lead}git add . && git commit -m "Set up padctl"'
    yield 'Then: padctl new "What you want to achieve"'


def _settings_last(path: Path) -> tuple[bool, Path]:
    """Order files so that settings mean that everything else is there."""
    return path.name == SETTINGS, path


def is_set_up(folder: Path) -> bool:
    """Say whether a folder lies in a git repository that has settings of padctl."""
    root = find_root(folder) if folder.is_dir() else None
    return root is not None and holds_settings(WorkTree(root).text) and _in_git(Repository(root))


def check_hosts(hosts: tuple[str, ...]) -> None:
    """Make sure that there is a pipeline for each of the hosts.

    Raises:
        UsageError: there is none; suggests the nearest.
    """
    for host in hosts:
        if host not in _PLACES:
            message = f'--ci: there is no pipeline for "{host}"{suggestion(host.lower(), _PLACES)}'
            raise UsageError(message, fix=" or ".join(f"--ci {known}" for known in _PLACES))


def add_pipeline(folder: Path, host: str) -> Pipeline:
    """Write the pipeline of a host that runs lint, at git's top folder; a file that exists stays as it is.

    GitLab reads one file only, so where that is taken the job goes into a file to be included.
    """
    root = find_root(folder) or folder
    top = Repository(root).top
    places = _PLACES[host]
    with locked_around(top) as aside:
        for path in places:
            if (top / path).exists() and (path is places[-1] or _LINT in _text(top / path)):
                return Pipeline(path=path.as_posix(), made=False)
        path = next(path for path in places if not (top / path).exists())
        create_file(top, str(path), _pipeline(host, root, top).encode(), aside=aside)
    line = f"include: [{{local: {path.as_posix()}}}]"
    return Pipeline(path=path.as_posix(), made=True, advice=f"add to {_GITLAB}: {line}" if path is _GITLAB_PART else "")


def _pipeline(host: str, root: Path, top: Path) -> str:
    text = (shipped("templates") / "ci" / f"{host}.yml").read_text(encoding="utf-8")
    below = root.resolve().relative_to(top).as_posix()
    if below != ".":
        text = text.replace(f"{_LINT} --", f"{_LINT} --root {shlex.quote(below)} --")
    return text.replace("[main]", f"[{json.dumps(_default_branch(root))}]")


def _default_branch(root: Path) -> str:
    """Return the default branch by its own name, or the likeliest of this clone."""
    repository = Repository(root)
    configured = load_settings(WorkTree(root)).git.default
    return default_branch(repository, configured) or repository.branch or "main"


def _in_git(repository: Repository) -> bool:
    """Say whether a folder lies in a git repository.

    Raises:
        RepositoryError: it does, but git will not work there: another one inside of it is not what is wanted.
    """
    said = repository.ask("rev-parse", "--is-inside-work-tree")
    if said.status and not lies_outside(said.errors):
        raise unusable(repository.root, said.errors)
    return said.status == 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
