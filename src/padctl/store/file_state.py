"""How a file of the work tree differs from the last commit, as git sees it."""

from dataclasses import dataclass
from pathlib import Path

from padctl.errors import RepositoryError
from padctl.store.repository import Repository

_HIDDEN = {"h": "assume-unchanged", "s": "skip-worktree", "S": "skip-worktree"}
STATUS = ("status", "--porcelain=v2", "-z", "--untracked-files=no", "--no-renames", "--ignore-submodules=all")
_CHANGED = ("1 ", "u ")


@dataclass(frozen=True, kw_only=True)
class FileState:
    """How a file of the work tree differs from the last commit; `lines` counts added and removed ones.

    `hidden` is the mark, if any, by which git was told not to look at the file.
    """

    tracked: bool
    staged: bool
    edited: bool
    lines: int
    hidden: str = ""

    @property
    def partially_staged(self) -> bool:
        """Whether index, work tree and last commit are three different texts."""
        return self.tracked and self.staged and self.edited


def file_state(repository: Repository, path: str) -> FileState:
    """Return how a file differs from the index and the last commit.

    Raises:
        RepositoryError: it lies in another repository inside this one, or git cannot say.
    """
    check_own(repository, path)
    listed = repository.must(*listing(path))
    if not listed:
        text = (repository.root / path).read_bytes()
        return FileState(tracked=False, staged=False, edited=True, lines=text.count(b"\n"))
    staged, edited = changes(repository, path)
    lines = _changed_lines(repository, path) if staged or edited else 0
    return FileState(tracked=True, staged=staged, edited=edited, lines=lines, hidden=_HIDDEN.get(listed[0], ""))


def listing(path: str) -> tuple[str, ...]:
    """Return the words that ask git whether it knows a file, and whether it was told not to look at it."""
    return ("ls-files", "-v", "--", path)


def changes(repository: Repository, *paths: str) -> tuple[bool, bool]:
    """Say whether any of some files differs between last commit and index, and between index and work tree.

    Raises:
        RepositoryError: git cannot say.
    """
    entries = repository.must(*STATUS, "--", *paths).split("\0")
    marks = [entry.split(" ")[1] for entry in entries if entry.startswith(_CHANGED)]
    return any(mark[0] != "." for mark in marks), any(mark[1] != "." for mark in marks)


def behind_link(root: Path, folder: Path) -> RepositoryError:
    """Return why nothing in a folder can be committed that is a symbolic link, with the ways out."""
    name, leads, place = folder.relative_to(root).as_posix(), folder.readlink(), folder.resolve()
    inside = place.is_relative_to(root.resolve())
    other = f", or name {place.relative_to(root.resolve()).as_posix()} under [paths] in padctl.toml" if inside else ""
    fix = f"put the folder itself in its place{other}"
    return RepositoryError(f"{name} is a symbolic link to {leads}: git keeps the link and nothing behind it", fix=fix)


def check_own(repository: Repository, path: str) -> None:
    """Make sure that git can commit a file at a path from the root, be it there or not.

    Raises:
        RepositoryError: a folder on the way is a symbolic link, or another repository.
    """
    for folder in (repository.root / path).parents:
        if folder == repository.root:
            return
        if folder.is_symlink():
            raise behind_link(repository.root, folder)
        if folder.resolve() == repository.top:
            return
        if (folder / ".git").exists():
            fix = f"make the move there, then commit the submodule here: padctl --root {folder}"
            raise RepositoryError(f"{path} belongs to another git repository, {folder}", fix=fix)


def _changed_lines(repository: Repository, path: str) -> int:
    before = "HEAD" if repository.head else "--cached"
    words = ("diff", "--no-ext-diff", "--no-textconv", "--numstat", before, "--", path)
    return sum(int(number) for number in repository.must(*words).split()[:2] if number.isdigit())
