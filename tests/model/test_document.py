"""Reading bytes into a document: front matter, faults with their lines, and what must never raise."""

from pathlib import Path

import pytest

from padctl.model.document import Document, read_document

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "pads").glob("*.md"))


def document_of(text: str) -> Document:
    return read_document(text.encode(), path="pads/x.md")


def with_header(yaml: str) -> Document:
    return document_of(f"---\n{yaml}\n---\n# T\n")


def faults_of(document: Document) -> list[tuple[str, int]]:
    return [(fault.slug, document.line_of(fault.offset)) for fault in document.faults]


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: a\n---\n# T\n",
        "\ufeff---\nid: a\n---\n# T\n",
        "---\r\nid: a\r\n---\r\n# T\r\n",
        "---  \nid: a\n---\t \n# T\n",
        "---\nid: a\n...\n---\n# T\n",
        "---\nid: a\r\n---\n# T",
    ],
)
def test_front_matter_and_body_are_told_apart(text: str) -> None:
    document = document_of(text)
    assert document.faults == ()
    assert document.values == {"id": "a"}
    assert [heading.text for heading in document.body.headings] == ["T"]
    assert document.text[document.body.headings[0].start :].startswith("# T")
    assert document.text[document.header_end :].startswith("---")
    assert document.encoded() == text.encode()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("", "missing-front-matter"),
        ("# T\n", "missing-front-matter"),
        ("\n---\nid: a\n---\n", "missing-front-matter"),
        (" ---\nid: a\n---\n", "missing-front-matter"),
        ("----\nid: a\n----\n", "missing-front-matter"),
        ("---\u2028id: a\u2028---\u2028", "missing-front-matter"),
        ("---", "unclosed-front-matter"),
        ("---\n", "unclosed-front-matter"),
        ("---\nid: a\n# T\n", "unclosed-front-matter"),
        ("---\nid: a\n...\n# T\n", "unclosed-front-matter"),
        ("---\nid: a\n ---\n", "unclosed-front-matter"),
    ],
)
def test_a_missing_or_open_fence_is_a_fault_on_line_1(text: str, slug: str) -> None:
    document = document_of(text)
    assert [fault for fault in faults_of(document) if fault[0] != "hidden-character"] == [(slug, 1)]
    assert document.header is None
    assert document.values == {}


def test_an_unclosed_header_still_lets_the_body_be_read() -> None:
    assert [heading.text for heading in document_of("---\nid: a\n\n# T\n\n## U\n").body.headings] == ["T", "U"]


@pytest.mark.parametrize("yaml", ["", "# only a comment", "\n\n"])
def test_an_empty_header_is_an_empty_mapping(yaml: str) -> None:
    document = with_header(yaml)
    assert document.faults == ()
    assert document.header is not None
    assert document.values == {}


@pytest.mark.parametrize("yaml", ["- a\n- b", "[a, b]", "just text", '"text"', "- - - - a"])
def test_a_header_that_is_no_mapping_is_a_fault(yaml: str) -> None:
    document = with_header(yaml)
    assert faults_of(document) == [("invalid-yaml", 2)]
    assert document.header is None


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"\xff\xfe-\x00", 1, 1),
        (b"---\nid: \xff\n---\n", 2, 5),
        (b"\xef\xbb\xbf---\nid: a\n---\n\xe9\n", 4, 1),
        (b"---\nid: a\n---\n\xc3\xa9\xc3\xa9\xe9 x\n", 4, 3),
    ],
)
def test_what_is_not_utf_8_is_a_fault_at_the_first_such_byte(raw: bytes, line: int, column: int) -> None:
    document = read_document(raw, path="x.md")
    fault = document.faults[0]
    assert (fault.slug, document.line_of(fault.offset), document.column_of(fault.offset)) == ("not-utf-8", line, column)


def test_a_document_beyond_the_limit_is_not_read() -> None:
    document = read_document(b"x" * 11, path="x.md", limit=10)
    assert faults_of(document) == [("too-large", 1)]
    assert document.text == ""
    assert read_document(b"x" * 10, path="x.md", limit=10).text == "x" * 10


def test_front_matter_beyond_64_kb_is_not_read() -> None:
    document = with_header("title: " + "x" * 64 * 1024)
    assert faults_of(document) == [("front-matter-too-large", 2)]
    assert [heading.text for heading in document.body.headings] == ["T"]


@pytest.mark.parametrize(
    "text",
    ["no", "0012", "12:30:45", "1_000", "2024-02-30", "1e3", "0x1F", ".inf", "null", "~", "true", "9" * 5000, "😀 été"],
)
def test_text_stays_text(text: str) -> None:
    assert with_header(f"owner: {text}").values == {"owner": text}


@pytest.mark.parametrize("key", ["content", "handler", "metadata", "self", "text", "no", "12", "encoding"])
def test_no_key_is_special(key: str) -> None:
    assert with_header(f"{key}: a").values == {key: "a"}


def test_nothing_written_is_none_and_quoted_nothing_is_text() -> None:
    assert with_header("a:\nb: ''\nc: #42\nd: '#42'").values == {"a": None, "b": "", "c": None, "d": "#42"}


