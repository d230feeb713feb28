"""A move finds its PAD without judging the others, and still sees what of them stands against it."""

import re
from pathlib import Path

import pytest
from acting import MEETING, Company

SUBMIT = ("--meeting", MEETING)


@pytest.fixture
def two(company: Company) -> Company:
    company.draft("Team gallery")
    company.draft("Exports")
    company.commit_all()
    company.ok("show", "1")
    return company


def test_a_copy_with_the_same_id_is_ambiguous(two: Company) -> None:
    two.write("pads/2026/anything.md", two.path().read_text())
    two.commit_all()
    for word in ("1", "PAD-0001", "pad-1"):
        said = two.refused("withdraw", word, "--reason", "solved", code=2)
        assert f'"{word}" is the name of 2 PADs: pads/2026/anything.md, {two.relative()}' in said
    two.ok("withdraw", two.relative(), "--reason", "solved")


def test_an_id_that_another_file_took_over_is_ambiguous(two: Company) -> None:
    two.edit("id: PAD-0002", "id: PAD-0001", 2)
    assert "the name of 2 PADs" in two.refused("withdraw", "1", "--reason", "solved", code=2)
    (reason,) = two.reasons("submit", two.relative(), *SUBMIT)
    assert f"PAD-0001 is also the id of {two.relative(2)} (PC601)" in reason


def test_a_file_that_is_none_of_the_pads_is_not_moved(two: Company) -> None:
    two.write("notes/a.md", two.path().read_text())
    two.write("pads/README.md", two.path().read_text())
    for path in ("notes/a.md", "pads/README.md"):
        assert f'there is no PAD "{path}"' in two.refused("withdraw", path, "--reason", "solved", code=2)
    assert "there is no file pads/gone.md" in two.refused("withdraw", "pads/gone.md", "--reason", "x", code=2)


def test_references_are_judged_by_the_pads_of_now(two: Company) -> None:
    two.edit("title: Team gallery", "title: Team gallery\nrelated: [PAD-0002]")
    two.write("pads/PAD-0002-exports.md", two.path(2).read_text().replace("id: PAD-0002", "id: PAD-0003"))
    (reason,) = two.reasons("submit", "1", *SUBMIT)
    assert 'there is no PAD "PAD-0002"' in reason
    two.edit("id: PAD-0003", "id: PAD-0003\nformerly: [PAD-0002]", 2)
    two.ok("submit", "1", *SUBMIT)


def test_links_are_judged_by_the_files_of_now(two: Company) -> None:
    two.edit("### Why", "See [those](PAD-0002-exports.md).\n\n### Why")
    gone = two.path(2).rename(two.root / "pads/elsewhere.md")
    (reason,) = two.reasons("submit", "1", *SUBMIT)
    assert 'there is no file "pads/PAD-0002-exports.md"' in reason
    gone.rename(two.root / "pads/PAD-0002-exports.md")
    two.ok("submit", "1", *SUBMIT)


def test_titles_are_compared_as_lint_compares_them(two: Company) -> None:
    two.edit_settings('[lint]\nerror = ["PC603"]\n')
    two.edit("title: Exports", "title: team  GALLERY", 2)
    (reason,) = two.reasons("submit", "1", *SUBMIT)
    assert "PAD-0002 has the same title" in reason
    two.edit("owner: pm", "owner: pm\nnobody_knows: this", 2)  # whose header cannot be read has no title
    two.ok("submit", "1", *SUBMIT)


def test_a_move_judges_no_other_pad(two: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tmp_path / "memory"
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(memory))
    two.ok("submit", "1", *SUBMIT)
    two.ok("decide", "1", "proceed", "--by", "sponsor")
    two.ok("undo", "1")
    two.ok("recall", "1")
    assert not [file for file in memory.glob("*") if re.fullmatch("padctl-[0-9a-f]{32}", file.name)]


@pytest.mark.parametrize("content", [b"", b"padctl-register-1\n", b"padctl-register-1\n0000junk"])
def test_names_that_were_kept_and_are_damaged_are_read_again(
    content: bytes, two: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory"
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(memory))
    for number in range(3, 14):
        two.write(f"pads/PAD-{number:04}-copy.md", two.path(2).read_text().replace("PAD-0002", f"PAD-{number:04}"))
    assert "PAD-0013" in two.ok("show", "13").out
    kept = [file for file in memory.iterdir() if file.name.endswith("-names")]
    assert kept
    kept[0].write_bytes(content)
    assert "PAD-0012" in two.ok("show", "12").out


def test_nothing_is_amiss_where_names_cannot_be_kept(
    two: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "memory").write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(tmp_path / "memory"))
    two.ok("withdraw", "2", "--reason", "solved")
