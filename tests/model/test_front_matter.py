"""What the schema says of a header, in full: each breach with its rule, its place, its words and its fix."""

from datetime import date
from typing import Any

import pytest

from padctl.model.front_matter import FrontMatter, Violation, read_front_matter
from padctl.model.terms import Stage, Status

GOOD: dict[str, Any] = {
    "id": "PAD-0001", "title": "Gallery", "owner": "dana", "template": "standard", "stage": "problem-framing",
    "status": "draft", "created": "2026-11-24",
}  # fmt: skip
KEY = "rename it; a key of your own starts with `x-` or is declared in the template's `fields`"
DAY = "write a day of the calendar as YYYY-MM-DD"
WORD = "use one of these words"
HISTORY = "the moves of padctl write it; restore it from git"


def violations(**changes: Any) -> list[Violation]:
    values = {**GOOD, **changes}
    header, found = read_front_matter({key: value for key, value in values.items() if value != "gone"}, {})
    assert (header is None) == bool(found)
    return found


@pytest.mark.parametrize(
    ("changes", "slug", "path", "message", "fix"),
    [
        ({"title": "gone"}, "missing-field", ("title",), 'the key "title" is missing',
         "write it as in `title: Team template gallery`"),
        ({"slot": {}}, "missing-field", ("slot", "date"), 'the key "date" is missing in slot',
         "write it as in `date: 2026-11-26`"),
        ({"actions": [{"id": "A1", "kind": "other", "what": "x", "who": "y"}]}, "missing-field", ("actions", 0,
        "due"),
         'the key "due" is missing in actions 1', "write it as in `due: 2026-12-03`"),
        ({"created": "2026-02-30"}, "invalid-date", ("created",), "created: 2026-02-30 is not a day of the calendar",
        DAY),
        ({"created": "soon"}, "invalid-date", ("created",), 'created: "soon" is not a date; write YYYY-MM-DD', DAY),
        ({"created": "1899-12-31"}, "invalid-date", ("created",),
        "created: 1899-12-31 is outside of the years 1900 to 2999", DAY),
        ({"created": "3000-01-01"}, "invalid-date", ("created",),
        "created: 3000-01-01 is outside of the years 1900 to 2999", DAY),
        ({"status": "Draft"}, "unknown-value", ("status",),
         'status: "Draft" is not one of draft, in-review, follow-up, '
         'in-progress, on-hold, withdrawn, done (did you mean "draft"?)', WORD),
        ({"id": "pad-1"}, "invalid-id", ("id",), 'id: "pad-1" is not an id such as PAD-0007',
        "write it as in `id: PAD-0007`"),
        ({"title": "a\nb"}, "control-character", ("title",),
         "title: a line break or control character stands in a one-line field",
         "write it on one line, without control characters"),
        ({"title": ["a"]}, "wrong-type", ("title",), "title: a list stands where a line of text belongs",
         "write it as in `title: Team template gallery`"),
        ({"team": "two words"}, "wrong-type", ("team",),
         'team: "two words" is not a name; use one word of letters, digits, dots and hyphens',
         "write it as in `team: growth`"),
        ({"sponsors": "sam"}, "wrong-type", ("sponsors",),
        'sponsors: "sam" stands where a list belongs; write it in brackets',
         "write it as in `sponsors: [sam]`"),
        ({"reviewers": "eli"}, "wrong-type", ("reviewers",),
        'reviewers: "eli" stands where a list belongs; write it in brackets',
         "write it as in `reviewers: [eli, noor]`"),
        ({"objectives": "x"}, "wrong-type", ("objectives",),
        'objectives: "x" stands where a list belongs; write it in brackets',
         "write it as in `objectives: [2026-Q4-O1]`"),
        ({"related": "x"}, "wrong-type", ("related",),
        'related: "x" stands where a list belongs; write it in brackets',
         "write it as in `related: [PAD-0003]`"),
        ({"formerly": "x"}, "wrong-type", ("formerly",),
        'formerly: "x" stands where a list belongs; write it in brackets',
         "write it as in `formerly: [PAD-0003]`"),
        ({"links": "x"}, "wrong-type", ("links",), 'links: "x" stands where `name: value` pairs belong',
         "write it as in `links: {design: https://...}`"),
        ({"slot": "x"}, "wrong-type", ("slot",), "slot: `key: value` pairs belong here",
         "write it as in `slot: {date: 2026-11-26}`"),
        ({"sponsors": ["a b"]}, "wrong-type", ("sponsors", 0),
         'sponsors 1: "a b" is not a name; use one word of letters, digits, dots and hyphens',
         "write it as in `sponsors: [sam]`"),
        ({"slot": {"date": "x"}}, "invalid-date", ("slot", "date"), 'slot date: "x" is not a date; write YYYY-MM-DD',
        DAY),
        ({"feedback": ["x"]}, "wrong-type", ("feedback", 0), "feedback 1: `key: value` pairs belong here",
         "write an entry such as `- {by: eli, date: 2026-11-20, stage: problem-framing, stance: concern, "
         "note: Who pays?}`"),
        ({"feedback": "x"}, "wrong-type", ("feedback",),
         'feedback: "x" stands where a list belongs; write it in brackets',
         "write each entry on a line of its own, such as `- {by: eli, date: 2026-11-20, stage: problem-framing, "
         "stance: concern, note: Who pays?}`"),
        ({"sponsors": [None]}, "wrong-type", ("sponsors", 0), "sponsors 1: nothing is written here",
         "take the empty entry out, or fill it in"),
        ({"history": [{"n": "1", "date": "2026-11-26", "move": "hold", "to": "x"}]}, "unknown-value",
         ("history", 0, "to"), 'history 1 to: "x" is not a stage/status', HISTORY),
        ({"history": [{"n": "1", "date": "x", "move": "hold", "to": "delivery/on-hold"}]}, "invalid-date",
         ("history", 0, "date"), 'history 1 date: "x" is not a date; write YYYY-MM-DD', DAY),
    ],
)  # fmt: skip
def test_a_breach_in_full(
    changes: dict[str, Any], slug: str, path: tuple[str | int, ...], message: str, fix: str
) -> None:
    assert violations(**changes) == [Violation(slug=slug, path=path, message=message, fix=fix, at_key=False)]


