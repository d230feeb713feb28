"""Status and reminders about the coming meeting: they count what its agenda holds."""

import pytest
from acting import MEETING, Company
from test_agenda_approval import owing
from test_agenda_git import clone, propose
from test_remind import owed

__all__ = ["clone", "owing"]
_EVE = "2026-12-09"


def words(company: Company, *asked: str, today: str = _EVE) -> str:
    return " ".join(company.ok(*asked, today=today).out.split())


def under(company: Company, *rules: str) -> None:
    company.edit_settings(f'[meeting]\nfacilitator = "noor"\ncancel_when = {list(rules)}\n')


def test_a_dropped_pad_is_not_to_review(owing: Company) -> None:
    under(owing, "empty", "overdue-actions")
    assert "Send the agenda, 1 PAD to review; off it for overdue actions: PAD-0001;" in words(owing, "remind")
    assert "Thursday 10 Dec 2026, 1 to review, 1 waiting for overdue actions." in words(owing, "status")


def test_a_cancelled_meeting_is_told_with_its_reason(owing: Company) -> None:
    under(owing, "any-overdue-action")
    reason = "1 action is overdue, so the meeting is cancelled until everybody has done what was agreed."
    assert f"Send the cancellation. {reason}" in words(owing, "remind", "--to", "noor")
    said = words(owing, "status")
    assert f"Next meeting: Thursday 10 Dec 2026, cancelled. {reason}" in said
    assert "to review" not in said


def test_a_dropped_pad_that_is_carried_over_is_not_called_undecided(owing: Company) -> None:
    under(owing, "overdue-actions")
    undecided = [debt for debt in owed(owing, today="2026-12-11")["noor"] if debt[0] == "undecided"]
    assert [pad for _, pad, _, _ in undecided] == ["PAD-0002"]


def test_a_pad_of_a_day_without_meeting_was_on_no_agenda_yet(company: Company) -> None:
    company.edit_settings('[meeting]\nfacilitator = "noor"\n')
    company.draft()
    company.ok("submit", "1", "--meeting", "2026-11-25")
    assert owed(company, today=MEETING) == {"noor": [("agenda", "", MEETING, False)]}
    assert owed(company, today="2026-11-27") == {"noor": [("undecided", "PAD-0001", None, False)]}
    assert "on the agenda of 26 Nov 2026" in words(company, "remind", today="2026-11-27")


def test_a_meeting_that_has_decided_all_is_not_announced_again(company: Company) -> None:
    company.edit_settings('[meeting]\nfacilitator = "noor"\n')
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sam", today=MEETING)
    assert owed(company, today=MEETING) == {}
    assert "Next meeting: Thursday 26 Nov 2026, 1 decided." in words(company, "status", today=MEETING)


@pytest.mark.parametrize("protected", [False, True])
def test_a_submission_on_a_remote_branch_reminds_its_owner(clone: Company, *, protected: bool) -> None:
    if protected:
        clone.write("padctl.toml", "[git]\nprotected = true\n")
    propose(clone, "gallery")
    assert owed(clone) == {"pm": [("merge", "PAD-0001", "2026-11-25", False)]}
    said = words(clone, "remind", today="2026-11-24")
    assert "Its submission for 26 Nov 2026 is on origin/gallery, not merged yet: bring it to main; by 25 Nov" in said
    merge = "git pull --ff-only origin main && git merge origin/gallery && git push"
    assert (merge in said) is not protected
    assert ("` `" in clone.ok("remind", "--format", "md").out) is False
    assert owed(clone, today="2026-11-27") == {"pm": [("merge", "PAD-0001", "2026-12-02", False)]}
    clone.git("merge", "--quiet", "origin/gallery")
    assert [kind for kind, *_ in owed(clone)["pm"]] == ["merge"]
    assert "in this clone only" in words(clone, "remind", today="2026-11-24")


def test_the_status_names_whose_answer_is_awaited_and_who_has_left(company: Company) -> None:
    company.edit_settings(
        '[people]\npm = {name = "Pim Ott", left = 2026-11-20}\nnoor = {name = "Noor Halversen"}\n'
        'eli = {name = "Eli Marsh", left = 2026-11-20, successor = "noor"}\n'
    )
    company.draft()
    company.edit("reviewers: []", "reviewers: [eli, noor]")
    company.ok("submit", "1", "--meeting", MEETING)
    said = words(company, "status", today="2026-11-24")
    assert "Pim Ott (left) Feedback awaited by 26 Nov 2026: Eli Marsh (left), Noor Halversen padctl" in said
    assert "Owner Pim Ott (left)" in words(company, "status", "1", today="2026-11-24")
    company.ok("decide", "1", "follow-up", "--by", "noor", "--action", "eli: ask by 2026-12-01", today=MEETING)
    assert "problem framing, follow-up" in words(company, "status", today=MEETING)
    assert "Eli Marsh (left): ask" in words(company, "minutes", MEETING, today=MEETING)


def test_the_slides_of_a_pad_that_is_carried_over_name_the_next_meeting(company: Company) -> None:
    company.submitted()
    page = company.ok("slides", "1", "--format", "html", today="2026-11-27").out
    assert "3 Dec 2026" in page
    assert "· 26 Nov 2026" not in page


def test_who_is_required_is_not_optional_as_well(company: Company) -> None:
    company.edit_settings('[meeting]\nrequired = ["sam"]\noptional = ["sam", "lena"]\n')
    company.submitted()
    assert "Required: sam. Optional: lena." in company.ok("agenda", "--format", "html").out


def test_a_recap_page_names_the_days_of_metrics_and_the_launch_once(company: Company) -> None:
    company.in_status("in-progress")
    company.ok("launch", "1")
    for form in ("md", "html"):
        page = company.ok("recap", "2026-Q4", "--format", form).out
        assert "2027-03-31" in page
        assert page.count("24 Nov 2026") == 2, form  # as of that day, and launched
    assert "1 still owes the recap, so the rates are provisional" in words(company, "recap", "2026-Q4")
    assert "Provisional" in company.ok("recap", "2026-Q4", "--format", "html").out
