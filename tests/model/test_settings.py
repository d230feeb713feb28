"""The settings of padctl.toml: defaults, values, and faults at their lines."""

import datetime
from datetime import date
from pathlib import Path

import pytest

from padctl.errors import SettingsError
from padctl.model.settings import Settings, read_settings
from padctl.model.settings_names import strangers


def settings_of(text: str) -> Settings:
    return read_settings(text, path="padctl.toml")


def fault_of(text: str, *, table: tuple[str, ...] = ()) -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings(text, path="padctl.toml", table=table)
    assert refused.value.exit_code == 2
    assert refused.value.fix
    return refused.value.message


def test_an_empty_file_gives_the_defaults() -> None:
    settings = settings_of("")
    assert settings == Settings()
    assert (settings.paths.pads, settings.paths.objectives, settings.paths.new) == ("pads", "objectives", None)
    assert (settings.ids.prefix, settings.ids.width) == ("PAD", 4)
    assert (settings.git.default, settings.git.protected) == (None, False)
    assert (settings.meeting.slot, settings.meeting.cancel_when) == (30, ("empty",))
    assert (settings.feedback.days, settings.recap.due_days, settings.year.starts) == (3, 30, 1)
    assert settings.people == {}
    assert settings.lint.per_path == ()


def test_the_examples_settings_read() -> None:
    path = Path(__file__).parents[2] / "examples" / "padctl.toml"
    settings = read_settings(path.read_text(encoding="utf-8"), path=path.name)
    assert settings.meeting.minutes == 90
    assert settings.person("dana") == "Dana Ito"


def test_every_key_is_read() -> None:
    settings = settings_of("""
[paths]
pads = "./docs//pads/"
new = "docs/pads/2026"
[ids]
prefix = "BET"
width = 3
[git]
default = "trunk"
protected = true
[meeting]
name = "Weekly"
weekday = "Tuesday"
time = "14:00"
timezone = "Europe/Lisbon"
cutoff_days = 2
required = ["sam"]
sponsors = ["sam"]
closures = [2026-12-24, "2026-12-31"]
cancel_when = []
[meetings.platform]
weekday = "monday"
time = 09:30:00
[people]
dana = {name = "Dana Ito", email = "dana@example.com", chat = "U02", left = 2027-01-31, successor = "eli"}
[links]
base = "https://git.example/pads"
[lint]
ignore = ["PC502"]
per_path = [{path = "pads/old/**", warn = ["PC2"]}]
""")
    assert (settings.paths.pads, settings.paths.new) == ("docs/pads", "docs/pads/2026")
    assert (settings.ids.prefix, settings.git.default, settings.git.protected) == ("BET", "trunk", True)
    assert (settings.meeting.weekday, settings.meeting.weekday_number) == ("tuesday", 1)
    assert settings.meeting.time == datetime.time(14, 0)
    assert settings.meeting.closures == (date(2026, 12, 24), date(2026, 12, 31))
    assert settings.meetings["platform"].time == datetime.time(9, 30)
    assert settings.people["dana"].left == date(2027, 1, 31)
    assert (settings.people["dana"].successor, settings.people["dana"].chat) == ("eli", "U02")
    assert settings.lint.per_path[0].warn == ("PC2",)


def test_a_meeting_holds_on_its_weekday_but_not_on_closures() -> None:
    meeting = settings_of("[meeting]\nweekday = 'thursday'\nclosures = [2026-12-24]\n").meeting
    assert meeting.holds_on(date(2026, 11, 26))
    assert not meeting.holds_on(date(2026, 11, 27))
    assert not meeting.holds_on(date(2026, 12, 24))


