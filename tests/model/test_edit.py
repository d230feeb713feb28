"""Edits of front matter: only the lines that must change do, and what cannot be edited safely is refused."""

from datetime import date

import pytest
from editing import document_of, edited

from padctl.model.edit import EditError, Value, with_fields, with_insertion

DAY = date(2026, 11, 26)
ENTRY: dict[str, Value] = {"n": 2, "date": DAY, "move": "decide", "by": ["sam"], "note": "well: done, all"}
WRITTEN = "{n: 2, date: 2026-11-26, move: decide, by: [sam], note: 'well: done, all'}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A", "title: B"),
        ("title:    A   # why", "title:    B   # why"),
        ("title: 'A' # why", "title: 'B' # why"),
        ('title: "A"', 'title: "B"'),
        ('"title": A', '"title": B'),
        ("title : A", "title : B"),
        ("title:", "title: B"),
        ("title:   # why", "title: B   # why"),
        ("title: ''", "title: 'B'"),
        ("# one\nid: x\n\ntitle: A\n# two\nzoo: 1", "# one\nid: x\n\ntitle: B\n# two\nzoo: 1"),
        ("title: A\n  and more", "title: B"),
        ("title: 'A\n\n  and more'", "title: 'B'"),
        ("? title\n: A", "? title\n: B"),
        ("{id: x, title: A}", "{id: x, title: B}"),
        ("  id: x\n  title: A", "  id: x\n  title: B"),
        ("title: é 😀\nowner: ü", "title: B\nowner: ü"),
    ],
)
def test_a_scalar_keeps_quotes_comments_and_order(before: str, after: str) -> None:
    assert edited(before, title="B") == after


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nx: 1\n---\n# T\n",
        "\ufeff---\ntitle: A\nx: 1\n---\n# T\n",
        "---\r\ntitle: A\r\nx: 1\r\n---\r\n# T\r\n",
        "---\ntitle: A\nx: 1\n---",
        "\ufeff---\r\ntitle: A  \r\nx: 1\t\r\n---  \r\n# T  \r\n\x0c\u2028no newline",
    ],
)
def test_every_other_byte_stays(text: str) -> None:
    document = with_fields(document_of(text), {"title": "B", "history": [ENTRY]})
    newline = "\r\n" if "\r" in text else "\n"
    changed = text.replace("title: A", "title: B")
    at = changed.index(newline, changed.index("title")) + len(newline)
    expected = changed[:at] + f"history:{newline}  - {WRITTEN}{newline}" + changed[at:]
    assert document.encoded() == expected.encode()


def test_no_change_is_the_same_text() -> None:
    header = "title:  'A' # c\nhistory: [ ]\nslot:\n  date: x"
    assert edited(header, title="A", history=[], slot={"date": "x"}, owner=None) == header


@pytest.mark.parametrize(
    ("header", "key", "expected"),
    [
        ("id: x\nstatus: draft", "title", "id: x\ntitle: B\nstatus: draft"),
        ("title: A\nstatus: draft", "id", "id: B\ntitle: A\nstatus: draft"),
        ("# about\nstatus: draft", "id", "id: B\n# about\nstatus: draft"),
        ("id: x # c\nhistory: []", "slot", "id: x # c\nslot: B\nhistory: []"),
        ("id: x\nlinks:\n  a: b\nhistory: []", "slot", "id: x\nlinks:\n  a: b\nslot: B\nhistory: []"),
        ("team:\nstatus: draft", "template", "team:\ntemplate: B\nstatus: draft"),
        ("id: x\nactions: []", "x-more", "id: x\nactions: []\nx-more: B"),
        ("id: x\n...", "title", "id: x\ntitle: B\n..."),
        ("{id: x}", "title", "{id: x, title: B}"),
    ],
)
def test_a_new_key_goes_where_the_field_order_has_it(header: str, key: str, expected: str) -> None:
    assert edited(header, **{key: "B"}) == expected


def test_new_keys_of_an_empty_header_stand_in_field_order() -> None:
    text = with_fields(document_of("---\n---\n# T\n"), {"status": "draft", "id": "x", "title": "B"}).text
    assert text == "---\nid: x\ntitle: B\nstatus: draft\n---\n# T\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sponsors: [a, b]", "sponsors: [a, b, 'c, d']"),
        ("sponsors: [a, b,] # c", "sponsors: [a, b, 'c, d',] # c"),
        ("sponsors:\n  - a # one\n  - b\nx: 1", "sponsors:\n  - a # one\n  - b\n  - 'c, d'\nx: 1"),
        ("sponsors:\n- a\n- b", "sponsors:\n- a\n- b\n- 'c, d'"),
        ("sponsors:\n    - a\n    - b\n# end", "sponsors:\n    - a\n    - b\n    - 'c, d'\n# end"),
    ],
)
def test_a_list_of_words_grows_in_its_own_style(before: str, after: str) -> None:
    assert edited(before, sponsors=["a", "b", "c, d"]) == after


