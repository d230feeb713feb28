"""Patterns that an organisation writes for its own fields, matched in time that grows with the value alone.

The engine is pydantic-core's, Rust's `regex`: it never backtracks, so no pattern and value together can stall a run.
What it pays for that is look-around and back-references, which it refuses.
"""

from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, core_schema

LONGEST_PATTERN = 300
LONGEST_VALUE = 500


def pattern_problem(pattern: str) -> str:
    """Say why a pattern cannot be used, or return an empty string."""
    if len(pattern) > LONGEST_PATTERN:
        return f"it has {len(pattern)} characters, and at most {LONGEST_PATTERN} are read"
    try:
        _compiled(pattern)
        _whole(pattern)
    except SchemaError as error:
        return "it repeats too much" if "size limit" in str(error) else str(error).rpartition("error: ")[2]
    return ""


def matches(pattern: str, value: str) -> bool:
    """Say whether a usable pattern describes the whole value; none longer than `LONGEST_VALUE` is."""
    return len(value) <= LONGEST_VALUE and _whole(pattern).isinstance_python(value)


@lru_cache(maxsize=256)
def _whole(pattern: str) -> SchemaValidator:
    return _compiled(rf"\A(?:{pattern})\z")


def _compiled(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))
