"""Patterns describe the whole value, and no pattern stalls a run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padctl.model.pattern import LONGEST_PATTERN, LONGEST_VALUE, matches, pattern_problem


@pytest.mark.parametrize(
    ("pattern", "value", "fits"),
    [
        ("OPS-[0-9]+", "OPS-12", True),
        ("OPS-[0-9]+", "OPS-12 ", False),
        ("OPS-[0-9]+", "see OPS-12", False),
        ("OPS-[0-9]+", "OPS-12\n", False),
        ("a|b", "ab", False),
        ("eu|us", "us", True),
        ("^eu$", "eu", True),
        ("(?i)ops", "OPS", True),
        (r"\d{4}", "2026", True),
        (r"\p{L}+", "Žižka", True),
        (".*", "", True),
        ("(a+)+b", "a" * LONGEST_VALUE, False),
        ("a*", "a" * LONGEST_VALUE, True),
        ("a*", "a" * (LONGEST_VALUE + 1), False),
    ],
)
def test_a_pattern_describes_the_whole_value(pattern: str, value: str, fits: bool) -> None:
    assert pattern_problem(pattern) == ""
    assert matches(pattern, value) is fits


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "unclosed group"),
        ("a)|(?:b", "unopened group"),
        ("(?=a)b", "look-around"),
        (r"(a)\1", "backreferences"),
        ("[z-a]", "invalid character class range"),
        ("(?:a{1000}){1000}", "it repeats too much"),
        ("(?x) a # b", "unclosed group"),
        ("a" * (LONGEST_PATTERN + 1), "at most"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, said: str) -> None:
    assert said in pattern_problem(pattern)


@given(st.text(alphabet="ab|()[]{}*+?\\^$.-,19#x: ", max_size=20), st.text(alphabet="ab19", max_size=20))
def test_any_text_is_a_pattern_or_has_a_problem(pattern: str, value: str) -> None:
    if not pattern_problem(pattern):
        assert matches(pattern, value) in {True, False}
