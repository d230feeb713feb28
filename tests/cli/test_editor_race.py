"""What an editor saves while a command writes is in the file, in the commit, or set aside under a name that is told."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from acting import TODAY, Company, padctl_process

WORDS = "A sentence of mine."
_GIT = shutil.which("git") or "git"
_SAVES = {
    "in place": "echo '{words}' >> {path}",
    "by a new file": "{{ cat {path}; echo '{words}'; }} > {path}~ && mv {path}~ {path}",
}
DECIDE = ("decide", "1", "proceed", "--by", "sponsor")


def saving_at(folder: Path, number: int, script: str) -> dict[str, str]:
    """Return an environment in which an editor saves before the n-th git that is started."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    shim, count = tools / "git", tools / "count"
    count.write_text("0")
    shim.write_text(
        f"#!/bin/sh\nn=$(($(cat {count}) + 1)); echo $n > {count}\n[ $n = {number} ] && {{ {script}; }}\n"
        f'exec {_GIT} "$@"\n'
    )
    shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{tools}:{os.environ['PATH']}"}


def places(company: Company, words: str = WORDS) -> list[str]:
    """Return where words are: files of the work tree, texts set aside, files of the last commit."""
    files = [*(company.root / "pads").glob("*.md"), *(company.root / ".git").glob("padctl-saved*")]
    there = [str(path) for path in files if words in path.read_text()]
    return [*there, *company.git("grep", "-l", words, "HEAD", code=None).split()]


def gits(company: Company, folder: Path, words: tuple[str, ...]) -> int:
    """Return how many gits a command starts."""
    copy = Company(root=Path(shutil.copytree(company.root, folder / "counted")))
    said = padctl_process("--today", TODAY, *words, cwd=copy.root, env=saving_at(folder, 0, ":"))
    assert said.code == 0, said.all
    return int((folder / "tools/count").read_text())


@pytest.mark.parametrize(
    ("words", "how"), [(DECIDE, "in place"), (DECIDE, "by a new file"), (("renumber", "1"), "by a new file")]
)
def test_a_save_at_any_git_of_a_command_is_not_lost(
    company: Company, tmp_path: Path, words: tuple[str, ...], how: str
) -> None:
    company.submitted()
    path, done = company.relative(), tmp_path / "done"
    script = f"[ -e {path} ] && touch {done} && {_SAVES[how].format(words=WORDS, path=path)}"
    for number in range(1, gits(company, tmp_path, words) + 1):
        copy = Company(root=Path(shutil.copytree(company.root, tmp_path / f"copy-{number}")))
        said = padctl_process("--today", TODAY, *words, cwd=copy.root, env=saving_at(tmp_path, number, script))
        assert "Traceback" not in said.all
        assert places(copy) or not done.exists(), f"{number}: {said.code}\n{said.all}"
        done.unlink(missing_ok=True)
        shutil.rmtree(copy.root)


def hook(company: Company, script: str) -> None:
    path = company.root / ".git/hooks/pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_what_an_editor_still_writes_into_the_replaced_file_is_set_aside_and_told(company: Company) -> None:
    """The second name of the replaced file stands for an editor that had it open."""
    company.submitted()
    hook(company, f"echo '{WORDS}' >> $(ls .git/padctl-*.old)")
    saved = company.root / f".git/padctl-saved-{company.path().name}"
    assert str(saved) in company.ok(*DECIDE).err
    assert WORDS in saved.read_text()

    hook(company, f"echo '{WORDS} Again.' >> $(ls .git/padctl-*.old)")
    other = saved.with_name(saved.name.replace("saved-", "saved-2-"))
    assert str(other) in company.ok("undo", "1").err
    assert "Again." in other.read_text()
    assert "Again." not in saved.read_text()


def test_what_an_editor_wrote_into_the_replaced_file_outlives_a_kill(company: Company) -> None:
    company.submitted()
    hook(company, f"echo '{WORDS}' >> $(ls .git/padctl-*.old); kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    padctl_process("--today", TODAY, *DECIDE, cwd=company.root)
    hook(company, "exit 0")
    said = company.ok("new", "Exports", "--owner", "pm")
    assert "was saved by an editor while it was written; that text is in" in said.err
    assert places(company)


def test_what_failing_hooks_wrote_is_set_aside_each_time_anew(company: Company) -> None:
    company.submitted()
    for words in ("First words.", "Second words."):
        hook(company, f"echo '{words}' >> {company.relative()}; exit 1")
        assert "padctl-saved-" in " ".join(company.reasons(*DECIDE))
    assert places(company, "First words.")
    assert places(company, "Second words.")


def test_a_text_that_stands_in_its_file_is_not_kept_twice(company: Company, tmp_path: Path) -> None:
    company.submitted()
    script = f"[ -e .git/padctl-journal.json ] || echo '{WORDS}' >> {company.relative()}"
    for number in range(1, gits(company, tmp_path, DECIDE) + 1):
        copy = Company(root=Path(shutil.copytree(company.root, tmp_path / f"copy-{number}")))
        said = padctl_process("--today", TODAY, *DECIDE, cwd=copy.root, env=saving_at(tmp_path, number, script))
        if said.code:
            assert "padctl-saved" not in said.err
            assert WORDS in copy.path().read_text()
            assert not list((copy.root / ".git").glob("padctl-saved*"))
        shutil.rmtree(copy.root)
