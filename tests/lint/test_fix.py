"""`padctl lint --fix`: the edits that are made, those that are not, and that nothing else of a file changes."""

import subprocess
from pathlib import Path

import pytest

from padctl.model.document import read_document
from padctl.model.pad import read_pad
from padctl.model.template import read_template
from padctl.model.terms import Stage
from padctl.store.shipped import shipped

from .conftest import HEAD, Shelf

STAGE = "\n## Opportunity/Problem Framing\n"
NAMES = ("Problem Statement", "Audience", "Why", "Success Metrics", "Potential Solution Directions")
TABLES = {
    "Success Metrics": "| Metric | Baseline | Target | By |\n|---|---|---|---|\n| Empty | 43% | 20% | 2027-03-31 |",
    "Potential Solution Directions": "| Direction | Impact | Complexity |\n|---|---|---|\n| A gallery | L | M |",
}
PAGE = (shipped("templates") / "pad" / "standard.md").read_text(encoding="utf-8")


def section(name: str, line: str = "") -> str:
    return f"\n{line or '### ' + name}\n\n{TABLES.get(name, 'Words [here](https://example.com).')}\n"


def body(**lines: str) -> str:
    """A complete first stage; `lines` replace headings by their first word, an empty one leaves the section out."""
    words = {name: lines.get(name.split()[0], f"### {name}") for name in NAMES}
    return STAGE + "".join(section(name, line) for name, line in words.items() if line)


def slice_of(name: str) -> str:
    return f"### {name}\n\n" + PAGE.partition(f"### {name}\n")[2].partition("\n#")[0].strip("\n") + "\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#### Audience", "### Audience"),
        ("## Audience", "### Audience"),
        ("# audience", "### Audience"),
        ("  ##### 2. **Target audience**: ###  ", "  ### Audience  "),
        ("Audience\n---", "### Audience"),
        ("###### 👥 Who is it for?", "### Audience"),
    ],
)
def test_a_heading_gets_its_level_and_the_spelling_of_the_template(shelf: Shelf, before: str, after: str) -> None:
    assert shelf.fixed(HEAD + body(Audience=before)) == HEAD + body(Audience=after)


def test_a_heading_of_a_stage_gets_its_level(shelf: Shelf) -> None:
    text = HEAD + body()
    assert shelf.fixed(text.replace("## Opp", "### Opp")) == text


@pytest.mark.parametrize(
    "line",
    [
        "### 2. **Target audience**",
        "#### [Audience](https://example.com)",
        "#### Audience ![](a.png)",
        "#### Audience <a id='x'></a>",
        "#### Audience <!-- why here? -->",
        "#### [Audience]\n\n[Audience]: https://example.com",
        "#### Audience of others",
        "Target\nAudience\n===",
        "> #### Audience",
        "```\n#### Audience\n```",
        "## Audience\n\nWho.\n\n### Teachers",
        "#### Audience\n\nWho.\n\n#### Teachers",
        "#### Audience\n\nOne.\n\n##### Audience\n\nTwo.",
    ],
)
def test_a_heading_that_may_mean_more_stays(shelf: Shelf, line: str) -> None:
    text = HEAD + body(Audience=line)
    assert shelf.fixed(text, "--select", "PC205") == text


def test_a_heading_of_a_stage_at_the_level_of_titles_gets_its_own(shelf: Shelf) -> None:
    text = HEAD + body()
    slipped = text.replace("## Opp", "# Opp")
    assert shelf.fixed(slipped) == text
    assert shelf.fixed(slipped.replace("# Gallery\n", "")) == text.replace("# Gallery\n", "")
    titled = text.replace("Gallery", "Solution Framing")
    assert shelf.fixed(titled) == titled


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("Problem Statement", "### Problem Statment"),
        ("Problem Statement", "### The Problem Statements"),
        ("Audience", "## Audence"),
        ("Success Metrics", "### Success – Metric"),
        ("Success Metrics", "Sucess Metrics\n---"),
        ("Potential Solution Directions", "### Potential Directions"),
        ("Potential Solution Directions", "### Potential solutions & directions"),
    ],
)
def test_a_heading_that_is_nearly_the_templates_is_renamed(shelf: Shelf, name: str, slip: str) -> None:
    right = HEAD + body()
    slipped = right.replace(f"### {name}\n", f"{slip}\n")
    assert shelf.fixed(slipped) == right
    assert shelf.padctl("lint").code == 0


