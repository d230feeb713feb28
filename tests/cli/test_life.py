"""One PAD through its whole life, by the commands that a person would type."""

import re
import subprocess
from collections.abc import Callable
from difflib import ndiff
from pathlib import Path

import pytest
from acting import MEETING, TODAY, Company, padctl

from padctl.model.transitions import replay

LATER = "2026-12-03"
_MOVED = re.compile(r"(stage|status|slot|launched|history|actions):|  - \{(n|id): ")


def made(company: Company, *words: str) -> str:
    """Make a move, check what it did to the file and to git, and return the state after it."""
    path = company.path()
    before, head = path.read_bytes(), company.git("rev-parse", "--verify", "--quiet", "HEAD", code=None).strip()
    from_state = company.state()
    company.ok(*words)
    changed_only_what_it_means_to(before, path.read_bytes())
    count = ["rev-list", "--count", f"{head}..HEAD" if head else "HEAD"]
    assert company.git(*count).strip() == "1"
    listed = company.git("show", "--format=", "--name-only", "-z", "HEAD").strip("\0").split("\0")
    top = Path(company.git("rev-parse", "--show-toplevel").strip())
    assert [top / name for name in listed] == [path]
    assert company.git("show", f"HEAD:./{company.relative()}").encode() == path.read_bytes()
    assert company.git("status", "--porcelain", "--", company.relative()) == ""
    check_trailers(company, from_state, words)
    return company.state()


def changed_only_what_it_means_to(before: bytes, after: bytes) -> None:
    """Check that header lines of moves changed, that the body only got a new end, and that nothing else happened."""
    old_header, old_body = _split(before.decode())
    new_header, new_body = _split(after.decode())
    assert new_body.startswith(old_body)
    added = new_body.removeprefix(old_body)
    assert not added.strip() or added.strip().startswith("## ")
    newline = "\r\n" if "\r\n" in before.decode() else "\n"
    assert ("\r" in added) == (newline == "\r\n" and bool(added))
    assert all(line.endswith(newline) for line in after.decode().splitlines(keepends=True))
    for line in ndiff(old_header.splitlines(keepends=True), new_header.splitlines(keepends=True)):
        if line[0] in "+-":
            assert _MOVED.match(line[2:]), line


def _split(text: str) -> tuple[str, str]:
    end = re.search(r"^---\r?\n", text[4:], re.MULTILINE)
    assert end
    return text[: 4 + end.end()], text[4 + end.end() :]


def check_trailers(company: Company, from_state: str, words: tuple[str, ...]) -> None:
    message = company.git("log", "-1", "--format=%B")
    parsed = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message, capture_output=True, text=True, check=True
    ).stdout
    trailers = dict(line.split(": ", 1) for line in parsed.splitlines())
    assert trailers == dict(
        line.split(": ", 1) for line in company.git("log", "-1", "--format=%(trailers:only)").strip().split("\n")
    )
    subject = message.split("\n")[0]
    assert subject.startswith("PAD-0001: ")
    assert len(subject) <= 72
    if words[0] == "action":
        assert trailers == {"Pad-Id": "PAD-0001", "Pad-Move": f"action-{words[1]}"}
        return
    outcome = {"Pad-Outcome": words[2]} if words[0] == "decide" else {}
    assert trailers == {
        "Pad-Id": "PAD-0001", "Pad-Move": words[0], "Pad-From": from_state, "Pad-To": company.state(), **outcome,
    }  # fmt: skip


def live(company: Company, title: str = "T") -> list[str]:
    """Take a new PAD through its whole life and return the states that it passed."""
    company.ok("new", title, "--owner", "pm", "--team", "growth", "--no-input")
    company.fill()
    states = [made(company, "submit", "PAD-0001", "--meeting", TODAY)]
    states.append(made(company, "decide", "PAD-0001", "proceed", "--by", "sponsor"))
    company.fill()
    states.append(made(company, "submit", "PAD-0001", "--meeting", TODAY))
    correction = f"pm: narrow the audience by {LATER}"
    states.append(
        made(company, "decide", "PAD-0001", "proceed-with-corrections", "--by", "sponsor", "--action", correction)
    )
    made(company, "action", "done", "PAD-0001", "A1")
    return [*states, *launched(company)]


