"""People of the settings: who stands in for whom, and whom a list of attendees invites."""

from datetime import date

from padctl.model.corpus import Corpus, Team
from padctl.model.settings import Settings, read_settings

_PEOPLE = """
[people]
dana = {name = "Dana Ito", email = "dana@example.com"}
eli = {name = "Eli Marchand", left = 2026-10-30, successor = "noor"}
noor = {name = "Noor Halversen", left = 2026-11-20, successor = "mika"}
mika = {name = "Mika Lindell"}
rui = {name = "Rui Falcato", left = 2026-10-01, successor = "lena"}
lena = {name = "Lena Osayi", left = 2026-10-01, successor = "rui"}
"""


def settings() -> Settings:
    return read_settings(_PEOPLE, path="padctl.toml")


def test_the_first_successor_who_is_still_there_stands_in() -> None:
    assert settings().stand_in("eli", date(2026, 10, 30)) == "eli"
    assert settings().stand_in("eli", date(2026, 10, 31)) == "noor"
    assert settings().stand_in("eli", date(2026, 11, 21)) == "mika"
    assert settings().stand_in("stranger", date(2026, 11, 21)) == "stranger"


def test_successors_in_a_circle_leave_the_person() -> None:
    assert settings().stand_in("rui", date(2026, 11, 21)) == "rui"


def test_nobody_is_meant_by_no_name() -> None:
    assert settings().short_name("") == ""


def test_attendees_are_people_and_teams_each_once_in_order() -> None:
    teams = (
        Team(name="growth", lead="mika", members=("Dana", "rui")),
        Team(name="dana", members=("lena",)),
        Team(name="empty"),
    )
    corpus = Corpus(settings=settings(), teams=teams)
    invited = corpus.attendees(["noor", "growth", "dana@example.com", "dana", "empty", "guest"])
    assert invited == ("noor", "mika", "dana", "rui", "guest")
