"""Minutes: what a meeting decided, from the histories alone, and saved as a page that lint holds against them."""

import json
from pathlib import Path
from typing import Any

import pytest
from acting import MEETING, Company
from browsing import WIDTHS, opened

LATER = "2026-11-27"
SAVED = f"meetings/{MEETING}.md"


def decided(company: Company, number: int, *words: str, today: str = MEETING) -> None:
    """Submit a PAD for the meeting and decide it on that day."""
    company.draft(f"Idea {number}")
    company.ok("submit", str(number), "--meeting", MEETING)
    company.ok("decide", str(number), *words, today=today)


def met(company: Company) -> None:
    """Hold a meeting with one PAD of each outcome, and one that nobody comes to."""
    company.git("config", "user.name", "Noor")
    decided(company, 1, "proceed", "--by", "sam", "--note", "It is worth it", "--evidence", "https://chat.example/1")
    decided(company, 2, "2", "--by", "sam", "--by", "ines", "--action", "dana: smaller scope by 2026-12-03")
    decided(company, 3, "3", "--by", "sam", "--action", "eli: ask the lawyers by 2026-12-01")
    decided(company, 4, "4", "--by", "sam", "--action", "eli: count them by 2026-12-10", "--note", "Too few calls")
    company.draft("Idea 5")
    company.ok("submit", "5", "--meeting", MEETING)


def data(company: Company, *words: str, today: str = LATER) -> Any:
    return json.loads(company.ok("minutes", *words, "--format", "json", today=today).out)["data"]


def found_by_lint(company: Company, today: str = LATER) -> str:
    return company.padctl("lint", "--select", "PC604", today=today).out


def test_minutes_go_by_outcome_and_say_what_is_left(company: Company) -> None:
    met(company)
    said = company.ok("minutes", today=LATER).out
    assert said.splitlines()[0] == "Product alignment meeting: minutes of Thursday 26 Nov 2026"
    headings = [row for row in said.splitlines() if row.endswith(")") and row[0].isupper() and row[-3] == "("]
    assert headings == [
        "Approved (1)", "Approved with corrections (1)", "Follow up first (1)", "Not approved: more work (1)",
    ]  # fmt: skip
    for words in (
        "· PAD-0001 Idea 1: problem framing, on to solution framing\n  It is worth it\n"
        "  Decided by sam; recorded by Noor\n  Evidence: https://chat.example/1\n",
        "Decided by sam, ines; recorded by Noor\n  Correction A1: dana: smaller scope (due 3 Dec 2026)\n",
        "  Follow-up A1: eli: ask the lawyers (due 1 Dec 2026)\n",
        "Not decided, carried over\n· PAD-0005 Idea 5: problem framing review, pm, submitted for 26 Nov 2026\n",
    ):
        assert words in said
    assert all(len(row) <= 80 for row in said.splitlines())


def test_the_summary_counts_and_names_what_matters_to_who_was_absent(company: Company) -> None:
    met(company)
    assert data(company)["summary"] == (
        "The Product alignment meeting of 26 Nov 2026 took 4 decisions: 1 approved, 1 approved with corrections, "
        "1 follow-up first and 1 not approved. "
        "Worth solving, with a solution to be written next: Idea 1 (PAD-0001) and Idea 2 (PAD-0002). "
        "Waiting on a follow-up: Idea 3 (PAD-0003). Sent back for more work: Idea 4 (PAD-0004). "
        "3 actions were agreed; the first is due from eli on 1 Dec 2026. "
        "1 PAD was not decided and is carried over: Idea 5 (PAD-0005)."
    )


def test_an_empty_meeting_says_so(company: Company) -> None:
    said = company.ok("minutes", MEETING, today=LATER).out
    assert "The Product alignment meeting of 26 Nov 2026 did not take place: nothing was" in said


