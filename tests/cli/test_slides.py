"""`padctl slides`: what is on them, that long text is cut, and how they behave in a real browser."""

import re
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company
from browsing import WIDTHS, browsed

from padctl.model.prose import Point, points
from padctl.report.excerpt import Table, excerpt, table_excerpt

HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} [x](javascript:alert(1)) ![y](https://example.com/y.png) <!-- _class: x -->"
)


def parts(text: str) -> list[str]:
    """Return the slides of Marp's Markdown, its front matter first."""
    return re.split(r"^---$", text.removeprefix("---"), flags=re.MULTILINE)


def test_a_problem_framing_in_three_slides(tessaly: Company) -> None:
    head, first, second, third = parts(tessaly.ok("slides", "12").out)
    assert "marp: true" in head
    for words in ("# Recurring cards", "## Problem Statement", "## Audience", "## Why", "… more in PAD-0012, Why"):
        assert words in first
    for words in ("| Metric | Baseline | Target | By |", "| Direction | Impact | Complexity |"):
        assert words in second
    for words in (
        "# Agree that repeated work is worth a solution",
        "Deciding: Sam Verhoof",
        "4. Not approved: more work",
    ):
        assert words in third


def test_a_solution_framing_and_a_recap(tessaly: Company) -> None:
    _, first, second, third = parts(tessaly.ok("slides", "8").out)
    assert "## Proposed Solution" in first
    assert "| Risk | Kind | Mitigation |" in second
    assert "| Milestone | Date | Audience |" in second
    assert "# Approve the gallery scope" in third
    _, first, second, third = parts(tessaly.ok("slides", "4").out)
    assert "| Metric | Baseline | Target | Actual | Verdict |" in first
    assert "## Learnings" in second
    assert "# Accept the recap" in third


def test_where_nothing_is_asked_there_is_no_slide_for_it(tessaly: Company) -> None:
    for done in ("7", "2", "9"):
        assert "Decision asked" not in tessaly.ok("slides", done, "--format", "html").out
    assert "## Proposed Solution" in tessaly.ok("slides", "7").out


def test_an_empty_draft_says_what_is_missing_and_asks_the_usual_question(company: Company) -> None:
    company.ok("new", "Team gallery", "--owner", "pm", "--no-input")
    out = company.ok("slides", "1").out
    assert "**Not written yet:** Problem Statement, Audience, Why, Success Metrics" in out
    assert "# Is this problem worth solving now?" in out
    assert "Not written yet:" in company.ok("slides", "1", "--format", "html").out


def test_a_section_of_html_or_of_a_picture_is_no_empty_panel(company: Company) -> None:
    company.draft()
    company.edit("Of 100 teams", "<div>\nMany boards stay empty.\n</div>\n\n<!-- Of 100 teams")
    company.edit("count))", "count)) -->")
    company.edit(
        "Of 100 teams, 43 leave their first board empty ([count](https://example.com/count)).", "![](a.png)", 1
    )
    out = company.ok("slides", "1").out
    assert re.search(r"## Problem Statement\s+Many boards stay empty\.", out)


def test_the_chart_places_the_directions(company: Company) -> None:
    company.draft()
    company.edit("| An importer | L | M |", "| An importer | L | M |\n| A guess | huge | M |\n| Small | xs | XXL |")
    svg = re.search(r"<svg class=\"chart\".*?</svg>", company.ok("slides", "1", "--format", "html").out, re.S)
    assert svg
    dots = re.findall(r'<circle class="dot" cx="([\d.]+)" cy="([\d.]+)"', svg[0])
    assert len(dots) == 3
    assert dots[0][1] == dots[1][1]
    assert dots[0][0] != dots[1][0]
    assert float(dots[2][0]) > float(dots[0][0])
    assert float(dots[2][1]) > float(dots[0][1])
    assert re.findall(r'class="number"[^>]*>(\d+)', svg[0]) == ["1", "2", "4"]


def test_text_is_cut_at_a_sentence() -> None:
    said = points(
        "First sentence. Second one e.g. here. Third goes on and on and on.\n\n- A point\n- Another **point**\n"
    )
    assert [p.source for p in said[1:]] == ["A point", "Another **point**"]
    whole = excerpt(said, lines=9, width=40)
    assert (whole.points, whole.more) == (said, False)
    cut = excerpt(said, lines=2, width=44)
    assert [p.text for p in cut.points] == ["First sentence. Second one e.g. here."]
    assert cut.more
    endless = excerpt([Point("word " * 500, "", False)], lines=3, width=20)
    assert endless.points[0].text.endswith("word …")
    assert len(endless.points[0].text) <= 40
    wide = excerpt([Point("一二三四五六七八九十。" * 9, "", False)], lines=3, width=40)
    assert wide.points[0].text == "一二三四五六七八九十。" * 3
    assert excerpt([Point("a. B" * 300_000, "", False)], lines=3, width=40).more


def test_tables_are_cut_at_a_row() -> None:
    table = Table(columns=("Metric", "Target"), rows=tuple((f"m{n}", "x" * 500) for n in range(9)))
    rows = table_excerpt(table, lines=11, width=40)
    assert (len(rows.rows), rows.left, rows.more) == (1, 8, True)
    assert all(len(cell) < 65 for row in rows.rows for cell in row)
    rows = table_excerpt(table, lines=99, width=40)
    assert (rows.left, rows.more) == (0, True)  # a cell was cut
    assert not table_excerpt(Table(columns=("A", "B"), rows=(("a", "b"),)), lines=9, width=40).more