def test_a_stream_takes_from_the_common_meeting_what_it_does_not_set() -> None:
    settings = settings_of("""
[meetings.platform]
weekday = "monday"
sponsors = []
[meetings.growth]
name = "Growth review"
timezone = "Europe/Lisbon"
[meeting]
name = "Weekly"
time = "14:00"
timezone = "Europe/Berlin"
slot = 20
sponsors = ["sam"]
facilitator = "noor"
closures = [2026-12-24]
cancel_when = ["overdue-actions"]
""")
    platform, growth = settings.meetings["platform"], settings.meetings["growth"]
    assert (platform.name, platform.weekday, platform.sponsors) == ("Platform", "monday", ())
    assert (growth.name, growth.timezone, growth.sponsors) == ("Growth review", "Europe/Lisbon", ("sam",))
    assert platform.timezone == "Europe/Berlin"
    for meeting in (platform, growth):
        assert (meeting.slot, meeting.time, meeting.facilitator) == (20, datetime.time(14, 0), "noor")
        assert (meeting.closures, meeting.cancel_when) == ((date(2026, 12, 24),), ("overdue-actions",))


def test_a_name_that_a_stream_takes_over_is_told_once() -> None:
    text = "[meeting]\nrequired = ['mika']\n[meetings.platform]\nsponsors = ['lena']\n[people]\nsam = {name = 'Sam'}\n"
    found = [fault.message for fault in strangers(settings_of(text), (), text)]
    assert [message.split(":")[0] for message in found] == ["meeting.required", "meetings.platform.sponsors"]


def test_a_person_is_called_by_name_or_by_what_is_known() -> None:
    settings = settings_of("[people]\ndana = {name = 'Dana Ito'}\n")
    assert (settings.person("dana"), settings.person("eli")) == ("Dana Ito", "eli")


@pytest.mark.parametrize(
    ("text", "line", "near"),
    [
        ("[meetin]\nname = 'x'\n", 1, "meeting"),
        ("# [meetin]\n[paths]\npads = 'x'\n\n[meetin]\n", 5, "meeting"),
        ("[meeting]\n\nwekday = 'x'\n", 3, "weekday"),
        ("[meeting]\r\nname = 'x'\r\nwekday = 'y'\r\n", 3, "weekday"),
        ("[ meeting ]\n'wekday' = 'x'\n", 2, "weekday"),
        ("meeting.wekday = 'x'\n", 1, "weekday"),
        ("meeting = {name = 'x', slott = 3}\n", 1, "slot"),
        ("[meeting]\nname = 'a'\n[meetings.platform]\nname = 'b'\nslott = 3\n", 5, "slot"),
        ("[meetings.a]\nslot = 3\n[meetings.b]\nslott = 3\n", 4, "slot"),
        ("[people]\neli = {name = 'E'}\ndana = {name = 'D', emal = 'x'}\n", 3, "email"),
        ("[people.dana]\nname = 'D'\nemal = 'x'\n", 3, "email"),
        ("[recap]\ndue_day = 3", 2, "due_days"),
        ("[lint]\nignor = ['x']\n", 2, "ignore"),
        ("[[lint.per_path]]\npath = 'x'\n[[lint.per_path]]\npath = 'y'\nignor = ['z']\n", 5, "ignore"),
    ],
)
def test_an_unknown_key_is_named_at_its_line_with_the_nearest(text: str, line: int, near: str) -> None:
    message = fault_of(text)
    assert message.startswith(f"padctl.toml:{line}: unknown key ")
    assert f'(did you mean "{near}"?)' in message


