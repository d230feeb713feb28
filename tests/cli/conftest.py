"""Repositories to work in, with git's identity, dates and configuration pinned."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from acting import ENVIRONMENT, UNWANTED, Company, padctl


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    for name in UNWANTED:
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two repositories to copy: `initialised`, and `committed` with its set-up committed."""
    folder = tmp_path_factory.mktemp("ready")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**ENVIRONMENT, "GIT_TEMPLATE_DIR": ""}.items():
            patch.setenv(name, value)
        for name in ("initialised", "committed"):
            said = padctl("init", str(folder / name), "--no-input", cwd=folder)
            assert said.code == 0, said.all
        Company(root=folder / "committed").commit_all("Set up")
    return folder


@pytest.fixture
def make(ready: Path, tmp_path: Path) -> Callable[..., Company]:
    """Return a maker of companies, each ready for PADs and with its set-up committed."""

    def made(name: str = "company", *, template: str = "standard", commit: bool = True) -> Company:
        shutil.copytree(ready / ("committed" if commit else "initialised"), tmp_path / name, symlinks=True)
        return Company(root=tmp_path / name, template=template)

    return made


@pytest.fixture
def company(make: Callable[..., Company]) -> Company:
    """Return a repository ready for PADs."""
    return make()


@pytest.fixture(scope="session")
def tessaly(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Return the example repository, made once: only for tests that read."""
    folder = tmp_path_factory.mktemp("example") / "my tessaly"
    said = padctl("init", "--example", str(folder), "--no-input", cwd=folder.parent)
    assert said.code == 0, said.all
    return Company(root=folder, made=said.out)


@pytest.fixture
def own_tessaly(tessaly: Company, tmp_path: Path) -> Company:
    """Return a clone of the example repository that may be changed."""
    folder = tmp_path / "tessaly"
    subprocess.run(["git", "clone", "--quiet", str(tessaly.root), str(folder)], check=True)
    return Company(root=folder)


@pytest.fixture
def repository(tessaly: Company, tmp_path: Path) -> Path:
    """Return a copy of the example repository for tests that run padctl and git as processes of their own."""
    return Path(shutil.copytree(tessaly.root, tmp_path / "tessaly", symlinks=True))


@pytest.fixture
def cloned(company: Company, tmp_path: Path) -> Company:
    """Return a clone of a repository in which PAD-0001 is a committed draft; `hub.git` beside it is its remote."""
    company.in_status("draft")
    company.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    company.git("clone", "--quiet", str(tmp_path / "hub.git"), str(tmp_path / "clone"))
    return Company(root=tmp_path / "clone")


@pytest.fixture
def two(company: Company) -> Company:
    """Return a repository with two committed files, a.md and b.md."""
    for name in ("a.md", "b.md"):
        company.write(name, "old\n")
    company.commit_all("Two files")
    return company


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("padctl.store.committing.LOCK_SECONDS", 1.1)
    monkeypatch.setattr("padctl.store.locking.LOCK_SECONDS", 0.3)


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    """Return a folder that stands for a git directory."""
    folder = tmp_path / "git-dir"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on another file system than the others are."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system here")
    with TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)
