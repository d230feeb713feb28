"""The agenda as text, Markdown and JSON."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from acting import MEETING, TODAY, Company

LATER = "2026-12-03"
SETTINGS = '[meeting]\nname = "Product meeting"\nminutes = 40\nclosures = [2026-12-24]\ncutoff_days = 2\n'


def data(company: Company, *words: str, today: str = TODAY) -> Any:
    envelope = json.loads(company.ok("agenda", *words, "--format", "json", today=today).out)
    assert (envelope["schema"], envelope["kind"]) == ("padctl/1", "agenda")
    return envelope["data"]


@pytest.mark.parametrize("form", ["text", "md"])
def test_nothing_submitted_is_said_plainly(company: Company, form: str) -> None:
    assert data(company)["cancelled"] is False
    early = company.ok("agenda", "--format", form).out
    assert "Nothing is submitted yet" in early
    assert "so the meeting is cancelled" not in early
    out = company.ok("agenda", "--format", form, today=MEETING).out
    assert "Nothing submitted: there is nothing to decide, so the meeting is cancelled." in " ".join(out.split())
    assert data(company, today=MEETING)["cancelled"] is True


def test_a_meeting_that_is_held_even_when_empty(company: Company) -> None:
    company.edit_settings("[meeting]\ncancel_when = []\n")
    assert "cancelled" not in company.ok("agenda").out
    assert "Nothing submitted." in company.ok("agenda").out
    assert "Nothing submitted." in company.ok("agenda", "--format", "md").out


def test_an_item(company: Company) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", MEETING, "--minutes", "20", "--presenter", "eli", "--ask", "Is it worth it?")
    view = data(company)
    (item,) = view["items"]
    assert (view["date"], view["minutes"], view["capacity"]) == (MEETING, 20, 60)
    assert (item["pad"], item["presenter"], item["ask"], item["minutes"]) == ("PAD-0001", "eli", "Is it worth it?", 20)
    expected = {"metric": "Boards left empty", "baseline": "43%", "target": "20%", "by": "2027-03-31"}
    assert item["metrics"] == [{**expected, "actual": "", "verdict": "", "recap_target": ""}]
    text, md = company.ok("agenda").out, company.ok("agenda", "--format", "md").out
    for out in (text, md):
        for words in ("PAD-0001", "Team gallery", "Is it worth it?", "20 minutes", "eli", "Boards left empty", "20%"):
            assert words in out
    assert "1 PAD, 20 of 60 minutes" in text
    assert "\n\n\n" not in md
    assert "[PAD-0001](pads/PAD-0001-team-gallery.md)" in md


def test_carried_over(company: Company) -> None:
    company.submitted()
    for day in (LATER, "2026-12-04"):
        text = company.ok("agenda", day, today="2026-12-01").out
        assert "Carried over: it was on the agenda of 26 Nov 2026" in text
    assert data(company, LATER, today="2026-12-01")["items"][0]["carried_over"] == MEETING
    md = company.ok("agenda", LATER, "--format", "md", today="2026-12-01").out
    assert "Carried over: it was on the agenda of 26 Nov 2026 and was not decided." in md
    assert data(company, LATER)["items"] == []
    assert data(company, MEETING, today="2026-12-01")["items"][0]["carried_over"] is None
    assert data(company, today="2026-12-01")["date"] == LATER


def test_late(company: Company) -> None:
    company.edit_settings(SETTINGS)
    company.draft()
    assert "cutoff" in company.ok("submit", "1", "--meeting", MEETING, today="2026-11-25").err
    assert data(company)["items"][0]["late"] is True
    assert "Late: submitted 25 Nov 2026" in company.ok("agenda").out
    assert "Late: submitted 2026-11-25" in company.ok("agenda", "--format", "md").out
    company.ok("submit", "1", "--meeting", LATER, today="2026-11-25")
    assert data(company, LATER)["items"][0]["late"] is False


def test_overdue_actions_and_recaps(company: Company) -> None:
    company.in_status("in-progress")
    company.ok("action", "add", "1", "pm: brief support by 2026-11-25")
    company.ok("action", "add", "1", "eli: book a room by 2026-12-30")
    company.ok("launch", "1", TODAY)
    day = "2026-12-31"
    assert [action["overdue"] for action in data(company, day, today="2026-11-26")["actions"]] == [True, False]
    assert data(company, day, today="2026-11-25")["actions"][0]["overdue"] is False
    assert data(company, day, today="2026-12-31")["recaps"][0]["overdue"] is False
    assert data(company, "2027-01-07", today="2027-01-01")["recaps"][0]["overdue"] is True
    text = company.ok("agenda", "2027-01-07", today="2027-01-01").out
    assert "overdue, was due 25 Nov 2026" in text
    assert "Recaps owed" in text
    assert "overdue, was due 2026-12-31" in company.ok("agenda", "--format", "md", today="2027-01-01").out


def test_actions_of_later_dates_are_counted(company: Company) -> None:
    company.in_status("in-progress")
    company.ok("action", "add", "1", "eli: book a room by 2026-12-30")
    assert (data(company)["actions"], data(company)["actions_later"]) == ([], 1)
    for form, said in {
        "text": "Actions\n1 action is due",
        "md": "## Actions\n\n- 1 due",
        "html": "1 action due",
    }.items():
        assert said in company.ok("agenda", "--format", form).out


def test_more_than_the_meeting_has_time_for(company: Company) -> None:
    company.edit_settings(SETTINGS)
    for title in ("One", "Two"):
        company.draft(title)
    company.ok("submit", "1", "--meeting", MEETING)
    company.ok("submit", "2", "--meeting", MEETING)
    view = data(company)
    assert (view["minutes"], view["capacity"]) == (60, 40)
    assert "2 PADs, 60 of 40 minutes" in company.ok("agenda").out
    assert "20 minutes too many" in company.ok("agenda").out
    assert "20 minutes too many" in company.ok("agenda", "--format", "md").out


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-11-27", "it is a Friday; the meeting is on Thursdays"), ("2026-12-03", "among the closures")],
)
def test_a_date_that_is_no_meeting_day_rolls_to_the_next_one(company: Company, day: str, why: str) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", day)
    company.edit_settings("[meeting]\nclosures = [2026-12-03]\n")
    view = data(company, day)
    assert (view["asked"], view["date"]) == (day, "2026-12-10")
    assert why in view["asked_why"]
    (item,) = view["items"]
    assert (item["moved_from"], item["carried_over"]) == (day, None)
    for form in ("text", "md", "html"):
        words = " ".join(company.ok("agenda", day, "--format", form).out.split())
        assert "is no meeting day" in words
        assert why in words
        assert "Moved: it was submitted for" in words
    assert data(company, today="2026-11-27")["date"] == "2026-12-10"
    assert data(company)["later"] == [{"date": "2026-12-10", "pads": 1}]


def test_a_day_that_was_a_meeting_stays_one_when_the_weekday_changes(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.edit_settings("[meeting]\nweekday = 'tuesday'\n")
    view = data(company, MEETING, today="2026-12-01")
    assert (view["date"], view["asked"], len(view["decided"])) == (MEETING, None, 1)
    assert data(company, "2026-11-27", today="2026-12-01")["date"] == "2026-12-01"


def test_closures(company: Company) -> None:
    company.edit_settings(SETTINGS)
    for form in ("text", "md"):
        assert "it is among the closures" in company.ok("agenda", "2026-12-24", "--format", form).out
    assert data(company, today="2026-12-18")["date"] == "2026-12-31"
    company.draft()
    said = company.ok("submit", "1", "--meeting", "2026-12-24")
    assert "clos" in said.err


def test_closures_without_end(company: Company) -> None:
    days = ", ".join(str(date(2026, 11, 26) + timedelta(days=7 * week)) for week in range(110))
    company.edit_settings(f"[meeting]\nclosures = [{days}]\n")
    said = company.padctl("agenda")
    assert said.code == 2
    assert "closures" in said.err
    assert company.ok("status").code == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(company: Company, day: str) -> None:
    company.in_status("in-progress")
    company.ok("launch", "1")
    company.edit(f"launched: {TODAY}", f"launched: {day}")
    company.draft("Second")
    company.ok("submit", "2", "--meeting", MEETING)
    company.edit(f"slot: {{date: {MEETING}", f"slot: {{date: {day}", 2)
    assert company.padctl("lint").code in {0, 1}
    for form in ("text", "html", "ics"):
        company.ok("agenda", "--format", form)
        assert "padctl failed" not in company.padctl("agenda", day, "--format", form).all
    company.ok("agenda", "--format", "ics", "--all")
    assert "padctl failed" not in company.padctl("agenda", day, "--format", "ics", "--recap").all


def test_no_meeting_is_ahead(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    assert data(company, MEETING)["items"] == []


def test_order_carried_over_first_then_by_stage(tessaly: Company) -> None:
    assert [item["pad"] for item in data(tessaly, MEETING)["items"]] == ["PAD-0012", "PAD-0008", "PAD-0004"]
    assert data(tessaly)["date"] == MEETING


@pytest.mark.parametrize("word", ["2026-02-30", "next", "26 Nov"])
def test_words_that_are_no_date(tessaly: Company, word: str) -> None:
    assert tessaly.padctl("agenda", word).code == 2


def test_documents_cannot_write_the_agenda(company: Company) -> None:
    company.draft()
    company.edit("title: Team gallery", "title: '[x](javascript:1) <b>| {{ 7*7 }} `a` # *b* [bold]'")
    company.edit("Of 100 teams", "Of \x1b[31m100\x07 <script>x</script> [bold red]teams[/bold red] [/x]")
    company.ok("submit", "1", "--meeting", MEETING, "--ask", "## Not a heading\u202e | or | cells")
    text, md = company.ok("agenda").out, company.ok("agenda", "--format", "md").out
    assert "[bold]" in text
    assert "{{ 7*7 }}" in text
    for out in (text, md):
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
        assert "49" not in out
    assert "<script>" not in md.replace("\\<", "").replace("<script\\>", "")
    assert "\n## Not" not in md


def test_an_own_report_template_wins(company: Company) -> None:
    company.write("templates/report/agenda.md.j2", "{{ items | length }} to review\n")
    assert company.ok("agenda", "--format", "md").out == "0 to review\n"
    company.write("templates/report/agenda.md.j2", "one\n{{ nothing }}\n")
    said = company.padctl("agenda", "--format", "md")
    assert said.code == 2
    assert "report/agenda.md.j2" in said.err
    company.write("templates/report/agenda.md.j2", "{{ ().__class__.__mro__ }}{{ items.append(1) }}\n")
    assert company.padctl("agenda", "--format", "md").code == 2


def test_the_meeting_of_a_stream(company: Company) -> None:
    company.edit_settings('[meetings.growth]\nname = "Growth"\nweekday = "monday"\nsponsors = ["gil"]\n')
    company.write("teams/growth.md", "---\nname: growth\nmeeting: growth\n---\n# Growth\n")
    company.draft("Team gallery", "--team", "growth")
    company.ok("submit", "1", "--meeting", "2026-11-30")
    assert data(company, "2026-11-30")["items"] == []
    assert len(data(company, "2026-11-30", "--meeting", "growth")["items"]) == 1
    assert "gil" in company.reasons("decide", "1", "proceed", "--by", "sam", today="2026-11-30")[0]
    assert company.padctl("agenda", "--meeting", "grwoth").code == 2


def test_commands_that_are_advised_name_the_stream(company: Company) -> None:
    company.edit_settings('[meetings.growth]\nname = "Growth"\nweekday = "monday"\n')
    company.write("teams/growth.md", "---\nname: growth\nmeeting: growth\n---\n# Growth\n")
    company.draft("Team gallery", "--team", "growth")
    advised = "padctl agenda 2026-11-30 --meeting growth"
    assert f"Next: {advised}\n" in company.ok("submit", "1", "--meeting", "2026-11-30").out
    assert advised in company.refused("minutes", "2026-11-30", "--meeting", "growth", code=2)
    earlier = company.ok("agenda", "2026-11-23", "--meeting", "growth", today="2026-11-23").out
    assert f"1 PAD is submitted for 30 Nov 2026: {advised}\n" in earlier
    assert data(company, "2026-11-30", "--meeting", "growth")["stream"] == "growth"


def test_a_team_is_called_by_its_name_or_its_file_in_any_case(company: Company) -> None:
    company.edit_settings(
        '[meeting]\nrequired = ["growth", "PLATFORM"]\n[meetings.growth]\nweekday = "monday"\n[people]\n'
        'dana = {name = "Dana Ito"}\npm = {name = "Pim Ott"}\neli = {name = "Eli Marsh"}\n'
    )
    company.write("teams/growth.md", "---\nname: Growing\nlead: dana\nmeeting: growth\n---\n# Growth\n")
    company.write("teams/platform.md", "---\nname: platform\nlead: eli\n---\n# Platform\n")
    company.write("objectives/2026-Q4.md", "---\nperiod: 2026-Q4\nagreed: {GROWTH: 2026-10-01}\n---\n# Q4\n")
    assert data(company)["required"] == ["Dana Ito", "Eli Marsh"]
    company.draft("Team gallery", "--team", "growth")
    assert company.pad().header.team == "Growing"  # type: ignore[union-attr]
    company.edit("team: Growing", "team: Growth")
    company.ok("lint")
    company.ok("submit", "1", "--meeting", "2026-11-30")
    assert len(data(company, "2026-11-30", "--meeting", "growth")["items"]) == 1
    for name in ("growing", "Growth"):
        assert "PAD-0001" in company.ok("list", "--team", name).out
    assert "No PAD" in company.ok("list", "--team", "platform").out


def test_two_teams_that_differ_in_case_only_are_told(company: Company) -> None:
    company.write("teams/a.md", "---\nname: growth\n---\n# Growth\n")
    company.write("teams/b.md", "---\nname: Growth\n---\n# Growth\n")
    assert "declared in teams/a.md" in company.padctl("lint").out


def test_the_next_meeting_of_the_status_is_one_that_reviews_something(company: Company) -> None:
    company.edit_settings('[meetings.growth]\nname = "Growth"\nweekday = "friday"\n')
    company.write("teams/growth.md", "---\nname: growth\nmeeting: growth\n---\n# Growth\n")
    company.draft("Team gallery", "--team", "growth")
    company.ok("submit", "1", "--meeting", "2026-11-27")
    assert "Next meeting: Growth, Friday 27 Nov 2026, 1 to review." in company.ok("status").out
    company.draft("Prices that everybody understands")
    company.commit_all()
    text = " ".join(company.ok("status").out.split())
    assert "Next meeting: Product alignment meeting, Thursday 26 Nov 2026, nothing submitted." in text
