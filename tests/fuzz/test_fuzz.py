"""The fuzzer itself: its first 50,000 inputs break no law, and an input's number always gives the same bytes."""

import os
import subprocess
import sys
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .__main__ import made
from .laws import LAWS, PROJECT
from .mutate import TOKENS

INPUTS = 50_000


def test_fifty_thousand_inputs_break_no_law() -> None:
    call = [sys.executable, "-m", "tests.fuzz", "--inputs", str(INPUTS)]
    done = subprocess.run(call, cwd=PROJECT, env=os.environ, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{INPUTS:,} inputs, 0 failures" in done.stdout


@pytest.mark.parametrize("law", sorted(LAWS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_grammar_s_pieces_form_breaks_no_law(law: str, data: st.DataObject) -> None:
    pieces = st.sampled_from(TOKENS[law]) | st.text(max_size=6)
    text = "".join(data.draw(st.lists(pieces, max_size=30)))
    if law != "settings" and data.draw(st.booleans()):
        text = f"---\n{text}\n---\n{''.join(data.draw(st.lists(pieces, max_size=10)))}"
    LAWS[law](text.encode(errors="replace"), Random(data.draw(st.integers(0, 9))), Counter())


def test_a_number_always_gives_the_same_bytes() -> None:
    assert made(1, 123)[:2] == made(1, 123)[:2]
    assert len({made(seed, number)[1] for seed in (1, 2) for number in range(20)}) > 30
