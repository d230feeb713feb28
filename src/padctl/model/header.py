"""YAML front matter as positions: every key and value with where it stands, types left to the schema.

Plain scalars stay text, so `owner: no` is "no" and `0012` keeps its zeros. Nothing is constructed: what a
loader would execute or expand (anchors, aliases, merge keys, tags) is a fault.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, cast

import yaml
from yaml._yaml import CParser

from padctl.model.diagnostic import Fault
from padctl.model.yaml_faults import yaml_fault

MAX_DEPTH = 20
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_LINE_MARKS = re.compile("[\x85\u2028\u2029]|\r(?!\n)")  # YAML ends a line at these; editors and git do not
MAX_HEADER = 64 * 1024

Path = tuple[str | int, ...]
Plain = str | None | list["Plain"] | dict[str, "Plain"]


class Scalar(NamedTuple):
    """A text, or None where nothing is written; `style` is YAML's quote or block mark, or empty."""

    start: int
    end: int
    text: str | None
    style: str


class Sequence(NamedTuple):
    """A list; `flow` when it is written in brackets."""

    start: int
    end: int
    items: tuple["Node", ...]
    flow: bool


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file; `flow` when it is written in braces."""

    start: int
    end: int
    entries: tuple[tuple[Scalar, "Node"], ...]
    flow: bool

    def entry(self, key: str) -> tuple[Scalar, "Node"] | None:
        """Return the first entry with that key."""
        return next((entry for entry in self.entries if entry[0].text == key), None)


Node = Scalar | Sequence | Mapping
EMPTY = Mapping(0, 0, (), flow=False)


def plain(node: Node) -> Plain:
    """Return the node's value as text, None, lists and dictionaries; the first of two equal keys counts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    values: dict[str, Plain] = {}
    for key, value in node.entries:
        values.setdefault(key.text or "", plain(value))
    return values


def place(node: Node, path: Path) -> int:
    """Return the offset of the value at `path`, or of the nearest thing around it that exists."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.entry(step)):
            node = entry[1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node.start


def place_key(node: Node, path: Path) -> int:
    """Return the offset of the key at the end of `path`, or of the nearest thing around it that exists."""
    for number, step in enumerate(path):
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.entry(step)):
            if number == len(path) - 1:
                return entry[0].start
            node = entry[1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node.start


def last_offset(node: Node) -> int:
    """Return where the node's own text ends; libyaml's mark for a block collection lies further on."""
    if isinstance(node, Scalar) or node.flow:
        return node.end
    if isinstance(node, Sequence):
        return last_offset(node.items[-1]) if node.items else node.end
    return last_offset(node.entries[-1][1]) if node.entries else node.end


def read_header(text: str, *, start: int) -> tuple[Mapping | None, tuple[Fault, ...]]:
    """Compose front matter into nodes.

    `text` is what stands between the fences, `start` its offset in the document; all offsets returned are
    the document's. The mapping is None where the YAML cannot be read; an empty header is an empty mapping.
    """
    if fault := next(_refusals(text, start), None):
        return None, (fault,)
    try:
        composer = _Composer(text)
        try:
            root = composer.get_single_node()
        finally:
            composer.dispose()
        node = _node(root, start, 0) if root else Mapping(start, start, (), flow=False)
    except yaml.YAMLError as error:
        return None, (yaml_fault(error, text, start),)
    except _TooDeepError as error:
        return None, (_too_deep(error.offset),)
    if not isinstance(node, Mapping):
        message = "the front matter is not a list of `key: value` lines"
        return None, (Fault(slug="invalid-yaml", offset=start, message=message, fix="write `id: ...` and so on"),)
    doubtful = [mapping for mapping in _mappings(node) if _doubtful_keys(mapping)]
    faults = [fault for mapping in doubtful for fault in _key_faults(mapping, text, start)]
    return node, tuple(sorted(faults, key=lambda fault: fault.offset))


class _TooDeepError(Exception):
    """The nodes nest deeper than any field needs."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self.offset = offset


class _Marked(Protocol):
    """The part of PyYAML's nodes and events that is used here."""

    start_mark: Any
    end_mark: Any


