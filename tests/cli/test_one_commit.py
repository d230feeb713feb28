"""Several files in one commit or none, what a hook or a signal does to it, and the author's own edits."""

import json
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from acting import Company
from rooms import FINISHED, MINE, NEW, OLD, PUT_BACK, hook, opened, status

from padctl.errors import Interrupted, Refused, RepositoryError
from padctl.store.file_state import FileState
from padctl.store.journal import Entry
from padctl.store.locking import left_unfinished, locked
from padctl.store.result import Rewritten
from padctl.store.writer import Change, Edit, check_author_edits, commit_changes


def changed(path: str = "a.md", old: bytes | None = OLD, new: bytes | None = NEW) -> Change:
    return Change(path=path, old=old, new=new)


ALL = [changed(), changed("b.md", new=None), changed("sub/c.md", old=None)]


def test_files_written_created_and_removed_are_one_commit(two: Company) -> None:
    assert commit_changes(opened(two), ALL, "Some") == ""
    shown = two.git("diff", "--name-status", "--no-renames", "HEAD~").splitlines()
    assert shown == ["M\ta.md", "D\tb.md", "A\tsub/c.md"]
    assert status(two) == ""
    assert not left_unfinished(two.root)


def test_nothing_happens_where_a_file_is_not_as_it_was_read(two: Company) -> None:
    for there in (b"a", b"z", None):
        (two.root / "a.md").write_bytes(there) if there else (two.root / "a.md").unlink()
        with pytest.raises(Refused, match=r"^a\.md: nothing was written$"):
            commit_changes(opened(two), ALL, "Some")
        assert (two.root / "b.md").read_bytes() == OLD
    with pytest.raises(Refused, match=r"^a\.md: nothing was written$"):
        commit_changes(opened(two), [changed("b.md"), changed("a.md", old=b"")], "Some")
    assert (two.root / "b.md").read_bytes() == OLD


def test_a_failing_hook_leaves_all_as_before_and_nothing_is_at_any_moment_nowhere(two: Company) -> None:
    hook(two, "pre-commit", "ls a.md b.md sub/c.md >&2; cat .git/padctl-journal.json >.git/seen; exit 1")
    (two.root / "sub").mkdir()
    before = two.snapshot()
    with pytest.raises(Refused, match=r"^git would not commit a\.md, b\.md, sub/c\.md$") as caught:
        commit_changes(opened(two), ALL, "Some")
    assert caught.value.reasons[0].message.endswith("a.md\nsub/c.md")
    noted = json.loads((two.root / ".git/seen").read_text())
    assert [(one["path"], one["tracked"], one["root"]) for one in noted] == [
        ("a.md", True, "."), ("b.md", True, "."), ("sub/c.md", False, "."),
    ]  # fmt: skip
    assert {one["head"] for one in noted} == {two.git("rev-parse", "HEAD").strip()}
    assert two.snapshot() == before
    assert not left_unfinished(two.root)


def test_what_a_failing_hook_wrote_is_kept_beside_gits_words(two: Company) -> None:
    hook(two, "pre-commit", "echo hooked > a.md; echo no >&2; exit 1")
    with pytest.raises(Refused) as caught:
        commit_changes(opened(two), ALL, "Some")
    saved = two.root / ".git/padctl-saved-a.md"
    words, kept = caught.value.reasons
    assert words.message == "no"
    assert kept.message.startswith("a.md, b.md, sub/c.md was changed while git ran, by a hook or an editor")
    assert kept.message.endswith(f"that text is in {saved}")
    assert saved.read_text() == "hooked\n"
    assert (two.root / "a.md").read_bytes() == OLD


