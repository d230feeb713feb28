"""Actions listed by person and PAD, with what they block, and done on a day."""

import json

from acting import Company

_PEOPLE = '[people]\npm = {name = "Pim Ott"}\ndana = {name = "Dana Ito"}\n'


def with_actions(company: Company) -> None:
    company.edit_settings(_PEOPLE)
    company.submitted()
    for text in ("dana: ask the lawyers by 2026-12-01", "pm: count the boards by 2026-11-25"):
        company.ok("action", "add", "1", text)
    company.ok("decide", "1", "follow-up", "--by", "sam", "--action", "Dana Ito: ask five teachers by 2026-11-20")


def test_list_by_person_and_by_pad_the_longest_overdue_first(company: Company) -> None:
    with_actions(company)
    assert company.ok("action", "list").out == (
        "Dana Ito\n"
        "  PAD-0001 A3  ask five teachers\n"
        "    overdue, was due 20 Nov 2026; blocks the advance and the next submit\n"
        "  PAD-0001 A1  ask the lawyers\n"
        "    due 1 Dec 2026\n"
        "\n"
        "Pim Ott\n"
        "  PAD-0001 A2  count the boards\n"
        "    due 25 Nov 2026\n"
        "\n"
        "3 open actions, 1 overdue. Done? padctl action done ID ACTION\n"
    )
    by_pad = company.ok("action", "list", "--group", "pad").out
    assert by_pad.startswith("PAD-0001 Team gallery\n  A3  Dana Ito: ask five teachers\n")


def test_narrowed_to_a_person_and_a_pad(company: Company) -> None:
    with_actions(company)
    company.ok("new", "Another", "--owner", "pm")
    for words in (("--pad", "1"), ("1",)):
        found = json.loads(company.ok("action", "list", *words, "--who", "Dana Ito", "--format", "json").out)["data"]
        assert [(a["id"], a["person"], a["overdue"], a["blocks"]) for a in found] == [
            ("A3", "dana", True, "blocks the advance and the next submit"),
            ("A1", "dana", False, ""),
        ]
    assert company.ok("action", "list", "--pad", "2").out == "No open action.\n"
    assert 'did you mean "dana"?' in company.refused("action", "list", "--who", "danna", code=2)


def test_done_on_an_earlier_day_not_before_it_was_asked_for(company: Company) -> None:
    with_actions(company)
    assert "in the future" in company.refused("action", "done", "1", "A3", "--date", "2026-11-25", code=2)
    said = company.refused("action", "done", "1", "A3", "--date", "2026-11-23")
    assert "2026-11-23 is before it was asked for, 2026-11-24" in said
    company.ok("action", "done", "1", "A3", "--date", "2026-11-25", today="2026-11-27")
    assert "done: 2026-11-25}" in company.path().read_text()


def test_a_slip_in_a_name_is_refused_and_a_full_name_becomes_the_short_one(company: Company) -> None:
    with_actions(company)
    assert 'did you mean "dana"?' in company.refused("action", "add", "1", "danna: ask by 2026-12-01", code=2)
    company.ok("action", "add", "1", "Pim Ott: ask by 2026-12-01")
    assert "who: pm, due: 2026-12-01}" in company.path().read_text()
