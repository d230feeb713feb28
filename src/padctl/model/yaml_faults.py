"""What YAML's parser complains of, in words of what to do about it."""

import yaml

from padctl.model.diagnostic import Fault

_COLON_MISSING = "could not find expected ':'"
_FIXES = {
    _COLON_MISSING: "write `key: value`",
    "a tab stands": "write spaces instead of the tab",
    "expected ',' or": "close the bracket, and put a value that holds one in quotes",
    "unknown escape": "put it in single quotes, where a backslash is only a backslash",
}


def yaml_fault(error: yaml.YAMLError, text: str, start: int) -> Fault:
    """Return what YAML's parser says of a front matter that begins at `start`, with what mends it."""
    colon_missing = _COLON_MISSING in str(getattr(error, "problem", ""))
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    mark = next(filter(None, marks[::-1] if colon_missing else marks), None)
    position = getattr(error, "position", 0)
    offset = mark.index if mark is not None else position if isinstance(position, int) else 0
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    context = getattr(error, "context", None)
    if text[offset : offset + 1] == "\t":
        context, problem = "", "a tab stands here"
    fixes = (fix for words, fix in _FIXES.items() if words in problem)
    fix = next(fixes, 'put a value that holds ": ", " #" or a mark in "quotes"')
    return Fault(
        slug="invalid-yaml",
        offset=start + min(offset, len(text)),
        message="the front matter is not valid YAML: " + (f"{context}, " if context else "") + problem,
        fix=fix,
    )
