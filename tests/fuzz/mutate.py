"""Mutations that know the grammars: front matter, Markdown, TOML and Jinja; the same dice give the same bytes."""

import re
from collections.abc import Callable, Sequence
from random import Random

LARGEST = 40_000
_COMMON = [
    "\n", "\r\n", "\r", "\t", " ", "  ", "\u2028", "\u0085", "\x00", "\x0c", "\x1b[31m", "\u202e", "\u200b",
    "\ufeff", "\U000e0041",
    "\u0301", "👍🏽", "é", "x", "9" * 5000, "0", "-1", "'", '"', "\\", ":", ": ", "#", ",", "[", "]", "{", "}",
    "---\n", "...\n",
]  # fmt: skip
_YAML = [
    "&a ", "*a", "!!str ", "!x ", "<<: ", "? ", "- ", "| ", ">- ", "|\n  ", "~", "null", "%YAML 1.1\n", "[[[[[[[[",
    "{a: ", "x-a: 1\n",
    "status: done\n", "status: draft\n", "id: PAD-0001\n", "history:\n",
    "  - {n: 1, date: 2026-11-24, move: hold, to: problem-framing/on-hold}\n",
    "slot: {date: 2026-11-26}\n", "actions: [{}]\n", "feedback: [1]\n", "sponsors: []\n", "content: x\n",
    "self: y\n", "__class__: z\n",
    "2026-02-30", "9999-12-31", "<<<<<<< ours\n", "template: light\n", '"\\x41"', "stage: delivery\n",
    "launched: 2026-01-01\n",
]  # fmt: skip
_MARKDOWN = [
    "# ", "## ", "### ", "###### ", "### Why\n", "## Solution Framing\n", "## Delivery\n", "### Success Metrics\n",
    "===\n", "<!--", "-->",
    "<!-- padctl: ignore PC502 x -->\n", "<!-- padctl: ignore -->", "```\n", "~~~", "`", "> ", "- [ ] ", "1. ",
    "    ", "[a](b)", "![](", "](",
    "[a]: /b\n", "<a id=x>", "<div>", "</", "&nbsp;", "&#0;", "| a | b |\n|---|---|\n| c | d |\n", "|", "||", "\\|",
    "N/A: x\n", "TBD", "**", "_",
    "https://example.com/x", "PAD-0002", "<https://a>", "[x](#why)", "[x](../a.md)", "$5", "50%",
]  # fmt: skip
_TOML = [
    "[meeting]\n", "[[lint.per_path]]\n", "[people]\n", "[paths]\n", "a.b.c = 1\n", '"" = 1\n', " = ", "'''", '"""',
    "true", "nan", "inf", "1e999",
    "2026-11-24", "2026-11-24T10:00:00", "10:00:00", "0x_1", "{a = 1}", "[[", "]]", 'x = "', "minutes = -1\n",
    'weekday = "friday"\n',
    '"\\u0000"', "sponsors = [1]\n", 'pads = ".."\n',
]  # fmt: skip
_JINJA = [
    "{{ title }}", "{{ x }}", "{{", "}}", "{%", "%}", "{#", "#}", "{% if title %}", "{% endif %}",
    "{% for i in range(9) %}", "{% endfor %}",
    "{{ title.__class__ }}", "{% raw %}", "{% set a = 1 %}", "{{ 9 * 9 }}", "{{ 'x' * 9 }}", "{{ title | md }}",
    "{{ loop }}", "{% include 'x' %}",
    "{{ -}}", "{%- ", "{% macro f() %}", "{% endmacro %}", "sections:\n  Why: {skippable: true}\n",
    "fields: {a: {type: text}}\n",
    "stages: [{stage: delivery}]\n", "aliases: [x]", "since: 2026-01-01",
]  # fmt: skip
TOKENS = {
    "documents": [*_COMMON, *_YAML, *_MARKDOWN],
    "settings": [*_COMMON, *_TOML],
    "templates": [*_COMMON, *_YAML, *_MARKDOWN, *_JINJA],
    "pages": [*_COMMON, *_YAML, *_MARKDOWN, "## 2026-Q4-O1 T\n", "Serves: 2026-G1\n", "| KR | Metric |\n|-|-|\n",
    "name: a\n", "agreed: {a: 2026-01-01}\n"],
}  # fmt: skip
VALUES = [
    "", "~", "no", "0012", "2026-11-24", "2026-02-30", "9999-12-31", "[]", "[a, b]", "{a: b}", '"x"', "'it''s'",
    "a: b", "a #b", "# c", "|", "*a", "&a b",
    "!t x", "draft", "done", "in-review", "delivery", "solution-framing", "standard", "light", "../x", "PAD-0002",
    "PAD-0001", "-1", "1e9", "🎉", "[x](y)",
    "[bold]x[/bold]", "::error::x", "=1+1", "@x", "%x", "--output=x", "a" * 300, '"\\n"', '"\\0"', '"\\e[2J"',
    "{date: 2026-11-26}", "[{}]", "[[]]",
]  # fmt: skip
_KEY = re.compile(rb"^( *(?:- )?[\w\"'.-]+ ?[:=] ?)(.*?)(\r?)$", re.MULTILINE)
Pieces = Sequence[bytes]