@pytest.mark.parametrize(
    ("changes", "path", "message", "fix"),
    [
        ({"sponsor": "x"}, ("sponsor",), 'the key "sponsor" is not known (did you mean "sponsors"?)',
         "write `sponsors` for it; padctl lint --fix does it"),
        ({"sponsor": "x", "sponsors": ["sam"]}, ("sponsor",),
         'the key "sponsor" is not known (did you mean "sponsors"?)', KEY),
        ({"zzz": "x"}, ("zzz",), 'the key "zzz" is not known', KEY),
        ({"slot": {"date": "2026-11-26", "minuts": "5"}}, ("slot", "minuts"),
         'the key "minuts" is not known (did you mean "minutes"?)', "the keys here: date, minutes, presenter, ask"),
        ({"actions": [{"id": "A1", "kind": "other", "what": "x", "who": "y", "due": "2026-11-26", "form": "1"}]},
         ("actions", 0, "form"), 'the key "form" is not known (did you mean "from"?)',
         "the keys here: id, kind, what, who, due, from, done"),
        ({"feedback": [{"by": "x", "date": "2026-11-26", "stage": "delivery", "stance": "support", "note": "y",
          "resolvd": "z"}]}, ("feedback", 0, "resolvd"), 'the key "resolvd" is not known (did you mean "resolved"?)',
         "the keys here: by, date, stage, stance, note, resolved, answered_by, answer"),
        ({"history": [{"n": "1", "date": "2026-11-26", "move": "hold", "to": "delivery/on-hold", "reson": "z"}]},
         ("history", 0, "reson"), 'the key "reson" is not known (did you mean "reason"?)',
         "the keys here: n, date, move, outcome, by, recorded, to, meeting, stream, note, reason, evidence, undoes, "
         "text, override"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_told_at_the_key(
    changes: dict[str, Any], path: tuple[str | int, ...], message: str, fix: str
) -> None:
    assert violations(**changes) == [Violation(slug="unknown-field", path=path, message=message, fix=fix, at_key=True)]


def test_an_empty_key_is_told_at_the_key() -> None:
    wanted = Violation(
        slug="missing-field",
        path=("title",),
        message='the key "title" is empty',
        fix="write it as in `title: Team template gallery`",
        at_key=True,
    )
    assert violations(title=None) == [wanted]


def test_all_breaches_are_told_at_once() -> None:
    assert [one.path for one in violations(title="gone", created="x", zzz="y")] == [("title",), ("created",), ("zzz",)]


def test_keys_that_are_not_the_schemas_do_not_count() -> None:
    header, found = read_front_matter({**GOOD, "x-own": ["y"], "colour": "red", "team": None}, {"colour": object()})
    assert found == []
    assert header is not None
    assert header.team is None
    assert read_front_matter({**GOOD, "colour": "red"}, {})[0] is None
    assert read_front_matter({**GOOD, "xown": "red"}, {})[0] is None


def test_a_header_reads_as_it_says() -> None:
    action = {"id": "A1", "kind": "other", "what": "x", "who": "y", "due": "2026-11-26"}
    moved = {"n": "1", "date": "2026-11-26", "move": "hold", "to": "delivery/on-hold"}
    values = {
        **GOOD,
        "actions": [action, {**action, "from": "1"}, {**action, "from": "1", "done": "2026-11-25"}],
        "history": [moved],
    }
    header, _ = read_front_matter(values, {})
    assert isinstance(header, FrontMatter)
    assert header.state == "problem-framing/draft"
    assert header.created == date(2026, 11, 24)
    assert header.open_actions == header.actions[:2]
    assert header.open_decision_actions == header.actions[1:2]
    assert header.undone == frozenset()
    assert (header.history[0].stage, header.history[0].status) == (Stage.DELIVERY, Status.ON_HOLD)


def test_what_was_taken_back_does_not_count() -> None:
    moved = {"date": "2026-11-26", "to": "problem-framing/draft", "move": "hold"}
    undo = {**moved, "move": "undo"}
    history = [
        {**moved, "n": "1"},
        {**moved, "n": "2"},
        {**undo, "n": "3", "undoes": "2"},
        {**moved, "n": "4", "undoes": "1"},
    ]
    header, _ = read_front_matter({**GOOD, "history": [*history, {**undo, "n": "5"}]}, {})
    assert header is not None
    assert header.undone == {2}
    assert [entry.n for entry in header.standing_moves] == [1, 4]
