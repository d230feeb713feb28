"""Any value can be written and read back; what cannot be edited safely is refused."""

import pytest
from editing import document_of, edited
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from padctl.model.document import read_document
from padctl.model.edit import EditError, Value, flow, with_fields


@pytest.mark.parametrize(
    "value",
    [
        "a: b",
        "a #b",
        "#x",
        "- x",
        "-",
        "? x",
        "no",
        "null",
        "~",
        "",
        "0012",
        "2026-02-30",
        "12:30:45",
        "1_000",
        "'",
        '"',
        "[a",
        "{a}",
        "a, b",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "---",
        "...",
        "<<",
        " a ",
        "a\tb",
        "a:",
        "C:\\x",
        "été",
        "言葉",
        "e\u0301",
        "a\xa0b",
        "it's",
        "=",
        "x" * 1000,
        "long words " * 100 + "end",
        "\u200b",
    ],
)
@pytest.mark.parametrize("before", ["title: A", "title: 'A'", 'title: "A"', "title:", "x: [{title: A}]"])
def test_a_value_is_quoted_where_it_must_be_and_stays_on_one_line(value: str, before: str) -> None:
    changes: dict[str, Value] = {"x": [{"title": value}]} if before.startswith("x") else {"title": value}
    header = edited(before, **changes)
    assert header.count("\n") == 0
    assert document_of(f"---\n{header}\n---\n").values == changes


@pytest.mark.parametrize("value", ["a\nb", "a\u2028b", "a\x85b", "a\r\nb"])
def test_flow_is_one_line_whatever_the_value(value: str) -> None:
    assert len(flow(value).splitlines()) == 1


@pytest.mark.parametrize("value", ["é 😀", "言葉", "𝒜 is a letter"])
def test_what_people_read_stays_readable(value: str) -> None:
    assert edited("title: A", title=value) == f"title: {value}"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("# no front matter\n", {"title": "B"}),
        ("---\ntitle: A\n", {"title": "B"}),
        ("---\ntitle: [\n---\n", {"title": "B"}),
        ("---\ntitle: &x A\n---\n", {"title": "B"}),
        ("---\n- title\n---\n", {"title": "B"}),
        ("---\ntitle: |\n  A\n---\n", {"title": "B"}),
        ("---\ntitle: >-\n  A\n---\n", {"title": "B"}),
        ("---\n{id: a, title: A}\n---\n", {"title": None}),
        ("---\ntitle: A\ntitle: C\n---\n", {"title": None}),
        ("---\na: b\u2028title: A\n---\n", {"title": None}),
        ("---\ntitle: A\n---\n", {"key: x": "B"}),
        ("---\ntitle: A\n---\n", {"title": "not\ud800text"}),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text: str, changes: dict[str, Value]) -> None:
    with pytest.raises(EditError) as refused:
        with_fields(document_of(text), changes)
    assert refused.value.exit_code == 1
    assert "pads/x.md" in refused.value.message


def test_a_file_that_is_not_utf_8_is_not_edited() -> None:
    with pytest.raises(EditError):
        with_fields(read_document(b"---\ntitle: A\n---\n\xff\n", path="x.md"), {"title": "B"})


TITLES = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=300)
SHAPES = [
    "---\nid: a # c\ntitle: A\nx: 1\n---\n# T\n",
    "---\nid: a\ntitle: 'A'   # c\n---\n",
    '---\ntitle: "A"\nlinks: {a: b}\n---\n---\n',
    "---\r\ntitle: A\r\nhistory:\r\n  - {n: 1}\r\n---\r\n# T\x0c\r\n",
    "\ufeff---\nid: 😀é\ntitle:\nowner: ü\n---",
    "---\n{id: a, title: A, x: [1]}\n---\nno newline",
    "---\n  id: a\n  title: A\t# c\n---  \n\u2028\n",
]


@settings(deadline=None)
@given(TITLES, st.sampled_from(SHAPES))
def test_an_edit_changes_its_own_line_and_nothing_else(title: str, shape: str) -> None:
    document = document_of(shape)
    assume(document.values["title"] != title)
    changed = with_fields(document, {"title": title})
    assert changed.values == {**document.values, "title": title}
    before, after = document.encoded().split(b"\n"), changed.encoded().split(b"\n")
    assert len(before) == len(after)
    different = [old for old, new in zip(before, after, strict=True) if old != new]
    assert different == [line for line in before if b"title:" in line]


@settings(deadline=None)
@given(TITLES, st.sampled_from(SHAPES))
def test_a_new_item_is_one_new_line_and_nothing_else(note: str, shape: str) -> None:
    document = document_of(shape)
    old = document.values.get("history") or []
    assert isinstance(old, list)
    entry: dict[str, Value] = {"n": 2, "note": note}
    try:
        changed = with_fields(document, {"history": [*old, entry]})  # type: ignore[list-item]
    except EditError:
        assert shape.startswith("---\n  id")
        return
    assert changed.values["history"] == [*old, {"n": "2", "note": note}]
    before, after = document.encoded().split(b"\n"), changed.encoded().split(b"\n")
    if not shape.startswith("---\n{"):
        assert [line for line in after if line in before] == before
        assert len(after) == len(before) + (1 if old else 2)


@pytest.mark.parametrize(
    ("slot", "kept"),
    [
        ('slot: {date: 2026-11-26, ask: "a # b"}  # ask eli # twice\n', "# ask eli # twice\n"),
        ("slot:  # one\n  # two\n  date: 2026-11-26  # three\n  ask: a#b\n", "# one\n# two\n# three\n"),
        ("slot: {date: 2026-11-26, # inside  \n  ask: it}\n", "# inside  \n"),
        ("slot: {date: 2026-11-26}\n", ""),
    ],
)
def test_comments_of_the_author_outlive_the_field_beside_them(slot: str, kept: str) -> None:
    start, end = "---\nid: PAD-0001\n# above\n", "# below\nhistory: []\n---\n# T\n"
    document = read_document((start + slot + end).encode(), path="pads/PAD-0001-t.md")
    assert with_fields(document, {"slot": None}).text == start + kept + end