def test_the_heading_of_a_stage_that_is_nearly_the_templates_is_renamed(shelf: Shelf) -> None:
    text = HEAD + body()
    for slip in ("## Problem Framing", "## Opportunity & Problem Framing", "# Oportunity/Problem Framing"):
        assert shelf.fixed(text.replace(STAGE.strip(), slip)) == text


@pytest.mark.parametrize(
    "lines",
    [
        "### Audience\n\nTeachers.\n\n### Audiences",  # the right one is there
        "### Audiences\n\nTeachers.\n\n### The Audience",  # two that are equally near
        "### [Audiences](https://example.com)",
        "### Audit",
    ],
)
def test_a_heading_that_may_be_the_authors_own_is_never_renamed(shelf: Shelf, lines: str) -> None:
    text = HEAD + body(Audience=lines)
    assert lines in shelf.fixed(text)


def test_the_opposite_of_a_section_is_not_taken_for_it(shelf: Shelf) -> None:
    head = HEAD.replace("problem-framing", "solution-framing")
    said = shelf.fixed(head + body() + "\n## Solution Framing\n\n### In Scope\n\nAll.\n")
    assert "### In Scope\n\nAll." in said
    assert "### Out of Scope" in said


def test_a_section_that_is_nearly_there_is_not_put_in_beside_it(shelf: Shelf) -> None:
    text = HEAD + body(Problem="### [Problem Statment](https://example.com)")
    assert shelf.fixed(text) == text


def test_a_renamed_section_may_lack_what_it_lacked(shelf: Shelf) -> None:
    text = HEAD.replace("status: draft", "status: in-review\nslot: {date: 2026-11-26}")
    text += body(Success="### Success Metric").replace(" By |", " When |")
    assert "### Success Metrics\n" in shelf.fixed(text)
    assert "PC206" in shelf.padctl("lint").out


def test_the_title_and_a_section_in_another_place_stay(shelf: Shelf) -> None:
    titled = HEAD.replace("Gallery", "Audience") + body(Audience="")
    assert shelf.fixed(titled, "--select", "PC205") == titled
    moved = HEAD + STAGE + section("Audience", "#### Audience") + body(Audience="")[len(STAGE) :]
    assert shelf.fixed(moved, "--select", "PC205") == moved


def test_a_heading_that_is_linked_keeps_its_spelling(shelf: Shelf) -> None:
    linked = HEAD + body(Audience="#### 2. Audience") + "\nSee [who](#2-audience).\n"
    assert shelf.fixed(linked) == linked.replace("####", "###")
    shelf.write(
        HEAD.replace("1\ntitle: G", "2\ntitle: Other g") + "[there](PAD-0001-gallery.md#who)", "pads/PAD-0002.md"
    )
    assert shelf.fixed(HEAD + body(Audience="Who is it for\n---")) == HEAD + body(Audience="### Audience")
    shelf.write(HEAD + "[there](PAD-0001-gallery.md#who-is-it-for)", "pads/PAD-0002.md")
    assert shelf.fixed(HEAD + body(Audience="Who is it for\n---")) == HEAD + body(Audience="### Who is it for")


@pytest.mark.parametrize("name", NAMES[:-1])
def test_a_missing_section_comes_before_the_next_one(shelf: Shelf, name: str) -> None:
    without = HEAD + body(**{name.partition(" ")[0]: ""})
    following = f"### {NAMES[NAMES.index(name) + 1]}\n"
    assert shelf.fixed(without) == without.replace(following, slice_of(name) + "\n" + following)


def test_the_last_section_comes_at_the_end_of_its_stage(shelf: Shelf) -> None:
    head = HEAD.replace("problem-framing", "solution-framing")
    rest = "\nMore of it.\n\n## Solution Framing\n"
    said = shelf.fixed(head + body(Potential="") + rest)
    start = head + body(Potential="") + "\nMore of it.\n\n" + slice_of(NAMES[-1]) + "\n## Solution Framing\n\n### Prop"
    assert said.startswith(start)
    assert "Post-launch" not in said


