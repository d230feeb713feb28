"""Ways around the process, and out of the repository, that are shut."""

import os
from pathlib import Path

import pytest
from shell import git, hook, run

GALLERY = "pads/PAD-0008-team-template-gallery.md"
REWORKED = "pads/PAD-0013-spreadsheet-import.md"


def edit(repository: Path, path: str, old: str, new: str) -> None:
    text = (repository / path).read_text(encoding="utf-8")
    assert old in text
    (repository / path).write_text(text.replace(old, new), encoding="utf-8")


def commit(repository: Path) -> None:
    git("add", "--all", cwd=repository)
    git("commit", "-qm", "a change", cwd=repository)


def test_a_submit_does_not_sweep_in_a_history_edited_by_hand(repository: Path) -> None:
    edit(repository, REWORKED, "outcome: rework", "outcome: proceed")
    done = run("submit", "13", "--meeting", "2026-12-03", "--override", "--reason", "x", cwd=repository)
    assert done.returncode == 1
    assert "history" in done.stderr


def test_a_status_edited_by_hand_is_not_committed_by_a_move(repository: Path) -> None:
    edit(repository, REWORKED, "status: draft", "status: follow-up")
    done = run("hold", "13", "--reason", "x", "--include-edits", cwd=repository)
    assert done.returncode == 1
    assert "status" in done.stderr


@pytest.mark.parametrize("silence", ["comment", "settings", "baseline"])
def test_a_change_cannot_silence_that_its_status_was_written_by_hand(repository: Path, silence: str) -> None:
    edit(repository, REWORKED, "stage: problem-framing\nstatus: draft", "stage: delivery\nstatus: in-progress")
    if silence == "comment":
        edit(
            repository, REWORKED, "# Spreadsheet import\n", "# Spreadsheet import\n<!-- padctl: ignore PC303 old -->\n"
        )
    elif silence == "settings":
        settings = repository / "padctl.toml"
        settings.write_text(settings.read_text(encoding="utf-8") + '\n[lint]\nignore = ["PC303"]\n', encoding="utf-8")
    else:
        run("lint", "--write-baseline", cwd=repository)
    done = run("lint", "--base", "HEAD", cwd=repository)
    assert done.returncode == 1
    assert "PC303" in done.stdout


def test_an_advance_by_nobody_fails_against_the_base(repository: Path) -> None:
    path = "pads/PAD-0010-calendar-feeds-that-stay-current.md"
    text = (repository / path).read_text(encoding="utf-8")
    n = text.count("{n: ") + 1
    entry = f"  - {{n: {n}, date: 2026-11-24, move: advance, to: delivery/in-progress}}\nactions:"
    edit(repository, path, "actions:", entry)
    edit(repository, path, "stage: solution-framing\nstatus: follow-up", "stage: delivery\nstatus: in-progress")
    done = run("lint", "--base", "HEAD", cwd=repository)
    assert done.returncode == 1
    assert "PC353" in done.stdout


def test_a_pad_cannot_swallow_another_by_calling_it_former(repository: Path) -> None:
    git("rm", "-q", REWORKED, cwd=repository)
    edit(repository, GALLERY, "related: [PAD-0001]", "related: [PAD-0001]\nformerly: [PAD-0013]")
    done = run("lint", "--base", "HEAD", cwd=repository)
    assert done.returncode == 1
    assert "PC351" in done.stdout


def test_an_empty_base_is_no_base(repository: Path) -> None:
    assert run("lint", "--base", "", cwd=repository).returncode == 2


def test_a_stale_clone_is_noticed_without_a_remote_head(repository: Path, tmp_path: Path) -> None:
    git("clone", "-q", "--bare", str(repository), str(tmp_path / "remote.git"), cwd=tmp_path)
    git("remote", "add", "origin", str(tmp_path / "remote.git"), cwd=repository)
    git("clone", "-q", str(tmp_path / "remote.git"), str(tmp_path / "other"), cwd=tmp_path)
    other = ("decide", "8", "rework", "--by", "sam", "--action", "dana: less by 2026-12-01")
    assert run(*other, cwd=tmp_path / "other").returncode == 0
    git("push", "-q", cwd=tmp_path / "other")
    git("fetch", "-q", "origin", cwd=repository)
    done = run("decide", "8", "proceed", "--by", "sam", cwd=repository)
    assert done.returncode == 1
    assert "decide of 2026-11-24 (Not approved: more work) is on origin/main" in done.stderr


def test_a_foreign_commit_in_between_undoes_the_move(repository: Path) -> None:
    before = (repository / GALLERY).read_bytes()
    other = "git update-ref refs/heads/main $(git commit-tree -p HEAD -m other HEAD^{tree})"
    hook(repository, "pre-commit", other)
    done = run("decide", "8", "proceed", "--by", "sam", cwd=repository)
    assert done.returncode == 1
    assert (repository / GALLERY).read_bytes() == before
    assert git("status", "--porcelain", cwd=repository) == ""


def test_new_sections_inside_an_open_code_block_are_refused(repository: Path) -> None:
    with (repository / "pads/PAD-0012-recurring-cards.md").open("a", encoding="utf-8") as file:
        file.write("\n```\nopen\n")
    commit(repository)
    done = run("decide", "12", "proceed", "--by", "sam", cwd=repository)
    assert done.returncode == 1
    assert "code block" in done.stderr
    assert git("status", "--porcelain", cwd=repository) == ""


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
@pytest.mark.parametrize(
    ("folder", "words"), [("pads", ("new", "Out", "--owner", "pm")), ("templates", ("template", "eject", "light"))]
)
def test_nothing_is_written_through_a_link_out_of_the_repository(
    repository: Path, tmp_path: Path, folder: str, words: tuple[str, ...]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    if (repository / folder).exists():
        git("rm", "-rqf", folder, cwd=repository)
    (repository / folder).symlink_to(outside, target_is_directory=True)
    assert run(*words, cwd=repository).returncode == 2
    assert list(outside.iterdir()) == []


def test_a_report_template_that_links_out_is_not_read(repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish", encoding="utf-8")
    (repository / "templates/report").mkdir(parents=True)
    (repository / "templates/report/agenda.md.j2").symlink_to(secret)
    done = run("agenda", "--format", "md", cwd=repository)
    assert done.returncode == 2
    assert "swordfish" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words", [("status", "--today", "9999-12-31"), ("lint", "a" * 5000), ("show", "loop/x.md"), ("lint", "loop/x")]
)
def test_odd_words_end_in_a_plain_error_or_none(repository: Path, words: tuple[str, ...]) -> None:
    (repository / "loop").symlink_to("loop")
    done = run(*words, cwd=repository)
    assert done.returncode in {0, 2}
    assert "padctl failed" not in done.stderr
    assert "Traceback" not in done.stderr