def mutated(dice: Random, seeds: tuple[Pieces, Pieces], tokens: Sequence[str]) -> bytes:
    """Return one of the seeds after some mutations, of at most 40,000 bytes.

    Half of them are a file without faults after a mutation or two, so that what lies behind the readers is reached.
    """
    good, hostile = seeds
    gentle = dice.random() < 0.5
    content = dice.choice(good if gentle or dice.random() < 0.4 else hostile)
    mutations = _GENTLE if gentle else _MUTATIONS
    for _ in range(dice.choice((1, 1, 2) if gentle else (1, 1, 2, 3, 5, 8))):
        content = dice.choice(mutations)(dice, content, good, tokens)[:LARGEST]
    return content


def _place(dice: Random, content: bytes) -> int:
    """Return a place to change: mostly in the front matter, often at the start of a line."""
    limit = content.find(b"\n---", 4) + 5 if dice.random() < 0.5 else len(content)
    place = dice.randint(0, max(min(limit, len(content)), 0))
    return content.rfind(b"\n", 0, place) + 1 if dice.random() < 0.4 else place


def _token(dice: Random, tokens: Sequence[str]) -> bytes:
    return dice.choice(tokens).encode()


def _insert(dice: Random, content: bytes, _: Pieces, tokens: Sequence[str]) -> bytes:
    place = _place(dice, content)
    return content[:place] + _token(dice, tokens) + content[place:]


def _replace(dice: Random, content: bytes, _: Pieces, tokens: Sequence[str]) -> bytes:
    place = _place(dice, content)
    return content[:place] + _token(dice, tokens) + content[place + dice.choice((1, 2, 5, 20, 60)) :]


def _cut(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    place = _place(dice, content)
    return content[:place] + content[place + dice.choice((1, 1, 2, 5, 20, 200)) :]


def _run(dice: Random, content: bytes, _: Pieces, tokens: Sequence[str]) -> bytes:
    place = _place(dice, content)
    token = _token(dice, tokens)
    return content[:place] + token * min(dice.choice((2, 5, 30, 300)), 4000 // len(token) + 1) + content[place:]


def _bytes(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    place = _place(dice, content)
    return content[:place] + dice.randbytes(dice.randint(1, 4)) + content[place + dice.randint(0, 4) :]


def _double_line(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    start = content.rfind(b"\n", 0, _place(dice, content)) + 1
    end = content.find(b"\n", start) + 1 or len(content)
    return content[:end] + content[start:end] * dice.choice((1, 1, 2, 20)) + content[end:]


def _swap_lines(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    lines = content.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _value(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    found = list(_KEY.finditer(content, 0, 3000))
    if not found:
        return content
    match = dice.choice(found)
    return content[: match.start(2)] + dice.choice(VALUES).encode() + content[match.end(2) :]


def _key(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    found = list(_KEY.finditer(content, 0, 3000))
    if len(found) < 2:
        return content
    match, other = dice.choice(found), dice.choice(found)
    return content[: match.start(1)] + other[1] + content[match.end(1) :]


def _indent(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    start = content.rfind(b"\n", 0, _place(dice, content)) + 1
    return content[:start] + dice.choice((b" ", b"  ", b"    ", b"\t", b"> ", b"- ", b"#")) + content[start:]


def _line_ends(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    new = dice.choice((b"\r\n", b"\r\n", b"\r", b"\n\n", "\u2028".encode()))
    return content.replace(b"\n", new, dice.choice((-1, -1, 1, 3)))


def _splice(dice: Random, content: bytes, seeds: Pieces, _: Sequence[str]) -> bytes:
    other = dice.choice(seeds)
    place, start = _place(dice, content), _place(dice, other)
    return content[:place] + other[start : start + dice.choice((10, 100, 1000))] + content[place:]


def _encoding(dice: Random, content: bytes, _: Pieces, __: Sequence[str]) -> bytes:
    if dice.random() < 0.7:
        return b"\xef\xbb\xbf" + content
    return content.decode(errors="replace").encode(dice.choice(("utf-16", "utf-16-le", "latin-1")), errors="replace")


_GENTLE: list[Callable[[Random, bytes, Pieces, Sequence[str]], bytes]] = [
    _insert, _cut, _double_line, _swap_lines, _value, _value, _line_ends,
]  # fmt: skip
_MUTATIONS: list[Callable[[Random, bytes, Pieces, Sequence[str]], bytes]] = [
    _insert, _insert, _replace, _cut, _run, _bytes, _double_line, _swap_lines, _value, _value, _value, _key, _indent,
    _line_ends, _splice,
    _encoding,
]  # fmt: skip