def test_all_headings_of_a_stage_come_in_the_order_of_the_template(shelf: Shelf) -> None:
    page = PAGE[PAGE.index("## Opp") : PAGE.index("## Solution")].replace(slice_of("Competitive Research") + "\n", "")
    assert shelf.fixed(HEAD) == HEAD + "\n" + page.rstrip() + "\n"


def test_a_stage_heading_comes_above_its_first_section(shelf: Shelf) -> None:
    text = HEAD + "\nA word before.\n" + body()
    assert shelf.fixed(text.replace(STAGE, "")) == text
    mixed = HEAD + section("Proposed Solution") + body().replace(STAGE, "")
    assert shelf.fixed(mixed, "--select", "PC208") == mixed


def test_own_templates_are_filled_and_their_line_ends_are_the_documents(shelf: Shelf) -> None:
    own = (
        "---\r\ntemplate: own\r\nstages: [{stage: problem-framing, heading: Bet}]\r\n---\r\n# {{ title }}\r\n## Bet\r\n"
    )
    shelf.write(own + "### Size\r\n<!-- How big is {{ title }}? -->\r\nMore\r\n### Risk\r\n", "templates/pad/own.md")
    text = HEAD.replace("standard", "own") + "## Bet\n### Risk\n"
    wanted = text.replace("### Risk", "\n### Size\n<!-- How big is Gallery? -->\nMore\n\n### Risk")
    assert shelf.fixed(text) == wanted
    assert shelf.fixed(text.replace("\n", "\r\n")) == wanted.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Owner: dana", "owner: dana"),
        ("owners: dana  # her", "owner: dana  # her"),
        ("onwer: dana", "owner: dana"),
        ('"OWNER" : dana', '"owner" : dana'),
        ("ovner:\n  dana", "owner:\n  dana"),
    ],
)
def test_a_mistyped_key_is_renamed_in_place(shelf: Shelf, before: str, after: str) -> None:
    text = HEAD + body()
    assert shelf.fixed(text.replace("owner: dana", before)) == text.replace("owner: dana", after)


@pytest.mark.parametrize(("before", "after"), [("proposes-Objective", "proposes_objective"), ("Template", "template")])
def test_hyphens_and_the_templates_own_key(shelf: Shelf, before: str, after: str) -> None:
    text = HEAD + body()
    assert shelf.fixed(text.replace(f"{after}:", f"{before}:")) == text


@pytest.mark.parametrize(
    "extra",
    [
        "Owner: eli",  # there already
        "related_to: [PAD-0002]",  # not near enough
        "link: none\nLinks: none",  # two keys for one field
        "review: [eli]",
        "feedbak: a text",  # it would be of a wrong type
        "x-links: {}",
    ],
)
def test_a_key_that_may_mean_something_else_stays(shelf: Shelf, extra: str) -> None:
    text = HEAD.replace("sponsors: [sam]", f"sponsors: [sam]\n{extra}") + body()
    assert shelf.fixed(text) == text


def test_an_edit_that_brings_an_error_is_left_out_and_the_rest_is_made(shelf: Shelf) -> None:
    text = HEAD.replace("status: draft", "Status: in-review") + body(Audience="#### Audience")
    shelf.write(text)
    said = shelf.padctl("lint", "--fix")
    assert shelf.read() == text.replace("####", "###")
    assert "edits left out: one would bring PC303 history-disagrees" in said.err
    assert "fixed 1 place in 1 file" in said.err
    assert said.code == 1


