"""`lint --base`: what a change does to PADs that others have decided on, and nothing of what was there before."""

import pytest
from hosting import PAD, SOLUTION, Clone, pad_text


def decided(host: Clone) -> None:
    """Take the PAD through problem framing by real moves, one correction left open."""
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.ok("decide", "1", "proceed-with-corrections", "--by", "sam", "--action", "dana: name the cohort by 2026-12-01")


@pytest.fixture
def branch(host: Clone) -> Clone:
    """Return the repository with a decided PAD on main and a branch checked out."""
    decided(host)
    host.git("switch", "--quiet", "-c", "change")
    assert host.ok("lint", "--base", "main").lines == []
    return host


def test_a_squashed_pull_request_of_three_moves(host: Clone) -> None:
    host.git("switch", "--quiet", "-c", "gallery")
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.ok("decide", "1", "proceed", "--by", "sam")
    text = host.read()
    host.write(PAD, text[: text.index("## Solution Framing")] + "## Solution Framing\n" + SOLUTION)
    host.ok("submit", "1", "--meeting", "2026-12-03")
    host.git("switch", "--quiet", "main")
    host.git("merge", "--quiet", "--squash", "gallery")
    host.commit("Gallery (#7)")
    said = host.ok("lint", "--base", "HEAD^", "--strict")
    assert said.lines == []
    assert host.read().count("move: ") == 3


def test_a_new_pad_with_its_moves_in_one_change(host: Clone) -> None:
    host.git("switch", "--quiet", "-c", "second")
    host.write("pads/PAD-0002-exports.md", pad_text(2, "Exports"))
    host.ok("submit", "2", "--meeting", "2026-11-26")
    host.ok("decide", "2", "proceed", "--by", "sam")
    assert host.padctl("lint", "--base", "main").code == 0


def test_an_edited_decision(branch: Clone) -> None:
    branch.edit("outcome: proceed-with-corrections", "outcome: proceed")
    branch.commit()
    said = branch.padctl("lint", "--base", "main")
    assert said.code == 1
    assert said.lines == [("PC351", branch.line_of("move: decide"))]
    assert "was changed" in said.out


def test_a_removed_decision_is_told_at_the_history(branch: Clone) -> None:
    line = branch.line_of("move: decide")
    branch.edit(branch.read().split("\n")[line - 1] + "\n", "")
    branch.edit("stage: solution-framing\nstatus: draft", "stage: problem-framing\nstatus: in-review")
    branch.commit()
    said = branch.padctl("lint", "--base", "main", "--select", "PC351")
    assert said.code == 1
    assert "is missing" in said.out
    ((code, shown),) = said.lines
    assert code == "PC351"
    assert branch.line_of("history:") <= shown <= branch.line_of("move: submit")


def test_a_skipped_stage(host: Clone) -> None:
    host.git("switch", "--quiet", "-c", "skip")
    entry = "  - {n: 1, date: 2026-11-24, move: decide, outcome: proceed, by: [sam], to: solution-framing/draft}\n"
    host.edit("---\n# ", f"history:\n{entry}---\n# ")
    host.edit("stage: problem-framing", "stage: solution-framing")
    host.commit()
    said = host.padctl("lint", "--base", "main", "--select", "PC353")
    assert said.lines == [("PC353", host.line_of("move: decide"))]
    assert said.code == 1


def test_a_stage_skipped_by_another_template(host: Clone) -> None:
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.git("switch", "--quiet", "-c", "lighter")
    host.edit("template: standard", "template: light")
    host.commit()
    said = host.padctl("decide", "1", "proceed", "--by", "sam")
    assert said.code == 0, said.err
    said = host.padctl("lint", "--base", "main", "--select", "PC353")
    assert said.lines == [("PC353", host.line_of("move: decide"))]


@pytest.mark.parametrize("sponsors", ["[sam]", "[sam, dana]"])
def test_a_decider_who_is_no_sponsor_on_the_base(host: Clone, sponsors: str) -> None:
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.git("switch", "--quiet", "-c", "decide")
    host.edit("sponsors: [sam]", f"sponsors: {sponsors}")
    entry = "{n: 2, date: 2026-11-24, move: decide, outcome: rework, by: [dana], to: problem-framing/draft}"
    text = host.read()
    slot = next(line for line in text.split("\n") if line.startswith("slot:"))
    text = text.replace(slot + "\n", "").replace("status: in-review", "status: draft")
    actions = "actions:\n  - {id: A1, kind: rework, what: Ask ten teams, who: dana, due: 2026-12-01, from: 2}\n"
    host.write(PAD, text.replace("\n---\n# ", f"\n  - {entry}\n{actions}---\n# "))
    host.commit()
    said = host.padctl("lint", "--base", "main")
    assert said.lines == [("PC353", host.line_of("by: [dana]"))], said.out
    assert '"dana" is no sponsor on the base' in " ".join(said.out.split())