@pytest.mark.parametrize(
    ("yaml", "slug", "line"),
    [
        ("a: &x 1\nb: *x", "yaml-feature", 2),
        ("a: 1\nb: [&x 1]", "yaml-feature", 3),
        ("a: 😀\nb: *x", "yaml-feature", 3),
        ("a: 1\n<<: {b: c}", "yaml-feature", 3),
        ("a:\n  b: c\n  <<: d", "yaml-feature", 4),
        ("a: !!str x", "yaml-feature", 2),
        ("a: 1\n!x b: c", "yaml-feature", 3),
        ("a: !<tag:x> y", "yaml-feature", 2),
        ("a: 1\nb: 2\na: 3", "duplicate-key", 4),
        ("a: 1\n'a': 2", "duplicate-key", 3),
        ("x:\n  a: 1\n  a: 2", "duplicate-key", 4),
        ("x:\n  - {a: 1, a: 2}", "duplicate-key", 3),
        ("? [a]\n: b", "invalid-yaml", 2),
        ("a: b: c", "invalid-yaml", 2),
        ("a: 1\n\tb: 2", "invalid-yaml", 3),
        ("a: @x", "invalid-yaml", 2),
        ("a: b\n--- c", "invalid-yaml", 3),
    ],
)
def test_what_yaml_could_hide_is_a_fault_at_its_line(yaml: str, slug: str, line: int) -> None:
    assert faults_of(with_header(yaml)) == [(slug, line)]


@pytest.mark.parametrize("yaml", ["a: x & y\nb: c * d!", "a: '*x'\nb: '&x'\nc: '!x'", "'<<': b", "a: '<<'"])
def test_marks_that_belong_to_the_text_are_no_fault(yaml: str) -> None:
    assert with_header(yaml).faults == ()


def test_a_duplicate_key_names_both_lines_and_the_first_value_counts() -> None:
    document = document_of("\ufeff---\r\nstatus: draft\r\nstatus: done\r\n---\r\n")
    assert faults_of(document) == [("duplicate-key", 3)]
    assert "line 2" in document.faults[0].message
    assert document.values == {"status": "draft"}


@pytest.mark.parametrize(
    "yaml",
    [
        "a: " + "[" * 25_000,
        "a: " + "{a: " * 12_000,
        "- " * 25_000,
        "? " * 25_000,
        "a: " + "[" * 25_000 + "]" * 25_000,
        "".join(" " * level + "a:\n" for level in range(350)) + " " * 350 + "[" * 250 + "]" * 250,
        "a: " + "[" * 25 + "]" * 25,
        "".join(" " * level + "a:\n" for level in range(25)) + " " * 25 + "b: c",
    ],
    ids=[
        "brackets",
        "braces",
        "dashes",
        "question-marks",
        "closed",
        "indents-and-brackets",
        "25-brackets",
        "25-indents",
    ],
)
def test_a_header_nested_deeper_than_20_levels_is_a_fault(yaml: str) -> None:
    assert [slug for slug, _ in faults_of(with_header(yaml))] == ["nested-too-deep"]


@pytest.mark.parametrize("yaml", ["a: " + "[" * 15 + "]" * 15, "a: [" + ", ".join(["{b: c}"] * 400) + "]"])
def test_what_a_person_nests_is_no_fault(yaml: str) -> None:
    assert with_header(yaml).faults == ()


def test_form_feeds_and_line_separators_do_not_count_as_lines() -> None:
    document = document_of("---\nid: a\n---\na\x0cb\x0bc\u2028d\u2029e\x85f\n## T\n")
    heading = document.body.headings[0]
    assert document.line_of(heading.start) == 5
    assert document.source(5) == "## T"
    assert len(document.line_starts) == 6


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\r"])
def test_no_key_hides_behind_a_line_that_is_none(separator: str) -> None:
    document = with_header(f"title: a{separator}status: done")
    assert document.faults != () or "status" not in document.values


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x0c", "\xad", "\u200b", "\u202e", "\u2066", "\ufeff", "\r"])
def test_a_hidden_character_is_a_fault_where_it_stands(char: str) -> None:
    document = document_of(f"---\nid: a\n---\nab{char}c{char}d\n\n{char}e\n")
    places = [(f.slug, document.line_of(f.offset), document.column_of(f.offset)) for f in document.faults]
    assert places == [("hidden-character", 4, 3), ("hidden-character", 6, 1)]
    assert f"U+{ord(char):04X}" in document.faults[0].message


def test_joiners_of_scripts_and_emoji_are_not_hidden() -> None:
    assert document_of("---\nid: a\n---\nمی\u200cخواهم 👩\u200d💻 क्\u200dष\t\n").faults == ()


def test_lines_columns_and_sources_count_from_1() -> None:
    document = document_of("---\r\nid: é\r\n---\r\n# 🎉 T")
    assert document.newline == "\r\n"
    assert (document.line_of(0), document.column_of(0)) == (1, 1)
    assert (document.line_of(9), document.column_of(9)) == (2, 5)
    assert [document.source(line) for line in (1, 2, 3, 4)] == ["---", "id: é", "---", "# 🎉 T"]
    assert document.line_of(10_000) == 4
    assert document.offset_of(("id",)) == 9
    assert document.key_offset("id") == 5
    assert document.key_offset("none") == 0


def test_the_nearest_place_is_given_for_a_path_that_is_not_there() -> None:
    document = with_header("a: 1\nhistory:\n  - {n: 1}\n  - {n: 2, to: x}")
    lines = [
        document.line_of(document.offset_of(path)) for path in [("history", 1, "to"), ("history", 1, "by"), ("b",)]
    ]
    assert lines == [5, 5, 2]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_reads_without_a_fault(path: Path) -> None:
    raw = path.read_bytes()
    document = read_document(raw, path=path.name)
    assert document.faults == ()
    assert document.encoded() == raw