def launched(company: Company) -> list[str]:
    """Take a PAD in delivery through launch and recap."""
    states = [made(company, "launch", "PAD-0001")]
    company.fill()
    states.append(made(company, "submit", "PAD-0001", "--meeting", TODAY))
    states.append(made(company, "decide", "PAD-0001", "proceed", "--by", "sponsor"))
    return states


WHOLE_LIFE = [
    "problem-framing/in-review", "solution-framing/draft", "solution-framing/in-review", "delivery/in-progress",
    "post-launch-recap/draft", "post-launch-recap/in-review", "post-launch-recap/done",
]  # fmt: skip


def check_end(company: Company, states: list[str]) -> None:
    """Check that the history replays to the states that were passed and that everything lints clean."""
    pad = company.pad()
    assert pad.header
    assert pad.template
    steps = list(replay(pad.header.history, pad.template.stages))
    assert [str(step.expected) for step in steps] == states
    assert [step.entry.to for step in steps] == states
    assert pad.header.slot is None
    assert pad.header.launched
    said = company.ok("lint", "--strict")
    assert said.out == "1 document checked: no findings\n"


def test_whole_life(company: Company) -> None:
    states = live(company)
    assert states == WHOLE_LIFE
    check_end(company, states)
    assert company.git("status", "--porcelain") == ""
    assert company.git("rev-list", "--count", "HEAD").strip() == "9"
    company.refused("submit", "1", "--meeting", MEETING)


def test_what_the_header_holds_at_the_end(company: Company) -> None:
    live(company)
    header = company.pad().header
    assert header
    assert [entry.n for entry in header.history] == [1, 2, 3, 4, 5, 6, 7]
    assert [entry.meeting is not None for entry in header.history] == [True, False, True, False, False, True, False]
    decided = [entry for entry in header.history if entry.move == "decide"]
    assert [entry.by for entry in decided] == [("sponsor",)] * 3
    assert all(entry.text and re.fullmatch("[0-9a-f]{12}", entry.text) for entry in decided)
    (action,) = header.actions
    assert (action.id, action.kind, action.who, action.what, str(action.due), action.source, str(action.done)) == (
        "A1", "correction", "pm", "narrow the audience", LATER, 4, TODAY,
    )  # fmt: skip
    text = company.path().read_text()
    keys = re.findall(r"^(\w+):", text.split("\n---\n")[0], re.MULTILINE)
    assert keys[-3:] == ["launched", "history", "actions"]
    assert len(re.findall(r"^  - \{n: \d, date: 2026-11-24, move: ", text, re.MULTILINE)) == 7


def test_the_recap_is_filled_from_the_metrics(company: Company) -> None:
    company.in_status("in-progress")
    company.ok("launch", "1", "2026-11-24")
    assert "| Boards left empty | 20% | | |\n" in company.path().read_text()
    header = company.pad().header
    assert header
    assert str(header.launched) == "2026-11-24"


def test_whole_life_of_the_light_template(make: Callable[..., Company]) -> None:
    company = make(template="light")
    company.draft()
    states = [made(company, "submit", "PAD-0001", "--meeting", TODAY)]
    states.append(made(company, "decide", "PAD-0001", "proceed", "--by", "sponsor"))
    states += launched(company)
    assert states == [state for state in WHOLE_LIFE if not state.startswith("solution")]
    check_end(company, states)


