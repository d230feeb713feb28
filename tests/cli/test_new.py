"""`init` and `new`: nothing overwritten, ids that never collide, titles of every kind."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MEETING, PROJECT, TODAY, Company


def new(company: Company, *words: str) -> str:
    """Make a PAD and return its path from the root."""
    said = company.ok("new", *words, "--owner", "pm")
    match = re.match(r"wrote (\S+)\n", said.out)
    assert match
    return match[1]


def test_new_writes_and_does_not_commit(company: Company) -> None:
    head = company.git("rev-parse", "HEAD")
    assert new(company, "Team gallery", "--team", "growth") == "pads/PAD-0001-team-gallery.md"
    assert company.git("rev-parse", "HEAD") == head
    assert company.git("status", "--porcelain", "-uall") == "?? pads/PAD-0001-team-gallery.md\n"
    text = company.path().read_text()
    assert text.startswith("---\nid: PAD-0001\ntitle: Team gallery\nowner: pm\nteam: growth\ntemplate: standard\n")
    assert "\n# Team gallery\n" in text
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Opportunity/Problem Framing"]
    assert "0 errors" in company.ok("lint").out


def test_the_owner_is_who_git_says(company: Company) -> None:
    said = company.padctl("new", "T", "--no-input")
    assert said.code == 2
    assert "--owner" in said.err
    company.git("config", "user.name", "Dana Ito")
    company.ok("new", "One")
    assert "owner: Dana Ito\n" in company.path(1).read_text()
    company.edit_settings('[people]\ndana = {name = "Dana Ito"}\n')
    company.ok("new", "Two")
    assert "owner: dana\n" in company.path(2).read_text()


def test_ids_above_everything_that_is_in_use(company: Company, tmp_path: Path) -> None:
    assert new(company, "One").startswith("pads/PAD-0001-")
    company.commit_all()
    company.git("switch", "--quiet", "-c", "other")
    company.write("pads/2026/PAD-0020-other.md", "x")
    company.commit_all()
    company.git("switch", "--quiet", "main")
    assert new(company, "Two").startswith("pads/PAD-0021-")
    company.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    clone = Company(root=tmp_path / "clone")
    assert new(clone, "Three").startswith("pads/PAD-0021-")
    clone.git("checkout", "--quiet", "-b", "third", "origin/other")
    clone.write("pads/PAD-0030-x.md", "x")
    clone.git("add", "pads/PAD-0030-x.md")
    clone.git("commit", "--quiet", "-m", "Thirty")
    company.git("fetch", "--quiet", str(tmp_path / "clone"), "third:refs/remotes/elsewhere/third")
    assert new(company, "Four").startswith("pads/PAD-0031-")


def test_ids_above_those_of_linked_worktrees(company: Company, tmp_path: Path) -> None:
    company.git("worktree", "add", "--quiet", "-b", "proposal", str(tmp_path / "linked"))
    linked = Company(root=tmp_path / "linked")
    assert new(linked, "One").startswith("pads/PAD-0001-")
    assert new(company, "Two").startswith("pads/PAD-0002-")
    assert new(linked, "Three").startswith("pads/PAD-0003-")


def test_ids_above_broken_and_former_ones(company: Company) -> None:
    company.draft()
    company.edit("reviewers: []", "reviewers: []\nformerly: [PAD-0011]")
    assert new(company, "Next").startswith("pads/PAD-0012-")
    company.write("pads/PAD-0040-broken.md", "no front matter\n")
    assert new(company, "After the broken one").startswith("pads/PAD-0041-")


def test_ids_at_the_edge(company: Company) -> None:
    company.write("pads/PAD-9999-full.md", "---\nid: PAD-9999\n---\n")
    company.write("pads/RFC-77777-other.md", "---\nid: RFC-77777\n---\n")
    assert new(company, "More").startswith("pads/PAD-10000-")


def test_settings_for_ids_and_folder(company: Company) -> None:
    company.edit_settings('[ids]\nprefix = "BET"\nwidth = 2\n[paths]\npads = "bets"\nnew = "bets/2026"\n')
    assert new(company, "One") == "bets/2026/BET-01-one.md"
    assert new(company, "Two") == "bets/2026/BET-02-two.md"
    assert "BET-02" in company.ok("show", "2").out


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Team gallery: what's next?", "team-gallery-what-s-next"),
        ("  Größe & Maß  ", "grösse-mass"),
        ("你好 世界", "你好-世界"),
        ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
        ("Cafe\u0301 menu", "café-menu"),
        ("🎉🎉", "untitled"),
        ("a/b\\c ../../etc/passwd", "a-b-c-etc-passwd"),
        ("C:\\Windows\\con", "c-windows-con"),
        ("snake_case and-hyphens", "snake-case-and-hyphens"),
        ("'single' \"double\" `tick`", "single-double-tick"),
        ("true", "true"),
        ("# Heading", "heading"),
        ("{{ 7*7 }} {% raw %}", "7-7-raw"),
        ("title: yes, [a, b] #c", "title-yes-a-b-c"),
        ("<!-- hidden", "hidden"),
        ("--- ***", "untitled"),
        ("- item", "item"),
        ("--force", "force"),
    ],
)
def test_titles(company: Company, title: str, name: str) -> None:
    said = company.ok("new", "--owner", "pm", "--", title)
    path = f"pads/PAD-0001-{name}.md"
    assert said.out.startswith(f"wrote {path}\n")
    header = company.pad().header
    assert header
    assert header.title == title.strip()
    found = company.ok("lint").out
    assert "0 errors" in found
    assert "PC209" not in found, found


def test_a_very_long_title(company: Company) -> None:
    title = "word " * 60
    path = new(company, title)
    assert len(Path(path).name) <= 80
    assert company.ok("show", "1").code == 0
    path = new(company, "x" * 300)
    assert len(Path(path).name) <= 80
    for words in (["list"], ["status"]):
        assert company.ok(*words).out


@pytest.mark.parametrize(
    "title",
    ["two\nlines", "two\r\nPad-Outcome: proceed", "", "   ", "tab\there", "esc\x1b[31m", "a\u2028b", "nul\u0085"],
)
def test_titles_that_are_refused(company: Company, title: str) -> None:
    company.refused("new", title, "--owner", "pm", code=2)


@pytest.mark.parametrize("option", ["--owner", "--team"])
@pytest.mark.parametrize("value", ["two\nlines", "a\x1bb"])
def test_hostile_owners_and_teams(company: Company, option: str, value: str) -> None:
    other = ("--owner", "pm") if option == "--team" else ()
    company.refused("new", "T", option, value, *other, code=2)


def test_unknown_teams_and_templates(company: Company) -> None:
    company.write("teams/growth.md", "---\nname: growth\n---\n# Growth\n")
    assert 'did you mean "growth"?' in company.refused("new", "T", "--owner", "pm", "--team", "grwth", code=2)
    for name in ("standrd", "../standard", "", "pad/standard"):
        said = company.refused("new", "T", "--owner", "pm", "--template", name, code=2)
        assert "standard" in said


def test_an_existing_file_is_never_overwritten(company: Company) -> None:
    company.write(".gitignore", "pads/PAD-0001*\n")
    file = company.write("pads/PAD-0001-t.md", "mine\n")
    company.padctl("new", "T", "--owner", "pm")
    assert file.read_text() == "mine\n"
    (company.root / "pads/PAD-0050-folder.md").mkdir()
    company.padctl("new", "Folder", "--owner", "pm")
    assert list((company.root / "pads/PAD-0050-folder.md").iterdir()) == []


def own_template(company: Company, change: Callable[[str], str]) -> str:
    company.ok("template", "eject", "standard")
    file = company.root / "templates/pad/standard.md"
    file.write_text(change(file.read_text()))
    return file.read_text()


@pytest.mark.parametrize("wrong", ["{{ titel }}", "{{ title", "{% if %}", "{{ title.__class__ }}", "{{ 1/0 }}"])
def test_a_template_with_an_error_of_jinja(company: Company, wrong: str) -> None:
    text = own_template(company, lambda page: page.replace("<!-- Who has this problem?", f"{wrong} <!-- Who"))
    line = text[: text.index(f"{wrong} <!-- Who")].count("\n") + 1
    said = company.refused("new", "T", "--owner", "pm", code=2)
    assert f"templates/pad/standard.md:{line}" in said


def test_a_template_with_an_error_in_a_later_stage(company: Company) -> None:
    company.in_status("in-review")
    own_template(company, lambda page: page.replace("<!-- What happened to", "{{ titel }} <!-- What happened to"))
    said = company.refused("decide", "1", "proceed", "--by", "sponsor", code=2)
    assert "templates/pad/standard.md" in said


def test_an_own_heading_becomes_required(company: Company) -> None:
    own_template(company, lambda page: page.replace("### Why\n", "### Sustainability\n\n<!-- How? -->\n\n### Why\n"))
    company.ok("new", "T", "--owner", "pm")
    assert "### Sustainability\n\n<!-- How? -->\n" in company.path().read_text()
    assert '"Sustainability"' in "".join(company.reasons("submit", "1", "--meeting", MEETING))
    company.edit("### Sustainability\n", "")
    assert "PC201" in company.padctl("lint").out
    company.ok("new", "Light", "--owner", "pm", "--template", "light")
    assert "Sustainability" not in company.path(2).read_text()


def test_an_own_template_of_another_name(company: Company) -> None:
    page = (PROJECT / "templates/pad/light.md").read_text().replace("template: light", "template: tiny")
    company.write("templates/pad/tiny.md", page.replace("# {{ title }}", "# {{ title }}\n\nBy {{ owner }}, {{ id }}."))
    assert "tiny" in company.ok("template", "list").out
    company.ok("new", "T", "--owner", "pm", "--template", "tiny")
    assert "By pm, PAD-0001." in company.path().read_text()
    assert "0 errors" in company.ok("lint").out


def test_the_fields_of_an_own_template_stand_in_a_new_pad(company: Company) -> None:
    company.write(
        "templates/pad/own.md",
        """---