def test_a_deleted_pad(branch: Clone) -> None:
    branch.git("rm", "--quiet", PAD)
    branch.commit()
    said = branch.padctl("lint", "--base", "main")
    assert said.lines == [("PC350", 1)]
    assert said.code == 1
    assert f"--> {PAD}:1:" in said.out


def test_a_changed_id(branch: Clone) -> None:
    branch.edit("id: PAD-0001", "id: PAD-0002")
    branch.commit()
    said = branch.padctl("lint", "--base", "main", "--select", "PC35")
    assert said.lines == [("PC352", branch.line_of("id: PAD-0002"))]
    branch.edit("id: PAD-0002", "id: PAD-0002\nformerly: [PAD-0001]")
    assert branch.ok("lint", "--base", "main", "--select", "PC35").lines == []


def test_a_removed_action(branch: Clone) -> None:
    line = branch.read().split("\n")[branch.line_of("id: A1") - 1]
    branch.edit(line + "\n", "  - {id: A2, kind: other, what: Tell sales, who: dana, due: 2026-12-01}\n")
    branch.commit()
    said = branch.padctl("lint", "--base", "main", "--select", "PC354")
    assert said.lines == [("PC354", branch.line_of("actions:"))]
    assert said.code == 1
    assert "name the cohort" in " ".join(said.out.split())


def test_an_action_that_is_done_is_fine(branch: Clone) -> None:
    branch.ok("action", "done", "1", "A1")
    assert branch.ok("lint", "--base", "main").lines == []


def test_findings_that_were_there_before(host: Clone) -> None:
    host.write("pads/PAD-0002-old.md", pad_text(2, "Old", more="team: nobody\n").replace("Of 100 teams, 43", "TBD\n\n"))
    host.write("teams/growth.md", "---\nname: growth\n---\n")
    host.commit()
    assert host.padctl("lint").code == 1
    host.git("switch", "--quiet", "-c", "change")
    host.edit("title: Old\n", "title: Old\nx-note: lines below have moved\n", "pads/PAD-0002-old.md")
    host.commit()
    assert host.ok("lint", "--base", "main").lines == []
    host.edit("team: nobody", "team: noone", "pads/PAD-0002-old.md")
    said = host.padctl("lint", "--base", "main")
    assert said.code == 1
    assert said.lines == [("PC401", host.line_of("team: noone", "pads/PAD-0002-old.md"))]


def test_a_template_that_makes_old_pads_fail(host: Clone) -> None:
    host.ok("submit", "1", "--meeting", "2026-11-26")
    host.git("switch", "--quiet", "-c", "frame")
    host.ok("template", "eject", "standard")
    host.edit(
        "### Audience\n", "### Pricing\n\n<!-- What will it cost? -->\n\n### Audience\n", "templates/pad/standard.md"
    )
    host.commit()
    said = host.padctl("lint", "--base", "main")
    assert said.code == 1
    assert [code for code, _ in said.lines] == ["PC201"]
    assert PAD in said.out
    assert "Pricing" in said.out


def test_a_renamed_file(branch: Clone) -> None:
    (branch.root / "pads/2026").mkdir()
    branch.git("mv", PAD, "pads/2026/PAD-0001-galleries.md")
    branch.commit()
    assert branch.ok("lint", "--base", "main").lines == []
    branch.edit("outcome: proceed-with-corrections", "outcome: proceed", "pads/2026/PAD-0001-galleries.md")
    said = branch.padctl("lint", "--base", "main")
    assert said.lines == [("PC351", branch.line_of("move: decide", "pads/2026/PAD-0001-galleries.md"))]


def test_an_id_that_the_base_has_twice(branch: Clone) -> None:
    branch.git("switch", "--quiet", "main")
    branch.write("pads/PAD-0001-other.md", pad_text(1, "Other"))
    branch.commit("Both branches took one number")
    branch.git("switch", "--quiet", "-c", "renumber")
    assert branch.ok("lint", "--base", "main").lines == []
    branch.edit("id: PAD-0001", "id: PAD-0002\nformerly: [PAD-0001]", "pads/PAD-0001-other.md")
    branch.git("mv", "pads/PAD-0001-other.md", "pads/PAD-0002-other.md")
    assert branch.ok("lint", "--base", "main", "--select", "PC35,PC6").lines == []


def test_settings_that_could_not_be_read_on_the_base_can_be_repaired(host: Clone) -> None:
    good = host.read("padctl.toml")
    host.write("padctl.toml", "[meeting\n")
    host.commit()
    host.git("switch", "--quiet", "-c", "repair")
    host.write("padctl.toml", good)
    host.commit()
    assert host.ok("lint", "--base", "main").lines == []
