"""Front matter in the few forms that people and padctl mostly write, read to values without YAML's composer.

Lines of `key: value`, where a value is a text, a list in brackets or pairs in braces; under a bare key a list or pairs,
two spaces in. For anything else there is `padctl.model.header`, which knows positions too.
"""

import re

from padctl.model.header import Plain

_MOST = 16 * 1024  # characters; nothing within can nest or multiply
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,60}"
_QUOTED = r"""'[^'\n]*'|"[^"\\\n]*\""""
_FLOW = rf"(?:{_QUOTED}|\w[^\n:\#,\[\]{{}}?]*(?::(?=/)[^\n:\#,\[\]{{}}?]*)*(?<!\ ))"
_LIST = rf"\[(?:{_FLOW}(?:,\ (?!\])|(?=\])))*\]"
_MAP = rf"\{{(?:{_KEY}:\ (?:{_FLOW}|{_LIST})(?:,\ (?!\}})|(?=\}})))+\}}"
_VALUE = rf"(?:{_QUOTED}|{_LIST}|{_MAP}|\w[^\n:\#]*(?::(?=\S)[^\n:\#]*)*(?<!\ ))\n"
# each form stands in it once: the longer a pattern is, the longer it takes to compile, at every start
_LINES = re.compile(rf"(?:(?:{_KEY}:\ |\ \ (?:{_KEY}:|-)\ ){_VALUE}|{_KEY}:\n)+")
_ITEM = re.compile(_FLOW)
_ENTRY = re.compile(rf"({_KEY}):\ ({_LIST}|{_FLOW})")


def plain_values(text: str) -> dict[str, Plain] | None:
    """Return the values of front matter, or None where it has another form, or a fault."""
    if len(text) > _MOST or not text.replace("\n", "").isprintable() or not _LINES.fullmatch(text):
        return None
    try:
        return _values(text)
    except _NotPlainError:
        return None


class _NotPlainError(Exception):
    """A key stands twice, or a line is further in than it may be: those say so who know positions."""


def _values(text: str) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    key, items, inner = "", list[Plain](), dict[str, Plain]()
    awaited = ""  # the forms of line that may stand further in: of a list, of pairs, under a bare key either
    for line in text.split("\n")[:-1]:
        if line[0] != " ":
            key, _, rest = line.partition(":")
            items, inner = [], {}
            if key in values:
                raise _NotPlainError
            values[key] = _value(rest[1:]) if rest else None
            awaited = "" if rest else "-:"
            continue
        form = "-" if line[2] == "-" else ":"
        if form not in awaited:
            raise _NotPlainError
        awaited = form
        if form == "-":
            items.append(_value(line[4:]))
            values[key] = items
        else:
            name, _, rest = line[2:].partition(": ")
            if name in inner:
                raise _NotPlainError
            inner[name] = _value(rest)
            values[key] = inner
    return values


def _value(text: str) -> Plain:
    mark = text[0]
    if mark == "[":
        return [_value(item) for item in _ITEM.findall(text)]
    if mark == "{":
        entries = _ENTRY.findall(text)
        values = {key: _value(value) for key, value in entries}
        if len(values) < len(entries):
            raise _NotPlainError
        return values
    return text[1:-1] if mark in "'\"" else text
