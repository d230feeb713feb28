"""`padctl doctor`: what it finds, what it says to do about it, and that it writes nothing."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from acting import TODAY, Company, padctl, padctl_process


def checks(company: Company, *, code: int | None = None) -> dict[str, tuple[str, str, str]]:
    """Return verdict, message and fix of each check by its name, the worst of several."""
    with company.unchanged():
        said = company.padctl("doctor", "--format", "json")
    data = json.loads(said.out)
    assert (data["schema"], data["kind"]) == ("padctl/1", "doctor")
    assert code in {None, said.code}, said.out
    assert said.code == bool(data["data"]["problems"])
    order = ["ok", "note", "problem"]
    found = sorted(data["data"]["checks"], key=lambda check: order.index(check["verdict"]))
    assert all(check["fix"] for check in found if check["verdict"] != "ok")
    return {check["name"]: (check["verdict"], check["message"], check["fix"]) for check in found}


@pytest.fixture
def cloned(company: Company) -> Company:
    """Return a repository with a PAD in review and a remote that has it."""
    company.submitted()
    company.git("clone", "--quiet", "--bare", ".", "../remote.git")
    company.git("remote", "add", "origin", "../remote.git")
    company.git("fetch", "--quiet", "origin")
    company.git("remote", "set-head", "origin", "main")
    fetched_on(company, date(2026, 11, 23))
    return company


def fetched_on(company: Company, day: date) -> None:
    """Let the last fetch be one of another day."""
    noon = datetime.combine(day, time(12)).timestamp()
    os.utime(company.root / ".git/FETCH_HEAD", (noon, noon))


def test_a_healthy_repository(cloned: Company) -> None:
    found = checks(cloned, code=0)
    assert {verdict for verdict, _, _ in found.values()} == {"ok"}
    assert set(found) == {
        "padctl", "git", "repository", "identity", "lock", "journal", "history", "hooks", "settings", "remote", "fetch",
        "templates", "objectives", "teams", "PADs", "ids", "ids elsewhere", "references",
    }  # fmt: skip
    said = cloned.ok("doctor")
    assert said.out.endswith("\nno problems, no notes\n")
    assert all(len(line) <= 80 or str(cloned.root) in line for line in said.out.split("\n"))  # a path is not folded


def test_the_example_has_no_problem(tessaly: Company) -> None:
    assert tessaly.ok("doctor").out.endswith("\nno problems, 1 note\n")


def test_before_the_first_commit_and_without_a_name(
    make: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    company = make(commit=False)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    found = checks(company, code=1)
    assert [name for name, (verdict, _, _) in found.items() if verdict == "problem"] == ["identity"]
    rows = company.padctl("doctor").out.split("\n")
    commands = ('git config --global user.name "Your Name"', "git config --global user.email you@example.com")
    assert rows[rows.index(f"         fix: {commands[0]}") + 1] == f"              {commands[1]}"


def test_outside_of_git(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    folder.mkdir()
    said = padctl("doctor", cwd=folder)
    assert said.code == 1
    assert "is not inside a git repository" in " ".join(said.out.split())
    assert "padctl init makes a repository here" in said.out
    assert list(folder.iterdir()) == []


def test_settings_without_git(company: Company) -> None:
    shutil.rmtree(company.root / ".git")
    said = padctl("doctor", cwd=company.root)
    assert said.code == 1
    assert "settings: they can be read" in said.out


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    said = padctl("doctor", "--root", str(tmp_path / "gone"), cwd=tmp_path)
    assert said.code == 1
    assert "there is no folder" in said.out


def test_settings_that_cannot_be_read(company: Company) -> None:
    company.edit_settings("[metting]\n")
    verdict, message, _ = checks(company, code=1)["settings"]
    assert verdict == "problem"
    assert 'padctl.toml:1: unknown key "metting"' in message


def test_no_settings(company: Company) -> None:
    company.git("rm", "--quiet", "padctl.toml")
    company.commit_all()
    assert checks(company, code=0)["settings"][0] == "note"


def test_a_template_that_cannot_be_read(company: Company) -> None:
    company.write("templates/pad/standard.md", "---\ntemplate: standard\nstages: none\n---\n")
    company.commit_all()
    verdict, message, _ = checks(company, code=1)["templates"]
    assert verdict == "problem"
    assert "templates/pad/standard.md:" in message


def test_a_charter_that_cannot_be_read_is_a_fault_of_the_teams(company: Company) -> None:
    company.write("teams/growth.md", "---\nlead: dana\n---\n# Growth\n")
    found = checks(company, code=1)
    assert found["templates"][0] == found["objectives"][0] == "ok"
    assert (found["teams"][0], found["teams"][1]) == ("problem", "1 place to mend, at teams/growth.md:2")


def test_a_pad_that_cannot_be_read(company: Company) -> None:
    company.write("pads/PAD-0001-x.md", "nothing\n")
    verdict, message, fix = checks(company, code=1)["PADs"]
    assert (verdict, message, fix) == ("problem", "1 cannot be read: pads/PAD-0001-x.md", "padctl lint says why")


@pytest.mark.parametrize("version", ["2.29.9", "1.8.0"])
def test_an_old_git(company: Company, tmp_path: Path, version: str) -> None:
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    real = shutil.which("git")
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *" version") echo git version {version};; *) exec {real} "$@";; esac\n'
    )
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    said = padctl_process("doctor", cwd=company.root, env={"PATH": path})
    assert said.code == 1
    assert f"problem  git: {version} is too old" in said.out
    assert "install git 2.30 or later" in said.out


def test_no_git_at_all(company: Company, tmp_path: Path) -> None:
    said = padctl_process("doctor", cwd=company.root, env={"PATH": str(tmp_path)})
    assert said.code == 1
    assert "problem  git: git is not installed" in said.out
    assert "settings: they can be read" in said.out
    assert "Traceback" not in said.all


def test_no_identity(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.delenv(f"GIT_{name}")
    verdict, _, fix = checks(company, code=1)["identity"]
    assert verdict == "problem"
    assert "git config --global user.name" in fix


def test_a_detached_head(company: Company) -> None:
    company.git("switch", "--quiet", "--detach")
    verdict, message, fix = checks(company, code=1)["repository"]
    assert (verdict, fix) == ("problem", "git switch main")
    assert "HEAD is detached" in message


def test_a_merge_in_progress(company: Company) -> None:
    (company.root / ".git/MERGE_HEAD").write_text(company.git("rev-parse", "HEAD"))
    verdict, message, _ = checks(company, code=1)["repository"]
    assert (verdict, message) == ("problem", "a merge is in progress here")


def test_locks(company: Company) -> None:
    git_dir = company.root / ".git"
    (git_dir / "padctl.holder").write_text("4194000")
    said = company.padctl("doctor")
    assert "note     lock: process 4194000 was killed while it was writing" in said.out
    (git_dir / "padctl.holder").write_text(str(os.getpid()))
    assert f"process {os.getpid()} is writing here" in company.padctl("doctor").out
    (git_dir / "padctl.holder").write_text("what?")
    assert company.padctl("doctor").code == 0
    (git_dir / "index.lock").touch()
    said = company.padctl("doctor")
    assert said.code == 1
    assert "index.lock keeps git from" in " ".join(said.out.split())
    assert (git_dir / "index.lock").exists()


def test_an_interrupted_write_is_told_and_left(company: Company) -> None:
    company.submitted()
    script = company.root / ".git/hooks/pre-commit"
    script.parent.mkdir(exist_ok=True)
    script.write_text("#!/bin/sh\nkill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID\n")
    script.chmod(0o755)
    padctl_process("recall", "1", "--today", TODAY, cwd=company.root)
    script.unlink()
    after = company.path().read_bytes()
    said = " ".join(company.padctl("doctor").out.split())
    assert "note journal: a write of pads/PAD-0001-team-gallery.md was interrupted; its old text is put back" in said
    assert company.path().read_bytes() == after
    assert "its old text is back" in company.ok("recall", "1").err


def test_a_shallow_clone(cloned: Company, tmp_path: Path) -> None:
    cloned.git("clone", "--quiet", "--depth=1", f"file://{tmp_path}/remote.git", "../shallow")
    found = checks(Company(root=tmp_path / "shallow"), code=0)
    assert found["history"] == ("note", "the clone is shallow: older commits are not here", "git fetch --unshallow")


def test_hooks(company: Company, make: Callable[..., Company]) -> None:
    hook = company.root / ".git/hooks/commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    assert checks(company)["hooks"][1] == "none"
    hook.chmod(0o755)
    assert checks(company)["hooks"][1] == "commit-msg"
    company.git("config", "core.hooksPath", "no/where")
    assert checks(company, code=0)["hooks"][:2] == (
        "note", "core.hooksPath names no/where, which is no folder: no hook runs",
    )  # fmt: skip


def test_a_remote_whose_default_branch_is_not_known(company: Company) -> None:
    company.git("init", "--quiet", "--bare", "../empty.git")
    company.git("remote", "add", "origin", "../empty.git")
    assert checks(company, code=1)["remote"][0] == "problem"
    company.edit_settings('[git]\ndefault = "trunk"\n')
    assert "git fetch origin trunk" in checks(company, code=1)["remote"][2]


def test_an_old_fetch(cloned: Company) -> None:
    fetched_on(cloned, date(2026, 11, 10))
    verdict, message, fix = checks(cloned, code=0)["fetch"]
    assert (verdict, fix) == ("note", "git fetch")
    assert message.startswith("the last one was 14 days ago")


def test_two_pads_with_one_id(company: Company) -> None:
    company.submitted()
    (company.root / "pads/PAD-0001-other.md").write_bytes(company.path().read_bytes())
    verdict, message, fix = checks(company, code=1)["ids"]
    assert verdict == "problem"
    assert message == "PAD-0001 is the id of pads/PAD-0001-other.md and pads/PAD-0001-team-gallery.md"
    assert "padctl renumber PAD-0001" in fix


def test_an_id_that_another_branch_uses(company: Company) -> None:
    company.git("switch", "--quiet", "-c", "exports")
    company.ok("new", "Exports", "--owner", "pm", "--no-input")
    company.commit_all()
    company.git("switch", "--quiet", "-c", "renamed", "main")
    company.draft()
    company.git("add", "--all")
    company.git("commit", "--quiet", "-m", "Gallery")
    company.path(2).rename(company.root / "pads/PAD-0001-gallery.md")
    company.edit("id: PAD-0002", "id: PAD-0001")
    company.commit_all()
    company.git("switch", "--quiet", "main")
    company.git("checkout", "--quiet", "renamed", "--", "pads")
    company.path().rename(company.root / "pads/PAD-0001-team-gallery.md")
    company.commit_all()
    verdict, message, _ = checks(company, code=0)["ids elsewhere"]
    assert (verdict, message) == ("note", "PAD-0001 is also the id of pads/PAD-0001-exports.md on exports")


def test_references_that_lead_nowhere(company: Company) -> None:
    company.draft()
    company.edit("reviewers: []", "reviewers: []\nrelated: [PAD-0099]")
    company.edit("Of 100 teams", "Of [100](gone.md) teams")
    company.commit_all()
    verdict, message, fix = checks(company, code=1)["references"]
    assert (verdict, fix) == ("problem", "padctl lint --select PC4")
    assert message.startswith("2 references to mend, at pads/PAD-0001-team-gallery.md:")


def test_one_lock_for_all_work_trees(company: Company) -> None:
    company.submitted()
    company.git("worktree", "add", "--quiet", "../second", "-b", "second")
    company.ok("recall", "1")
    Company(root=company.root.parent / "second").ok("recall", "1")
    found = subprocess.run(["find", ".git", "-name", "padctl.lock"], cwd=company.root, capture_output=True, check=True)
    assert found.stdout.decode().split() in ([], [".git/padctl.lock"])
    assert checks(company)["lock"][0] == "ok"


def test_a_remote_of_another_name_is_not_looked_at(cloned: Company) -> None:
    cloned.git("remote", "rename", "origin", "hub")
    verdict, message, fix = checks(cloned, code=1)["remote"]
    assert verdict == "problem"
    assert message.startswith("none is called origin, only hub")
    assert fix == "git remote rename hub origin"
    cloned.git(*fix.split()[1:])
    assert checks(cloned)["remote"][0] == "ok"
