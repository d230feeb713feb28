"""What is told where git itself complains: its own words, and the command that it advises."""

import re
from pathlib import Path

from padctl.errors import RepositoryError

_TRUST = re.compile(r"git config --global --add safe\.directory .+")


def lies_outside(errors: str) -> bool:
    """Say whether git found no repository around a folder."""
    return "not a git repository" in errors


def unusable(root: Path, errors: str) -> RepositoryError:
    """Return what to raise where git finds no repository around a folder, or will not work in the one that is there."""
    if lies_outside(errors):
        return RepositoryError(f"{root} is not inside a git repository", fix="padctl init makes a repository here")
    fix = _advice(errors, "mend what git names; git status there says the same")
    return RepositoryError(f"git will not work in {root}: {errors}", fix=fix)


def failed(verb: str, errors: str) -> RepositoryError:
    """Return what to raise where a git command failed."""
    fix = _advice(errors, "mend the repository; git fsck and git status say more")
    return RepositoryError(f"git {verb} failed: {errors}", fix=fix)


def _advice(errors: str, otherwise: str) -> str:
    trust = _TRUST.search(errors)
    return f"if you trust its owner: {trust[0]}" if trust else otherwise