def test_a_key_like_no_other_gets_no_suggestion() -> None:
    assert fault_of("[paths]\nzzzzzz = 1\n") == 'padctl.toml:2: unknown key "zzzzzz"'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[meeting]\nweekday = 'thurday'\n", 2, 'meeting.weekday: "thurday" is no weekday (did you mean "thursday"?)'),
        ("[meeting]\nweekday = 3\n", 2, 'meeting.weekday: "3" is no weekday'),
        ("[meeting]\nname = 'x'\ntime = '25:00'\n", 3, 'meeting.time: "25:00" is no time of day; write HH:MM'),
        ("[meeting]\ntime = '2 pm'\n", 2, 'meeting.time: "2 pm" is no time of day'),
        ("[meeting]\ntime = 2026-11-26\n", 2, "is no time of day"),
        ("[meeting]\ntimezone = 'Mars/Olympus'\n", 2, 'meeting.timezone: "Mars/Olympus" is no time zone'),
        ("[meeting]\ntimezone = '../../etc/passwd'\n", 2, "is no time zone"),
        ("[meeting]\ntimezone = 'Europe'\n", 2, "is no time zone"),
        ("[meeting]\nslot = 45\n", 2, "meeting.slot: "),
        ("[meeting]\nminutes = 0\n", 2, "meeting.minutes: "),
        ("[meeting]\nminutes = 'ninety'\n", 2, "meeting.minutes: "),
        ("[meeting]\nsponsors = ['a b']\n", 2, '"a b" is not a name'),
        ("[meeting]\nclosures = ['2026-02-30']\n", 2, "2026-02-30 is not a day of the calendar"),
        ("[meeting]\ncancel_when = ['rain']\n", 2, "meeting.cancel_when"),
        ('[meeting]\nname = "a\\nb"\n', 2, "control character"),
        ("[meeting]\nname = ''\n", 2, "nothing is written here"),
        ("[meetings.platform]\nname = 'x'\nweekday = 'foo'\n", 3, "meetings.platform.weekday: "),
        ("[paths]\npads = '/etc'\n", 2, 'paths.pads: "/etc" leads out of the repository'),
        ("[paths]\npads = '../pads'\n", 2, "leads out of the repository"),
        ("[paths]\nnew = 'a/../../b'\n", 2, "paths.new: "),
        ("[paths]\npads = 'C:/pads'\n", 2, "leads out of the repository"),
        ("[paths]\npads = '\\\\server\\share'\n", 2, "leads out of the repository"),
        ("[paths]\npads = ['x']\n", 2, "a list stands where a line of text belongs"),
        ("[ids]\nprefix = 'pad'\n", 2, "ids.prefix: "),
        ("[ids]\nwidth = 0\n", 2, "ids.width: "),
        ("[ids]\nwidth = true\n", 2, "ids.width: "),
        ("[git]\nprotected = 'sometimes'\n", 2, "git.protected: "),
        ("[git]\ndefault = 'a b'\n", 2, 'git.default: "a b" is no name of a branch'),
        ("[git]\ndefault = '-f'\n", 2, "is no name of a branch"),
        ("[git]\ndefault = 'a..b'\n", 2, "is no name of a branch"),
        ("[git]\ndefault = 'a.lock'\n", 2, "is no name of a branch"),
        ("[git]\ndefault = 'a/.b'\n", 2, "is no name of a branch"),
        ("[git]\ndefault = '@'\n", 2, "is no name of a branch"),
        ("[feedback]\ndays = -1\n", 2, "feedback.days: "),
        ("[year]\nstarts = 13\n", 2, "year.starts: "),
        ("[people]\ndana = {email = 'x'}\n", 2, "people.dana.name: "),
        ("[people]\ndana = {name = 'D', left = '2027-02-30'}\n", 2, "people.dana.left: 2027-02-30 is not a day"),
        ("[people]\ndana = 'D'\n", 2, "people.dana: "),
        ("people = 3\n", 1, "people: "),
        ("meeting = 3\n", 1, "meeting: "),
    ],
)
def test_a_wrong_value_is_named_at_its_line(text: str, line: int, said: str) -> None:
    message = fault_of(text)
    assert message.startswith(f"padctl.toml:{line}: ")
    assert said in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[meetings]\nname = 'x'\nweekday = 'monday'\nslot = 20\n", '"name" stands in it (did you mean [meeting]?)'),
        ("[people]\nname = 'Dana'\nemail = 'd@x'\n", '"name" stands in it (did you mean [people.NAME]?)'),
        ("[meeting.platform]\nname = 'x'\n", 'unknown key "platform" (did you mean [meetings.platform]?)'),
        ("[meeting.sponsors]\nsam = true\n", "meeting.sponsors: a list belongs here"),
    ],
)
def test_a_table_of_the_wrong_kind_is_one_line_with_the_right_one(text: str, said: str) -> None:
    message = fault_of(text)
    assert message.startswith("padctl.toml:1: ")
    assert message.endswith(said)
    assert "\n" not in message


