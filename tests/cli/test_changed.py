"""What was changed since a commit: tracked and untracked files, below the root, and with filters that must not run."""

import subprocess
from pathlib import Path

import pytest
from acting import Company
from rooms import opened

from padctl.errors import RepositoryError
from padctl.store.changed import changed_paths
from padctl.store.repository import Repository


def test_tracked_and_untracked_files_below_the_root(two: Company) -> None:
    two.write(".gitignore", "ignored.md\n")
    two.write("below/c d.md", "old\n")
    two.commit_all("More")
    assert changed_paths(opened(two), "HEAD") == set()
    assert changed_paths(opened(two), "HEAD^{tree}") == set()
    assert changed_paths(opened(two), "HEAD~") == {".gitignore", "below/c d.md"}
    two.write("a.md", "new\n")
    two.write("b.md", "new\n")
    two.git("add", "b.md")
    for name in ("ignored.md", "new.md", "below/new.md", "below/ü.md"):
        two.write(name, "new\n")
    (two.root / "below/c d.md").unlink()
    below = {"c d.md", "new.md", "ü.md"}
    assert changed_paths(opened(two), "HEAD") == {"a.md", "b.md", "new.md", *(f"below/{name}" for name in below)}
    assert changed_paths(Repository(two.root / "below"), "HEAD") == below


def test_before_the_first_commit_all_is_changed(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "new")], check=True)
    company = Company(root=tmp_path / "new")
    company.write("staged.md", "new\n")
    company.git("add", "staged.md")
    company.write("new.md", "new\n")
    assert changed_paths(opened(company), "HEAD") == {"staged.md", "new.md"}


def test_a_git_that_cannot_say_is_quoted(two: Company) -> None:
    (two.root / ".git/index").write_bytes(b"broken")
    with pytest.raises(RepositoryError, match=r"^git diff failed: .*index"):
        changed_paths(opened(two), "HEAD")


@pytest.mark.parametrize("kind", ["clean", "process", "smudge"])
def test_no_filter_runs_whatever_it_is_called(two: Company, kind: str) -> None:
    two.write(".gitattributes", "*.md filter=trap\n")
    two.commit_all()
    two.git("config", "filter.other.clean", "cat")
    two.git("config", f"filter.trap.{kind}", "touch trapped; cat")
    two.git("config", "filter.trap.required", "true")
    two.write("a.md", "new\n")
    assert changed_paths(opened(two), "HEAD") == {"a.md"}
    two.write("a.md", "old\n")
    assert changed_paths(opened(two), "HEAD") <= {"a.md"}
    assert not (two.root / "trapped").exists()


@pytest.mark.parametrize("name", ["a=b", "=", "a b=c"])
def test_a_filter_that_cannot_be_kept_from_running(two: Company, name: str) -> None:
    two.git("config", f"filter.{name}.clean", "touch trapped; cat")
    with pytest.raises(RepositoryError, match=r"a filter in git's configuration holds a `=`$") as caught:
        changed_paths(opened(two), "HEAD")
    subprocess.run(caught.value.fix.replace("NAME", "good"), shell=True, cwd=two.root, check=True)
    assert changed_paths(opened(two), "HEAD") == set()
