"""Headings, tables and fullness of a Markdown body."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from padctl.model.body import Block, Body, Table
from padctl.model.markdown import read_body
from padctl.model.wording import heading_key


def body_of(text: str) -> Body:
    return read_body(text, start=0)


def outline(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in body_of(text).headings]


def only_block(text: str) -> Block:
    (block,) = body_of(text).blocks
    return block


def table_of(text: str) -> Table:
    table = only_block(text).table
    assert table is not None
    return table


@pytest.mark.parametrize(
    "text",
    [
        "Why",
        "why",
        "WHY",
        "1. Why",
        "1) Why",
        "1: Why",
        "(1) Why",
        "1.2 Why",
        "1.2.3 Why",
        "1.2.3. Why",
        "Why:",
        "Why?",
        "Why…",
        "«Why»",
        "**Why**",
        "__Why__",
        "  Why \t ",
        "🎯 Why",
        "Why 🎯",
        "👩‍💻 Why",
        "👍🏽 Why",
        "❤️ Why",
        "1️⃣ Why",
        "Why ⚠️",
        "Wh\u200by",
        "\ufeffWhy",
        "W\u00adhy",
        "\u202eWhy\u202c",
    ],
)
def test_heading_key_ignores_numbering_decoration_and_hidden_characters(text: str) -> None:
    assert heading_key(text) == "why"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "Cafe\u0301"),
        ("Straße", "STRASSE"),
        ("Success   Metrics", "success metrics"),
        ("Success\u00a0Metrics", "Success Metrics"),
        ("Rejected Solutions\nand Why", "Rejected Solutions and Why"),
    ],
)
def test_heading_key_makes_spellings_of_one_name_equal(one: str, other: str) -> None:
    assert heading_key(one) == heading_key(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026 goals", "2026 goals"),
        ("3", "3"),
        ("1.", "1"),
        ("10. ", "10"),
        ("日本", "日本"),
        ("नमस्ते", "नमस्ते"),
        ("Opportunity/Problem Framing", "opportunity/problem framing"),
        ("Dependencies, Risks and Mitigations", "dependencies, risks and mitigations"),
        ("🎯", ""),
        ("", ""),
    ],
)
def test_heading_key_keeps_what_the_name_says(text: str, key: str) -> None:
    assert heading_key(text) == key


@given(st.text())
def test_heading_key_is_stable_and_the_same_for_nfc_and_nfd(text: str) -> None:
    key = heading_key(text)
    assert key == heading_key(unicodedata.normalize("NFC", text)) == heading_key(unicodedata.normalize("NFD", text))
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Why\n", [(2, "Why")]),
        ("## **Why**\n", [(2, "Why")]),
        ("## Why ##\n", [(2, "Why")]),
        ("## [Why](https://x.example)\n", [(2, "Why")]),
        ("## `Why`\n", [(2, "Why")]),
        ("## ![Why](x.png)\n", [(2, "Why")]),
        ("## Why <!-- note -->\n", [(2, "Why")]),
        ("   ## Why\n", [(2, "Why")]),
        ("## Why\r\ntext\r\n", [(2, "Why")]),
        ("###### Why", [(6, "Why")]),
        ("text\n## Why\nmore", [(2, "Why")]),
        ("##\n", [(2, "")]),
        ("Why\n===\n", [(1, "Why")]),
        ("Why\n---\n", [(2, "Why")]),
        ("Why\nreally\n---\n", [(2, "Why really")]),
        ("<!-- a -->\n## Why\n", [(2, "Why")]),
        ("| a |\n|---|\n\n## Why\n", [(2, "Why")]),
    ],
)
def test_a_top_level_heading_counts(text: str, expected: list[tuple[int, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\n## Why\n```\n",
        "~~~markdown\n## Why\n~~~\n",
        "```\n## Why\n",
        "    ## Why\n",
        "<!-- ## Why -->\n",
        "<!--\n## Why\n-->\n",
        "<!-- first\n\n## Why\n\nlast -->\n",
        "<!-- open\n\n## Why\n",
        "> ## Why\n",
        "> Why\n> ---\n",
        "- ## Why\n",
        "1. a\n\n   ## Why\n",
        "<div>\n## Why\n</div>\n",
        "<details>\n<summary>s</summary>\n## Why\n</details>\n",
        "<script>\n\n## Why\n\n</script>\n",
        "##Why\n",
        "\\## Why\n",
        "text\x0c## Why\n",
        "text\u2028## Why\n",
        "####### Why\n",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert outline(text) == []


def test_a_table_has_cells_with_text_and_place() -> None:
    text = "| Metric | Target |\n|---|---|\n| **Tickets** | 5 |\n"
    table = table_of(text)
    assert [cell.text for cell in table.header] == ["Metric", "Target"]
    assert [[cell.text for cell in row] for row in table.rows] == [["Tickets", "5"]]
    assert [text[cell.start :].lstrip("| ")[:1] for cell in table.rows[0]] == ["*", "5"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (r"| a \| b | c |", ["a | b", "c"]),
        (r"| `a \| b` | c |", ["a | b", "c"]),
        ("| a |", ["a", ""]),
        ("| a | b | c |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| <!-- x --> | b |", ["", "b"]),
        ("| a<br>b | [c](x) |", ["ab", "c"]),
        ("|  | 言葉 |", ["", "言葉"]),
    ],
)
def test_a_row_has_as_many_cells_as_the_header(row: str, cells: list[str]) -> None:
    table = table_of(f"| A | B |\n|---|---|\n{row}\n")
    assert [cell.text for cell in table.rows[0]] == cells


def test_columns_are_found_by_name_as_headings_are() -> None:
    table = table_of("| **Metric:** | Base line | Cafe\u0301 |\n|---|---|---|\n")
    assert [table.column(name) for name in ("metric", "Metric", "Café", "Target")] == [0, 0, 2, None]


def test_links_and_images_are_listed_where_they_stand() -> None:
    text = "é [a](one.md) ![b](two.png)\n\n- [c][r]\n\n[r]: three.md\n"
    links = body_of(text).links
    assert [link.target for link in links] == ["one.md", "two.png", "three.md"]
    assert [text[link.start] for link in links] == ["[", "!", "["]


def test_offsets_count_characters_from_the_start_of_the_document() -> None:
    text = "言葉 🎉\n\n## Ünder\n\n| é |\n|---|\n| ü |\n"
    body = read_body(text, start=100)
    assert body.headings[0].start == 100 + text.index("##")
    table = body.blocks[1].table
    assert table is not None
    assert table.start == 100 + text.index("| é")


PIECES = st.sampled_from(
    [
        "## Why\n",
        "Setext é\n---\n",
        "言葉\n\n",
        "- ## item\n\n",
        "> 🎉\n\n",
        "```\n# no\n```\n",
        "<!-- # no -->\n\n",
        "   # in\n",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12), st.text(max_size=80), st.integers(0, 9))
def test_every_heading_points_at_its_own_text(pieces: list[str], tail: str, start: int) -> None:
    text = "".join(pieces) + "é" * 5000 * (len(pieces) == 12) + "\n\n" + tail.replace("\r", "\n")
    for heading in read_body(text, start=start).headings:
        written = text[heading.start - start : heading.end - start]
        hashes = written.startswith("#" * heading.level)
        setext = heading.level <= 2 and written.rstrip("\n").rstrip(" \t")[-1:] in {"-", "="}
        assert hashes or setext
        assert written.strip()
        assert text[: heading.start - start].rpartition("\n")[2].strip(" ") == ""