@pytest.mark.parametrize("before", ["history: []", "history:", "history: [ ]", "x: 1"])
def test_the_first_item_of_an_empty_or_absent_list_of_mappings_gets_its_own_line(before: str) -> None:
    lead = "history:" if before.startswith("history") else before
    header = edited(f"id: a\n{before}", history=[ENTRY])
    expected = [lead] if lead == "history:" else ["history:"]
    assert f"\n{expected[0]}\n  - {WRITTEN}" in "\n" + header
    assert header.count("\n") == (2 if lead == "history:" else 3)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("history: [] # c", f"history:\n  - {WRITTEN} # c"),
        ("history:   # c", f"history:\n  - {WRITTEN}   # c"),
    ],
)
def test_the_comment_of_an_empty_list_stays(before: str, after: str) -> None:
    assert edited(before, history=[ENTRY]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("history:\n  - {n: 1} # c\nx: 1", f"history:\n  - {{n: 1}} # c\n  - {WRITTEN}\nx: 1"),
        ("history:\n- {n: 1}", f"history:\n- {{n: 1}}\n- {WRITTEN}"),
        ("history:\n  - n: 1\n\nx: 1", f"history:\n  - n: 1\n  - {WRITTEN}\n\nx: 1"),
        ("history: [{n: 1}]", f"history: [{{n: 1}}, {WRITTEN}]"),
        ("history: [\n  {n: 1}, # c\n]", f"history: [\n  {{n: 1}}, {WRITTEN}, # c\n]"),
    ],
)
def test_a_list_of_mappings_grows_by_one_flow_mapping(before: str, after: str) -> None:
    assert edited(before, history=[{"n": 1}, ENTRY]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("actions:\n  - {id: A1} # c\n  - {id: A2}", "actions:\n  - {id: A1, done: 2026-11-26} # c\n  - {id: A2}"),
        ("actions:\n  - id: A1\n  - id: A2", "actions:\n  - id: A1\n    done: 2026-11-26\n  - id: A2"),
        ("actions: [{id: A1, }, {id: A2}]", "actions: [{id: A1, done: 2026-11-26, }, {id: A2}]"),
    ],
)
def test_one_item_of_a_list_gets_a_key(before: str, after: str) -> None:
    assert edited(before, actions=[{"id": "A1", "done": DAY}, {"id": "A2"}]) == after


def test_one_key_of_one_item_changes() -> None:
    header = "actions:\n  - {id: A1, what: 'ask: x', done: 2026-11-01} # c\n  - {id: A2}"
    changed = edited(header, actions=[{"id": "A1", "what": "ask: x", "done": DAY}, {"id": "A2"}])
    assert changed == header.replace("2026-11-01", "2026-11-26")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("links: {}", "links: {a: b, c: 'd: e'}"),
        ("links: {a: b} # c", "links: {a: b, c: 'd: e'} # c"),
        ("links:\n  a: b # c\nx: 1", "links:\n  a: b # c\n  c: 'd: e'\nx: 1"),
        ("links: {z: y}", "links: {z: y, a: b, c: 'd: e'}"),
        ("links:\n  z: y", "links:\n  z: y\n  a: b\n  c: 'd: e'"),
    ],
)
def test_a_mapping_grows_in_its_own_style(before: str, after: str) -> None:
    more: dict[str, Value] = {"z": "y"} if "z" in before else {}
    assert edited(before, links={**more, "a": "b", "c": "d: e"}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: x\nslot: {date: y}\nz: 1", "id: x\nz: 1"),
        ("id: x\nslot: {date: y,\n  minutes: 3} # c\nz: 1", "id: x\n# c\nz: 1"),
        ("id: x\nslot:\n  date: y\n  minutes: 3\n# about z\nz: 1", "id: x\n# about z\nz: 1"),
        ("id: x\nslot:\n  date: y\n  minutes:", "id: x"),
        ("id: x\nslot:", "id: x"),
        ("id: x\nslot:\n- a\n- b\n", "id: x\n"),
        ("id: x", "id: x"),
    ],
)
def test_a_removed_key_takes_its_lines_along(before: str, after: str) -> None:
    assert edited(before, slot=None) == after


def test_a_removed_key_takes_its_lines_along_with_crlf_and_no_last_newline() -> None:
    document = with_fields(document_of("---\r\nid: x\r\nslot:\r\n  date: y\r\n---"), {"slot": None})
    assert document.text == "---\r\nid: x\r\n---"


@pytest.mark.parametrize("header", ["x: 1\nsponsors:\n  - a # first\n  - b", "x: 1\nsponsors: [\n  a, # first\n  b\n]"])
def test_a_list_that_shrinks_keeps_its_comments_or_is_refused(header: str) -> None:
    try:
        changed = edited(header, sponsors=["a"])
    except EditError:
        return
    assert "# first" in changed


def test_an_insertion_uses_the_files_line_ending() -> None:
    document = document_of("\ufeff---\r\nid: x\r\n---\r\n# T\r\n")
    changed = with_insertion(document, len(document.text), "\n## U\n")
    assert changed.encoded() == document.encoded() + b"\r\n## U\r\n"


def test_each_line_of_a_file_that_mixes_line_ends_keeps_its_own() -> None:
    text = "---\r\nid: a\r\nowner: dana\nhistory:\n  - {n: 1}\r\nx-a: 1\r\n---\r\n# T\n"
    document = document_of(text)
    added = with_fields(document, {"team": "growth", "history": [{"n": "1"}, {"n": "2"}], "actions": [{"id": "A1"}]})
    new = ("team: growth\n", "  - {n: '2'}\r\n", "actions:\r\n", "  - {id: A1}\r\n")
    assert [line for line in added.text.splitlines(keepends=True) if line not in new] == text.splitlines(keepends=True)
    assert set(new) <= set(added.text.splitlines(keepends=True))
    several = document_of(text.replace("  - {n: 1}", "  - {n: 0}\n  - {n: 1}"))
    assert with_fields(several, {"history": [{"n": "1"}]}).text == text
    for key in ("owner", "id", "x-a"):
        kept = [line for line in text.splitlines(keepends=True) if not line.startswith(f"{key}:")]
        assert with_fields(document, {key: None}).text.splitlines(keepends=True) == kept
