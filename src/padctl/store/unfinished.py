"""What git leaves behind while something of its own is in progress, and the commands that end it."""

from collections.abc import Sequence
from pathlib import Path

from padctl.model.shell import shell_word

_SHOWN = 5
_MARKS = "keep what is right there, delete the lines with <<<<<<<, ======= and >>>>>>>, then:"
# by the name of the file: what it is, what goes on with it without asking for a message, what gives it up
_IN_PROGRESS = {
    "MERGE_HEAD": ("a merge", "git commit --no-edit", "git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue", "git revert --abort"),
    "sequencer": ("a sequence of cherry-picks or reverts", "git cherry-pick --continue", "git cherry-pick --quit"),
    "BISECT_LOG": ("a bisect", "", "git bisect reset"),
}


def unfinished(git_dir: Path, conflicts: Sequence[str]) -> tuple[str, str]:
    """Return what is in progress and how it ends, of lines that are commands and words; empty texts for nothing.

    `conflicts` are the paths of files in which git could not bring two texts together.
    """
    found = (told for name, told in _IN_PROGRESS.items() if (git_dir / name).exists())
    what, go_on, give_up = next(found, ("", "", ""))
    if not conflicts:
        either = ["finish it, or give it up:", go_on] if go_on else []
        return (f"{what} is in progress here" if what else ""), "\n".join([*either, give_up])
    more = f" and {len(conflicts) - _SHOWN} more" if len(conflicts) > _SHOWN else ""
    where = f"git could not bring two texts together (a conflict) in {', '.join(conflicts[:_SHOWN])}{more}"
    added = f"git add -- {' '.join(map(shell_word, conflicts))}"
    otherwise = ["or give it up:", give_up] if give_up else []
    message = f"{what} is in progress here: {where}" if what else where
    return message, "\n".join(filter(None, [_MARKS, added, go_on, *otherwise]))
