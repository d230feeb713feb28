"""Thirty-two writers at once, and somebody's plain `git commit` in a loop beside them: every success is a commit."""

import re
import subprocess
import sys
from threading import Event, Thread

from acting import TODAY, Company

WRITERS, PADS = 32, 8
SECONDS = 240  # for all of them, on a machine that does other things too


def test_thirty_two_writers_beside_plain_commits(company: Company) -> None:
    for number in range(PADS):
        company.draft(f"Bet {number}")
    company.write("notes.txt", "0\n")
    company.commit_all()
    before = int(company.git("rev-list", "--count", "HEAD"))
    stop, plain = Event(), []
    beside = Thread(target=commit_notes, args=(company, stop, plain))
    beside.start()
    writers = [started(company, number % PADS + 1, number) for number in range(WRITERS)]
    said = [(writer.communicate(timeout=SECONDS)[0].decode(), writer.returncode) for writer in writers]
    stop.set()
    beside.join()

    won = [text for text, code in said if code == 0]
    lost = [text for text, code in said if code]
    assert won
    assert plain
    for text in lost:
        assert re.search(r"process \d+ \(padctl .*action add", text) or "index.lock" in text, text
    assert int(company.git("rev-list", "--count", "HEAD")) - before == len(won) + len(plain)
    subjects = company.git("log", "--format=%s", f"-{len(won) + len(plain)}").splitlines()
    assert sum(subject.startswith("PAD-") for subject in subjects) == len(won)
    headers = [company.pad(number).header for number in range(1, PADS + 1)]
    assert sum(len(header.actions) for header in headers if header) == len(won)
    assert company.git("status", "--porcelain") in {"", " M notes.txt\n"}
    assert company.git("fsck", "--no-dangling", "--no-progress") == ""


def started(company: Company, pad: int, number: int) -> "subprocess.Popen[bytes]":
    words = ["action", "add", str(pad), f"pm: task {number} by 2026-12-01"]
    return subprocess.Popen(
        [sys.executable, "-m", "padctl", "--today", TODAY, *words],
        cwd=company.root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def commit_notes(company: Company, stop: Event, made: list[int]) -> None:
    """Commit another file again and again, and note each commit; git refuses some while padctl has its index."""
    number = 0
    while not stop.is_set():
        number += 1
        company.write("notes.txt", f"{number}\n")
        call = ["git", "commit", "--quiet", "-m", f"Note {number}", "--", "notes.txt"]
        if subprocess.run(call, cwd=company.root, capture_output=True, check=False).returncode == 0:
            made.append(number)
        stop.wait(0.1)