def hostile(company: Company) -> None:
    """Submit a PAD whose every text is too long or wants to be markup."""
    company.draft("A-title-without-any-end-" * 12)
    company.edit("title: A", "title: '<script>x</script> A")
    company.edit("owner: pm", "owner: '\"><b>pm'")
    header, mark, body = company.path().read_text(encoding="utf-8").partition("\n---\n# ")
    header = re.sub(r"^(title: '.*)$", r"\1'", header, flags=re.MULTILINE)
    body = body.replace("Of 100 teams", f"{HOSTILE} \u202e {'verylongword' * 60} Of 100 teams", 2)
    body = body.replace("Of 100 teams", "--- $x$ 一二三四五六七八九十" * 40 + " Of 100 teams", 1)
    rows = "".join(f"| {HOSTILE} {'Boards_left_empty' * 9} | {'43%' * 30} | 20% | 2027-03-31 |\n" for _ in range(30))
    body = body.replace("|---|---|---|---|\n", f"|---|---|---|---|\n{rows}", 1)
    body = body.replace("| A gallery |", f"| {HOSTILE} {'a gallery ' * 60} |", 1)
    company.path().write_text(header + mark + body, encoding="utf-8")
    ask = HOSTILE + "x" * 300
    company.ok("submit", "1", "--meeting", MEETING, "--ask", ask, "--override", "--reason", "<u>")
    company.ok("feedback", "1", "--by", "eli", "--stance", "concern", "--note", "<b>" + "concern" * 60)


def test_a_document_cannot_write_the_slides(company: Company) -> None:
    hostile(company)
    out = company.ok("slides", "1", "--format", "html").out
    assert len(re.findall(r"<script\b", out)) == 1
    assert not re.findall(r"<(?:img|b|u|link|iframe)\b(?! class=\"key\")", out)
    assert not re.findall(r'(?:href|src)="(?!https?:|mailto:|#)', out)
    assert "\u202e" not in out
    assert "49" not in re.sub(r"<style>.*?</style>|<script>.*?</script>|[\d.]+\"", "", out, flags=re.DOTALL)
    md = company.ok("slides", "1").out
    assert len(parts(md)) == 4
    assert not re.findall(r"(?<!\\)<(?!br>|U\+202E>)", md.partition("\n---\n")[2])
    assert not re.findall(r"(?<!\\)!?(?<!\\)\[|(?<!\\)\$", md.partition("\n---\n")[2])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["3", "4", "8", "12", "hostile"])
def test_nothing_overflows_and_nothing_is_asked_of_a_network(
    tessaly: Company, company: Company, tmp_path: Path, width: int, kind: str
) -> None:
    shown, number = (company, "1") if kind == "hostile" else (tessaly, kind)
    if kind == "hostile":
        hostile(company)
    file = tmp_path / "slides of it.html"
    shown.ok("slides", number, "--format", "html", "--output", str(file), today=TODAY)
    with browsed(file, width=width, height=720) as seen:
        too_full = seen.page.evaluate(
            "[...document.querySelectorAll('.slide, .body, .panel, td, .ask')].filter((part) =>"
            " part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1).length"
        )
        assert too_full == 0
        assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert seen.page.evaluate("document.querySelectorAll('.slide').length") == 3
        assert seen.console == []
        assert seen.requests == [file.as_uri()]


def test_the_slides_move(tessaly: Company, tmp_path: Path) -> None:
    file = tmp_path / "slides.html"
    tessaly.ok("slides", "8", "--format", "html", "--output", str(file), today=TODAY)
    with browsed(file, width=1280, height=720) as seen:
        page = seen.page

        def shown() -> str:
            visible = page.evaluate(
                "[...document.querySelectorAll('.slide')].filter((slide) =>"
                " getComputedStyle(slide).visibility === 'visible').map((slide) => slide.id).join()"
            )
            assert page.evaluate("location.hash") == f"#{visible}"
            return str(visible)

        assert shown() == "slide-1"
        for key, place in [
            ("ArrowRight", 2), ("PageDown", 3), ("ArrowRight", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowLeft", 1),
            (" ", 2), ("Shift+ ", 1), ("End", 3), ("Home", 1), ("Enter", 2), ("Backspace", 1),
            ("Control+ArrowRight", 1),
        ]:  # fmt: skip
            page.keyboard.press(key)
            assert shown() == f"slide-{place}", key
        page.click("#next")
        assert shown() == "slide-2"
        page.keyboard.press(" ")  # the button that has the focus takes it
        assert shown() == "slide-3"
        page.click("#back")
        assert shown() == "slide-2"
        for start, end, place in ((900, 300, 3), (300, 900, 2), (300, 310, 2)):
            page.evaluate(
                "([start, end]) => { for (const [name, x] of [['touchstart', start], ['touchend', end]]) {"
                " const touch = new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});"
                " document.body.dispatchEvent(new TouchEvent(name, {bubbles: true, changedTouches: [touch],"
                " touches: name === 'touchstart' ? [touch] : []})); } }",
                [start, end],
            )
            assert shown() == f"slide-{place}"
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type /Page\b", pdf)) == 3
        assert b"/MediaBox [0 0 960 540]" in pdf
        assert seen.console == []


def test_a_changed_script_would_not_run(tessaly: Company, tmp_path: Path) -> None:
    file = tmp_path / "slides.html"
    out = tessaly.ok("slides", "8", "--format", "html").out
    file.write_text(out.replace("<script>", "<script>document.title = 'taken';", 1), encoding="utf-8")
    with browsed(file, width=1280) as seen:
        assert seen.page.title() == "PAD-0008 Team template gallery"
        assert any("Content Security Policy" in said for said in seen.console)


def test_what_cannot_be_read_is_named(company: Company) -> None:
    company.draft()
    company.edit("status: draft", "status: asleep")
    assert "fix: padctl lint pads/PAD-0001" in company.refused("slides", "1", code=2)