def test_what_an_editor_writes_into_a_replaced_file_before_the_commit_is_back_in_its_place(two: Company) -> None:
    script = (
        "import sys; from pathlib import Path; from padctl.errors import Refused\n"
        "from padctl.store.repository import Repository; from padctl.store.writer import Change, commit_changes\n"
        "def look(event, given):\n"
        "    if event == 'os.rename' and str(given[1]).endswith('b.md'):\n"
        f"        next(Path('.git').glob('padctl-*-a.md.old')).write_bytes({MINE!r})\n"
        "sys.addaudithook(look)\n"
        f"changes = [Change(path=path, old={OLD!r}, new={NEW!r}) for path in ('a.md', 'b.md')]\n"
        "try: commit_changes(Repository(Path.cwd()), changes, 'Some')\n"
        "except Refused as error: print(error.message)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=two.root, capture_output=True, check=True)
    assert done.stdout == b"a.md: nothing was written\n"
    assert [(two.root / name).read_bytes() for name in ("a.md", "b.md")] == [MINE, OLD]
    assert two.git("log", "-1", "--format=%s") == "Two files\n"
    assert not left_unfinished(two.root)


def test_a_text_that_cannot_be_put_back_is_the_next_runs(two: Company) -> None:
    two.write("sub/c.md", "old\n")
    two.commit_all()
    hook(two, "pre-commit", "rm -r sub; echo > sub; exit 1")
    with pytest.raises(RepositoryError) as caught:
        commit_changes(opened(two), [changed("sub/c.md")], "Some")
    assert caught.value.message.endswith("; the text of sub/c.md from before is safe in the git directory")
    assert caught.value.fix.endswith("; then run the command again: it puts the text back first")
    assert left_unfinished(two.root)


def test_whether_a_commit_stands_is_the_next_runs_to_find_out(two: Company) -> None:
    hook(two, "pre-commit", "cp .git/HEAD .git/kept; echo broken > .git/HEAD; exit 1")
    with pytest.raises(RepositoryError) as caught:
        commit_changes(opened(two), ALL, "Some")
    named = "a.md, b.md, sub/c.md"
    assert caught.value.message.endswith(f"; whether {named} was committed, the next run finds out, and puts it right")
    (two.root / ".git/kept").replace(two.root / ".git/HEAD")
    with locked(opened(two)) as healed:
        assert healed == PUT_BACK.format(named)
    assert status(two) == ""


@pytest.mark.usefixtures("impatient")
def test_an_index_that_cannot_be_put_right_is_told(two: Company) -> None:
    hook(two, "post-commit", "git rm --quiet --cached a.md; touch .git/index.lock")
    said = commit_changes(opened(two), [changed()], "Some")
    assert said.startswith("the commit was made, and the next run puts the index right: another program has held")
    assert left_unfinished(two.root)
    (two.root / ".git/index.lock").unlink()
    with locked(opened(two)) as healed:
        assert healed == FINISHED.format("a.md")
    assert status(two) == ""


def test_a_commit_that_stands_though_git_complains(two: Company) -> None:
    hook(two, "post-commit", "kill -9 $PPID")
    said = commit_changes(opened(two), [changed()], "Some")
    assert said == "the commit was made, but git complained: git ended with status -9"
    assert two.git("log", "-1", "--format=%s") == "Some\n"
    assert not left_unfinished(two.root)


def test_a_git_that_is_killed_before_its_commit_leaves_nothing(two: Company) -> None:
    hook(two, "pre-commit", "kill -9 $PPID")
    with two.unchanged(), pytest.raises(Refused, match=r"^git would not commit a\.md$"), locked(opened(two)):
        commit_changes(opened(two), [changed()], "Some")


@pytest.mark.parametrize(("changes", "were"), [([changed()], "a.md was"), (ALL, "a.md, b.md, sub/c.md were")])
def test_a_signal_says_what_was_committed(two: Company, changes: list[Change], were: str) -> None:
    hook(two, "post-commit", f"kill -TERM {os.getpid()}; sleep 1")
    with pytest.raises(Interrupted, match=f"^interrupted; {were} committed$"):
        commit_changes(opened(two), changes, "Some")
    assert not left_unfinished(two.root)


def test_a_hook_that_changes_what_was_meant(two: Company) -> None:
    pad = b"---\nid: PAD-1\nstatus: %s\n---\n%s\n"
    two.write("a.md", (pad % (b"one", b"words")).decode())
    two.commit_all()
    one = changed(old=pad % (b"one", b"words"), new=pad % (b"two", b"words"))
    hook(two, "pre-commit", "sed -i 's/words/more words/' a.md; git add a.md")
    assert commit_changes(opened(two), [one], "Some") == ""
    assert b"more words" in (two.root / "a.md").read_bytes()
    hook(two, "pre-commit", "sed -i 's/status: .*/status: three/' a.md; git add a.md")
    one = changed(old=pad % (b"two", b"more words"), new=pad % (b"four", b"more words"))
    with pytest.raises(Rewritten, match=r"^a\.md was committed, but a hook changed it on the way$") as caught:
        commit_changes(opened(two), [one], "Some")
    (reason,) = caught.value.reasons
    head = two.git("rev-parse", "HEAD")[:12]
    assert reason.message == "not as the command wrote it: status"
    assert reason.fix.startswith(f"mend the hook; git revert --no-edit {head} takes")
    back = caught.value.taken_back()
    assert back.message == "a hook changed a.md on its way into the commit"
    assert (back.reasons[0].message, back.reasons[0].fix) == ("not as the command wrote it: status", "mend the hook")


def test_what_was_committed_is_read_where_it_reads_as_it_was_written(two: Company) -> None:
    pad = b"---\nid: PAD-1\nstatus: %s\n---\n"
    two.write("a.md", (pad % b"one").decode())
    two.commit_all()
    hook(two, "pre-commit", "sed -i 's/status: .*/status: edited/' a.md")
    assert commit_changes(opened(two), [changed(old=pad % b"one", new=pad % b"two")], "Some") == ""
    assert two.git("show", "HEAD:a.md").encode() == pad % b"two"
    (two.root / ".git/hooks/pre-commit").unlink()
    two.git("checkout", "--quiet", "a.md")
    for kind in ("clean", "smudge"):
        two.git("config", f"filter.turn.{kind}", "tr a-z n-za-m")
    two.write(".gitattributes", "a.md filter=turn\n")
    two.commit_all()
    assert commit_changes(opened(two), [changed(old=pad % b"two", new=pad % b"six")], "Some") == ""
    assert b"fgnghf: fvk" in two.git("show", "HEAD:a.md").encode()
    assert (two.root / "a.md").read_bytes() == pad % b"six"
    hook(two, "post-commit", "git rm --quiet --cached a.md")
    assert commit_changes(opened(two), [changed(old=pad % b"six", new=pad % b"ten")], "More") == ""
    assert status(two) == ""


CLEAN = FileState(tracked=True, staged=False, edited=False, lines=0)
_ADD_OR = "add --include-edits, or commit it first:\n"
_COMMIT = "git commit -m 'Edit a b' -- 'pads/a b.md'"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, ""),
        ({"edited": True, "lines": 1}, "included 1 line of uncommitted edits"),
        ({"staged": True, "lines": 2}, "included 2 lines of uncommitted edits"),
        ({"edited": True, "lines": 0}, "included 0 lines of uncommitted edits"),
        ({"tracked": False, "edited": True, "lines": 9}, "included the new file"),
    ],
)
def test_edits_that_are_included_are_told(other: dict[str, Any], said: str) -> None:
    assert check_author_edits(replace(CLEAN, **other), "pads/a b.md", include=True) == said


