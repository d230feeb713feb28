"""Paths as one word of a shell command."""

import os
import subprocess

import pytest

from padctl.model.shell import shell_word


@pytest.mark.parametrize(
    "raw", [b"pads/a.md", b"pads/a b.md", b"pads/caf\xe9 'x' \\.md", b"\xff\n\t", "pads/\u00e9.md".encode()]
)
def test_a_shell_reads_the_bytes_of_the_name(raw: bytes) -> None:
    word = shell_word(os.fsdecode(raw))
    assert word.isprintable()
    assert subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True).stdout == raw
