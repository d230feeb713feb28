"""What lint remembers never shows: a run with memory says what a run without one says, whatever happened between."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from padctl.errors import SettingsError
from padctl.lint import lint
from padctl.model.lint_report import LintReport
from padctl.report.saved_minutes import as_saved, facts_of, met
from padctl.store.cache import Cache
from padctl.store.judging import judged
from padctl.store.memory import report
from padctl.store.workspace import open_workspace

from .conftest import HEAD, Shelf

BODY = """
## Opportunity/Problem Framing

### Problem Statement

Flatmates buy milk twice. {words}

### Why

The [diaries]({link}) say so.

### Potential Solution Directions

| Direction | Impact | Complexity |
|---|---|---|
| One list a flat | L | M |
"""
CARRIED = """history:
  - {n: 1, date: 2026-11-02, move: submit, to: problem-framing/in-review, meeting: 2026-11-05}
"""
HELD = f"""{CARRIED}  - {{n: 2, date: 2026-11-05, move: decide, outcome: rework, by: [sam], to: problem-framing/draft}}
"""
UNDONE = f"""team: growth
{HELD}  - {{n: 3, date: 2026-11-06, move: undo, undoes: 2, to: problem-framing/in-review}}
"""
LINKS = ("#why", "#whyy", "PAD-0002-x.md", "PAD-0003-x.md#why", "PAD-0002-x.md#audience", "../notes/a.txt", "../no.txt")
NUMBERS = st.integers(1, 4)


@dataclass
class Place:
    """A repository under test, with its memory in another folder."""

    root: Path
    memory: Path
    today: date = date(2026, 11, 24)
    known: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def remembered(self) -> LintReport:
        cache = Cache(self.root, self.today, self.memory)
        memory = cache.replay() or judged(cache)
        cache.keep(memory)
        return report(memory, None)

    def fresh(self) -> LintReport:
        return lint(open_workspace(self.root).corpus, today=self.today)


Step = Callable[[Place], None]


def pad_text(number: int, title: str, related: int | None, link: str, words: str, more: str) -> str:
    head = HEAD.replace("PAD-0001", f"PAD-{number:04}").replace("Gallery", title)
    if related is not None:
        head = head.replace("sponsors:", f"related: [PAD-{related:04}]\nsponsors:")
    return head.replace("sponsors:", f"{more}sponsors:") + BODY.format(link=link, words=words)


@st.composite
def written(draw: st.DrawFn) -> Step:
    """Write a PAD, in a file that may name another id, over whatever is there."""
    path = f"pads/PAD-000{draw(NUMBERS)}-x.md"
    text = pad_text(
        draw(NUMBERS),
        draw(st.sampled_from(["Gallery", "gallery ", "Exports"])),
        draw(st.one_of(st.none(), st.integers(1, 6))),
        draw(st.sampled_from(LINKS)),
        draw(
            st.sampled_from(["", "TBD", "<!-- padctl: ignore PC405 later -->", "<!-- padctl: ignore PC406 later -->"])
        ),
        draw(
            st.sampled_from(["", "formerly: [PAD-0005]\n", "team: growth\n", "teem: growth\n", HELD, CARRIED, UNDONE])
        ),
    )
    return lambda place: place.write(path, text)


@st.composite
def swapped(draw: st.DrawFn) -> Step:
    """Change a PAD without changing its size, its times remaining as they were: the clock stands still."""
    path = f"pads/PAD-000{draw(NUMBERS)}-x.md"
    old, new = draw(st.permutations(["#why", "#who", "#how"]))[:2]

    def step(place: Place) -> None:
        target = place.root / path
        if target.is_file():
            target.write_text(target.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            stand_still(place, path)

    return step


def stand_still(place: Place, path: str) -> None:
    """Remember a file's state of now as its state of the last run."""
    cache = Cache(place.root, place.today, place.memory)
    if cache.memory and path in cache.memory.pads:
        status = (place.root / path).stat()
        state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        known = cache.memory.pads[path]._replace(stat=state)
        cache.keep(cache.memory._replace(pads={**cache.memory.pads, path: known}))


@st.composite
def removed(draw: st.DrawFn) -> Step:
    """Delete a file of any kind."""
    names = ["pads/PAD-0001-x.md", "pads/PAD-0002-x.md", "pads/2026/PAD-0003-x.md", "notes/a.txt", "padctl.toml"]
    path = draw(st.sampled_from([*names, "templates/pad/standard.md", "teams/growth.md", "meetings/2026-11-05.md"]))
    return lambda place: (place.root / path).unlink(missing_ok=True)


@st.composite
def renamed(draw: st.DrawFn) -> Step:
    """Move a PAD, maybe over another one."""
    source, target = (
        f"pads/PAD-000{draw(NUMBERS)}-x.md",
        draw(st.sampled_from(["pads/2026/PAD-0003-x.md", "pads/x.md"])),
    )

    def step(place: Place) -> None:
        (place.root / target).parent.mkdir(parents=True, exist_ok=True)
        if (place.root / source).is_file():
            (place.root / source).replace(place.root / target)

    return step


def later(place: Place) -> None:
    """Let days pass."""
    place.today += timedelta(days=40)


