"""`init --ci`: pipelines that their hosts can read, in the right place, and never over one that is there."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hosting import PROJECT, Clone

GITHUB = ".github/workflows/padctl.yml"
GITLAB = ".gitlab-ci.yml"
PART = "ci/padctl.gitlab-ci.yml"


def read(path: Path) -> dict[str, Any]:
    """Return a YAML file; `on` is a truth value of YAML 1.1."""
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return {("on" if key is True else key): item for key, item in value.items()}


def check(kind: str, path: Path) -> None:
    """Check a file against the published schema of its host."""
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_github(host: Clone) -> None:
    before = files(host.root)
    assert host.ok("init", "--ci", "github").out == f"made {GITHUB}\n"
    assert {*files(host.root)} == {*before, GITHUB}
    assert host.git("status", "--porcelain", "--untracked-files=all") == f"?? {GITHUB}"
    check("github-workflows", host.root / GITHUB)
    workflow = read(host.root / GITHUB)
    assert workflow["on"] == {"pull_request": None, "merge_group": None, "push": {"branches": ["main"]}}
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert "permissions" not in job
    assert "if" not in job
    checkout = job["steps"][0]
    assert checkout["uses"].startswith("actions/checkout@v")
    assert checkout["with"]["persist-credentials"] is False
    assert checkout["with"]["fetch-depth"] == "${{ github.event_name == 'pull_request' && 2 || 0 }}"
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert runs == ["pip install padctl-cli", "padctl lint --base auto --format github"]
    assert not any("${{" in run for run in runs)


def test_gitlab(host: Clone) -> None:
    assert host.ok("init", "--ci", "gitlab").out == f"made {GITLAB}\n"
    check("gitlab-ci", host.root / GITLAB)
    (job,) = read(host.root / GITLAB).values()
    assert [rule["if"] for rule in job["rules"]] == [
        '$CI_PIPELINE_SOURCE == "merge_request_event"',
        "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
    ]
    assert all({*rule} == {"if"} for rule in job["rules"])
    assert job["artifacts"] == {"when": "always", "reports": {"codequality": "gl-code-quality-report.json"}}
    assert job["variables"]["GIT_DEPTH"] == "0"


def test_the_commands_of_the_pipelines_work(host: Clone) -> None:
    host.ok("init", "--ci", "github", "--ci", "gitlab")
    host.commit()
    commands = read(host.root / GITLAB)["padctl"]["script"]
    commands.append(read(host.root / GITHUB)["jobs"]["lint"]["steps"][-1]["run"])
    for command in commands:
        assert host.padctl(*command.split()[1:]).code == 0, command
    assert json.loads(host.read("gl-code-quality-report.json")) == []


def test_gitlab_with_a_pipeline_of_its_own(host: Clone) -> None:
    host.write(GITLAB, "build:\n  script: make\n")
    said = host.ok("init", "--ci", "gitlab")
    assert said.out == f"made {PART}\nNext: add to {GITLAB}: include: [{{local: {PART}}}]\n"
    assert host.read(GITLAB) == "build:\n  script: make\n"
    check("gitlab-ci", host.root / PART)
    host.write(GITLAB, f"include: [{{local: {PART}}}]\n" + host.read(GITLAB))
    check("gitlab-ci", host.root / GITLAB)
    before = files(host.root)
    assert host.ok("init", "--ci", "gitlab").out == f"kept {PART} as it is\n"
    assert files(host.root) == before


def test_nothing_is_overwritten(host: Clone) -> None:
    host.write(GITHUB, "mine\n")
    assert host.ok("init", "--ci", "github").out == f"kept {GITHUB} as it is\n"
    assert host.read(GITHUB) == "mine\n"
    host.ok("init", "--ci", "gitlab")
    before = files(host.root)
    assert host.ok("init", "--ci", "github,gitlab").out == f"kept {GITHUB} as it is\nkept {GITLAB} as it is\n"
    assert files(host.root) == before


def test_with_a_plain_init(tmp_path: Path) -> None:
    said = Clone(tmp_path).ok("init", "new", "--ci", "github", "--ci", "gitlab")
    assert "made padctl.toml\n" in said.out
    assert said.out.endswith(f"made {GITHUB}\nmade {GITLAB}\n")
    assert read(tmp_path / "new" / GITHUB)["on"]["push"] == {"branches": ["main"]}


def test_settings_without_git_are_set_up_first(tmp_path: Path) -> None:
    (tmp_path / "padctl.toml").write_text("")
    assert "made a git repository\n" in Clone(tmp_path).ok("init", "--ci", "github").out
    assert (tmp_path / GITHUB).is_file()


@pytest.mark.parametrize("cwd", [".", "our docs", "our docs/pads"])
def test_a_root_below_the_top_of_git(host: Clone, cwd: str) -> None:
    host.git("rm", "--quiet", "-r", ".")
    host.ok("init", "our docs")
    host.commit()
    place = Clone(host.root / cwd)
    place.ok("init", *(["our docs"] if cwd == "." else []), "--ci", "github", "--ci", "gitlab")
    assert host.git("status", "--porcelain", "--untracked-files=all").split("\n") == [f"?? {GITHUB}", f"?? {GITLAB}"]
    wanted = "padctl lint --root 'our docs' --base auto"
    assert read(host.root / GITHUB)["jobs"]["lint"]["steps"][-1]["run"] == f"{wanted} --format github"
    assert read(host.root / GITLAB)["padctl"]["script"][-1] == wanted


@pytest.mark.parametrize("settings", [True, False])
def test_another_default_branch(host: Clone, settings: bool) -> None:
    host.git("branch", "--quiet", "-m", "release/next")
    if settings:
        host.write("padctl.toml", '[git]\ndefault = "release/next"\n')
        host.git("switch", "--quiet", "-c", "add-ci")
    host.ok("init", "--ci", "github")
    assert read(host.root / GITHUB)["on"]["push"] == {"branches": ["release/next"]}


@pytest.mark.parametrize(("word", "near"), [("githb", "github"), ("GitLab", "gitlab"), ("jenkins", "")])
def test_a_host_without_a_pipeline(host: Clone, word: str, near: str) -> None:
    before = files(host.root)
    said = host.padctl("init", "--ci", word)
    assert said.code == 2
    assert f'"{word}"' in said.err
    assert (f'(did you mean "{near}"?)' in said.err) == bool(near)
    assert "--ci github or --ci gitlab" in said.err
    assert files(host.root) == before


def test_what_the_documentation_shows_can_be_pasted(tmp_path: Path) -> None:
    text = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]
    assert len(blocks) == 5
    workflows = [block for block in blocks if isinstance(block, dict) and "jobs" in block]
    assert len(workflows) == 2
    for workflow in workflows:
        workflow["on"] = workflow.pop(True, "push")
        (tmp_path / "workflow.yml").write_text(yaml.safe_dump(workflow))
        check("github-workflows", tmp_path / "workflow.yml")


def test_the_action() -> None:
    check("github-actions", PROJECT / "action.yml")
    action = read(PROJECT / "action.yml")
    assert {*action["inputs"]} == {"args", "base", "version"}
    steps = action["runs"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert not any("${{" in run for run in runs), "an input would be read as a command"
    assert all(step["shell"] == "bash" for step in steps if "run" in step)


def test_the_shell_of_the_action(host: Clone, tmp_path: Path) -> None:
    """Its last step runs with a path that holds a space, and with words that a shell would act on."""
    scripts = tmp_path / "runner temp/padctl/bin"
    scripts.mkdir(parents=True)
    (scripts / "padctl").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m padctl "$@"\n')
    (scripts / "padctl").chmod(0o755)
    step = read(PROJECT / "action.yml")["runs"]["steps"][-1]
    for args, code in (("", 0), ("--strict  --select\nPC1", 0), ("--ignore $(touch${IFS}hacked)", 2)):
        env = {"ARGS": args, "BASE": "HEAD", "RUNNER_TEMP": str(tmp_path / "runner temp"), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]], cwd=host.root, env=env, capture_output=True, check=False
        )
        assert done.returncode == code, done.stderr.decode()
    assert not (host.root / "hacked").exists()
