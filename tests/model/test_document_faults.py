"""What is wrong with a document as a whole, in full: each fault with its place, its words and its fix."""

import pytest

from padctl.model.diagnostic import Fault
from padctl.model.document import read_document

LARGE = "move attachments out and link them"
MISSING = "the file does not start with front matter"
UNCLOSED = ("unclosed-front-matter", 0, "the front matter has no closing `---` line", "add a line `---` after it")
HIDDEN = "delete it, or retype the word"


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b"x" * (2**20 + 1), [("too-large", 0, "the file has 1,048,577 bytes; at most 1,048,576 are read", LARGE)]),
        (b"---\nid: \xff\n---\n",
         [("not-utf-8", 8, "the file is not UTF-8: byte 0xff cannot be read", "save the file as UTF-8")]),
        (b"# T\n", [("missing-front-matter", 0, MISSING, "start the file as `padctl new` does: `---`, keys, `---`")]),
        (b"\n---\nid: a\n---\n", [("missing-front-matter", 0, MISSING, "write `---` as the very first line")]),
        (b"---\nid: a\n--", [UNCLOSED]),
        (b"---", [UNCLOSED]),
        (b"---\nid: a\n---\na \x01\x02 b\nc \x03 d",
         [("hidden-character", 16, "an invisible character stands here: U+0001, control character", HIDDEN),
          ("hidden-character", 23, "an invisible character stands here: U+0003, control character", HIDDEN)]),
        ("\u200b---\nid: a\u202e\n---\nend \u00ad \u200b".encode(),
         [("missing-front-matter", 0, MISSING, "start the file as `padctl new` does: `---`, keys, `---`"),
          ("hidden-character", 0, "an invisible character stands here: U+200B, zero width space", HIDDEN),
          ("hidden-character", 10, "an invisible character stands here: U+202E, right-to-left override", HIDDEN),
          ("hidden-character", 20, "an invisible character stands here: U+00AD, soft hyphen", HIDDEN)]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_document_in_full(raw: bytes, faults: list[tuple[str, int, str, str]]) -> None:
    document = read_document(raw, path="pads/x.md")
    assert document.path == "pads/x.md"
    wanted = [Fault(slug=slug, offset=at, message=message, fix=fix) for slug, at, message, fix in faults]
    assert list(document.faults) == wanted


def test_a_limit_of_ones_own_is_the_one_that_is_told() -> None:
    (fault,) = read_document(b"x" * 11, path="x.md", limit=10).faults
    assert fault.message == "the file has 11 bytes; at most 10 are read"


@pytest.mark.parametrize(
    ("text", "places", "values"),
    [
        ("# T\n", (0, 0, 0), {}),
        ("---\nid: a\n", (4, 0, 0), {}),
        ("---\nid: a\n---", (4, 10, 13), {"id": "a"}),
        ("---\nid: a\n---\n", (4, 10, 14), {"id": "a"}),
        ("--- \r\nid: a\r\n---\t\r\n# T", (6, 13, 19), {"id": "a"}),
        ("---\nid: a\n---\nid: b\n---\n", (4, 10, 14), {"id": "a"}),
        ("---\nid: a\n----\n---x\n---\n", (4, 20, 24), {}),
        ("---\n---\n# T\n", (4, 4, 8), {}),
        ("---\nid: Xylo X\n---\n", (4, 15, 19), {"id": "Xylo X"}),
    ],
)  # fmt: skip
def test_fences_stand_where_they_are_written(text: str, places: tuple[int, int, int], values: dict[str, str]) -> None:
    document = read_document(text.encode(), path="x.md")
    assert (document.header_start, document.header_end, document.body_start) == places
    assert document.values == values


def test_a_key_that_is_not_there_stands_at_the_start_and_one_below_it_where_the_keys_begin() -> None:
    document = read_document(b"---\nid: a\nslot: {date: b}\n---\n", path="x.md")
    assert document.key_offset("slot") == 10
    assert document.key_offset("slot", "date") == 17
    assert document.key_offset("slot", "minutes") == 16
    assert document.key_offset("owner") == 0
    assert document.key_offset("actions", "due") == 4
    assert read_document(b"# T\n", path="x.md").key_offset("slot", "date") == 0


def test_a_first_line_that_is_empty() -> None:
    document = read_document(b"\nabc", path="x.md")
    assert (document.source(1), document.source(2)) == ("", "abc")
