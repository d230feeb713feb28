"""What single moves write, beside the states that they lead to."""

import pytest
from acting import MEETING, TODAY, Company, padctl_process

LATER = "2026-12-03"


def test_a_new_date_keeps_the_rest_of_the_slot(company: Company) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", MEETING, "--minutes", "20", "--presenter", "eli", "--ask", "Is it worth it?")
    company.ok("submit", "1", "--meeting", LATER)
    header = company.pad().header
    assert header
    assert header.slot
    slot = header.slot
    assert (str(slot.date), slot.minutes, slot.presenter, slot.ask) == (LATER, 20, "eli", "Is it worth it?")


def test_two_decisions_on_one_day(company: Company) -> None:
    company.submitted()
    for _ in range(2):
        company.ok("decide", "1", "rework", "--by", "sponsor", "--action", "pm: ask teachers by 2026-12-01")
        header = company.pad().header
        assert header
        company.ok("action", "done", "1", header.actions[-1].id)
        company.ok("submit", "1", "--meeting", MEETING)
    assert [action.id for action in header.actions] == ["A1", "A2"]
    company.ok("decide", "1", "1", "--by", "sponsor")
    assert company.state() == "solution-framing/draft"


def test_a_decision_of_the_meeting_day(company: Company) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sam,ines", "--by", "eli", "--meeting", MEETING, "--note",
               "The numbers are clear", "--evidence", "https://example.com/minutes", today="2026-11-30")  # fmt: skip
    entry = (company.pad().header or pytest.fail("unreadable")).history[-1]
    assert str(entry.date) == MEETING
    assert entry.by == ("sam", "ines", "eli")
    assert (entry.note, entry.evidence) == ("The numbers are clear", "https://example.com/minutes")


def test_the_mode_of_the_file_is_kept(company: Company) -> None:
    company.draft()
    company.path().chmod(0o640)
    company.ok("submit", "1", "--meeting", MEETING)
    assert company.path().stat().st_mode & 0o777 == 0o640


def test_bom_tabs_trailing_space_and_missing_final_newline_stay(company: Company) -> None:
    company.draft()
    text = company.path().read_text().rstrip("\n").replace("Of 100 teams", "Of\t100  teams  \f\u2028")
    company.path().write_bytes(b"\xef\xbb\xbf" + text.encode())
    company.ok("submit", "1", "--meeting", MEETING)
    after = company.path().read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\n")
    assert after.decode().endswith(text[text.index("# Team gallery") :])


def test_as_programs_of_their_own(company: Company) -> None:
    company.draft()
    for words in (["submit", "1", "--meeting", MEETING], ["decide", "1", "proceed", "--by", "sponsor"]):
        said = padctl_process(*words, "--today", TODAY, cwd=company.root)
        assert said.code == 0
        assert all(line.startswith("note: ") for line in said.err.splitlines())
    assert said.out.startswith("PAD-0001: Problem approved 24 Nov 2026; solution being written.\nNext: padctl submit ")


@pytest.mark.parametrize("move", ["submit", "decide", "advance", "launch"])
def test_a_reason_is_recorded_or_refused(company: Company, move: str) -> None:
    words = {"submit": ("submit", "1", "--meeting", MEETING), "decide": ("decide", "1", "proceed", "--by", "sponsor"),
             "advance": ("advance", "1", "--by", "sponsor"), "launch": ("launch", "1")}[move]  # fmt: skip
    company.in_status({"submit": "draft", "decide": "in-review", "advance": "follow-up", "launch": "in-progress"}[move])
    if move == "advance":
        company.ok("action", "done", "1", "A1")
    said = company.padctl(*words, "--reason", "because of the numbers")
    assert said.code == 2 or "because of the numbers" in company.path().read_text()


def test_a_launch_before_the_pad_was_written(company: Company) -> None:
    company.in_status("in-progress")
    company.reasons("launch", "1", "1990-01-01")