def test_the_day_is_that_of_the_last_meeting_or_today_once_something_is_decided(company: Company) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", MEETING)
    assert data(company, today="2026-11-25")["date"] == "2026-11-19"
    assert data(company, today=MEETING)["date"] == "2026-11-19"
    company.ok("decide", "1", "proceed", "--by", "sam", today=MEETING)
    assert data(company, today=MEETING)["date"] == MEETING
    assert data(company, today="2026-12-02")["date"] == MEETING
    assert "2026-12-03 is still ahead" in company.refused("minutes", "2026-12-03", code=2)


def test_an_accepted_follow_up_an_override_and_a_late_entry_are_minuted(company: Company) -> None:
    company.edit_settings('[meeting]\nsponsors = ["sam"]\n')
    decided(company, 1, "3", "--by", "sam", "--action", "eli: ask the lawyers by 2026-12-01", "--meeting", MEETING,
            today=LATER)  # fmt: skip
    company.ok("action", "done", "1", "A1", today=LATER)
    company.ok("advance", "1", "--by", "tomas", "--override", "--reason", "Sam travels", today=LATER)
    assert data(company, MEETING)["outcomes"][0]["label"] == "Follow up first"
    advanced = data(company, LATER)
    assert advanced["outcomes"][0]["label"] == "Follow-up accepted"
    assert advanced["outcomes"][0]["decisions"][0]["override"] == "Sam travels"
    assert "A gate was passed by override for Idea 1 (PAD-0001)." in advanced["summary"]


def test_a_decision_taken_back_is_named_so_and_the_pad_was_not_left_undecided_then(company: Company) -> None:
    decided(company, 1, "proceed", "--by", "sam")
    company.ok("undo", "1", "--reason", "wrong PAD", today=LATER)
    view = data(company, MEETING)
    assert (view["decided"], view["outcomes"], view["undecided"]) == (0, [], [])
    assert view["taken_back"][0]["taken_back"] == LATER
    said = company.ok("minutes", MEETING, today=LATER).out
    assert "Taken back since\n· PAD-0001 Idea 1: problem framing\n" in said
    assert "  Approved; taken back on 27 Nov 2026: wrong PAD\n" in said
    assert "No decision of the Product alignment meeting of 26 Nov 2026 stands." in said
    later = data(company, "2026-12-03", today="2026-12-03")
    assert [left["pad"] for left in later["undecided"]] == ["PAD-0001"]


def test_a_submission_that_was_taken_back_or_recalled_is_not_carried_over(company: Company) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", MEETING)
    company.ok("recall", "1", today=MEETING)
    assert data(company, MEETING)["undecided"] == []
    company.ok("undo", "1", today=LATER)
    assert data(company, MEETING)["undecided"] == []
    assert data(company, "2026-12-03", today="2026-12-03")["undecided"][0]["meeting"] == MEETING


def test_a_decision_taken_back_and_taken_again_is_told_without_contradiction(company: Company) -> None:
    decided(company, 1, "proceed", "--by", "sam")
    company.ok("undo", "1", "--reason", "too early", today=MEETING)
    company.ok("decide", "1", "4", "--by", "sam", "--action", "eli: count by 2026-12-01", today=MEETING)
    said = data(company, MEETING)["summary"]
    assert "Sent back for more work: Idea 1 (PAD-0001)." in said
    assert said.endswith("An earlier approval of Idea 1 (PAD-0001) was taken back on 26 Nov 2026.")


def test_a_day_without_a_meeting_has_no_minutes(company: Company) -> None:
    decided(company, 1, "proceed", "--by", "sam")
    view = data(company, LATER)
    assert (view["date"], view["asked"], view["decided"]) == (MEETING, LATER, 1)
    for form in ("text", "md", "html"):
        said = " ".join(company.ok("minutes", LATER, "--format", form, today=LATER).out.split())
        assert "no meeting day: it is a Friday; the meeting is on Thursdays. This is the meeting before." in said
    refused = company.refused("minutes", LATER, "--save", code=2, today=LATER)
    assert "no meeting was on 2026-11-27" in refused
    assert f"padctl minutes {MEETING} --save" in refused


