"""The note of a write: what cannot be read of it, and what healing decides of files and commits."""

import json
from dataclasses import replace

import pytest
from acting import Company
from rooms import FINISHED, MINE, NEW, OLD, PUT_BACK, in_the_way, opened, status

from padctl.errors import RepositoryError
from padctl.store.journal import JOURNAL, Entry, Outlook, begin, end, heal, interrupted, outlook
from padctl.store.kept import digest
from padctl.store.locking import left_unfinished, locked
from padctl.store.repository import Repository


def entry(company: Company, path: str = "a.md", **other: object) -> Entry:
    head = company.git("rev-parse", "HEAD").strip()
    known = Entry(path=path, tracked=True, head=head, old=OLD, new_digest=digest(NEW))
    return replace(known, **other)  # type: ignore[arg-type]


def test_a_note_reads_back_as_it_was_written(two: Company) -> None:
    (two.root / "below").mkdir()
    below = Repository(two.root / "below")
    entries = (entry(two), entry(two, "b.md", old=None, tracked=False, new_digest=""), entry(two, old=b"\xff\0"))
    begin(below, *entries)
    assert left_unfinished(two.root)
    assert left_unfinished(two.root / "below")
    assert interrupted(opened(two)) == tuple(replace(one, root="below") for one in entries)
    end(below)
    end(below)
    assert not left_unfinished(two.root)
    assert interrupted(opened(two)) == ()


_FIELDS = {"path": "a.md", "tracked": True, "head": "", "new_digest": "", "root": "."}


@pytest.mark.parametrize(
    "note",
    [
        b"", b"{", b"\xff", b"null", b"7", b"{}", b"[]", b"[1]", b'["a"]', b'[{"path": "a.md"}]',
        json.dumps([{**_FIELDS, "old": 5}]).encode(), json.dumps([{**_FIELDS, "old": "abc"}]).encode(),
        json.dumps([{**_FIELDS, "old": None, "version": 2}]).encode(),
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_read_counts_as_none(two: Company, note: bytes) -> None:
    (two.root / ".git" / JOURNAL).write_bytes(note)
    two.write("a.md", "new\n")
    assert interrupted(opened(two)) == ()
    assert heal(opened(two)) == ""
    assert (two.root / "a.md").read_bytes() == NEW
    assert not left_unfinished(two.root)


def test_a_folder_in_the_notes_place(two: Company) -> None:
    (two.root / ".git" / JOURNAL).mkdir()
    with locked(opened(two)) as healed:
        assert healed == ""
    with pytest.raises(RepositoryError, match=r"padctl-journal\.json cannot be written: Is a directory"):
        begin(opened(two), entry(two))


LEFT = "an interrupted run was writing {}; it is left as it is now"


@pytest.mark.parametrize(
    ("a", "b", "commits", "decided", "said", "after"),
    [
        (NEW, NEW, "", Outlook.PUT_BACK, PUT_BACK, (OLD, OLD)),
        (NEW, OLD, "", Outlook.PUT_BACK, PUT_BACK, (OLD, OLD)),
        (OLD, NEW, "", Outlook.PUT_BACK, PUT_BACK, (OLD, OLD)),
        (None, OLD, "", Outlook.PUT_BACK, PUT_BACK, (OLD, OLD)),
        (NEW, MINE, "", Outlook.PUT_BACK, PUT_BACK + ", but b.md was edited since and stays", (OLD, MINE)),
        (MINE, NEW, "", Outlook.PUT_BACK, PUT_BACK + ", but a.md was edited since and stays", (MINE, OLD)),
        (MINE, MINE, "", Outlook.LEAVE, LEFT, (MINE, MINE)),
        (OLD, OLD, "", Outlook.LEAVE, LEFT, (OLD, OLD)),
        (NEW, NEW, "a.md b.md", Outlook.FINISH, FINISHED, (NEW, NEW)),
        (NEW, NEW, "a.md", Outlook.LEAVE, LEFT, (NEW, NEW)),
        (NEW, NEW, "b.md", Outlook.LEAVE, LEFT, (NEW, NEW)),
        (MINE, NEW, "a.md", Outlook.LEAVE, LEFT, (MINE, NEW)),
    ],
)
def test_what_healing_decides(
    two: Company, a: bytes | None, b: bytes, commits: str, decided: Outlook, said: str, after: tuple[bytes, bytes]
) -> None:
    repository, files = opened(two), [two.root / "a.md", two.root / "b.md"]
    begin(repository, entry(two), entry(two, "b.md"))
    for path, content in zip(files, (a, b), strict=True):
        path.write_bytes(content) if content is not None else path.unlink()
    if commits:
        two.git("commit", "--quiet", "-m", "Some", "--", *commits.split())
    assert outlook(repository, interrupted(repository)) is decided
    with locked(repository) as healed:
        assert healed == said.format("a.md, b.md")
    assert tuple(path.read_bytes() for path in files) == after
    assert not left_unfinished(two.root)
    assert not list((two.root / ".git").glob("padctl*.new"))


def test_a_folder_in_an_interrupted_files_place_stays(two: Company) -> None:
    begin(opened(two), entry(two), entry(two, "b.md"))
    two.write("b.md", "new\n")
    (two.root / "a.md").unlink()
    (two.root / "a.md").mkdir()
    said = PUT_BACK.format("a.md, b.md") + ", but a.md was edited since and stays"
    assert heal(opened(two)) == said
    assert (two.root / "a.md").is_dir()


def test_created_and_removed_files_of_an_interrupted_run(two: Company) -> None:
    repository = opened(two)
    created = entry(two, "new.md", tracked=False, old=None)
    removed = entry(two, new_digest="")
    begin(repository, removed, created)
    (two.root / "a.md").unlink()
    two.write("new.md", "new\n")
    two.git("add", "--intent-to-add", "new.md")
    assert heal(repository) == PUT_BACK.format("a.md, new.md")
    assert status(two) == ""
    begin(repository, created)
    assert heal(repository) == LEFT.format("new.md")
    begin(repository, created)
    two.write("new.md", "mine\n")
    two.git("add", "--intent-to-add", "new.md")
    assert heal(repository) == LEFT.format("new.md")
    assert status(two) == "?? new.md\n"
    begin(repository, replace(created, head=""))
    two.write("new.md", "new\n")
    two.commit_all("First")
    assert heal(repository) == FINISHED.format("new.md")


def test_an_interrupted_run_of_a_root_below_the_top(two: Company) -> None:
    two.write("below/a.md", "old\n")
    two.commit_all("Below")
    begin(Repository(two.root / "below"), entry(two))
    two.write("below/a.md", "new\n")
    two.write("a.md", "new\n")
    two.write("elsewhere/x", "")
    assert heal(Repository(two.root / "elsewhere")) == PUT_BACK.format("a.md")
    assert (two.root / "below/a.md").read_bytes() == OLD
    assert (two.root / "a.md").read_bytes() == NEW


@pytest.mark.usefixtures("impatient")
def test_a_note_outlives_a_healing_that_fails(two: Company) -> None:
    repository = opened(two)
    begin(repository, entry(two))
    two.write("a.md", "new\n")
    trace = two.root / ".git/padctl-git.trace"
    trace.touch()
    lock = two.root / ".git/index.lock"
    with in_the_way(lock), pytest.raises(RepositoryError, match="another program has held"), locked(repository):
        pytest.fail("not reached")
    assert left_unfinished(two.root)
    assert trace.exists()
    assert not (two.root / ".git/padctl.holder").exists()
    lock.unlink()
    with locked(repository) as healed:
        assert healed == PUT_BACK.format("a.md")
        assert not trace.exists()
