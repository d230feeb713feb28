"""Template pages: the shipped frames, what a page says, and each fault at its line."""

from datetime import date
from pathlib import Path

import pytest

from padctl.errors import SettingsError
from padctl.model.document import Document, read_document
from padctl.model.template import Section, Template, read_template, with_page
from padctl.model.template_header import FieldType
from padctl.model.terms import Stage

SHIPPED = Path(__file__).parents[2] / "templates" / "pad"
STANDARD = {
    Stage.PROBLEM_FRAMING: [
        "Problem Statement",
        "Audience",
        "Why",
        "Success Metrics",
        "Competitive Research",
        "Potential Solution Directions",
    ],
    Stage.SOLUTION_FRAMING: [
        "Proposed Solution",
        "Rejected Solutions and Why",
        "Out of Scope",
        "Dependencies, Risks and Mitigations",
        "GTM Strategy",
    ],
    Stage.DELIVERY: [],
    Stage.POST_LAUNCH_RECAP: ["Success Reflection", "Learnings"],
}
COLUMNS = {
    "Success Metrics": ("Metric", "Baseline", "Target", "By"),
    "Potential Solution Directions": ("Direction", "Impact", "Complexity"),
    "Dependencies, Risks and Mitigations": ("Risk", "Kind", "Mitigation"),
    "GTM Strategy": ("Milestone", "Date", "Audience"),
    "Success Reflection": ("Metric", "Target", "Actual", "Verdict"),
}
PAGE = """---
template: own
summary: Ours
stages:
  - {stage: problem-framing, heading: Problem}
  - {stage: delivery}
  - {stage: post-launch-recap, heading: Recap}
sections:
  Why: {aliases: [The Why, Rationale]}
  Pricing: {since: 2027-01-01}
  Rivals: {required: {classification: competitive-neutralizer, market: eu}}
  Scope: {skippable: true}
  Numbers: {optional_columns: [Note]}
fields:
  market: {type: one-of, values: [eu, us]}
  budget: {type: number, required: true}
---
# {{ title }}

## Problem

### Why

<!-- Why now? -->

### Pricing

### Rivals

### Scope

### Numbers

| **Metric** | Target | Note |
|---|---|---|

| Other |
|---|

## Recap

### Learnings
"""


def page(old: str = "", new: str = "") -> Document:
    assert old in PAGE
    return read_document(PAGE.replace(old, new, 1).encode(), path="templates/pad/own.md")


def shipped(name: str) -> Template:
    path = SHIPPED / f"{name}.md"
    template, faults = read_template(read_document(path.read_bytes(), path=path.name))
    assert faults == ()
    assert template is not None
    return template


def own() -> Template:
    template, faults = read_template(page())
    assert faults == ()
    assert template is not None
    return template


def section(name: str) -> Section:
    return next(section for section in own().sections if section.name == name)


def faults_of(document: Document) -> list[tuple[int, str]]:
    template, faults = read_template(document)
    assert template is None
    assert faults
    assert all(fault.message and fault.fix for fault in faults)
    return [(document.line_of(fault.offset), fault.message) for fault in faults]


def test_the_standard_frame_has_thirteen_sections_in_their_stages() -> None:
    template = shipped("standard")
    assert template.name == "standard"
    assert template.stages == tuple(Stage)
    assert {stage: [s.name for s in template.sections_of(stage)] for stage in Stage} == STANDARD
    assert len(template.sections) == 13
    headings = ["Opportunity/Problem Framing", "Solution Framing", None, "Post-launch Recap"]
    assert [template.heading_of(stage) for stage in Stage] == headings


def test_the_standard_frame_names_the_columns_of_its_tables() -> None:
    template = shipped("standard")
    assert {s.name: s.columns for s in template.sections if s.columns} == COLUMNS
    assert {s.name: set(s.optional_columns) for s in template.sections if s.optional_columns} == {
        "GTM Strategy": {"audience"}
    }


def test_the_standard_frame_asks_for_competitive_research_of_a_competitive_neutralizer_only() -> None:
    for found in shipped("standard").sections:
        conditional = found.name == "Competitive Research"
        assert found.applies_to(None, {"classification": "competitive-neutralizer"})
        assert found.applies_to(None, {"classification": "delighter"}) is not conditional
        assert found.applies_to(None, {}) is not conditional
        assert found.skippable is (found.name == "Out of Scope")


