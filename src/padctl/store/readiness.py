"""Whether a commit can be made in a repository now: its state, and who commits."""

from dataclasses import replace

from padctl.errors import RepositoryError
from padctl.store.repository import Repository
from padctl.store.unfinished import unfinished

UNMERGED = ("ls-files", "--unmerged", "-z")
IDENTITY = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
_SOME_DAY = "2000-01-01T00:00:00Z"


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
    unmerged = repository.must(*UNMERGED).split("\0")
    paths = dict.fromkeys(path for _, _, path in (entry.partition("\t") for entry in unmerged) if path)
    what, fix = unfinished(repository.git_dir, list(paths))
    if what:
        raise RepositoryError(what, fix=fix)
    if not repository.branch:
        why = "HEAD is detached: no branch is checked out, and a commit here would belong to none"
        raise RepositoryError(why, fix=f"git switch {_usual_branch(repository)}")


def _usual_branch(repository: Repository) -> str:
    """Return the default branch of the remote or of this clone, or a word that stands for a branch."""
    known = repository.default_ref(None).removeprefix("refs/remotes/origin/")
    return known or next((name for name in ("main", "master") if repository.commit_id(f"refs/heads/{name}")), "BRANCH")


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
    why = why.removesuffix(" and auto-detection is disabled")
    fix = 'git config --global user.name "Your Name"\ngit config --global user.email you@example.com'
    raise RepositoryError(f"git does not know who you are, so nothing can be committed ({why})", fix=fix)