template: own
stages: [{stage: problem-framing, heading: Bet}]
fields:
  risk: {type: one-of, values: [low, high], required: true}
  risk_owner: {only_when: {risk: high}}
  due: {type: date, required: {classification: delighter}}
  tags: {type: list, required: true}
  ticket: {required: true, pattern: 'OPS-[0-9]+', pattern_message: "a ticket looks like OPS-123"}
  "a: b": {type: number, required: true}
  note: {type: text}
  later: {required: true, since: 2999-01-01}
---
# {{ title }}
## Bet
### Size
""",
    )
    new(company, "T", "--template", "own")
    head = company.path().read_text().partition("reviewers: []\n")[2].partition("---\n")[0]
    assert head.split("\n")[:-1] == [
        "risk:  # required; one of low, high",
        "risk_owner:  # where risk is high",
        "due:  # where classification is delighter; YYYY-MM-DD",
        "tags: []  # required; a list",
        "ticket:  # required; a ticket looks like OPS-123",
        "'a: b':  # required; a number",
    ]
    assert "error" not in company.ok("lint").out.replace("0 errors", "")


def test_editing(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "cp /dev/null")
    company.ok("new", "T", "--owner", "pm", "--edit")
    assert company.path().read_text() == ""
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert company.padctl("new", "U", "--owner", "pm", "--edit", today=TODAY).code == 2
