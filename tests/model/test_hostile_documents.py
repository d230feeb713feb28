"""What reading must withstand: damaged bytes and long runs of marks."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from padctl.model.document import read_document

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "pads").glob("*.md"))


def assert_sound(raw: bytes) -> None:
    document = read_document(raw, path="x.md")
    for fault in document.faults:
        line = document.line_of(fault.offset)
        assert 1 <= line <= len(document.line_starts)
        assert 1 <= document.column_of(fault.offset) <= len(document.source(line)) + 2
        assert fault.slug
        assert fault.message
    assert isinstance(document.values, dict)
    if all(fault.slug != "not-utf-8" for fault in document.faults):
        assert document.encoded() == raw


@given(st.binary(max_size=300))
def test_reading_any_bytes_never_raises(raw: bytes) -> None:
    assert_sound(raw)


@given(st.text(max_size=200), st.text(max_size=100))
def test_reading_any_header_never_raises(yaml: str, body: str) -> None:
    assert_sound(f"---\n{yaml}\n---\n{body}".encode())


NASTY = [
    b"---\n",
    b"&a ",
    b"*a",
    b"<<: ",
    b"[",
    b"}",
    b"\xff",
    b"\xe2\x80\xa8",
    b"\x00",
    b"<!--",
    b"\xef\xbb\xbf",
    b"\r",
    b"? ",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(EXAMPLES), st.data())
def test_reading_a_damaged_pad_never_raises(path: Path, data: st.DataObject) -> None:
    raw = path.read_bytes()
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, min(len(raw), 2500)))
        end = start + data.draw(st.sampled_from([0, 0, 1, 3, 40]))
        raw = raw[:start] + data.draw(st.sampled_from(NASTY) | st.binary(max_size=4)) + raw[end:]
    assert_sound(raw)


SIZE = 200_000
HOSTILE = [
    "<!--",
    "<!-- ",
    "#",
    "# ",
    " ",
    "\t",
    "![",
    "[",
    "<",
    "`",
    "*",
    "> ",
    "- ",
    "|",
    "---\n",
    "&",
    "\\",
    "\r",
    "\u2028",
    "<a ",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("place", ["body", "title"])
def test_a_long_run_of_marks_is_read(piece: str, place: str) -> None:
    run = piece * (SIZE // len(piece.encode()))
    text = f"---\nid: a\n---\n{run}\n" if place == "body" else f"---\nid: a\ntitle: x {run[:60_000]}\n---\n"
    document = read_document(text.encode(), path="x.md")
    assert document.encoded() == text.encode()
