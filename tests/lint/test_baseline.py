"""`padctl lint --write-baseline`: what is known stays quiet, what is new does not, and a broken file is said so."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padctl.model.baseline import BASELINE, beyond, gist, gone, identity
from padctl.model.diagnostic import Diagnostic, Severity
from padctl.store.baseline import read_baseline, write_baseline

from .conftest import HEAD, Shelf

OLD = (
    HEAD
    + "\n## Opportunity/Problem Framing\n\n### Problem Statement\n\nWords.\n\n### Why\n\nWords.\n\n### Why\n\nMore.\n"
)


def entries(shelf: Shelf) -> list[dict[str, object]]:
    page = json.loads(shelf.read(BASELINE))
    assert page["schema"] == "padctl-baseline/1"
    return list(page["findings"])


def test_only_new_findings_are_reported(shelf: Shelf) -> None:
    shelf.write(OLD)
    assert shelf.padctl("lint").code == 1
    said = shelf.padctl("lint", "--write-baseline")
    assert said.code == 0
    assert said.err == f"wrote {BASELINE}\n"
    number = len(entries(shelf))
    assert said.out == f"1 document checked: no findings; {number} hidden by the baseline\n"
    shelf.write(OLD.replace("### Problem Statement", "### Other"))
    said = shelf.padctl("lint")
    assert said.code == 1
    assert said.out.startswith('error[PC201] missing-section: the section "Problem Statement" is missing')
    assert said.out.endswith(f"1 error, 0 warnings; {number} hidden by the baseline\n")
    assert said.out.count("-->") == 1
    assert "hidden" not in shelf.padctl("lint", "--no-baseline").out


def test_lines_and_files_may_move(shelf: Shelf) -> None:
    file = shelf.write(OLD)
    shelf.padctl("lint", "--write-baseline")
    file.rename(file.with_name("PAD-0001-renamed.md"))
    moved = OLD.replace("sponsors:", "# a comment\n\nsponsors:").replace("Words.", "Words.\n\nMore.\n\nAnd more.")
    shelf.write(moved, "pads/PAD-0001-renamed.md")
    said = shelf.padctl("lint")
    assert said.code == 0, said.out
    assert said.err == ""


def test_the_file_is_sorted_one_entry_a_line_and_the_same_each_time(shelf: Shelf) -> None:
    shelf.write(OLD)
    shelf.write(OLD, "pads/PAD-0001-zoo.md")
    shelf.write("no front matter", "pads/broken.md")
    shelf.write("---\nname: Growth team\n---\n", "teams/growth.md")
    shelf.padctl("lint", "--write-baseline")
    text = shelf.read(BASELINE)
    first, *lines, last = text.splitlines()
    assert (first, last) == ('{"schema": "padctl-baseline/1", "findings": [', "]}")
    found = [json.loads(line.rstrip(",")) for line in lines]
    keys = [(e.get("pad") or e["path"], e["code"], e["message"]) for e in found]
    assert keys == sorted(set(keys))
    assert all(list(e)[1:] == ["code", "message", "count"] for e in found)
    assert {e["path"] for e in found if "path" in e} == {"pads/broken.md", "teams/growth.md"}
    assert {e["count"] for e in found if e["code"] == "PC203"} == {2}
    shelf.padctl("lint", "--write-baseline")
    assert shelf.read(BASELINE) == text
    assert shelf.padctl("lint").code == 0


def test_stale_entries_are_noted_and_dropped_by_the_command(shelf: Shelf) -> None:
    shelf.write(OLD)
    shelf.padctl("lint", "--write-baseline")
    shelf.write(OLD.replace("### Why\n\nMore.\n", ""))
    said = shelf.padctl("lint")
    assert said.err == f"note: 1 entry of {BASELINE} is stale; padctl lint --write-baseline drops it\n"
    assert shelf.padctl("lint", "PAD-0001").err == ""
    assert shelf.padctl("lint", "--select", "PC5").err == ""
    text = shelf.read(BASELINE)
    for words in (["lint"], ["lint", "--fix"], ["lint", "--no-baseline"], ["lint", "--diff"], ["list"], ["status"]):
        shelf.padctl(*words)
        assert shelf.read(BASELINE) == text
    shelf.padctl("lint", "--write-baseline")
    assert shelf.padctl("lint").err == ""


def test_what_is_known_is_not_fixed(shelf: Shelf) -> None:
    text = OLD.replace("### Problem", "#### Problem")
    shelf.write(text)
    shelf.padctl("lint", "--write-baseline")
    assert shelf.fixed(text) == text
    assert "\n### Problem" in shelf.fixed(text, "--no-baseline", "--select", "PC205")


def test_submit_knows_no_baseline(shelf: Shelf) -> None:
    shelf.write(OLD)
    shelf.committed()
    shelf.padctl("lint", "--write-baseline")
    said = shelf.padctl("submit", "1", "--meeting", "2026-11-26")
    assert said.code == 1
    assert 'the section "Audience" is missing' in said.err


def test_only_what_changed_since_a_commit_and_is_not_known(shelf: Shelf) -> None:
    shelf.write(OLD)
    shelf.committed()
    shelf.write(OLD.replace("### Problem Statement", "### Other"))
    assert "PC201" in shelf.padctl("lint", "--base", "HEAD").out
    shelf.padctl("lint", "--write-baseline")
    said = shelf.padctl("lint", "--base", "HEAD")
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("words", [["pads"], ["--select", "PC2"], ["--changed"], ["--base", "HEAD"], ["--diff"]])
def test_a_selection_is_no_baseline(shelf: Shelf, words: list[str]) -> None:
    shelf.write(OLD)
    assert shelf.padctl("lint", "--write-baseline", *words).code == 2
    assert not (shelf.root / BASELINE).exists()


GOOD = '{"pad": "PAD-0001", "code": "PC201", "message": "m", "count": 1}'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{", 1),
        ("[]", 1),
        ('{"schema": "padctl-baseline/2",\n "findings": []}', 1),
        ('{"findings":\n [],\n"schema": "other"}', 3),
        ('{"schema": "padctl-baseline/1", "findings": 3}', 1),
        ('{"schema": "padctl-baseline/1", "findings": [\n<<<<<<< ours\n]}', 2),
        ('{"schema": "padctl-baseline/1", "findings": [\n' + GOOD + ",\n" + GOOD.replace("1}", "0}") + "]}", 3),
        ('{"schema": "padctl-baseline/1", "findings": [\n' + GOOD + ",\n\n" + GOOD.replace("pad", "pda") + "]}", 4),
        ('{"schema": "padctl-baseline/1", "findings": [\n{"code": "PC201", "message": "m", "count": 1}]}', 2),
        ('{"schema": "padctl-baseline/1", "findings": [\n' + GOOD.replace("1}", '"1"}') + "]}", 2),
        ("\n\n\udcff", 3),
        ("[" * 100_000, 1),
        ('{"schema": ' + "9" * 5000 + "}", 1),
    ],
)
def test_a_baseline_that_cannot_be_read_names_the_line_and_the_next_step(shelf: Shelf, text: str, line: int) -> None:
    shelf.write(OLD)
    raw = text.encode(errors="surrogateescape")
    (shelf.root / BASELINE).write_bytes(raw)
    said = shelf.padctl("lint")
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith(f"error: {BASELINE}:{line}: ")
    assert "padctl lint --write-baseline" in said.err
    assert (shelf.root / BASELINE).read_bytes() == raw
    assert shelf.padctl("lint", "--no-baseline").code == 1
    assert shelf.padctl("lint", "--write-baseline").code == 0


def test_a_link_or_folder_is_no_baseline(shelf: Shelf, tmp_path: Path) -> None:
    shelf.write(OLD)
    (tmp_path / "elsewhere.json").write_text("{}")
    (shelf.root / BASELINE).symlink_to(tmp_path / "elsewhere.json")
    assert "is no regular file" in shelf.padctl("lint").err
    assert shelf.padctl("lint", "--write-baseline").code == 2
    assert (tmp_path / "elsewhere.json").read_text() == "{}"


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
keys = st.tuples(words, words, words)


@given(st.dictionaries(keys, st.integers(1, 9), max_size=6))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, known: dict[tuple[str, str, str], int]
) -> None:
    root = tmp_path_factory.mktemp("root")
    write_baseline(root, known, ids={key[0] for key in known if key[0] < "m"})
    assert read_baseline(root) == known
    write_baseline(root, known, ids=())
    assert read_baseline(root) == known


def finding(message: str, line: int = 1) -> Diagnostic:
    return Diagnostic(
        code="PC203", slug="x", severity=Severity.ERROR, path="pads/x.md", line=line, column=1, message=message
    )


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_findings_are_known_by_number(before: list[str], after: list[str]) -> None:
    found = [finding(message, line) for line, message in enumerate(after, start=1)]
    known = Counter(identity(finding(message), {}) for message in before)
    new = Counter(one.message for one in beyond(found, known, {}))
    assert new == Counter(after) - Counter(before)
    assert {message for _, _, message in gone(found, known, {})} == set(Counter(before) - Counter(after))


def test_numbers_of_lines_do_not_count() -> None:
    assert gist(finding('"Why" is already on line 12')) == gist(finding('"Why" is already on line 7'))
    assert gist(finding("on line of sight 12")) != gist(finding("on line of sight 7"))