@pytest.mark.parametrize("name", ["main", "release/2026.1", "a@b", "feature/a-b_c", "origin/main", "ünïcode"])
def test_the_default_branch_has_any_name_that_git_allows(name: str) -> None:
    assert settings_of(f"[git]\ndefault = '{name}'\n").git.default == name


@pytest.mark.parametrize(
    "text", ["[lint]\nignore = 'PC1'\n", "[people]\ndana = 'D'\n", "[ids]\nprefix = 'pad'\n", "meeting = 3\n"]
)
def test_no_message_speaks_python(text: str) -> None:
    message = fault_of(text)
    assert not [word for word in ("tuple", "instance of", "dictionary", "pattern '") if word in message]


def test_all_faults_are_named() -> None:
    lines = fault_of("[paths]\npads = '/x'\n[meetin]\n[ids]\nwidth = 0\n").splitlines()
    assert sorted(line.partition(": ")[0] for line in lines) == ["padctl.toml:2", "padctl.toml:3", "padctl.toml:5"]


@pytest.mark.parametrize("text", ["x = [\n", "x = 1\nx = 2\n", "[a]\n[a]\n", "= 1\n", "a = " + "[" * 5000, "\x00"])
def test_what_is_not_toml_is_one_fault(text: str) -> None:
    assert fault_of(text).startswith("padctl.toml: not valid TOML: ")


def test_settings_may_stand_in_pyproject() -> None:
    text = "[project]\nname = 'x'\n[tool.padctl.meeting]\nname = 'Weekly'\n[tool.other]\npads = 3\n"
    table = ("tool", "padctl")
    assert read_settings(text, path="pyproject.toml", table=table).meeting.name == "Weekly"
    assert read_settings("[tool.other]\nx = 1\n", path="pyproject.toml", table=table) == Settings()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[meeting]\nwekday = 'x'\n[tool.padctl.meeting]\nwekday = 'x'\n", 4),
        ("[tool.other]\nwekday = 1\n[tool.padctl]\nmeeting = {wekday = 'x'}\n", 4),
    ],
)
def test_a_fault_in_pyproject_is_named_at_its_line(text: str, line: int) -> None:
    message = fault_of(text, table=("tool", "padctl"))
    assert message == f'padctl.toml:{line}: unknown key "wekday" (did you mean "weekday"?)'


def test_a_table_that_is_none_is_named() -> None:
    assert "padctl: " in fault_of("[tool]\npadctl = 3\n", table=("tool", "padctl"))


@pytest.mark.parametrize("address", ["sam@x?bcc=evil@z.z", "not a mail", "sam", "@x", "a@b c", "a%0d@b", "sam@x,eli@y"])
def test_what_is_no_address_is_refused_at_its_line(address: str) -> None:
    said = fault_of(f'[people]\nsam = {{name = "Sam", email = "{address}"}}\n')
    assert said == f'padctl.toml:2: people.sam.email: "{address}" is no e-mail address such as dana@example.com'
    if "@" in address:
        assert "padctl.toml:2: meeting.required.0: " in fault_of(f'[meeting]\nrequired = ["{address}"]\n')
        assert "padctl.toml:2: meeting.organizer: " in fault_of(f'[meeting]\norganizer = "{address}"\n')


def test_an_address_of_any_alphabet_is_one() -> None:
    settings = settings_of('[people]\nsam = {name = "Sam", email = "s.o\'hara+pads@müller.example"}\n')
    assert settings.people["sam"].email == "s.o'hara+pads@müller.example"


def test_a_domain_of_the_calendar_is_checked() -> None:
    assert "is no domain" in fault_of('[calendar]\ndomain = "a@b"\n')