def test_the_light_frame_is_small() -> None:
    template = shipped("light")
    assert template.stages == (Stage.PROBLEM_FRAMING, Stage.DELIVERY, Stage.POST_LAUNCH_RECAP)
    problem = ["Problem Statement", "Why", "Success Metrics", "Proposed Solution"]
    assert [s.name for s in template.sections_of(Stage.PROBLEM_FRAMING)] == problem
    assert [s.name for s in template.sections_of(Stage.POST_LAUNCH_RECAP)] == ["Success Reflection", "Learnings"]
    columns = {s.name: s.columns for s in template.sections if s.columns}
    assert columns == {name: COLUMNS[name] for name in ("Success Metrics", "Success Reflection")}


@pytest.mark.parametrize("name", ["standard", "light"])
def test_every_shipped_section_has_a_prompt_and_no_text_of_its_own(name: str) -> None:
    template = shipped(name)
    keys = [key for found in template.sections for key in found.keys]
    assert len(keys) == len(set(keys))
    assert not [block for block in template.document.body.blocks if block.filled]
    for found in template.sections:
        text = template.slice_of(found)
        assert text.startswith(f"### {found.name}\n\n<!-- ")
        assert text.endswith("\n")
        assert text.count("### ") == 1
        assert all(len(line) <= 120 for line in text.splitlines())


def test_stages_follow_each_other_as_the_frame_has_them() -> None:
    template = shipped("light")
    assert template.next_stage(Stage.PROBLEM_FRAMING) is Stage.DELIVERY
    assert template.next_stage(Stage.POST_LAUNCH_RECAP) is None
    assert template.heading_of(Stage.POST_LAUNCH_RECAP) == "Post-launch Recap"
    assert template.heading_of(Stage.DELIVERY) is None


def test_a_page_is_read() -> None:
    template = own()
    assert (template.name, template.summary) == ("own", "Ours")
    assert [s.name for s in template.sections] == ["Why", "Pricing", "Rivals", "Scope", "Numbers", "Learnings"]
    assert template.preamble() == "# {{ title }}\n"
    assert template.slice_of(section("Why")) == "### Why\n\n<!-- Why now? -->\n"
    assert template.slice_of(section("Learnings")) == "### Learnings\n"
    assert template.fields["market"].type is FieldType.ONE_OF
    assert template.fields["market"].values == ("eu", "us")
    assert template.fields["budget"].conditions == {}
    assert template.fields["market"].conditions is None


@pytest.mark.parametrize("key", ["why", "the why", "rationale"])
def test_a_section_is_found_by_its_name_and_aliases(key: str) -> None:
    found = own().section_for(key)
    assert found is not None
    assert found.name == "Why"
    assert own().section_for("reason") is None


def test_columns_are_those_of_the_first_table() -> None:
    assert section("Numbers").columns == ("Metric", "Target", "Note")
    assert section("Numbers").optional_columns == frozenset({"note"})
    assert section("Why").columns == ()


def test_a_section_holds_for_pads_created_since() -> None:
    assert not section("Pricing").applies_to(date(2026, 12, 31), {})
    assert section("Pricing").applies_to(date(2027, 1, 1), {})
    assert section("Pricing").applies_to(None, {})


