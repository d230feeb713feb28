"""Make a repository of many PADs with whole lives: a commit for every move and for the edits between them."""

import argparse
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

from generate import WORDS, front_matter, paragraph, problem, solution

from padctl.model.document import read_document
from padctl.model.pad import read_pad
from padctl.model.template import Template
from padctl.model.terms import Stage
from padctl.store.workspace import open_workspace

TODAY = date(2026, 11, 24)
_MEETING = date(2026, 11, 26)
_BRANCHES = 10  # remote-tracking ones with a submission each, the oldest of them far behind
_WEEK = timedelta(days=7)
_BEFORE = timedelta(days=3)  # from a submit to its meeting
_APART = 3 * _WEEK  # between two decisions
_WEEKS = 100  # over which the latest decisions are spread
_SETTINGS = """[ids]
width = 5
[meeting]
weekday = "thursday"
time = "14:00"
timezone = "Europe/Lisbon"
"""
_DRAFT = "/draft"
# The steps of a life that goes well: the move, and the state that it leads to.
_STEPS = (
    ("submit", "problem-framing/in-review"),
    ("decide", "solution-framing/draft"),
    ("submit", "solution-framing/in-review"),
    ("decide", "delivery/in-progress"),
    ("launch", "post-launch-recap/draft"),
    ("submit", "post-launch-recap/in-review"),
    ("decide", "post-launch-recap/done"),
)
_IN_REVIEW = {11: 1, 111: 1, 211: 3, 311: 3, 411: 6, 511: 1}  # numbers of PADs, and how many steps they went
_REFUSED = {37: ("rework", "draft"), 53: ("follow-up", "follow-up")}  # of every hundred PADs these
_OTHERS = (7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 4, 4, 4, 5, 2, 2, 0, 0, 7)  # steps: done, in delivery, launched, written


@dataclass(frozen=True)
class Commit:
    """One commit of one file: its day, its message, the file's text after it."""

    day: date
    message: str
    path: str
    text: str