@pytest.mark.parametrize(
    ("other", "include", "message", "fix"),
    [
        (
            {"hidden": "skip-worktree"},
            True,
            "git was told not to look at it (skip-worktree), so edits of it would go unseen",
            "git update-index --no-skip-worktree -- 'pads/a b.md'",
        ),
        (
            {"staged": True, "edited": True},
            True,
            "one part of its edits is staged (marked for the next commit) and another is not",
            "mark all of them, or none:\ngit add -- 'pads/a b.md'\ngit restore --staged -- 'pads/a b.md'",
        ),
        ({"edited": True, "lines": 1}, False, "1 line of edits are not committed yet", f"{_ADD_OR}{_COMMIT}"),
        ({"edited": True, "lines": 0}, False, "0 lines of edits are not committed yet", f"{_ADD_OR}{_COMMIT}"),
        ({"staged": True, "lines": 3}, False, "3 lines of edits are not committed yet", f"{_ADD_OR}{_COMMIT}"),
        (
            {"tracked": False, "edited": True},
            False,
            "it is not committed yet",
            f"{_ADD_OR}git add -- 'pads/a b.md' && {_COMMIT}",
        ),
    ],
)
def test_edits_that_cannot_be_included(other: dict[str, Any], include: bool, message: str, fix: str) -> None:
    with pytest.raises(Refused, match=r"^pads/a b\.md: nothing was written$") as caught:
        check_author_edits(replace(CLEAN, **other), "pads/a b.md", include=include)
    (reason,) = caught.value.reasons
    assert (reason.message, reason.fix) == (message, fix)


def test_clean_files_need_no_word() -> None:
    assert check_author_edits(CLEAN, "a.md", include=False) == ""


@pytest.mark.parametrize("record", [Entry, Edit, Change])
def test_records_are_named_and_never_changed(record: Any) -> None:
    fields = dict.fromkeys(record.__dataclass_fields__, "x")
    with pytest.raises(TypeError):
        record(*fields.values())
    with pytest.raises(FrozenInstanceError):
        record(**fields).path = "y"
