"""`init`: nothing overwritten, nothing committed; `init --example`: what the project shows."""

import shlex
import subprocess
from pathlib import Path

import pytest
from acting import PROJECT, Company, padctl


def test_init_makes_a_repository_and_commits_nothing(tmp_path: Path) -> None:
    said = padctl("init", "deep/er", "--no-input", cwd=tmp_path)
    assert said.code == 0
    company = Company(root=tmp_path / "deep/er")
    assert company.git("rev-parse", "--verify", "--quiet", "HEAD", code=1) == ""
    assert company.git("ls-files") == ""
    assert (company.root / "padctl.toml").is_file()
    assert company.ok("lint").code == 0
    assert "No PAD here yet" in company.ok("status").out
    with company.unchanged():
        assert company.ok("init").code == 0


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "pads").mkdir()
    (tmp_path / "pads/README.md").write_text("mine\n")
    (tmp_path / "padctl.toml").write_text("# mine\n")
    said = padctl("init", cwd=tmp_path)
    assert said.code == 0
    assert (tmp_path / ".git").is_dir()
    assert (tmp_path / "pads/README.md").read_text() == "mine\n"
    assert (tmp_path / "padctl.toml").read_text() == "# mine\n"


def test_init_again_sweeps_what_a_killed_one_left(tmp_path: Path) -> None:
    assert padctl("init", "--ci", "github", cwd=tmp_path).code == 0
    draft = tmp_path / ".git/padctl-0123456789abcdef.new"
    draft.write_text("the draft of a file that was created already\n")
    assert padctl("init", "--ci", "github", cwd=tmp_path).code == 0
    assert not draft.exists()


def test_init_inside_a_repository(company: Company) -> None:
    company.write("src/main.txt", "code\n")
    head = company.git("rev-parse", "HEAD")
    assert padctl("init", cwd=company.root / "src").code == 0
    assert not (company.root / "src/.git").exists()
    assert company.git("rev-parse", "HEAD") == head
    assert company.git("ls-files", "src") == ""


def test_init_where_settings_stand_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.padctl.meeting]\nminutes = 45\n")
    assert padctl("init", cwd=tmp_path).code == 0
    assert not (tmp_path / "padctl.toml").exists()


def test_the_steps_after_init_can_be_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    rows = padctl("init", "my team", cwd=tmp_path).out.splitlines()
    steps = [row.removeprefix("Next: ").removeprefix("Then: ") for row in rows if row.startswith(("Next: ", "Then: "))]
    assert steps[0] == "cd 'my team'"
    subprocess.run(["sh", "-ec", "\n".join(steps[:-1])], cwd=tmp_path, check=True)
    company = Company(root=tmp_path / "my team")
    assert company.git("log", "--format=%an %s") == "Your Name Set up padctl\n"
    assert company.ok(*shlex.split(steps[-1])[1:]).out.startswith("wrote pads/")
    assert "Next: git add" in company.ok("init").out


def test_init_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    said = padctl("init", "taken", cwd=tmp_path)
    assert said.code == 2
    assert (tmp_path / "taken").read_text() == "x"


def test_the_example_is_what_the_project_shows(tessaly: Company) -> None:
    def contents(root: Path) -> dict[str, bytes]:
        files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}

    shown = contents(PROJECT / "examples")
    assert contents(tessaly.root) == {path: text for path, text in shown.items() if not path.startswith("quarter/")}
    assert tessaly.git("status", "--porcelain") == ""
    assert tessaly.ok("lint", "--strict").code == 0


def test_the_log_of_the_example(tessaly: Company) -> None:
    shape = "%H%x1f%s%x1f%(trailers:key=Pad-Id,valueonly,separator=%x2C)%x1f%(trailers:key=Pad-Move,valueonly)"
    rows = [row.split("\x1f") for row in tessaly.git("log", "--reverse", f"--format={shape}%x1e").split("\x1e\n")[:-1]]
    assert len(rows) > 80
    moves = [row for row in rows if row[2]]
    assert all(row[1].startswith(f"{row[2]}: ") and row[3].strip() for row in moves)
    kinds = {row[3].strip() for row in moves}
    assert {"submit", "decide", "advance", "launch", "recall", "hold", "withdraw", "action-done"} <= kinds
    for row in rows[1:]:
        changed = tessaly.git("show", "--format=", "--name-only", row[0]).split()
        assert len(changed) == 1
        assert changed[0].startswith(f"pads/{row[1].split(':')[0]}-")


def test_the_example_needs_an_empty_folder(company: Company) -> None:
    before = company.snapshot()
    said = company.padctl("init", ".", "--example")
    assert said.code == 2
    assert company.snapshot() == before


def test_an_example_inside_of_a_repository_is_one_of_its_own(company: Company) -> None:
    head, folder = company.git("rev-parse", "HEAD"), company.root / "shown"
    folder.mkdir()
    assert padctl("init", "--example", "shown", cwd=company.root).code == 0
    assert company.git("rev-parse", "HEAD") == head
    assert Company(root=folder).git("rev-parse", "HEAD") != head
    assert company.git("status", "--porcelain") == "?? shown/\n"


def test_the_way_into_the_example_can_be_pasted(tessaly: Company, tmp_path: Path) -> None:
    command = tessaly.made.split("Next: ")[1].strip().replace("padctl", f"{PROJECT}/.venv/bin/padctl")
    done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b"PAD-0008" in done.stdout
