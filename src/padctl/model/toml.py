"""TOML as plain data, read within bounds, and the lines on which its keys stand."""

import re
from collections.abc import Mapping
from typing import Any

_LARGEST = 1024 * 1024
_MOST_DOTS = 1_000  # a dotted key takes memory by the square of its length
_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")


def loads(text: str) -> dict[str, Any]:
    """Return TOML as plain data.

    Raises:
        ValueError: it is not TOML, or so large or deep that reading it would fill the memory.
        RecursionError: its brackets nest too deep.
    """
    import tomllib  # noqa: PLC0415  # where nothing changed, no TOML is read

    if len(text) > _LARGEST:
        raise ValueError(f"it has {len(text):,} characters; at most {_LARGEST:,} are read")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _MOST_DOTS:
            raise ValueError(f"more than {_MOST_DOTS:,} dots (at line {number})")
    return tomllib.loads(text)


def places_of(text: str) -> dict[tuple[str, ...], int]:
    """Return the 1-based lines on which tables and keys first stand, by their path."""
    places: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _TABLE.match(line):
            table = tuple(part.strip().strip("\"'") for part in match[1].split("."))
            here = table
        elif match := _KEY.match(line):
            here = (*table, *match[1].split("."))
        else:
            continue
        places.setdefault(here, number)
    return places


def line_of(places: Mapping[tuple[str, ...], int], steps: tuple[str, ...]) -> int:
    """Return the line on which a key stands, or that of the nearest table around it."""
    names = tuple(step for step in steps if not step.isdigit())
    around = (names[:length] for length in range(len(names), 0, -1))
    return next((places[path] for path in around if path in places), 1)