def test_what_was_decided_outside_a_meeting(company: Company) -> None:
    decided(company, 1, "proceed", "--by", "sam", "--evidence", "https://chat.example/1", today=LATER)
    view = data(company, LATER)
    assert (view["date"], view["outside"], view["undecided"]) == (LATER, True, [])
    assert view["summary"].startswith("Outside a meeting, on 27 Nov 2026, 1 decision was taken: approved.")
    for form in ("text", "md", "html"):
        said = " ".join(company.ok("minutes", LATER, "--format", form, today=LATER).out.split())
        assert "ecided outside a meeting, on" in said
    company.ok("minutes", LATER, "--save", today=LATER)
    company.draft("Idea 2")
    company.ok("submit", "2", "--meeting", "2026-12-03")
    later = data(company, "2026-12-03", today="2026-12-03")
    assert [(one["pad"], one["date"]) for one in later["elsewhere"]] == [("PAD-0001", LATER)]
    for form in ("text", "md", "html"):
        said = " ".join(company.ok("minutes", "2026-12-03", "--format", form, today="2026-12-03").out.split())
        assert "Decided outside a meeting, since the meeting before" in said
    assert data(company, "2026-12-10", today="2026-12-10")["elsewhere"] == []


def test_a_stream_has_minutes_of_its_own(company: Company) -> None:
    company.write("teams/growth.md", "---\nname: growth\nmeeting: growth\n---\n# Growth\n")
    company.edit_settings('[meetings.growth]\nname = "Growth review"\nweekday = "thursday"\n')
    company.draft("Idea 1", "--team", "growth")
    company.ok("submit", "1", "--meeting", MEETING)
    company.ok("decide", "1", "proceed", "--by", "sam", today=MEETING)
    assert data(company, MEETING)["decided"] == 0
    assert data(company, MEETING, "--meeting", "growth")["meeting"] == "Growth review"
    company.ok("minutes", "--meeting", "growth", "--save", today=LATER)
    assert "meeting: growth\n" in (company.root / f"meetings/growth/{MEETING}.md").read_text(encoding="utf-8")
    assert company.git("log", "-1", "--format=%s").strip() == f"Minutes of growth, {MEETING}"
    assert "PC604" not in found_by_lint(company)


def test_saving_commits_one_page_and_the_same_page_is_not_committed_again(company: Company) -> None:
    met(company)
    company.write("notes.txt", "mine\n")
    company.git("add", "notes.txt")
    assert company.ok("minutes", "--save", today=LATER).out == f"Saved {SAVED}\n"
    assert company.git("show", "--name-only", "--format=%s").split("\n\n") == [f"Minutes of {MEETING}", f"{SAVED}\n"]
    assert company.git("status", "--porcelain") == "A  notes.txt\n"
    page = (company.root / SAVED).read_text(encoding="utf-8")
    assert page.startswith(f"---\ndate: {MEETING}\nfacts: {{PAD-0001: ")
    assert "[PAD-0001](<../pads/PAD-0001-idea-1.md>)" in page
    with company.unchanged():
        said = company.ok("minutes", "--save", today=LATER)
    assert said.err == f"{SAVED} says the same already; nothing to do\n"
    assert "PC604" not in found_by_lint(company)


def test_a_dry_run_shows_the_page_and_writes_nothing(company: Company) -> None:
    met(company)
    with company.unchanged():
        said = company.ok("minutes", "--save", "--dry-run", today=LATER).out
    assert said.startswith(f"--- a/{SAVED}\n+++ b/{SAVED}\n@@ -0,0 +1,")
    assert "+# Product alignment meeting: minutes of 2026-11-26\n" in said


