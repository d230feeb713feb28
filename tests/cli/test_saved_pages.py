"""A saved report that somebody edited is not replaced; one that is the same stays; its line endings are kept."""

import pytest
from acting import MEETING, Company

LATER = "2026-11-27"
SAVED = f"meetings/{MEETING}.md"
RECAP = "meetings/recap-2026-Q4.md"
PAGES = pytest.mark.parametrize(("words", "path"), [(("minutes", "--save"), SAVED), (("recap", "--save"), RECAP)])


def met(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)


@PAGES
def test_committed_edits_of_a_saved_page_are_not_dropped(company: Company, words: tuple[str, ...], path: str) -> None:
    met(company)
    company.ok(*words, today=LATER)
    page = company.root / path
    page.write_text(page.read_text() + "\nSam will ask the lawyers, too.\n")
    company.commit_all("Add to it")

    said = company.refused(*words, today=LATER)
    assert "it was edited by hand since padctl wrote it" in said
    assert "--save --dry-run shows what would go" in " ".join(said.split())
    assert "-Sam will ask the lawyers, too." in company.ok(*words, "--dry-run", today=LATER).out

    lines = [line for line in page.read_text().splitlines(keepends=True) if not line.startswith("text: ")]
    page.write_text("".join(lines))
    company.commit_all("Give it up")
    assert company.ok(*words, today=LATER).out.startswith(f"Replaced {path}\n")
    assert "too." not in page.read_text()


@PAGES
def test_an_unchanged_page_with_other_line_endings_is_nothing_to_do(
    company: Company, words: tuple[str, ...], path: str
) -> None:
    met(company)
    company.git("config", "core.autocrlf", "true")
    company.ok(*words, today=LATER)
    (company.root / path).unlink()
    company.git("checkout", "--", path)
    before = (company.root / path).read_bytes()
    assert b"\r\n" in before
    assert "says the same already; nothing to do" in company.ok(*words, today=LATER).err
    assert (company.root / path).read_bytes() == before


def test_a_changed_page_keeps_its_line_endings(company: Company) -> None:
    met(company)
    company.git("config", "core.autocrlf", "true")
    company.ok("minutes", "--save", today=LATER)
    (company.root / SAVED).unlink()
    company.git("checkout", "--", SAVED)
    company.ok("undo", "1", today=LATER)
    company.ok(
        "decide", "1", "rework", "--by", "sponsor", "--action", "pm: ask five teachers by 2026-12-01", today=LATER
    )
    company.ok("minutes", MEETING, "--save", today=LATER)
    raw = (company.root / SAVED).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert company.git("status", "--porcelain") == ""


def test_another_number_is_no_edit_by_hand(company: Company) -> None:
    met(company)
    company.ok("minutes", "--save", today=LATER)
    company.ok("renumber", "1", "--to", "9", today=LATER)
    assert "PAD-0009" in (company.root / SAVED).read_text()
    assert "nothing to do" in company.ok("minutes", "--save", today=LATER).err
