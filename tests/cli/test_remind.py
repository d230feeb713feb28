"""Reminders: who owes what, addressed to the person, and posted to a chat."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer

import pytest
from acting import MEETING, Company

_SETTINGS = """
[meeting]
facilitator = "noor"
cutoff_days = 2

[feedback]
days = 1

[people]
pm = {name = "Pim Ott", chat = "U02PIM"}
noor = {name = "Noor Halversen", email = "noor@example.com"}
eli = {name = "Eli Marchand", left = 2026-11-20, successor = "mika"}
mika = {name = "Mika Lindell", chat = "@mika"}
dana = {name = "Dana Ito", left = 2026-11-20}
"""


@pytest.fixture
def people(company: Company) -> Company:
    """Return a company with people, and a first PAD with two reviewers that is not submitted yet."""
    company.edit_settings(_SETTINGS)
    company.draft("Team gallery <!channel> @here")
    company.edit("reviewers: []", "reviewers: [eli, noor]")
    company.commit_all()
    return company


def owed(company: Company, *words: str, today: str | None = None) -> dict[str, list[tuple[str, str, str | None, bool]]]:
    """Return kind, PAD, due day and lateness of each debt by short name."""
    report = json.loads(company.ok("remind", "--format", "json", *words, today=today).out)
    assert (report["schema"], report["kind"]) == ("padctl/1", "reminders")
    return {
        person["who"]: [(d["kind"], d["pad"], d["due"], d["overdue"]) for d in person["debts"]]
        for person in report["data"]
    }


def test_reviewers_owe_an_answer_and_a_successor_stands_in(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    answer = ("answer", "PAD-0001", "2026-11-25", False)
    assert owed(people) == {"mika": [answer], "noor": [answer]}
    said = people.ok("remind", "--to", "eli").out
    assert said == (
        "Mika Lindell\n"
        "  PAD-0001 Team gallery <!channel> @here\n"
        "    For Eli Marchand, who left: Say what you think of the problem framing; by 25\n"
        "    Nov 2026\n"
        "      padctl feedback PAD-0001 --by mika --stance STANCE --note TEXT\n"
    )
    people.ok("feedback", "1", "--by", "mika", "--stance", "support", "--note", "Go")
    assert owed(people) == {"noor": [answer]}
    assert people.ok("remind", "--to", "mika").out == "Mika Lindell owes nothing today.\n"


def test_own_debts_are_told_from_those_of_somebody_who_left(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    people.ok("action", "add", "1", "mika: count the boards by 2026-11-20")
    for form in ("text", "md"):
        said = people.ok("remind", "--to", "mika", "--format", form).out
        assert said.count("For Eli Marchand, who left: ") == 1
        assert "For Eli Marchand, who left: count" not in said
    (reminder,) = json.loads(people.ok("remind", "--to", "mika", "--format", "json").out)["data"]
    assert reminder["stands_in_for"] == ["Eli Marchand"]
    assert [debt["instead_of"] for debt in reminder["debts"]] == ["", "Eli Marchand"]


def test_markdown_brackets_are_not_doubled_and_days_are_written_one_way(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    people.ok(
        "decide", "1", "rework", "--by", "sam", "--action", "mika: count by 2026-11-25", "--override",
        "--reason", "as agreed", today=MEETING,
    )  # fmt: skip
    said = people.ok("remind", "--format", "md", today=MEETING).out
    assert ") (" not in said
    assert not re.search(r"\d{4}-\d\d-\d\d", re.sub(r"`[^`]*`", "", said))


def test_an_owner_owes_an_answer_to_a_concern(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    people.ok("feedback", "1", "--by", "noor", "--stance", "concern", "--note", "Who pays?")
    assert owed(people, "--to", "Pim Ott") == {"pm": [("concern", "PAD-0001", "2026-11-25", False)]}
    assert "Answer the concern of Noor Halversen: Who pays?" in people.ok("remind", "--to", "pm").out
    people.ok("feedback", "1", "--resolve", "noor")
    assert owed(people, "--to", "pm") == {}


def test_the_facilitator_owes_the_agenda_and_what_was_left_undecided(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    for reviewer in ("noor", "mika"):
        people.ok("feedback", "1", "--by", reviewer, "--stance", "support", "--note", "Go")
    assert owed(people) == {}
    assert owed(people, today="2026-11-25") == {"noor": [("agenda", "", MEETING, False)]}
    assert owed(people, today="2026-11-27") == {"noor": [("undecided", "PAD-0001", None, False)]}
    assert "nothing is submitted" not in people.ok("remind", today="2026-12-02").out.lower()
    people.ok("decide", "1", "proceed", "--by", "sam", today="2026-11-27")
    assert "Send the cancellation. Nothing submitted" in people.ok("remind", today="2026-12-02").out


def test_the_agenda_of_a_monday_is_due_on_the_friday_before(people: Company) -> None:
    people.edit_settings(_SETTINGS.replace("cutoff_days", 'weekday = "monday"\ncutoff_days'))
    assert owed(people, today="2026-11-26") == {}
    for day in ("2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"):
        assert owed(people, today=day)["noor"] == [("agenda", "", "2026-11-30", False)]


def test_an_old_draft_is_mentioned_unless_it_is_paused(people: Company) -> None:
    assert owed(people, today="2026-12-23").get("pm") is None
    assert owed(people, today="2026-12-24")["pm"] == [("draft", "PAD-0001", None, False)]
    people.ok("hold", "1", "--reason", "waits for the pricing study")
    assert owed(people, today="2026-12-25").get("pm") is None


def test_actions_and_recaps_are_mentioned_when_they_are_near(people: Company) -> None:
    people.ok("action", "add", "1", "dana: ask the lawyers by 2026-12-09")
    people.ok("action", "add", "1", "pm: count the boards by 2026-11-20")
    assert owed(people) == {"pm": [("action", "PAD-0001", "2026-11-20", True)]}
    assert owed(people, "--to", "dana", today="2026-12-04") == {"dana": [("action", "PAD-0001", "2026-12-09", False)]}
    assert "Dana Ito (left, and nobody takes over)" in people.ok("remind", today="2026-12-04").out
    people.ok("withdraw", "1", "--reason", "no time")
    assert owed(people) == {}


def test_a_recap_is_due_at_the_quarters_end(company: Company) -> None:
    company.in_status("in-progress")
    company.ok("launch", "1")
    assert owed(company, today="2026-12-23") == {}
    assert owed(company, today="2026-12-24") == {"pm": [("recap", "PAD-0001", "2026-12-31", False)]}
    assert owed(company, today="2027-01-01") == {"pm": [("recap", "PAD-0001", "2026-12-31", True)]}
    assert "PC509" not in company.ok("lint", today="2026-12-31").out
    assert "PC509" in company.ok("lint", today="2027-01-01").out


def test_done_follow_ups_wait_for_an_advance(company: Company) -> None:
    company.in_status("follow-up")
    company.ok("action", "done", "1", "A1")
    assert owed(company) == {"pm": [("advance", "PAD-0001", None, False)]}


def test_a_submission_on_a_branch_is_to_be_merged_before_the_cutoff(people: Company) -> None:
    people.git("switch", "--quiet", "--create", "gallery")
    people.ok("submit", "1", "--meeting", MEETING)
    assert owed(people, "--to", "pm") == {"pm": [("merge", "PAD-0001", "2026-11-24", False)]}
    assert owed(people, "--to", "pm", today="2026-11-25") == {"pm": [("merge", "PAD-0001", "2026-11-24", True)]}
    assert owed(people, "--to", "pm", today="2026-11-27") == {"pm": [("merge", "PAD-0001", "2026-12-01", False)]}
    assert "git switch main && git merge gallery" in people.ok("remind", "--to", "pm").out
    people.git("branch", "--force", "main", "gallery")
    assert owed(people, "--to", "pm") == {}
    people.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    people.git("switch", "--quiet", "main")
    said = people.ok("remind", "--to", "pm").out
    assert "is in this clone only: bring it to main" in said
    assert "git push\n" in said


def test_nothing_owed_and_nobody_known(people: Company) -> None:
    assert people.ok("remind").out == "Nobody owes anything today.\n"
    assert "Nobody owes anything today." in people.ok("remind", "--format", "md").out
    assert 'did you mean "noor"?' in people.refused("remind", "--to", "noro", code=2)


def test_markdown_shows_document_text_as_written(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    said = people.ok("remind", "--to", "mika", "--format", "md").out
    assert said == (
        "# Reminders, 24 Nov 2026\n\n## Mika Lindell\n\n"
        "- **PAD-0001 Team gallery \\<!channel\\> @here**: "
        "For Eli Marchand, who left: Say what you think of the problem framing; by 25 Nov 2026\n"
        "  `padctl feedback PAD-0001 --by mika --stance STANCE --note TEXT`\n"
    )


class _Chat(BaseHTTPRequestHandler):
    """A chat that keeps what it is sent, and answers with the status that the path asks for."""

    got: list[tuple[str, str, object]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self.send_response(int(self.path.removeprefix("/")))
        self.send_header("Location", "/200")
        self.end_headers()
        self.wfile.write(b"no such hook")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def chat() -> Iterator[tuple[str, list[tuple[str, str, object]]]]:
    got: list[tuple[str, str, object]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Chat", (_Chat,), {"got": got}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_one_message_a_person_is_posted_and_document_text_calls_nobody(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    people.ok("action", "add", "1", "pm: count the boards by 2026-11-25")
    with chat() as (url, got):
        said = people.ok("remind", "--post", f"{url}/200", "--allow-loopback")
    assert said.out == "posted 3 messages to http://127.0.0.1\n"
    assert [(path, kind) for path, kind, _ in got] == [("/200", "application/json")] * 3
    dry = json.loads(people.ok("remind", "--post", "https://chat.example.com/secret", "--dry-run").out)
    assert [payload for _, _, payload in got] == dry
    assert [payload["text"].split("\n")[0] for payload in dry] == [
        "@mika Mika Lindell", "Noor Halversen", "<@U02PIM> Pim Ott",
    ]  # fmt: skip
    assert "<\u200b!channel> @\u200bhere" in dry[0]["text"]
    slack = json.loads(people.ok("remind", "--post", "https://hooks.slack.com/secret", "--dry-run").out)
    assert "&lt;!channel&gt; @\u200bhere" in slack[0]["text"]
    assert "`padctl action done PAD-0001 A1`" in dry[2]["text"]


def test_a_redirect_is_not_followed_and_a_refusal_is_told_without_the_secret(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    with chat() as (url, got):
        moved = people.refused("remind", "--post", f"{url}/307", "--allow-loopback", code=2)
        gone = people.refused("remind", "--post", f"{url}/404", "--allow-loopback", code=2)
    assert [path for path, _, _ in got] == ["/307", "/404"]
    assert "which is not followed; 0 of 2 posted" in moved
    assert "answered 404 Not Found: no such hook" in gone
    assert "/404" not in gone


@pytest.mark.parametrize(
    "url",
    [
        "http://chat.example.com/x", "ftp://chat.example.com/x", "https:///x", "chat.example.com", "https://a:b@chat.example.com/",
        "https://chat.example.com:99999/", "https://chat.example.com/a\tb", "https://[::1", "https://b\u00fccher.example/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_posted_to(people: Company, url: str) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    assert "--post" in people.refused("remind", "--post", url, code=2)
    assert "--post" in people.refused("remind", "--post", url, "--dry-run", code=2)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0",
        "[::]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "[fe80::1]", "224.0.0.1",
    ],
)  # fmt: skip
def test_this_machine_is_not_posted_to_under_any_spelling(people: Company, host: str) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    said = people.refused("remind", "--post", f"https://{host}/x", code=2)
    assert "is this machine" in said or "is no server's address" in said


class _Dripping(BaseHTTPRequestHandler):
    """A server that never comes to an end, and never lets a second pass without a byte."""

    def do_POST(self) -> None:
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X")
                time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_server_that_answers_byte_by_byte_does_not_hold_the_command_up(
    people: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("padctl.store.webhook._SECONDS", 1.0)
    people.ok("submit", "1", "--meeting", MEETING)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Dripping)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/x"
        said = people.padctl("remind", "--post", url, "--allow-loopback")
    finally:
        server.shutdown()
        server.socket.close()
    assert said.code == 2
    assert "http://127.0.0.1 did not come to an end in time; 0 of 2 posted" in " ".join(said.err.split())


def test_http_to_other_machines_is_refused_even_with_loopback_allowed(people: Company) -> None:
    people.ok("submit", "1", "--meeting", MEETING)
    said = people.refused("remind", "--post", "http://192.0.2.1/x", "--allow-loopback", code=2)
    assert "http is for this machine only" in said
    assert "--dry-run goes with --post" in people.refused("remind", "--dry-run", code=2)
