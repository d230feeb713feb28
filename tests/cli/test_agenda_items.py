"""What an item of the agenda says: readiness, answers, concerns, promises, edits since submit, the clock."""

import pytest
from acting import MEETING, TODAY, Company
from test_agenda import LATER, data

PEOPLE = '[people]\neli = {name = "Eli Marchand"}\nnoor = {name = "Noor Halversen"}\n'


def text(company: Company, *words: str, today: str = TODAY) -> str:
    return " ".join(company.ok("agenda", *words, today=today).out.split())


def add_fields(company: Company, lines: str) -> None:
    company.edit("---\n# Team gallery", f"{lines}---\n# Team gallery")


def test_times_on_the_clock(company: Company) -> None:
    settings = '[meeting]\nminutes = 60\nslot = 30\ntime = "09:30"\ntimezone = "Europe/Lisbon"\n'
    company.edit_settings(settings)
    for number, minutes in enumerate(("20", "25", "15", "20"), start=1):
        company.draft(f"Topic {number}")
        company.ok("submit", str(number), "--meeting", MEETING, "--minutes", minutes)
    company.edit_settings(settings.replace("slot = 30", "slot = 20"))
    view = data(company)
    assert (view["time"], view["ends"], view["timezone"]) == ("09:30", "10:30", "Europe/Lisbon")
    placed = [(item["pad"][-1], item["starts"], item["ends"], item["minutes"]) for item in view["items"]]
    assert placed == [("1", "09:30", "09:50", 20), ("2", "09:50", "10:10", 20), ("3", "10:10", "10:25", 15),
                      ("4", "", "", 20)]  # fmt: skip
    assert view["items"][1]["asked_minutes"] == 25
    assert view["items"][3]["no_room"] == "it needs 20 minutes and 5 of 60 are left"
    for form in ("text", "md", "html"):
        words = " ".join(company.ok("agenda", "--format", form).out.split())
        assert "No room: it needs 20 minutes and 5 of 60 are left." in words
        assert "It asked for 25 minutes; a slot has 20." in words


def test_a_short_item_takes_the_room_that_a_long_one_leaves(company: Company) -> None:
    company.edit_settings("[meeting]\nminutes = 40\n")
    for number, minutes in enumerate(("30", "30", "10"), start=1):
        company.draft(f"Topic {number}")
        company.ok("submit", str(number), "--meeting", MEETING, "--minutes", minutes)
    assert [(i["pad"][-1], bool(i["no_room"])) for i in data(company)["items"]] == [
        ("1", False),
        ("3", False),
        ("2", True),
    ]


def test_minutes_pass_while_the_clocks_change(company: Company) -> None:
    settings = '[meeting]\nweekday = "sunday"\nminutes = 90\nslot = 30\ntime = "00:40"\ntimezone = "Europe/Lisbon"\n'
    company.edit_settings(settings)
    for number in (1, 2):
        company.draft(f"Topic {number}")
        company.ok("submit", str(number), "--meeting", "2027-03-28")  # at 01:00 the clocks go to 02:00
    assert [item["starts"] for item in data(company, "2027-03-28")["items"]] == ["00:40", "02:10"]


def test_the_order_of_one_rendering(company: Company) -> None:
    for number in (1, 2, 3):
        company.draft(f"Topic {number}")
        company.ok("submit", str(number), "--meeting", MEETING)
    assert [item["pad"][-1] for item in data(company, "--order", "3,2")["items"]] == ["3", "2", "1"]
    assert [item["pad"][-1] for item in data(company)["items"]] == ["1", "2", "3"]
    company.ok("recall", "2")
    said = company.padctl("agenda", "--order", "2")
    assert said.code == 2
    assert "PAD-0001, PAD-0003" in said.err
    assert company.padctl("agenda", "--order", "9").code == 2


def test_a_pad_that_no_longer_lints_clean_is_not_ready(company: Company) -> None:
    company.submitted()
    assert data(company)["items"][0]["errors"] == 0
    assert "Ready: lint finds no error; changed since submit: nothing." in text(company)
    company.edit("| Boards left empty | 43% | 20% | 2027-03-31 |\n", "")
    assert data(company)["items"][0]["errors"] == 1
    assert "Not ready: lint finds 1 error (padctl lint PAD-0001); changed since submit: 1 line." in text(company)
    assert (
        "**Not ready: lint finds 1 error.** Changed since submit: 1 line." in company.ok("agenda", "--format", "md").out
    )
    assert "no longer passes its checks (1 error)" in company.ok("agenda", "--format", "html").out
    company.ok("lint", "--write-baseline")
    assert data(company)["items"][0]["errors"] == 0


