"""What ships: the wheel, built from the sdist, works in an environment of its own."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def run(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, PROJECT, cwd=folder)
    return folder


def test_sdist_and_wheel_hold_templates_and_examples(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[-1] for name in sdist.getnames()}
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        shipped = set(wheel.namelist())
    for folder in ("templates", "examples"):
        files = {str(path.relative_to(PROJECT)) for path in (PROJECT / folder).rglob("*") if path.is_file()}
        assert files
        assert files <= names
        assert {f"padctl/_data/{name}" for name in files} <= shipped


def test_installed_wheel_scaffolds_a_pad(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", next(built.glob("*.whl")), cwd=tmp_path)
    repository = tmp_path / "repository"
    run(scripts / "padctl", "init", "--no-input", repository, cwd=tmp_path)
    output = run(scripts / "padctl", "new", "First bet", "--owner", "pm", "--no-input", cwd=repository)
    assert "wrote pads/PAD-0001-first-bet.md" in output
    assert "### Problem Statement" in (repository / "pads/PAD-0001-first-bet.md").read_text(encoding="utf-8")
    run(scripts / "padctl", "lint", cwd=repository)
    run(scripts / "padctl", "init", "--example", tmp_path / "example", cwd=tmp_path)