def lost(place: Place) -> None:
    """Damage what is remembered."""
    for file in place.memory.glob("*"):
        raw = file.read_bytes()
        file.write_bytes(raw[: len(raw) // 2])


@st.composite
def minutes_saved(draw: st.DrawFn) -> Step:
    """Write minutes, true or not, as the histories are now; or a page that is none."""
    stream = draw(st.sampled_from(["", "stream"]))
    day = draw(st.sampled_from(["2026-11-05", "2026-11-06"]))
    wrong = draw(st.booleans())

    def step(place: Place) -> None:
        try:
            corpus = open_workspace(place.root).corpus
        except SettingsError:
            return
        now = (one for pad in corpus.pads for one in met(corpus, pad, [date.fromisoformat(day)]))
        facts = {"PAD-0001": "0"} if wrong else facts_of(one for one in now if one.stream == stream)
        path = "/".join(filter(None, ["meetings", stream, f"{day}.md"]))
        place.write(path, as_saved("# Minutes\n", date.fromisoformat(day), stream or None, facts))

    return step


def _page(path: str, *texts: str) -> st.SearchStrategy[Step]:
    return st.sampled_from(texts).map(lambda text: lambda place: place.write(path, text))


SHORT = """---
template: standard
stages:
  - {{stage: problem-framing, heading: Opportunity/Problem Framing}}
  - {{stage: solution-framing}}
---
## Opportunity/Problem Framing
### {name}
## Solution framing
### What
"""
STEPS = st.one_of(
    written(),
    written(),
    swapped(),
    removed(),
    renamed(),
    st.just(later),
    st.just(lost),
    _page("notes/a.txt", "x"),
    _page(
        "padctl.toml", "", '[lint]\nignore = ["PC405"]\n', '[lint]\nerror = ["PC2"]\n', '[paths]\npads = "pads/2026"\n'
    ),
    _page("padctl.toml", '[people]\neli = {name = "Eli Roy"}\n', "[ids]\nwidth = 5\n", "[idds]\n"),
    _page("templates/pad/standard.md", SHORT.format(name="Why"), SHORT.format(name="Reason"), "no page"),
    _page("teams/growth.md", "---\nname: growth\n---\n", "---\nname: grow\n---\n"),
    _page("teams/growth.md", "---\nname: growth\nmeeting: stream\n---\n"),
    _page("padctl.toml", '[meetings.stream]\nweekday = "monday"\n', '[paths]\nmeetings = "minutes"\n'),
    minutes_saved(),
    minutes_saved(),
    _page("objectives/2026.md", "---\nperiod: 2026\n---\n## 2026-Q4-O1 Less waste\n"),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_a_run_with_memory_says_what_a_run_without_one_says(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder).resolve() / "repository", Path(folder) / "memory")
        place.write("padctl.toml", "")
        for number in (1, 2):
            place.write(f"pads/PAD-000{number}-x.md", pad_text(number, f"Title {number}", None, "#why", "", ""))
        for step in steps:
            step(place)
            assert answer(place.remembered) == answer(place.fresh)


def answer(run: Callable[[], LintReport]) -> LintReport | str:
    """Return what a run says; settings that cannot be read end it."""
    try:
        return run()
    except SettingsError as error:
        return error.message


def test_many_pads_are_judged_by_several_processes_as_by_one(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path / "memory")
    place.write("padctl.toml", "")
    for number in range(1, 251):
        related = number + 1 if number % 10 else 900 + number
        place.write(
            f"pads/PAD-{number:04}-x.md",
            pad_text(number, f"Title {number % 245}", related, f"PAD-{number % 250 + 1:04}-x.md#why", "", ""),
        )
    found = place.remembered()
    assert found == place.fresh()
    assert {one.code for one in found.diagnostics} >= {"PC404", "PC603"}
    assert place.remembered() == found


@pytest.mark.parametrize("content", [b"", b"padctl-memory-1\n", b"padctl-memory-1\n0000junk"])
def test_a_damaged_memory_is_none(content: bytes, tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", tmp_path / "memory")
    place.write("pads/PAD-0001-x.md", pad_text(1, "Gallery", 9, "#why", "", ""))
    first = place.remembered()
    for file in place.memory.iterdir():
        file.write_bytes(content)
    assert place.remembered() == first


def test_no_cache_remembers_nothing(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(tmp_path / "memory"))
    shelf.write(HEAD)
    shelf.padctl("lint", "--no-cache")
    assert not (tmp_path / "memory").exists()
    shelf.padctl("lint")
    assert list((tmp_path / "memory").iterdir())


def test_lint_works_where_nothing_can_be_remembered(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "memory").write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setenv("PADCTL_CACHE_DIR", str(tmp_path / "memory"))
    shelf.write(HEAD)
    assert "1 document checked" in shelf.padctl("lint").out


def test_minutes_are_held_against_the_histories_of_now(tmp_path: Path) -> None:
    place = Place(tmp_path / "repository", tmp_path / "memory")
    place.write("padctl.toml", "")
    path = "pads/PAD-0001-x.md"
    place.write(path, pad_text(1, "Gallery", None, "#why", "", HELD))
    corpus = open_workspace(place.root).corpus
    facts = facts_of(met(corpus, corpus.pads[0], [date(2026, 11, 5)]))
    place.write("meetings/2026-11-05.md", as_saved("# Minutes\n", date(2026, 11, 5), None, facts))

    def differ() -> bool:
        assert answer(place.remembered) == answer(place.fresh)
        return "PC604" in {one.code for one in place.remembered().diagnostics}

    assert facts
    assert not differ()
    place.write("pads/PAD-0002-x.md", pad_text(2, "Exports", None, "#why", "", HELD))
    assert differ()
    (place.root / "pads/PAD-0002-x.md").unlink()
    assert not differ()
    place.write(path, pad_text(1, "Gallery", None, "#why", "", HELD.replace("rework", "proceed")))
    assert differ()
    (place.root / path).unlink()
    assert differ()
    (place.root / "meetings/2026-11-05.md").unlink()
    assert not differ()
