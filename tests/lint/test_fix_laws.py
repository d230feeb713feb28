"""Laws of fixing: a second run changes nothing, and what the author wrote is all still there, byte by byte."""

import re
from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from padctl.fix import Fix, Surroundings, fix
from padctl.lint import lint
from padctl.model.corpus import Corpus
from padctl.model.diagnostic import Diagnostic
from padctl.model.document import read_document
from padctl.model.edit import FIELD_ORDER
from padctl.model.pad import Pad, read_pad
from padctl.model.settings import Settings
from padctl.model.spelling import meant
from padctl.model.template import read_template
from padctl.store.shipped import shipped

from .conftest import HEAD

PAGE = shipped("templates") / "pad" / "standard.md"
TEMPLATE = read_template(read_document(PAGE.read_bytes(), path="t.md"))[0]
CORPUS = Corpus(settings=Settings(), templates={"standard": TEMPLATE} if TEMPLATE else {})

names = st.sampled_from(
    ["Opportunity/Problem Framing", "solution framing", "Post-launch Recap", "Problem", "Audience", "The Why", "WHY",
     "1. Success Metrics", "Directions", "Solution", "Out of scope", "Risks", "Results", "Notes", "[Why](x)", "",
     "Audiences", "Problem Framing", "Sucess Metric", "Potential Directions"]
)  # fmt: skip
headings = st.builds(lambda marks, name: f"{'#' * marks} {name}", st.integers(1, 6), names)
setext = st.builds(lambda name, line: f"{name or 'x'}\n{line}", names, st.sampled_from(["---", "==="]))
prose = st.sampled_from(
    ["Words.", "- item\n  #### Why", "```\n### Why\n```", "```", "<!-- open", "<!-- ask? -->", "> # Audience", "-->",
     "| Metric | Target |\n|---|---|\n| a | b |", "    code", "", "\f", "[why]: #why", "See [it](#problem).", "<div>",
     "<!-- padctl: ignore PC201 old -->", "\u2028x", "text  "]
)  # fmt: skip
bodies = st.lists(st.one_of(headings, setext, prose), max_size=14)
keys = st.sampled_from(["Owner", "sponsor", "onwer", "Stage", "Status", "review", "LINKS", "x-a", "Template", "titel"])


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    header = HEAD.replace(
        "problem-framing", draw(st.sampled_from(["problem-framing", "delivery", "post-launch-recap"]))
    )
    header = header.replace("draft", draw(st.sampled_from(["draft", "in-review", "done"])))
    for key in draw(st.lists(keys, max_size=3, unique=True)):
        old = meant(key, FIELD_ORDER) if draw(st.booleans()) else None
        header = re.sub(rf"^{old}:", f"{key}:", header, flags=re.MULTILINE) if old else f"---\n{key}: a{header[3:]}"
    between = draw(st.sampled_from(["\n", "\n\n"]))
    text = header + between.join(draw(bodies)) + draw(st.sampled_from(["", "\n", "\n\n\n"]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from(["", "\ufeff"])).encode() + text.replace("\n", newline).encode()


def pad_of(raw: bytes) -> Pad:
    document = read_document(raw, path="pads/PAD-0001-gallery.md")
    return read_pad(document, TEMPLATE if document.values.get("template") == "standard" else None)


def judged(pad: Pad) -> Sequence[Diagnostic]:
    return lint(CORPUS, today=date(2026, 11, 24), pads=[pad], pages=[]).diagnostics


def fixed(raw: bytes) -> Fix:
    around = Surroundings(
        templates=CORPUS.templates, judge=judged, asked=lambda found: found, fill=lambda pad: pad.template,
        linked=frozenset({"problem"}),
    )  # fmt: skip
    return fix(pad_of(raw), around)


@settings(max_examples=120, deadline=None)
@given(documents())
def test_a_second_run_changes_nothing(raw: bytes) -> None:
    once = fixed(raw)
    assert (once.after.encoded() != raw) == bool(once.edits)
    again = fixed(once.after.encoded())
    assert again.after.encoded() == once.after.encoded()
    assert again.edits == 0


@settings(max_examples=120, deadline=None)
@given(documents())
def test_every_line_stays_but_keys_and_headings(raw: bytes) -> None:
    after = iter(fixed(raw).after.encoded().split(b"\n"))
    before = pad_of(raw).document
    places = [heading.start for heading in before.body.headings]
    places += [key.start for key, _ in (before.header.entries if before.header else ())]
    marks = {before.line_of(place) for place in places}
    marks |= {line + 1 for line in marks}
    lines = raw.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if number not in marks:
            last = number == len(lines)
            assert any(other == line or (last and other.rstrip(b"\r") == line) for other in after), line


@settings(max_examples=80, deadline=None)
@given(documents())
def test_nothing_gets_worse(raw: bytes) -> None:
    result = fixed(raw)
    errors = {found.message for found in judged(pad_of(raw)) if found.severity == "error"}
    left = [found for found in judged(pad_of(result.after.encoded())) if found.severity == "error"]
    missing = [placed.section.name for placed in pad_of(raw).sections if placed.heading is None]
    for found in left:
        added = found.code.startswith("PC2") and any(f'"{name}"' in found.message for name in missing)
        assert added or found.message in errors or "on line" in found.message


@given(st.sampled_from(FIELD_ORDER), st.data())
def test_a_slip_means_its_field_or_nothing(field: str, data: st.DataObject) -> None:
    assert meant(field.upper().replace("_", "-"), FIELD_ORDER) == field
    at = data.draw(st.integers(0, len(field) - 1))
    slips = [field[:at] + field[at + 1 :], field[:at] + "q" + field[at:], field[:at] + "q" + field[at + 1 :]]
    for slip in slips:
        assert meant(slip, FIELD_ORDER) in {field, None}