def test_lint_warns_once_the_histories_say_something_else_and_saving_again_settles_it(company: Company) -> None:
    met(company)
    company.ok("minutes", "--save", today=LATER)
    company.edit("title: Idea 2", "title: A better name", 2)
    company.ok("action", "done", "2", "A1", "--include-edits", today=LATER)
    assert "PC604" not in found_by_lint(company)
    company.ok("undo", "1", today=LATER)
    company.ok("decide", "5", "proceed", "--by", "sam", "--meeting", MEETING, today=LATER)
    said = " ".join(found_by_lint(company).split())
    assert "the histories say something else now: PAD-0001 reads otherwise; PAD-0005 reads otherwise" in said
    assert f"{SAVED}:3:8" in said
    assert company.ok("minutes", MEETING, "--save", today=LATER).out == f"Replaced {SAVED}\n"
    assert "PC604" not in found_by_lint(company)


def test_a_renumbered_pad_leaves_saved_minutes_true(company: Company) -> None:
    met(company)
    company.ok("minutes", "--save", today=LATER)
    company.ok("renumber", "3", today=LATER)
    assert "PAD-0006 Idea 3" in (company.root / SAVED).read_text(encoding="utf-8")
    assert "PC604" not in found_by_lint(company)


def test_what_people_wrote_is_not_replaced(company: Company) -> None:
    met(company)
    company.write(SAVED, "# What we said\n")
    assert "was not written by padctl" in company.refused("minutes", "--save", today=LATER)
    (company.root / SAVED).unlink()
    company.ok("minutes", "--save", today=LATER)
    page = company.root / SAVED
    page.write_text(f"{page.read_text(encoding='utf-8')}\nSam asked for figures.\n", encoding="utf-8")
    assert "edits are not committed yet" in company.refused("minutes", "--save", today=LATER)
    company.commit_all()
    assert "-Sam asked for figures." in company.ok("minutes", "--save", "--dry-run", today=LATER).out
    assert "PC604" not in found_by_lint(company)


def test_minutes_are_saved_on_a_branch_where_main_is_protected(company: Company) -> None:
    met(company)
    company.edit_settings("[git]\nprotected = true\n")
    said = company.ok("minutes", "--save", "--branch", today=LATER)
    assert f"switched to a new branch minutes-{MEETING}" in said.err
    assert f"On branch minutes-{MEETING}, not on main yet" in said.out
    assert company.git("log", "--format=%s", "main..").strip() == f"Minutes of {MEETING}"


