"""Any bytes in a PAD: lint says what is wrong, and never fails itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from acting import PROJECT, TODAY, Company, padctl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = [path.read_bytes() for path in sorted((PROJECT / "examples/pads").glob("*.md"))]
PIECES = [
    b"---\n", b"\n", b"\r\n", b"- ", b"[", b"]", b"{", b"}", b": ", b"#", b"|", b"`", b"<!--", b"-->", b"\x00",
    b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xf0\x9f\x8e\x89", b"\x1b[31m", b"&a ", b"*a",
    b"!!str ", b"<<: ", b"'", b'"', b"9" * 5000, b"2024-02-30", b"### Why\n", b"## Solution Framing\n",
    b"status: done\n", b"n: -1", b"null", b"history:\n", b"actions: [{}]\n", b"slot: {date: 2026-11-26}\n", b"![](",
    b"[[[[[[[[", b"\t", b"| | |\n|---|---|\n",
]  # fmt: skip
EXAMPLES_SETTINGS = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
Lint = Callable[[bytes], None]


@pytest.fixture
def lint(company: Company) -> Lint:
    file = company.root / "pads/PAD-0001-x.md"

    def check(content: bytes) -> None:
        file.write_bytes(content)
        for words in (["lint"], ["status"], ["show", "pads/PAD-0001-x.md"]):
            said = padctl(*words, "--today", TODAY, cwd=company.root)
            assert said.code in {0, 1, 2}
            assert "Traceback" not in said.all
            assert "padctl failed" not in said.all, said.err
            assert "\x1b" not in said.all
        assert file.read_bytes() == content

    return check


@EXAMPLES_SETTINGS
@given(content=st.binary(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_random_bytes(lint: Lint, content: bytes) -> None:
    lint(content)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Return an example PAD with pieces put in, cut out, doubled or moved, mostly in its front matter."""
    content = draw(st.sampled_from(EXAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        limit = content.find(b"\n---\n") + 5 if draw(st.booleans()) else len(content)
        start = draw(st.integers(0, max(limit, 1)))
        end = min(start + draw(st.integers(0, 60)), len(content))
        kind = draw(st.sampled_from(["insert", "cut", "double", "replace", "line"]))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        middle = {
            "insert": piece + content[start:end], "cut": b"", "double": content[start:end] * 2, "replace": piece,
            "line": b"\n" + piece + b"\n",
        }[kind]  # fmt: skip
        content = content[:start] + middle + content[end:]
    return content


@EXAMPLES_SETTINGS
@given(content=mutations())
def test_mutations_of_examples(lint: Lint, content: bytes) -> None:
    lint(content)


@settings(EXAMPLES_SETTINGS, max_examples=60)
@given(content=mutations(), move=st.sampled_from(["submit", "hold", "decide"]))
def test_moves_on_mutations_never_fail_unseen(company_with_pad: Company, content: bytes, move: str) -> None:
    path = "pads/PAD-0001-x.md"
    file = company_with_pad.root / path
    file.write_bytes(content)
    words = {"submit": ["--meeting", "2026-11-26"], "hold": ["--reason", "x"], "decide": ["proceed", "--by", "s"]}[move]
    said = padctl(move, path, *words, "--dry-run", "--today", TODAY, cwd=company_with_pad.root)
    assert said.code in {0, 1, 2}
    assert "Traceback" not in said.all
    assert "padctl failed" not in said.all, said.err
    assert file.read_bytes() == content


@pytest.fixture
def company_with_pad(company: Company) -> Company:
    (company.root / "pads/PAD-0001-x.md").write_bytes(EXAMPLES[0])
    company.commit_all()
    return company


@pytest.mark.parametrize(
    "content",
    [
        b"---\n" + b"[" * 25_000, b"---\na: " + b"{a: " * 25_000, b"---\n" + b"- " * 25_000,
        b"---\na: &a [x]\n" + b"b: *a\n" * 100 + b"---\n", b"---\nx-a: " + b"9" * 5000 + b"\n---\n",
        b"---\n" + b"k: v\n" * 20_000 + b"---\n", b"x" * 1_100_000, b"---\n---\n" + b"![" * 100_000,
        b"---\n---\n" + b"<!--" * 50_000, b"---\n---\n" + b"#" * 200_000, b"---\n---\n" + b" " * 200_000,
        b"---\n---\n" + b"|" * 100_000, b"---\n---\n" + b"> " * 50_000, b"\xef\xbb\xbf" * 3, b"---", b"---\n...\n---\n",
        b"---\n- a\n---\n", b"---\ncontent: x\nhandler: y\nself: z\n---\n", b"---\n? [a]\n: b\n---\n",
    ],
)  # fmt: skip
def test_documents_made_to_harm(lint: Lint, content: bytes) -> None:
    lint(content)


@pytest.mark.parametrize("name", ["padctl.toml", "teams/x.md", "objectives/x.md", "templates/pad/standard.md"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(content=st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join))
def test_other_files(company: Company, name: str, content: bytes) -> None:
    company.write(name, "").write_bytes(content)
    said = padctl("lint", "--today", TODAY, cwd=company.root)
    assert said.code in {0, 1, 2}
    assert "Traceback" not in said.all
    assert "padctl failed" not in said.all, said.err


def test_a_whole_example_stays_readable(own_tessaly: Company) -> None:
    folder: Path = own_tessaly.root / "pads"
    for number, content in enumerate([b"\xff", b"", b"---\n", b"---\nid: PAD-0001\n---\n"]):
        (folder / f"PAD-010{number}-odd.md").write_bytes(content)
    assert own_tessaly.padctl("lint").code == 1
    assert own_tessaly.ok("list").out.count("unreadable") == 4
    assert "PAD-0008" in own_tessaly.ok("agenda").out
