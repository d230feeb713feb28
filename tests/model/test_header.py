"""Front matter as nodes: every offset, every fault in full, and what places and last offsets are found."""

import pytest

from padctl.model.diagnostic import Fault
from padctl.model.header import (
    EMPTY,
    MAX_DEPTH,
    MAX_HEADER,
    Mapping,
    Node,
    Scalar,
    Sequence,
    last_offset,
    place,
    place_key,
    plain,
    read_header,
)

START = 4
QUOTE = 'put a value that holds ": ", " #" or a mark in "quotes"'
BRACKET = "close the bracket, and put a value that holds one in quotes"
YAML = "the front matter is not valid YAML: "
TAB = "write spaces instead of the tab"
FEATURE = 'write the value out, or put it in "quotes" when the mark belongs to the text'


def read(text: str) -> Mapping:
    header, faults = read_header(text, start=START)
    assert faults == ()
    assert header is not None
    return header


def shown(node: Node, text: str) -> str:
    """Return a node as text: what stands between its offsets, and its kind."""
    source = text[node.start - START : node.end - START]
    if isinstance(node, Scalar):
        return f"{source!r}={node.text!r}{node.style}"
    kind = type(node).__name__[0] + ("f" if node.flow else "b")
    if isinstance(node, Sequence):
        return f"{kind}({', '.join(shown(item, text) for item in node.items)})"
    return f"{kind}({', '.join(f'{shown(key, text)}: {shown(value, text)}' for key, value in node.entries)})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n", "Mb('a'='a': 'b'='b')"),
        ("a:\n", "Mb('a'='a': ''=None)"),
        ("a: ''\n", "Mb('a'='a': \"''\"=''')"),
        ('"a": "b\\n"\n', "Mb('\"a\"'='a'\": '\"b\\\\n\"'='b\\n'\")"),
        ("a: no\nb: 0012\nc: ~\n", "Mb('a'='a': 'no'='no', 'b'='b': '0012'='0012', 'c'='c': '~'='~')"),
        ("a: [b, c]\n", "Mb('a'='a': Sf('b'='b', 'c'='c'))"),
        ("a: {b: c}\n", "Mb('a'='a': Mf('b'='b': 'c'='c'))"),
        ("a:\n  - b\n  - c: d\n", "Mb('a'='a': Sb('b'='b', Mb('c'='c': 'd'='d')))"),
        ("{a: b}\n", "Mf('a'='a': 'b'='b')"),
        ("a: |\n  b\n", "Mb('a'='a': '|\\n  b\\n'='b\\n'|)"),
        ("é: ü\n", "Mb('é'='é': 'ü'='ü')"),
        ("", "Mb()"),
        ("# nothing\n", "Mb()"),
    ],
)
def test_nodes_stand_where_they_are_written(text: str, expected: str) -> None:
    assert shown(read(text), text) == expected


def test_an_empty_header_lies_at_its_start() -> None:
    header = read("")
    assert (header.start, header.end, header.entries, header.flow) == (START, START, (), False)
    assert (EMPTY.start, EMPTY.end, EMPTY.entries, EMPTY.flow) == (0, 0, (), False)