def test_saving_is_refused_where_a_commit_is(company: Company) -> None:
    met(company)
    company.edit_settings("[git]\nprotected = true\n")
    assert "main changes by pull request only" in company.refused("minutes", "--save", today=LATER)
    company.edit_settings('[meetings."../.."]\nweekday = "thursday"\n')
    assert "cannot be the name of a folder" in company.refused(
        "minutes", MEETING, "--meeting", "../..", "--save", code=2, today=LATER
    )
    company.edit_settings("")
    hook = company.write(".git/hooks/pre-commit", "#!/bin/sh\necho no minutes today >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "no minutes today" in company.padctl("minutes", "--save", today=LATER).err
    assert not (company.root / SAVED).exists()
    assert company.git("status", "--porcelain") == ""


def test_a_meetings_folder_that_leads_out_of_the_repository_is_refused(company: Company, tmp_path: Path) -> None:
    met(company)
    (tmp_path / "elsewhere").mkdir()
    (company.root / "meetings").symlink_to(tmp_path / "elsewhere")
    assert company.padctl("minutes", "--save", today=LATER).code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_document_cannot_write_the_page(company: Company) -> None:
    company.draft()
    company.edit("title: Team gallery", "title: '<script>alert(1)</script> # [x](javascript:1)'")
    company.commit_all()
    company.ok("submit", "1", "--meeting", MEETING)
    said = ("--action", "eli: </td><b>x</b> `y` by 2026-12-01", "--note", "![x](https://example.com/x.png)")
    company.ok("decide", "1", "4", "--by", "sam", *said, "--evidence", "javascript:alert(1)", today=MEETING)
    page = company.ok("minutes", "--format", "html", today=LATER).out
    assert "<script>" not in page
    assert "<b>" not in page
    assert 'href="javascript' not in page
    text = company.ok("minutes", "--format", "md", today=LATER).out
    assert "![x]" not in text
    assert "<script>" not in text


def test_options_that_do_not_go_together_are_refused(company: Company) -> None:
    assert "--save writes a page" in company.refused("minutes", "--save", "--format", "md", code=2)
    for words in (["--dry-run"], ["--branch"], ["--push"]):
        assert "go with --save" in company.refused("minutes", *words, code=2)
    assert "there is no meeting" in company.refused("minutes", "--meeting", "growth", code=2)


def test_minutes_agree_with_the_log_of_the_example(tessaly: Company) -> None:
    moves = json.loads(tessaly.ok("log", "--format", "json").out)["data"]
    days = {move["date"] for move in moves if move["outcome"] or move["move"] == "advance"}
    assert len(days) > 10
    for day in days:
        view = data(tessaly, day)
        listed = {one["pad"] for group in view["outcomes"] for one in group["decisions"]}
        told = [m for m in moves if m["date"] == day and (m["outcome"] or m["move"] == "advance")]
        assert (view["decided"], listed) == (len(told), {move["pad"] for move in told})


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_a_screen_and_a_phone(company: Company, tmp_path: Path, width: int) -> None:
    met(company)
    company.ok("minutes", "--format", "html", "--output", str(tmp_path / "minutes.html"), today=LATER)
    with opened(tmp_path / "minutes.html", width) as seen:
        assert (seen.overflow, seen.console) == (0, ())
        assert [url for url in seen.requests if not url.startswith("file:")] == []
        assert "Minutes of Thursday 26 Nov 2026" in seen.text


def test_what_a_stream_decided_stays_in_its_minutes_when_the_team_goes_to_another_meeting(company: Company) -> None:
    company.edit_settings('[meetings.growth]\nname = "Growth review"\n')
    charter = "---\nname: {}\n{}---\n# Team\n"
    company.write("teams/growth.md", charter.format("growth", "meeting: growth\n"))
    company.write("teams/core.md", charter.format("core", ""))
    company.draft("Gallery", "--team", "growth")
    company.draft("Exports", "--team", "core")
    for number in ("1", "2"):
        company.ok("submit", number, "--meeting", MEETING)
    company.ok("decide", "1", "2", "proceed", "--by", "sponsor", today=MEETING)
    history = company.pad(1).header.history, company.pad(2).header.history  # type: ignore[union-attr]
    assert [[entry.stream for entry in entries] for entries in history] == [["growth"] * 2, ["common"] * 2]
    words = ("minutes", MEETING, "--format", "md")
    before = [company.ok(*words, *of, today=LATER).out for of in ((), ("--meeting", "growth"))]
    assert "PAD-0002" in before[0]
    assert "PAD-0001" in before[1]
    for of in ((), ("--meeting", "growth")):
        company.ok("minutes", MEETING, *of, "--save", today=LATER)
    company.write("teams/growth.md", charter.format("growth", ""))
    company.write("teams/core.md", charter.format("core", "meeting: growth\n"))
    company.commit_all()
    assert [company.ok(*words, *of, today=LATER).out for of in ((), ("--meeting", "growth"))] == before
    assert "PC" not in company.ok("lint", "meetings", today=LATER).out
    assert "PAD-0001" in company.ok("agenda", MEETING, "--meeting", "growth", "--format", "md", today=LATER).out


def test_without_streams_a_history_says_nothing_of_them(company: Company) -> None:
    company.submitted()
    assert "stream" not in company.path().read_text()