def test_a_section_holds_where_all_conditions_do() -> None:
    rivals = section("Rivals")
    both = {"classification": "competitive-neutralizer", "market": "eu"}
    assert rivals.applies_to(None, both)
    assert not rivals.applies_to(None, {**both, "market": "us"})
    assert not rivals.applies_to(None, {"market": "eu"})
    assert section("Scope").skippable
    assert not section("Why").skippable


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("summary: Ours", "sumary: Ours", 3, 'unknown key "sumary" (did you mean "summary"?)'),
        ("template: own\n", "", 2, 'the key "template" is missing'),
        ("template: own", "template: my own", 2, "is not a name"),
        ("{stage: delivery}", "{stage: delivry}", 6, '(did you mean "delivery"?)'),
        ("{stage: delivery}", "{stage: delivery, headng: x}", 6, 'unknown key "headng" (did you mean "heading"?)'),
        ("{skippable: true}", "{skipable: true}", 12, 'unknown key "skipable" (did you mean "skippable"?)'),
        ("{skippable: true}", "{skippable: yes}", 12, "neither true nor false"),
        ("2027-01-01", "2027-02-30", 10, "not a day of the calendar"),
        ("type: number", "type: numbr", 16, '(did you mean "number"?)'),
        ("type: number", "kind: number", 16, 'unknown key "kind"'),
        ("  - {stage: delivery}\n", "", 6, "a recap needs a launch"),
        ("heading: Recap", "heading: Recaps", 7, 'the heading "Recaps" is not on the page'),
        ("## Recap\n", "## Recap\n\n## Extra\n", 42, '"Extra" is the heading of no stage'),
        ("## Recap\n", "## Recap\n\n## Recap\n", 42, "twice"),
        ("heading: Recap", "heading: Problem", 7, '"Problem" is the heading of another stage too'),
        ("## Problem\n", "### Early\n\n## Problem\n", 20, '"Early" stands under no stage'),
        ("### Learnings", "### Why", 42, '"Why" is there twice'),
        ("### Learnings", "### Recap", 42, '"Recap" is there twice'),
        ("  Why: {", "  Whys: {", 9, 'there is no section "Whys" (did you mean "Why"?)'),
        ("market: eu", "markt: eu", 11, 'no front matter field "markt" (did you mean "market"?)'),
        ("  market:", "  owner:", 15, '"owner" is a field of every PAD already'),
        (", values: [eu, us]", "", 15, "belong together"),
        ("{type: number, required", "{type: number, values: [a], required", 16, "belong together"),
    ],
)
def test_each_fault_is_found_at_its_line(old: str, new: str, line: int, said: str) -> None:
    found = faults_of(page(old, new))
    assert [at for at, message in found if said in message] == [line], found


def test_a_heading_of_another_stage_order_is_a_fault() -> None:
    swapped = PAGE.replace("## Problem", "## X").replace("## Recap", "## Problem").replace("## X", "## Recap")
    found = faults_of(read_document(swapped.encode(), path="x.md"))
    assert [(line, message) for line, message in found] == [(20, '"Problem" comes here, by the order of `stages:`')]


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ("stages: []", "the template names no stages"),
        ("stages:\n  - {stage: delivery}\n  - {stage: problem-framing}", "problem-framing comes before delivery"),
        ("stages:\n  - {stage: delivery}\n  - {stage: delivery}", "the stage delivery is there twice"),
    ],
)
def test_stages_must_be_there_once_and_in_order(stages: str, said: str) -> None:
    (fault,) = faults_of(read_document(f"---\ntemplate: x\n{stages}\n---\n# T\n".encode(), path="x.md"))
    assert said in fault[1]
    assert fault[0] == 3 + 2 * ("-" in stages)


def test_a_template_without_stages_names_the_fault() -> None:
    (fault,) = faults_of(read_document(b"---\ntemplate: x\n---\n# T\n", path="x.md"))
    assert "the template names no stages" in fault[1]


def test_two_sections_that_answer_to_one_name_are_a_fault() -> None:
    found = faults_of(page("[The Why, Rationale]", "[The Why, Pricing]"))
    assert [line for line, _ in found] == [9]


@pytest.mark.parametrize("text", ["# T\n", "---\ntemplate: x\n", "---\n- x\n---\n", "---\na: 1\na: 2\n---\n"])
def test_a_page_that_cannot_be_read_keeps_the_documents_faults(text: str) -> None:
    document = read_document(text.encode(), path="x.md")
    assert read_template(document) == (None, document.faults)


def test_hidden_characters_alone_do_not_spoil_a_template() -> None:
    template, faults = read_template(page("<!-- Why now? -->", "<!-- Why\u200b now? -->"))
    assert template is not None
    assert faults == ()


def test_a_page_is_filled_and_read_again() -> None:
    filled = with_page(own(), lambda text, _: text.replace("{{ title }}", "🎉 Cards"))
    assert filled.preamble() == "# 🎉 Cards\n"
    assert [s.name for s in filled.sections] == [s.name for s in own().sections]
    with pytest.raises(SettingsError, match=r"own\.md"):
        with_page(own(), lambda text, _: text.replace("## Problem", "## Other"))
