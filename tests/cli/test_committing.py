"""How git is asked to commit, what it refuses, and whose locks are waited for."""

import threading

import pytest
from acting import Company
from rooms import hook, in_the_way, opened, status

from padctl.errors import Refused, RepositoryError
from padctl.store.committing import await_index, commit_files, committed, forget, forget_intent, patiently, settle


def test_those_files_alone_are_committed(two: Company) -> None:
    two.write("a.md", "new\n")
    two.write("b.md", "staged\n")
    two.git("add", "b.md")
    two.write("new.md", "new\n")
    commit_files(opened(two), ["a.md", "new.md"], "Some\n\n#1 words", unknown=["new.md"])
    assert two.git("log", "-1", "--format=%B") == "Some\n\n#1 words\n\n"
    assert two.git("diff", "--name-only", "HEAD~").split() == ["a.md", "b.md", "new.md"]
    assert status(two) == "M  b.md\n"
    assert settle(opened(two), ["a.md", "new.md"])


def test_a_file_that_git_will_not_know(two: Company) -> None:
    two.write(".gitignore", "new.md\n")
    two.write("new.md", "new\n")
    with pytest.raises(Refused, match=r"^git would not commit new\.md$") as caught:
        commit_files(opened(two), ["new.md"], "Some", unknown=["new.md"])
    assert "ignored by one of your .gitignore files" in caught.value.reasons[0].message
    assert two.git("log", "-1", "--format=%s") == "Two files\n"


@pytest.mark.parametrize(
    ("script", "words"),
    [("echo no money >&2; exit 1", "no money"), ("exit 1", "git ended with status 1")],
)
def test_git_is_quoted_where_it_would_not_commit(two: Company, script: str, words: str) -> None:
    two.write("a.md", "new\n")
    two.write("b.md", "new\n")
    hook(two, "pre-commit", script)
    with pytest.raises(Refused, match=r"^git would not commit a\.md, b\.md$") as caught:
        commit_files(opened(two), ["a.md", "b.md"], "Some")
    (reason,) = caught.value.reasons
    assert (reason.message, reason.fix) == (words, "mend it and run the command again")


def test_what_a_commit_waited_for_is_guessed_from_the_hooks_that_run(
    two: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.write("a.md", "new\n")
    hook(two, "commit-msg", "exec sleep 20")
    hook(two, "post-index-change", "exit 0")
    hook(two, "pre-commit", "exit 1", bits=0o644)
    hook(two, "pre-push", "exit 0")
    (two.root / ".git/hooks/post-commit").mkdir()
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "1.5")
    with pytest.raises(RepositoryError) as caught:
        commit_files(opened(two), ["a.md"], "Some")
    message = "git commit did not end within 1.5 s and was stopped"
    guess = "the commit-msg or post-index-change hook may be what it waited for"
    assert caught.value.message == f"{message}; {guess}"
    assert caught.value.fix == "see what it waits for, or allow it more: PADCTL_GIT_TIMEOUT=7.5"


def test_the_index_is_settled_after_a_commit(two: Company) -> None:
    two.write("a.md", "new\n")
    assert not settle(opened(two), ["a.md"])
    assert settle(opened(two), ["b.md"])
    two.git("add", "a.md")
    assert not settle(opened(two), ["a.md", "b.md"])
    assert status(two) == " M a.md\n"


def test_a_commit_is_known_by_its_message_and_its_files(two: Company) -> None:
    repository, before = opened(two), two.git("rev-parse", "HEAD").strip()
    assert not committed(repository, ["a.md"], "Some", since=before)
    assert committed(repository, ["a.md"], "Two files", since="")
    two.write("a.md", "new\n")
    two.commit_all("Some\n\nPad: a")
    two.write("c.md", "new\n")
    two.commit_all("Other")
    assert committed(repository, ["a.md"], "\nSome\n\nPad: a\n", since=before)
    assert committed(repository, ["a.md", "b.md"], "Some\n\nPad: a", since="")
    two.write("a.md", "newer\n")
    for paths, message in ((["b.md"], "Some\n\nPad: a"), (["a.md"], "Some"), (["a.md"], "Other")):
        assert not committed(repository, paths, message, since=before)
    assert not committed(repository, ["a.md"], "Two files", since=before)


