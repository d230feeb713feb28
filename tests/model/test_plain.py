"""What is read without a parser is what the parser would have read; what is not plain is left to it."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from padctl.model.document import read_document
from padctl.model.header import plain, read_header
from padctl.model.markdown import parse_body, read_body
from padctl.model.pieces import pieces
from padctl.model.plain_header import plain_values

PROJECT = Path(__file__).parents[2]
PADS = sorted(chain((PROJECT / "examples/pads").rglob("*.md"), (PROJECT / "tests/rules/cases").rglob("*.md")))
LINES = [
    "A few words here.\n",
    "and more\n",
    "7 of 9 said so\n",
    "1. one\n",
    "2) two\n",
    "Zürich, schön \u00a0\n",
    "[a](b)\n",
    "See [the calls](https://example.com/a_b?c=d#e), all.\n",
    "![x](y)\n",
    "[a]\n",
    "[a]: /b\n",
    "N/A: none\n",
    "TBD\n",
    "# One\n",
    "## Two #\n",
    "### **Three**\n",
    "#\n",
    "###### \n",
    "| a | b |\n",
    "| c  |  d |\n",
    "|---|:-:|\n",
    "|a|\n",
    "| e\\|f | `g|h` |\n",
    "| | |\n",
    "- item\n",
    "- item two\n  more\n",
    "* x\n",
    "+ y\n",
    "- - z\n",
    "- ```\n",
    "-\n",
    "- [ ] task\n",
    "  under\n",
    "    code\n",
    "\tcode\n",
    "<!-- prompt? -->\n",
    "<!-- one\ntwo -->\n",
    "<!-->\n",
    "<!--\n",
    "-->\n",
    "<!-- a --> b\n",
    "> quote\n",
    ">\n",
    "```\n",
    "```py\n",
    "~~~\n",
    "`code` first\n",
    "**Bold.** Then\n",
    "_slanted_\n",
    "***\n",
    "---\n",
    "===\n",
    "<div>\n",
    "</div>\n",
    "<script>\n",
    "<b>x</b>\n",
    "&amp;\n",
    "\\*\n",
    "x  \n",
    "x\\\n",
    "\r\n",
    "  \n",
    "\n",
    "\n",
    "\n\n",
    "\x0c\n",
    "\u2028\n",
    "last line",
]
TOKENS = [
    "id: PAD-0001\n",
    "title: A: b\n",
    "title: 'A: b'\n",
    'title: "A # b"\n',
    'title: it\'s "so"\n',
    "x: a #b\n",
    "x:\n",
    "x: \n",
    "x: y \n",
    "x: -\n",
    "x: - y\n",
    "x: {a: 1}\n",
    "x: {a: 1, a: 2}\n",
    "x: {a: [1, 2], b: 'c, d'}\n",
    "x: []\n",
    "x: {}\n",
    "x: [a,b]\n",
    "x: [a, ]\n",
    "x: [https://a.b/c, d]\n",
    "x: [a:b]\n",
    "x: https://a.b\n",
    "x: 12:30\n",
    "x: ''\n",
    'x: "\\t"\n',
    "x: 'a''b'\n",
    "x: | \n",
    "  more\n",
    "history:\n",
    "  - {n: 1, by: [sam]}\n",
    "  - a\n",
    "  - a: b\n",
    "  - a, b\n",
    "  - [a, 'b, c']\n",
    "  - []\n",
    "x: {a: []}\n",
    "x: {a: b, }\n",
    "x: {a: b,c: d}\n",
    "links:\n",
    "  a: https://b.c\n",
    "  a: d\n",
    "   a: b\n",
    "- a\n",
    "<<: {a: b}\n",
    "x: *a\n",
    "x: &a b\n",
    "x: !b c\n",
    "? x\n",
    "null: ~\n",
    "x: null\n",
    "# no\n",
    "\n",
    "---\n",
    "é: ü\n",
    "x: ü\u00a0\n",
    "x: 👍 a\n",
    "x: a\u2028b\n",
    "y: a?b\n",
    "y: [a?b]\n",
    "y: a{b}, [c]\n",
    "x",
    ": ",
    " ",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ",",
    "\t",
    "\r",
]


@settings(deadline=None, max_examples=400)
@given(text=st.lists(st.sampled_from(LINES), max_size=12).map("".join))
@example(text="- a\n\n## b\n")
def test_a_body_is_what_the_parser_reads(text: str) -> None:
    assert read_body(text, start=7) == parse_body(text, start=7)


@settings(deadline=None, max_examples=400)
@given(text=st.lists(st.sampled_from(TOKENS), max_size=8).map("".join))
def test_front_matter_is_what_the_composer_reads(text: str) -> None:
    values = plain_values(text)
    if values is not None:
        node, faults = read_header(text, start=4)
        assert node is not None
        assert (plain(node), faults) == (values, ())


def test_every_page_at_hand_is_what_the_parsers_read() -> None:
    assert len(PADS) > 100
    assert [path for path in PADS if not _as_parsed(path)] == []


def _as_parsed(path: Path) -> bool:
    document = read_document(path.read_bytes(), path=path.name)
    values = plain(document.header) if document.header else {}
    parsed = parse_body(document.text[document.body_start :], start=document.body_start)
    return document.body == parsed and document.values == values


def test_plain_pages_want_no_parser() -> None:
    text = "# A\n\nWords [and](links).\n\n## B\n<!-- C? -->\n\n| d | e |\n|---|---|\n| 1 | 2 |\n"
    kinds = [kind for kind, _, _ in pieces(text)]
    assert kinds == ["heading", "words", "heading", "comment", "table"]
    assert plain_values("id: PAD-0001\nhistory:\n  - {n: 1, by: [sam], note: 'a, b'}\n") == {
        "id": "PAD-0001",
        "history": [{"n": "1", "by": ["sam"], "note": "a, b"}],
    }


@pytest.mark.parametrize("text", ["a: b\n  - c\n", "a: b\n  c: d\n", "  - a\n", "  a: b\n", "a:\n  - b\n  c: d\n"])
def test_what_stands_further_in_than_it_may_is_left_to_the_composer(text: str) -> None:
    assert plain_values(text) is None
