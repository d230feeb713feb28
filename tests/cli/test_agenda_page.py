"""The agenda as a page: safe, self-contained, and fit for a screen, a phone and paper."""

import re
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company
from browsing import WIDTHS, opened


def page(company: Company, *words: str, today: str = TODAY) -> str:
    return company.ok("agenda", *words, "--format", "html", today=today).out


def test_the_page_needs_nothing_but_itself(tessaly: Company) -> None:
    out = page(tessaly)
    assert out.startswith("<!doctype html>")
    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'' in out
    assert not re.findall(r"<(?:script|link|img|iframe|object)\b|\bsrc=|@import|url\(", out)
    for words in ("PAD-0008", "Dana Ito", "14:20 to 14:45", "65 of 90 minutes", "Carried over", "No answer yet"):
        assert words in out
    assert "Actions due" in out
    assert "alignment document" in out


def test_markdown_of_a_pad_is_shown_as_such(company: Company) -> None:
    company.edit_settings('[links]\nbase = "https://git.example/pads"\n')
    company.draft()
    company.write("pads/notes.txt", "notes\n")
    company.edit(
        "Of 100 teams", "**Of** [100](notes.txt) `teams` <!-- hidden --> ![a picture](https://example.com/x.png)"
    )
    company.ok("submit", "1", "--meeting", MEETING)
    out = page(company)
    assert "<strong>Of</strong>" in out
    assert '<a href="https://git.example/pads/pads/notes.txt" rel="noopener noreferrer">100</a>' in out
    assert "<code>teams</code>" in out
    assert "a picture" in out
    assert "x.png" not in out
    assert "hidden" not in out


def test_a_document_cannot_write_the_page(company: Company) -> None:
    company.draft()
    company.edit("title: Team gallery", "title: '<script>alert(1)</script> {{ 7*7 }}'")
    company.edit(
        "Of 100 teams", "Of <img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](data:text/html,x) \u202e100"
    )
    company.edit("owner: pm", "owner: '\"><b>pm'")
    company.edit("reviewers: []", "reviewers: []\nlinks:\n  '\"><i>': 'javascript:alert(1)'\n  b: '\"onclick=alert(1)'")
    company.commit_all()
    company.ok("submit", "1", "--meeting", MEETING, "--ask", "</p><script>x</script>", "--override", "--reason", "<u>")
    out = page(company)
    assert not re.findall(r"<(?:script|img|b|i|u)\b", out)
    assert not re.findall(r'(?:href|src)="(?!https?:|mailto:|#)', out)
    assert "49" not in re.sub(r"[0-9a-f]{7,}", "", out)
    assert "\u202e" not in out


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["example", "hostile"])
def test_the_page_in_a_browser(tessaly: Company, company: Company, tmp_path: Path, width: int, kind: str) -> None:
    shown = tessaly
    if kind == "hostile":
        shown = company
        company.draft("A-word-without-any-end-" * 12)
        company.edit("Of 100 teams", "Of " + "verylongword" * 40)
        company.edit("| Boards left empty | 43%", "| " + "Boards_left_empty" * 12 + " | " + "43%" * 40)
        company.ok("submit", "1", "--meeting", MEETING, "--ask", "x" * 300)
    file = tmp_path / "agenda.html"
    file.write_text(page(shown), encoding="utf-8")
    with opened(file, width) as seen:
        assert seen.console == ()
        assert seen.requests == (file.as_uri(),)
        assert seen.overflow <= 0
        assert "PAD-0001" in seen.text or "PAD-0008" in seen.text