def test_a_commit_is_known_whatever_a_hook_made_of_its_message(two: Company) -> None:
    repository, before = opened(two), two.git("rev-parse", "HEAD").strip()
    two.write("a.md", "new\n")
    two.commit_all("[T-1] Some\n\nPad: a\nPad-Move: b\nChange-Id: I1")
    two.git("config", "log.showSignature", "true")
    assert committed(repository, ["a.md"], "Other words", since=before)
    assert not committed(repository, ["b.md"], "Some\n\nPad: a", since=before)
    two.write("a.md", "newer\n")
    assert committed(repository, ["a.md"], "Some\n\nPad: a\nPad-Move: b\n", since=before)
    assert not committed(repository, ["a.md"], "Some\n\nPad: a\nPad-Move: c\n", since=before)


def test_an_intent_is_forgotten_and_nothing_else(two: Company) -> None:
    repository = opened(two)
    for name in ("intended.md", "staged.md", "unknown.md"):
        two.write(name, "new\n")
    two.git("add", "--intent-to-add", "intended.md")
    two.git("add", "staged.md")
    two.write("a.md", "new\n")
    for name in ("intended.md", "staged.md", "unknown.md", "a.md", "b.md"):
        forget_intent(repository, name)
    assert status(two) == " M a.md\nA  staged.md\n?? intended.md\n?? unknown.md\n"
    forget(repository, "staged.md")
    assert status(two) == " M a.md\n?? intended.md\n?? staged.md\n?? unknown.md\n"


@pytest.mark.usefixtures("impatient")
def test_a_held_index_is_named(two: Company) -> None:
    lock = two.root / ".git/index.lock"
    repository = opened(two)
    two.write("a.md", "new\n")
    for attempt in (
        lambda: await_index(repository),
        lambda: commit_files(repository, ["a.md"], "Some"),
        lambda: patiently(repository, "add", "a.md"),
    ):
        with in_the_way(lock), pytest.raises(RepositoryError) as caught:
            attempt()
        assert caught.value.message == f"another program has held {lock} for 1.1 s"
        assert caught.value.fix == (
            f"wait until it ends; if no git runs here, one was killed and left that file:\nrm {lock}"
        )
    assert lock.exists()


def test_an_index_is_awaited_no_longer_than_a_git(two: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = opened(two)
    lock = repository.git_dir / "index.lock"
    monkeypatch.setenv("PADCTL_GIT_TIMEOUT", "1.2")
    with in_the_way(lock), pytest.raises(RepositoryError, match=r"index\.lock for 1\.2 s$"):
        await_index(repository)


@pytest.mark.parametrize("name", ["index.lock", "refs/heads/main.lock"])
def test_a_lock_that_goes_is_waited_for(two: Company, name: str) -> None:
    lock = two.root / ".git" / name
    two.git("branch", "--move", "main")
    lock.touch()
    two.write("a.md", "new\n")
    timer = threading.Timer(0.4, lock.unlink)
    timer.start()
    if name == "index.lock":
        await_index(opened(two))
        assert not lock.exists()
        lock.touch()
        again = threading.Timer(0.4, lock.unlink)
        again.start()
    commit_files(opened(two), ["a.md"], "Some")
    assert status(two) == ""
    assert two.git("log", "-1", "--format=%s") == "Some\n"


@pytest.mark.usefixtures("impatient")
def test_a_branch_that_stays_locked_is_gits_to_name(two: Company) -> None:
    two.git("branch", "--move", "main")
    two.write("a.md", "new\n")
    with in_the_way(two.root / ".git/refs/heads/main.lock"), pytest.raises(Refused) as caught:
        commit_files(opened(two), ["a.md"], "Some")
    assert "cannot lock ref" in caught.value.reasons[0].message