def test_an_approved_text_stays(shelf: Shelf) -> None:
    template, _ = read_template(read_document(PAGE.encode(), path="t.md"))
    head = HEAD.replace("problem-framing", "solution-framing")
    text = body(Audience="#### Audience") + "\n## Solution Framing\n"
    digest = read_pad(read_document((head + text).encode(), path="p.md"), template).fingerprint(Stage.PROBLEM_FRAMING)
    entries = (
        "history:\n"
        "  - {n: 1, date: 2026-02-01, move: submit, to: problem-framing/in-review, meeting: 2026-02-05}\n"
        "  - {n: 2, date: 2026-02-05, move: decide, outcome: proceed, by: [sam], to: solution-framing/draft, "
        f"text: '{digest}'}}"
    )
    text = head.replace("sponsors: [sam]", f"sponsors: [sam]\n{entries}") + text
    shelf.write(text)
    assert "PC512" in shelf.padctl("lint", "--fix", "--select", "PC205").err
    assert shelf.read() == text


@pytest.mark.parametrize("broken", ["", "# Gallery\n", "---\nid: [\n---\n", "---\nid: PAD-0001\n"])
def test_an_unreadable_document_stays(shelf: Shelf, broken: str) -> None:
    assert shelf.fixed(broken) == broken


def test_other_encodings_and_links_stay(shelf: Shelf, tmp_path: Path) -> None:
    raw = (HEAD + "\n#### Audience\n").encode() + b"\xff\n"
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_bytes((HEAD + body(Audience="#### Audience")).encode())
    file = shelf.write("")
    file.write_bytes(raw)
    file.with_name("PAD-0002-link.md").symlink_to(elsewhere)
    shelf.padctl("lint", "--fix")
    assert file.read_bytes() == raw
    assert b"####" in elsewhere.read_bytes()
    assert file.with_name("PAD-0002-link.md").is_symlink()


def test_only_what_is_selected_is_fixed(shelf: Shelf) -> None:
    text = HEAD + body(Audience="#### Audience", Why="")
    other = text.replace("0001", "0002").replace("Gallery", "Export")
    shelf.write(other, "pads/PAD-0002-export.md")
    fixed = text.replace("####", "###")
    assert shelf.fixed(text, "PAD-0001", "--select", "PC205") == fixed
    assert shelf.fixed(text, "pads", "--ignore", "PC201,PC205") == text
    assert shelf.read("pads/PAD-0002-export.md") == other
    suppressed = text.replace("#### A", "<!-- padctl: ignore PC205 the old outline -->\n#### A")
    assert "####" in shelf.fixed(suppressed)


def test_changed_fixes_what_differs_from_the_commit(shelf: Shelf) -> None:
    text = HEAD + body(Audience="#### Audience")
    shelf.write(text)
    shelf.write(text.replace("0001", "0002").replace("Gallery", "Export"), "pads/PAD-0002-export.md")
    shelf.committed()
    shelf.write(text + "\nMore.\n")
    shelf.padctl("lint", "--changed", "--fix")
    assert "####" not in shelf.read()
    assert shelf.git("status", "--porcelain") == " M pads/PAD-0001-gallery.md\n"
    assert "####" in shelf.read("pads/PAD-0002-export.md")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["PAD-0001-gallery", "PAD-0001 a wall", 'PAD-0001-"ü"\t1'])
def test_the_diff_is_a_patch_that_git_applies(shelf: Shelf, newline: str, name: str) -> None:
    text = "\ufeff" + (HEAD + "\f\u2028\n" + body(Audience="#### Audience", Potential="")).rstrip("\n")
    text = text.replace("owner:", "Owner:").replace("\n", newline)
    path = f"sub/pads/{name}.md"
    shelf.write("", "sub/padctl.toml")
    shelf.write(text, path)
    shelf.committed()
    said = shelf.padctl("lint", "--root", str(shelf.root / "sub"), "--diff")
    assert said.code == 1
    assert shelf.read(path) == text
    assert "would fix 3 places in 1 file" in said.err
    patch = shelf.root / "fix.patch"
    shelf.padctl("lint", "--root", str(shelf.root / "sub"), "--diff", "--output", str(patch))
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=shelf.root / "sub", check=True)
    subprocess.run(["git", "apply", str(patch)], cwd=shelf.root / "sub", check=True)
    applied = shelf.read(path)
    shelf.write(text, path)
    shelf.padctl("lint", "--root", str(shelf.root / "sub"), "--fix")
    assert shelf.read(path) == applied != text
    assert shelf.padctl("lint", "--root", str(shelf.root / "sub"), "--diff").code == 0