def test_lines_changed_since_submit(company: Company) -> None:
    company.submitted()
    company.edit("Of 100 teams, 43 leave", "Of 200 teams, 86 leave")
    company.edit("## Opportunity/Problem Framing\n", "## Opportunity/Problem Framing\n\nRead this first.\n")
    company.commit_all("Edit")
    company.git("mv", company.relative(), "pads/PAD-0001-renamed.md")
    company.commit_all("Rename")
    assert data(company)["items"][0]["changed"] == 3
    company.ok("submit", "1", "--meeting", LATER)
    assert data(company, LATER)["items"][0]["changed"] == 0


def test_a_clone_without_the_submit_says_so(company: Company) -> None:
    company.submitted()
    company.commit_all("Later")
    company.git("clone", "--quiet", "--depth", "1", f"file://{company.root}", "../shallow")
    shallow = Company(root=company.root.parent / "shallow")
    assert data(shallow)["items"][0]["changed"] is None
    for form in ("text", "md", "html"):
        assert "not observed in this clone" in " ".join(shallow.ok("agenda", "--format", form).out.split())


def test_a_squashed_submit_is_not_taken_for_an_earlier_one(company: Company) -> None:
    company.submitted()
    company.git("branch", "side")
    company.ok("recall", "1")
    company.ok("submit", "1", "--meeting", LATER)
    company.git("reset", "--quiet", "--soft", "side")
    company.commit_all("Squashed")
    assert data(company, LATER)["items"][0]["changed"] is None


def test_reviewers_who_have_not_answered(company: Company) -> None:
    company.edit_settings(PEOPLE + "[feedback]\ndays = 1\n")
    company.draft()
    company.edit("reviewers: []", "reviewers: [eli, noor]")
    company.ok("submit", "1", "--meeting", MEETING)
    owed = data(company)["items"][0]["answers_owed"]
    assert [(one["who"], one["due"], one["overdue"]) for one in owed] == [
        ("Eli Marchand", "2026-11-25", False), ("Noor Halversen", "2026-11-25", False)]  # fmt: skip
    assert "No answer yet: Eli Marchand, Noor Halversen (was due 25 Nov 2026)" in text(company, today=MEETING)
    add_fields(
        company,
        "feedback:\n"
        "  - {by: eli, date: 2026-11-24, stage: problem-framing, stance: concern, note: It is not only templates}\n"
        "  - {by: noor, date: 2026-11-24, stage: solution-framing, stance: question, note: Who keeps them}\n"
        "  - {by: sam, date: 2026-11-24, stage: problem-framing, stance: concern, note: Old, resolved: 2026-11-24}\n",
    )
    (item,) = data(company)["items"]
    assert [one["key"] for one in item["answers_owed"]] == ["noor"]
    assert [(one["who"], one["note"]) for one in item["concerns"]] == [("Eli Marchand", "It is not only templates")]
    assert [one["note"] for one in item["questions"]] == ["Who keeps them"]
    assert "Concern: Eli Marchand, 24 Nov 2026: It is not only templates" in text(company)
    assert "**Concern** of Eli Marchand" in company.ok("agenda", "--format", "md").out


def test_an_answer_is_due_on_the_day_of_the_meeting_at_the_latest(company: Company) -> None:
    company.draft()
    company.edit("reviewers: []", "reviewers: [eli]")
    company.ok("submit", "1", "--meeting", MEETING)
    assert data(company)["items"][0]["answers_owed"][0]["due"] == MEETING


