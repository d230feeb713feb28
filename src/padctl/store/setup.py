"""`padctl init`: a git repository where there is none, settings, and the folders with a word on each."""

from collections.abc import Iterator
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.store.loading import SETTINGS, has_settings
from padctl.store.repository import Repository
from padctl.store.templates import shipped
from padctl.store.trees import WorkTree
from padctl.store.writer import create_file


def set_up(folder: Path) -> Iterator[str]:
    """Make a folder ready for PADs and yield what was made; nothing that exists is overwritten or committed.

    Raises:
        RepositoryError: the folder cannot be made, or git would not make a repository.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RepositoryError(
            f"{folder} cannot be made: {error.strerror}", fix="name a folder that you may write to"
        ) from None
    repository = Repository(folder)
    if repository.ask("rev-parse", "--is-inside-work-tree").status:
        result = repository.git("init", "--quiet", "--initial-branch=main")
        if result.status:
            raise RepositoryError(f"git would not make a repository in {folder}: {result.errors}")
        yield "a git repository"
    base = shipped("templates") / "init"
    for source in sorted(path for path in base.rglob("*") if path.is_file()):
        name = source.relative_to(base)
        if not (folder / name).exists() and not (name.name == SETTINGS and has_settings(WorkTree(folder))):
            create_file(folder / name, source.read_bytes())
            yield str(name)