class _Composer(CParser):
    """libyaml's composer with a resolver that does nothing: no scalar gets a type."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def _refusals(text: str, start: int) -> Iterator[Fault]:
    """Yield why a header is not even composed: what could harm, or mean another thing than people see."""
    size = len(text.encode())
    if size > MAX_HEADER:
        message = f"the front matter has {size:,} bytes; at most {MAX_HEADER:,} are read"
        yield Fault(slug="front-matter-too-large", offset=start, message=message, fix="move long text into the body")
        return
    odd = not text.replace("\n", "").isprintable()
    if odd and (control := _CONTROL.search(text)):
        message = f"the character U+{ord(control[0]):04X} cannot stand in YAML"
        yield Fault(slug="invalid-yaml", offset=start + control.start(), message=message, fix="delete it")
    if conflict := _CONFLICT.search(text):
        message = "a merge conflict is not resolved here"
        fix = "keep what is right and delete the lines with <<<<<<<, ======= and >>>>>>>"
        yield Fault(slug="invalid-yaml", offset=start + conflict.start(), message=message, fix=fix)
    if odd and (mark := _LINE_MARKS.search(text)):
        message = f"a line break that editors do not show (U+{ord(mark[0]):04X}) stands in the front matter"
        yield Fault(slug="invalid-yaml", offset=start + mark.start(), message=message, fix="delete it")
    if _wants_scan(text):
        yield from _forbidden(text, start)


def _wants_scan(text: str) -> bool:
    """Say whether the header may hold what only events show; each level of nesting costs one of these marks."""
    if any(mark in text for mark in "&*!"):
        return True
    return sum(map(text.count, "[{-?")) > 300  # noqa: PLR2004  # fewer cannot nest deep enough to harm


def _forbidden(text: str, start: int) -> Iterator[Fault]:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            found = ""
            if isinstance(event, yaml.AliasEvent):
                found = "an alias"
            elif getattr(event, "anchor", None):
                found = "an anchor"
            elif getattr(event, "tag", None):
                found = "a tag"
            if found:
                yield Fault(
                    slug="yaml-feature",
                    offset=start + cast(_Marked, event).start_mark.index,
                    message=f"{found} of YAML is not allowed here",
                    fix='write the value out, or put it in "quotes" when the mark belongs to the text',
                )
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                yield _too_deep(start + cast(_Marked, event).start_mark.index)
                return
    except yaml.YAMLError as error:
        yield yaml_fault(error, text, start)


def _too_deep(offset: int) -> Fault:
    message = f"the front matter nests deeper than {MAX_DEPTH} levels"
    return Fault(slug="nested-too-deep", offset=offset, message=message, fix="write it flat")


def _node(raw: Any, shift: int, depth: int) -> Node:
    start, end = raw.start_mark.index + shift, raw.end_mark.index + shift
    if isinstance(raw, yaml.ScalarNode):
        style = raw.style or ""
        text = raw.value
        return Scalar(start, end, text if text or style else None, style)
    if depth >= MAX_DEPTH:
        raise _TooDeepError(start)
    if isinstance(raw, yaml.SequenceNode):
        return Sequence(start, end, tuple([_node(item, shift, depth + 1) for item in raw.value]), bool(raw.flow_style))
    entries = [(_key(key, shift, depth), _node(value, shift, depth + 1)) for key, value in raw.value]
    return Mapping(start, end, tuple(entries), bool(raw.flow_style))


def _key(raw: Any, shift: int, depth: int) -> Scalar:
    key = _node(raw, shift, depth)
    return key if isinstance(key, Scalar) else Scalar(key.start, key.end, None, "")


def _mappings(node: Mapping | Sequence) -> Iterator[Mapping]:
    """Yield the mappings in a node, itself among them."""
    if isinstance(node, Mapping):
        yield node
        inner = [value for _, value in node.entries]
    else:
        inner = list(node.items)
    for child in inner:
        if not isinstance(child, Scalar):
            yield from _mappings(child)


def _doubtful_keys(mapping: Mapping) -> bool:
    keys = {key.text for key, _ in mapping.entries}
    return len(keys) < len(mapping.entries) or None in keys or "<<" in keys


def _key_faults(mapping: Mapping, text: str, start: int) -> Iterator[Fault]:
    seen: dict[str, Scalar] = {}
    for key, _value in mapping.entries:
        if key.text is None:
            yield Fault(slug="invalid-yaml", offset=key.start, message="a key must be one word", fix="name the key")
        elif key.text == "<<" and not key.style:
            yield Fault(
                slug="yaml-feature",
                offset=key.start,
                message="a merge key of YAML is not allowed here",
                fix="write the keys out",
            )
        elif key.text in seen:
            first = text.count("\n", 0, seen[key.text].start - start) + 2  # the fence is line 1
            yield Fault(
                slug="duplicate-key",
                offset=key.start,
                message=f'the key "{key.text}" is already on line {first}',
                fix="keep one of the two",
            )
        else:
            seen[key.text] = key
