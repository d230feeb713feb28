"""Where in the text of padctl.toml a key stands."""

import re

_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")


def line_of(text: str, steps: tuple[str, ...]) -> int:
    """Return the 1-based line on which a key stands, or that of the nearest table around it."""
    table: tuple[str, ...] = ()
    best, line_found = 0, 1
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _TABLE.match(line):
            table = tuple(part.strip().strip("\"'") for part in match[1].split("."))
            here = table
        elif match := _KEY.match(line):
            here = (*table, *match[1].split("."))
        else:
            continue
        names = tuple(step for step in steps if not step.isdigit())
        if names[: len(here)] == here and len(here) > best:
            best, line_found = len(here), number
    return line_found