@pytest.mark.parametrize(
    ("text", "slug", "at", "message", "fix"),
    [
        ("a: b\nc: \x01d\n", "invalid-yaml", 8, "the character U+0001 cannot stand in YAML", "delete it"),
        ("a: \ufffe\n", "invalid-yaml", 3, "the character U+FFFE cannot stand in YAML", "delete it"),
        ("a: \x7f\n", "invalid-yaml", 3, "the character U+007F cannot stand in YAML", "delete it"),
        ("a: b\x85c\n", "invalid-yaml", 4,
        "a line break that editors do not show (U+0085) stands in the front matter", "delete it"),
        ("a: b\u2028c\n", "invalid-yaml", 4,
        "a line break that editors do not show (U+2028) stands in the front matter", "delete it"),
        ("a: b\rc\n", "invalid-yaml", 4, "a line break that editors do not show (U+000D) stands in the front matter",
        "delete it"),
        ("a: b\n<<<<<<< x\n", "invalid-yaml", 5, "a merge conflict is not resolved here",
         "keep what is right and delete the lines with <<<<<<<, ======= and >>>>>>>"),
        ("a: b\n=======\n", "invalid-yaml", 5, "a merge conflict is not resolved here",
         "keep what is right and delete the lines with <<<<<<<, ======= and >>>>>>>"),
        ("a: \x80\n", "invalid-yaml", 3, f"{YAML}control characters are not allowed", QUOTE),
        ("a: &b c\n", "yaml-feature", 3, "an anchor of YAML is not allowed here", FEATURE),
        ("a: *b\n", "yaml-feature", 3, "an alias of YAML is not allowed here", FEATURE),
        ("a: !b c\n", "yaml-feature", 3, "a tag of YAML is not allowed here", FEATURE),
        ("a: !b &c [d]\n", "yaml-feature", 3, "an anchor of YAML is not allowed here", FEATURE),
        ("a: !b {c: d}\n", "yaml-feature", 3, "a tag of YAML is not allowed here", FEATURE),
        ("a: [!b\n", "yaml-feature", 4, "a tag of YAML is not allowed here", FEATURE),
        ("a: [b & c\n", "invalid-yaml", 10, f"{YAML}while parsing a flow sequence, did not find expected ',' or ']'",
        BRACKET),
        ("- a\n", "invalid-yaml", 0, "the front matter is not a list of `key: value` lines",
        "write `id: ...` and so on"),
        ("a\n", "invalid-yaml", 0, "the front matter is not a list of `key: value` lines",
        "write `id: ...` and so on"),
        ("a: [b\n", "invalid-yaml", 6, f"{YAML}while parsing a flow sequence, did not find expected ',' or ']'",
        BRACKET),
        ("a: b: c\n", "invalid-yaml", 4, f"{YAML}mapping values are not allowed in this context", QUOTE),
        ("a: b\nc\nd: e\n", "invalid-yaml", 5, f"{YAML}while scanning a simple key, could not find expected ':'",
        "write `key: value`"),
        ('a: "\\d"\n', "invalid-yaml", 4, f"{YAML}while parsing a quoted scalar, found unknown escape character",
         "put it in single quotes, where a backslash is only a backslash"),
        ("a: %b\n", "invalid-yaml", 3,
        f"{YAML}while scanning for the next token, found character that cannot start any token", QUOTE),
        ("a:\n\tb: c\n", "invalid-yaml", 3, f"{YAML}a tab stands here", TAB),
        ("a: @\t\n", "invalid-yaml", 3, f"{YAML}while scanning for the next token, "
         "found character that cannot start any token", QUOTE),
        ("a: |\n  b\n\tc\n", "invalid-yaml", 9, f"{YAML}a tab stands here", TAB),
        ("a:\n  - b\n\t- c\n", "invalid-yaml", 9, f"{YAML}a tab stands here", TAB),
        ("\ta: b\n", "invalid-yaml", 0, f"{YAML}a tab stands here", TAB),
        ("a: b\n...\nc: d\n", "invalid-yaml", 9, f"{YAML}did not find expected <document start>", QUOTE),
        ("[" * 21 + "]" * 21, "nested-too-deep", 20, "the front matter nests deeper than 20 levels", "write it flat"),
        ("a: " + "[" * 400, "nested-too-deep", 22, "the front matter nests deeper than 20 levels", "write it flat"),
        ("a: " + "[" * 20 + "]" * 20, "nested-too-deep", 22, "the front matter nests deeper than 20 levels",
        "write it flat"),
        ("a: " + "[" * 150 + "]" * 150, "nested-too-deep", 22, "the front matter nests deeper than 20 levels",
        "write it flat"),
        ("a: " + "x" * MAX_HEADER, "front-matter-too-large", 0,
        "the front matter has 65,539 bytes; at most 65,536 are read",
         "move long text into the body"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_fault_at_its_place(text: str, slug: str, at: int, message: str, fix: str) -> None:
    header, faults = read_header(text, start=START)
    assert header is None
    assert faults == (Fault(slug=slug, offset=START + at, message=message, fix=fix),)


def test_two_documents_in_a_header_are_not_one() -> None:
    header, (fault,) = read_header("a: b\n--- \nc: d\n", start=0)
    assert header is None
    assert fault.message == f"{YAML}expected a single document in the stream, but found another document"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\na: c\n", [("duplicate-key", 5, 'the key "a" is already on line 2', "keep one of the two")]),
        ("x: y\na: b\na: c\na: d\n", [
            ("duplicate-key", 10, 'the key "a" is already on line 3', "keep one of the two"),
            ("duplicate-key", 15, 'the key "a" is already on line 3', "keep one of the two"),
        ]),
        ("l:\n  - {a: b, a: c}\n", [("duplicate-key", 14, 'the key "a" is already on line 3',
        "keep one of the two")]),
        ("l: [[{a: b, a: c}]]\n", [("duplicate-key", 12, 'the key "a" is already on line 2', "keep one of the two")]),
        ("\na: b\na: c\n", [("duplicate-key", 6, 'the key "a" is already on line 3', "keep one of the two")]),
        ("<<: b\n", [("yaml-feature", 0, "a merge key of YAML is not allowed here", "write the keys out")]),
        ("a: {<<: b}\n", [("yaml-feature", 4, "a merge key of YAML is not allowed here", "write the keys out")]),
        ("'<<': b\n", []),
        ("? [a]\n: b\n", [("invalid-yaml", 2, "a key must be one word", "name the key")]),
        ("? \n: b\n", [("invalid-yaml", 1, "a key must be one word", "name the key")]),
        ("a: {b: c, b: d}\na: e\n", [
            ("duplicate-key", 10, 'the key "b" is already on line 2', "keep one of the two"),
            ("duplicate-key", 16, 'the key "a" is already on line 2', "keep one of the two"),
        ]),
    ],
)  # fmt: skip
def test_doubtful_keys_are_faults_in_their_order(text: str, expected: list[tuple[str, int, str, str]]) -> None:
    header, faults = read_header(text, start=START)
    assert header is not None
    assert [(fault.slug, fault.offset - START, fault.message, fault.fix) for fault in faults] == expected


def test_limits_are_met_and_not_passed() -> None:
    assert MAX_DEPTH == 20
    assert MAX_HEADER == 65536
    read("a: " + "[" * 19 + "]" * 19)
    read("a: [" + ", ".join(["b-c"] * 400) + "]")
    read("a:\n" + "  - {b: [?c]}\n" * 200)
    read("a: " + "é" * ((MAX_HEADER - 4) // 2) + "\n")
    assert read_header("a: " + "é" * (MAX_HEADER // 2) + "\n", start=0)[0] is None
    assert read("a: b&c\nd: 'x & y'\n").entry("a") is not None


def test_values_are_text_none_lists_and_mappings() -> None:
    header, _ = read_header("a: 1\nb:\nc: [x, [y]]\nd: {e: f, e: g}\na: 2\n? [k]\n: v\n", start=0)
    assert header is not None
    assert plain(header) == {"a": "1", "b": None, "c": ["x", ["y"]], "d": {"e": "f"}, "": "v"}


TREE = "a: b\nc:\n  - d: e\n    f: g\n  - h\ni: {j: [k, l]}\n"


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("a",), "b", "a"), (("c",), "- d", "c"), (("c", 0), "d: e", "d: e"), (("c", 0, "f"), "g", "f: g"),
        (("c", 1), "h", "h"), (("c", 2), "- d", "- d"), (("c", 0, "z"), "d: e", "d: e"), (("z",), "a: b", "a: b"),
        (("i", "j"), "[k", "j: ["), (("i", "j", 1), "l]", "l]"), (("i", "j", "x"), "[k", "[k"), (("i", 0), "{j",
        "{j"),
        (("a", "x"), "b", "b"), (("c", "d"), "- d", "- d"), ((), "a: b", "a: b"), (("z", "j"), "a: b", "a: b"),
        (("i", "z", "j"), "{j", "{j"), (("c", 5, "f"), "- d", "- d"),
    ],
)  # fmt: skip
def test_places_are_those_of_values_and_keys_or_the_nearest_around(
    path: tuple[str | int, ...], value: str, key: str
) -> None:
    header = read(TREE)
    assert TREE[place(header, path) - START :].startswith(value)
    assert TREE[place_key(header, path) - START :].startswith(key)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("a: b  # why\n", "a: b"), ("a:\n  - b\n  - c # d\n\n", "a:\n  - b\n  - c"), ("a: [b, c]  \n", "a: [b, c]"),
        ("a:\n  b:\n    - c: d\n# e\n", "a:\n  b:\n    - c: d"), ("a: {b: c} # d\n", "a: {b: c}"), ("a: 'b' \n\n",
        "a: 'b'"),
    ],
)  # fmt: skip
def test_the_last_offset_is_where_a_value_s_own_text_ends(text: str, last: str) -> None:
    assert text[: last_offset(read(text)) - START] == last


def test_an_empty_block_ends_where_it_stands() -> None:
    assert last_offset(Mapping(3, 7, (), flow=False)) == 7
    assert last_offset(Sequence(3, 7, (), flow=False)) == 7
    assert last_offset(Sequence(3, 7, (Scalar(4, 5, "a", ""),), flow=False)) == 5
    assert last_offset(Sequence(3, 7, (Scalar(4, 5, "a", ""), Scalar(5, 6, "a", "")), flow=False)) == 6
    assert last_offset(Sequence(3, 7, (Scalar(4, 5, "a", ""),), flow=True)) == 7