def test_promises_and_whether_they_were_kept(company: Company) -> None:
    company.submitted()
    words = ("--action", "eli: ask five teachers by 2026-11-30", "--action", "pm: count boards by 2026-12-01")
    company.ok("decide", "1", "rework", "--by", "sponsor", *words, today=MEETING)
    company.ok("action", "done", "1", "A1", today="2026-12-01")
    company.ok(
        "submit", "1", "--meeting", "2026-12-10", "--override", "--reason", "the count takes longer", today=LATER
    )
    (item,) = data(company, today=LATER)["items"] or data(company, "2026-12-10", today=LATER)["items"]
    assert [(one["id"], one["state"]) for one in item["promised"]] == [("A1", "kept late"), ("A2", "overdue")]
    assert len(item["overrides"]) == 1
    said = text(company, "2026-12-10", today=LATER)
    assert "Promised A1: eli: ask five teachers (done 1 Dec 2026, was due 30 Nov 2026)" in said
    assert "Promised A2: pm: count boards (overdue, was due 1 Dec 2026)" in said
    assert "Override: submit on 3 Dec 2026: the count takes longer" in said


def test_a_text_edited_after_its_approval(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.fill()
    company.ok("submit", "1", "--meeting", LATER, today=MEETING)
    assert data(company, LATER)["items"][0]["edited"] == []
    company.edit("Of 100 teams, 43 leave", "Of 200 teams, 86 leave")
    for form in ("text", "md", "html"):
        words = " ".join(company.ok("agenda", LATER, "--format", form).out.split())
        assert "The problem framing was approved on 26 Nov 2026 and edited since." in words


def test_links_beside_the_pad(company: Company) -> None:
    company.edit_settings('[links]\nbase = "https://git.example/tessaly/blob/main"\n')
    company.draft()
    add_fields(
        company, 'links:\n  design: https://example.com/d\n  plan: ../notes/plan.md#costs\n  bad: "javascript:1"\n'
    )
    company.write("notes/plan.md", "# Plan\n## Costs\n")
    company.commit_all()
    company.ok("submit", "1", "--meeting", MEETING)
    links = {link["name"]: link["target"] for link in data(company)["items"][0]["links"]}
    assert links["plan"] == "https://git.example/tessaly/blob/main/notes/plan.md#costs"
    page = company.ok("agenda", "--format", "html").out
    assert 'href="https://example.com/d"' in page
    assert 'href="javascript' not in page
    assert "](<javascript" not in company.ok("agenda", "--format", "md").out


def test_what_changed_since_the_last_meeting(company: Company) -> None:
    company.submitted()
    company.draft("Another one")
    view = data(company)
    assert (view["previous"], [change["pad"] for change in view["changes"]]) == (None, ["PAD-0002"])
    assert "New since the beginning" in company.ok("agenda").out
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.ok("withdraw", "2", "--reason", "another team does it", "--include-edits", today="2026-11-27")
    assert data(company, today=MEETING)["changes"][-1]["words"] == "New draft"
    later = data(company, today=LATER)
    assert (later["previous"], [change["words"] for change in later["changes"]]) == (MEETING, ["Withdrawn"])
    after = data(company, "2026-12-10", today="2026-12-04")
    assert after["previous"] == MEETING
    assert "Since the last meeting, 26 Nov 2026" in company.ok("agenda", "2026-12-10", today="2026-12-04").out


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_follow_ups_waiting(company: Company, form: str) -> None:
    company.in_status("follow-up")
    (waiting,) = data(company)["follow_ups"]
    assert (waiting["pad"], waiting["open"]) == ("PAD-0001", 1)
    out = company.ok("agenda", "--format", form).out
    assert "Follow-ups waiting" in out


def test_who_decides_is_the_same_on_agenda_slides_and_at_the_decision(company: Company) -> None:
    company.edit_settings(
        '[meeting]\nsponsors = ["sam"]\n[people]\nsam = {name = "Sam Verhoof"}\nnoor = {name = "Noor Halversen"}\n'
    )
    for title in ("Own sponsor", "Of the meeting"):
        company.draft(title)
    company.edit("sponsors: []", "sponsors: [noor]")
    for number in ("1", "2"):
        company.ok("submit", number, "--meeting", MEETING)
    items = {item["pad"]: item["deciding"] for item in data(company)["items"]}
    assert items == {"PAD-0001": ["Noor Halversen"], "PAD-0002": []}
    for form in ("text", "md", "html"):
        page = company.ok("agenda", "--format", form).out
        assert page.count("Deciding: Sam Verhoof") == 1
        assert page.count("Deciding: Noor Halversen") == 1
    assert "Deciding: Noor Halversen" in company.ok("slides", "1").out
    assert "Deciding: Sam Verhoof" in company.ok("slides", "2").out
    company.ok("decide", "1", "proceed", "--by", "sam")
