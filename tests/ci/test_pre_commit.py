"""The hooks of this project, run by pre-commit itself in a company's repository."""

import os
import shutil
import subprocess
import sys

import pytest
import yaml
from hosting import ENVIRONMENT, PAD, PROJECT, SETTINGS, Clone, pad_text

PARTS = ("src", "templates", "examples", "README.md", "LICENSE", "pyproject.toml", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Return a repository that uses both hooks from a commit of this work tree."""
    folder = tmp_path_factory.mktemp("pre-commit")
    patch = pytest.MonkeyPatch()
    for name, value in ENVIRONMENT.items():
        patch.setenv(name, value)
    project = Clone(folder / "padctl")
    for part in PARTS:
        source, target = PROJECT / part, project.root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, target)
    project.git("init", "--quiet")
    rev = project.commit("Everything")
    company = Clone(folder / "company")
    company.root.mkdir()
    company.git("init", "--quiet", "--initial-branch=main")
    hooks = [{"id": "padctl-lint", "args": ["--today=2026-11-24"]}, {"id": "padctl-lint-all"}]
    config = {"repos": [{"repo": str(project.root), "rev": rev, "hooks": hooks}]}
    company.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    company.write("padctl.toml", SETTINGS)
    company.write("pads/README.md", "What stands here\n")
    company.write(PAD, pad_text())
    company.write("pads/PAD-0002-with a space é.md", pad_text(2, "Exports"))
    company.git("add", "--all")
    patch.undo()
    return company


def run_hook(company: Clone, *words: str) -> tuple[int, str]:
    """Run pre-commit with a cache of its own, and return its exit code and what it said."""
    env = {**os.environ, "PRE_COMMIT_HOME": str(company.root.parent / "cache"), "PRE_COMMIT_COLOR": "never"}
    command = [sys.executable, "-m", "pre_commit", "run", *words]
    done = subprocess.run(command, cwd=company.root, env=env, capture_output=True, check=False)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def test_the_manifest() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(PROJECT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, check=False).returncode == 0
    hooks = {hook["id"]: hook for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())}
    assert {*hooks} == {"padctl-lint", "padctl-lint-all"}
    assert hooks["padctl-lint"]["files"] == r"^pads/.*\.md$"
    assert hooks["padctl-lint-all"]["always_run"] is True
    assert hooks["padctl-lint-all"]["pass_filenames"] is False


def test_the_hooks_pass_and_fail(company: Clone) -> None:
    code, said = run_hook(company)
    assert code == 0, said
    assert said.count("Passed") == 2

    company.edit("status: draft", "status: in-reviw")
    company.git("add", "--all")
    code, said = run_hook(company, "padctl-lint")
    assert code == 1
    assert "exit code: 1" in said
    assert f"{PAD}:7:" in said
    assert 'did you mean "in-review"?' in said

    # A file that the commit does not hold is the other hook's affair.
    code, said = run_hook(company, "padctl-lint", "--files", "pads/README.md", "pads/PAD-0002-with a space é.md")
    assert code == 0, said
    code, said = run_hook(company, "padctl-lint-all", "--files", "pads/README.md")
    assert code == 1
    assert f"{PAD}:7:" in said