def test_whole_life_of_a_crlf_document(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.ok("new", "T", "--owner", "pm")
    company.path().write_bytes(company.path().read_bytes().replace(b"\n", b"\r\n"))
    company.fill()
    states = [made(company, "submit", "PAD-0001", "--meeting", TODAY)]
    states.append(made(company, "decide", "PAD-0001", "proceed", "--by", "sponsor"))
    company.fill()
    states.append(made(company, "submit", "PAD-0001", "--meeting", TODAY))
    states.append(made(company, "decide", "PAD-0001", "proceed", "--by", "sponsor"))
    states += launched(company)
    assert b"\n" not in company.path().read_bytes().replace(b"\r\n", b"")
    check_end(company, states)


def test_whole_life_in_a_subfolder(tmp_path: Path) -> None:
    top = Company(root=tmp_path / "mono")
    top.root.mkdir()
    top.git("init", "--quiet", "--initial-branch=main")
    top.write("src/main.txt", "code\n")
    top.commit_all()
    said = padctl("init", "product", "--no-input", cwd=top.root)
    assert said.code == 0
    assert not (top.root / "product/.git").exists()
    top.commit_all()
    company = Company(root=top.root / "product")
    (company.root / "pads").mkdir(exist_ok=True)
    states = live(company)
    check_end(company, states)


def test_a_move_from_a_folder_below_the_root(company: Company) -> None:
    company.draft()
    said = padctl("submit", "1", "--meeting", MEETING, "--today", TODAY, cwd=company.root / "pads")
    assert said.code == 0, said.err
    assert company.state() == "problem-framing/in-review"


def test_whole_life_in_a_linked_worktree(company: Company, tmp_path: Path) -> None:
    company.git("worktree", "add", "--quiet", "-b", "proposal", str(tmp_path / "linked"))
    before = company.snapshot()
    linked = Company(root=tmp_path / "linked")
    states = live(linked)
    check_end(linked, states)
    after = company.snapshot()
    assert {key: after[key] for key in before if "for-each-ref" not in key} == {
        key: before[key] for key in before if "for-each-ref" not in key
    }


def test_whole_life_from_an_unborn_head(make: Callable[..., Company]) -> None:
    company = make(commit=False)
    states = live(company)
    check_end(company, states)
    assert "?? padctl.toml" in company.git("status", "--porcelain")
    assert company.git("rev-list", "--count", "HEAD").strip() == "8"


def test_the_detours_of_a_life(company: Company) -> None:
    company.draft()
    moves = [
        ("submit", "PAD-0001", "--meeting", MEETING),
        ("submit", "PAD-0001", "--meeting", LATER),
        ("recall", "PAD-0001"),
        ("submit", "PAD-0001", "--meeting", MEETING),
        ("hold", "PAD-0001", "--reason", "the pricing study comes first"),
        ("resume", "PAD-0001"),
        ("decide", "PAD-0001", "rework", "--by", "sponsor", "--action", "pm: ask five teachers by 2026-12-01"),
        ("action", "done", "PAD-0001", "a1"),
        ("submit", "PAD-0001", "--meeting", MEETING),
        ("decide", "PAD-0001", "follow-up", "--by", "sponsor", "--action", "pm: ask the lawyers by 2026-12-01"),
        ("hold", "PAD-0001", "--reason", "holidays"),
        ("withdraw", "PAD-0001", "--reason", "solved elsewhere"),
        ("resume", "PAD-0001"),
        ("action", "done", "PAD-0001", "A2"),
        ("advance", "PAD-0001", "--by", "sponsor"),
    ]
    states = [(words[0], made(company, *words)) for words in moves]
    assert [state for move, state in states if move == "resume"] == [
        "problem-framing/in-review", "problem-framing/follow-up",
    ]  # fmt: skip
    assert states[-1][1] == "solution-framing/draft"
    pad = company.pad()
    assert pad.header
    assert pad.template
    expected = [str(step.expected) for step in replay(pad.header.history, pad.template.stages)]
    assert expected == [state for move, state in states if move != "action"]
    assert "0 errors" in company.ok("lint").out