@dataclass
class Life:
    """A PAD as it grows, in some steps of which the last is made on the day `ends`.

    `refused` is the outcome of its decision where that is no approval. `texts` are its stages' texts, `history` and
    `actions` the entries as written.
    """

    number: int
    dice: random.Random
    template: Template
    steps: Sequence[tuple[str, str]]
    ends: date
    refused: str = ""
    title: str = ""
    state: str = "problem-framing/draft"
    created: date = TODAY
    texts: dict[str, str] = field(default_factory=dict)
    revised: dict[str, int] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    slot: str = ""
    launched: str = ""

    @property
    def id(self) -> str:
        """The PAD's id."""
        return f"PAD-{self.number:05}"

    def commits(self, count: int) -> Iterator[Commit]:
        """Yield that many commits, from the first draft to where the PAD stands; at least one a step and a draft."""
        days = self._days()
        self.title = f"{' '.join(self.dice.choice(WORDS) for _ in range(3)).capitalize()} {self.number}"
        self.created = (days[0] if days else self.ends) - 4 * _WEEK
        states = [self.state, *(state for _, state in self.steps)]
        drafts = sum(state.endswith(_DRAFT) for state in states)
        edits = max(count - len(days), drafts)
        for position, (before, day) in enumerate(pairwise([self.created, *days, self.ends])):
            if self.state.endswith(_DRAFT):
                share = -(-edits // drafts)
                drafts, edits = drafts - 1, edits - share
                for edit in range(share):
                    self._revise()
                    when = before + (day - before) * edit // share
                    yield self._commit(when, f"{self.id}: write {self.state.partition('/')[0]}")
            if position < len(days):
                yield self._commit(day, self._moved(*self.steps[position], day))

    def _days(self) -> list[date]:
        """Return the days of the steps: decisions on meeting days, submits some days before."""
        end, days = self.ends, list[date]()
        for move, _ in reversed(self.steps):
            days.append(end - _BEFORE if move == "submit" else end)
            end -= timedelta(0) if move == "decide" else _APART
        return days[::-1]

    def _revise(self) -> None:
        """Change a line of the stage being written; at first write the stage."""
        stage = self.state.partition("/")[0]
        if stage not in self.texts:
            self.texts[stage] = {
                "problem-framing": lambda: problem(self.number, self.dice),
                "solution-framing": lambda: solution(self.dice),
            }.get(stage, self._recap)()
        self.revised[stage] = self.revised.get(stage, 0) + 1

    def _recap(self) -> str:
        return f"""## Post-launch Recap

### Success Reflection

| Metric | Target | Actual | Verdict |
|---|---|---|---|
| Weekly {self.dice.choice(WORDS)} | 30% | 31% | met |

### Learnings

{paragraph(self.dice, 90)}
"""

    def _moved(self, move: str, state: str, day: date) -> str:
        """Make a move and return its commit's message."""
        n, before, more, outcome = len(self.history) + 1, self.state, "", ""
        if move == "submit":
            more = f", meeting: {day + _BEFORE}"
            self.slot = f"slot: {{date: {day + _BEFORE}}}\n"
        elif move == "decide":
            outcome = self.refused or "proceed"
            text = "" if self.refused else f", text: {self._fingerprint(Stage(before.partition('/')[0]))}"
            more = f", outcome: {outcome}, by: [sam]{text}"
            self.slot = ""
        else:
            self.launched = f"launched: {day}\n"
        if outcome and self.refused:
            due = day + 2 * _WEEK
            self.actions.append(f"{{id: A1, kind: {outcome}, what: Ask ten groups, who: dana, due: {due}, from: {n}}}")
        self.state = state
        self.history.append(f"{{n: {n}, date: {day}, move: {move}, to: {state}{more}}}")
        trailers = {"Pad-Id": self.id, "Pad-Move": move, "Pad-From": before, "Pad-To": state, "Pad-Outcome": outcome}
        lines = "".join(f"{key}: {value}\n" for key, value in trailers.items() if value)
        return f"{self.id}: {move}, now {state}\n\n{lines}"

    def _fingerprint(self, stage: Stage) -> str:
        return read_pad(read_document(self._text().encode(), path=""), self.template).fingerprint(stage)

    def _commit(self, day: date, message: str) -> Commit:
        return Commit(day, message, f"pads/{self.id}-bench.md", self._text())

    def _text(self) -> str:
        head = front_matter(
            self.number,
            self.title,
            random.Random(self.number),
            state=self.state,
            created=str(self.created),
            lists={"history": self.history, "actions": self.actions},
            fields=self.slot + self.launched,
        )
        parts = (f"{text}\nRevised {self.revised[stage]} times.\n" for stage, text in self.texts.items())
        return f"{head}# {self.title}\n\n" + "\n".join(parts)


def generate_lives(folder: Path, pads: int, commits: int, *, seed: int = 7) -> int:
    """Make a repository of PADs with their histories and return how many commits its branch has."""
    folder.mkdir(parents=True)
    git = ("git", "-C", str(folder))
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], check=True)
    for key, value in (("user.name", "Noor"), ("user.email", "noor@example.com")):
        subprocess.run([*git, "config", key, value], check=True)
    (folder / "padctl.toml").write_text(_SETTINGS, encoding="utf-8")
    template = open_workspace(folder).frame.templates["standard"]
    dice = random.Random(seed)
    lives = [_life(number, random.Random(dice.random()), template) for number in range(1, pads + 1)]
    made = sorted((one for life in lives for one in life.commits(commits // pads)), key=lambda one: one.day)
    proposals = [Life(90_000 + branch, dice, template, _STEPS[:1], _MEETING) for branch in range(_BRANCHES)]
    with subprocess.Popen([*git, "fast-import", "--quiet"], stdin=subprocess.PIPE) as process:
        if process.stdin:
            process.stdin.writelines(_stream(made, proposals))
    if process.returncode:
        raise SystemExit("git fast-import failed")
    for words in (
        ("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"),
        ("reset", "--quiet", "--hard", "main"),
        ("gc", "--quiet"),
    ):
        subprocess.run([*git, *words], check=True)
    return len(made) + 1


def _life(number: int, dice: random.Random, template: Template) -> Life:
    if refusal := _REFUSED.get(number % 100):
        outcome, status = refusal
        steps = (_STEPS[0], ("decide", f"problem-framing/{status}"))
        return Life(number, dice, template, steps, _decided(dice), outcome)
    if number in _IN_REVIEW:
        return Life(number, dice, template, _STEPS[: _IN_REVIEW[number]], _MEETING)
    return Life(number, dice, template, _STEPS[: _OTHERS[number % len(_OTHERS)]], _decided(dice))


def _decided(dice: random.Random) -> date:
    return _MEETING - _WEEK * dice.randint(1, _WEEKS)


def _stream(made: Sequence[Commit], proposals: Sequence[Life]) -> Iterator[bytes]:
    """Yield what git fast-import reads: the main branch, and branches off it that submit one more PAD each."""
    start = Commit(made[0].day, "Start", "padctl.toml", _SETTINGS)
    for mark, commit in enumerate((start, *made), 1):
        yield _one("refs/heads/main", commit, mark - 1, mark=mark)
    newest = len(made) + 1
    yield f"reset refs/remotes/origin/main\nfrom :{newest}\n\n".encode()
    for branch, life in enumerate(proposals):
        *_, last = life.commits(2)
        yield _one(f"refs/remotes/origin/proposal-{branch}", last, newest - branch * newest // 40)


def _one(ref: str, commit: Commit, after: int, *, mark: int = 0) -> bytes:
    seconds = int(datetime.combine(commit.day, time(9), UTC).timestamp())
    message, text = commit.message.encode(), commit.text.encode()
    who = f"Noor <noor@example.com> {seconds} +0000"
    head = [f"commit {ref}", f"mark :{mark}" if mark else "", f"author {who}", f"committer {who}"]
    lines = [*filter(None, head), f"data {len(message)}", ""]
    origin = f"\nfrom :{after}" if after else ""
    file = f"{origin}\nM 100644 inline {commit.path}\ndata {len(text)}\n"
    return "\n".join(lines).encode() + message + file.encode() + text + b"\n"


def main() -> None:
    """Write a repository as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pads", type=int)
    parser.add_argument("commits", type=int)
    given = parser.parse_args()
    print(f"{given.pads} PADs in {generate_lives(given.folder, given.pads, given.commits)} commits")


if __name__ == "__main__":
    main()
