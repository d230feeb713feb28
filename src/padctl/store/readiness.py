"""Whether a commit can be made in a repository now: its state, and who commits."""

from dataclasses import replace

from padctl.errors import RepositoryError
from padctl.store.repository import Repository

UNMERGED = ("ls-files", "--unmerged")
IDENTITY = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
_SOME_DAY = "2000-01-01T00:00:00Z"
_IN_PROGRESS = {
    "MERGE_HEAD": ("a merge", "git merge --continue, or git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue, or git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue, or git rebase --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue, or git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue, or git revert --abort"),
    "sequencer": ("a sequence of cherry-picks or reverts", "git cherry-pick --continue, or git cherry-pick --quit"),
    "BISECT_LOG": ("a bisect", "git bisect reset"),
}


def check_writable(repository: Repository) -> None:
    """Make sure that a commit can be made here.

    Raises:
        RepositoryError: bare, detached, in the middle of something, or without an identity.
    """
    check_state(repository)
    check_identity(repository)


def check_state(repository: Repository) -> None:
    """Make sure that the work tree is in a state to commit from.

    Raises:
        RepositoryError: bare, detached, or in the middle of something; names the command that ends it.
    """
    if not repository.has_work_tree:
        raise RepositoryError(f"{repository.root} has no work tree", fix="run padctl in a normal clone")
    for name, (what, fix) in _IN_PROGRESS.items():
        if (repository.git_dir / name).exists():
            raise RepositoryError(f"{what} is in progress here", fix=f"finish it first: {fix}")
    if repository.ask(*UNMERGED).output:
        raise RepositoryError(
            "files with conflicts stand in the index", fix="resolve them, then git add and git commit"
        )
    if not repository.branch:
        raise RepositoryError("HEAD is detached: a commit here would belong to no branch", fix="git switch BRANCH")


def check_identity(repository: Repository) -> None:
    """Make sure that git knows who commits; it is never guessed.

    Raises:
        RepositoryError: name or email is missing, or the date is none; says how to set them.
    """
    said = repository.ask(*IDENTITY)
    if not said.status:
        return
    why = said.errors.split("\n")[-1].removeprefix("fatal: ")
    if not replace(repository, env={**(repository.env or {}), "GIT_AUTHOR_DATE": _SOME_DAY}).ask(*IDENTITY).status:
        raise RepositoryError(f"git cannot commit: {why}", fix="unset GIT_AUTHOR_DATE, or give it a date")
    fix = 'git config --global user.name "Your Name" && git config --global user.email you@example.com'
    raise RepositoryError(f"git does not know who you are, so nothing can be committed ({why})", fix=fix)
