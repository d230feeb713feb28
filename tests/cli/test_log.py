"""The log: moves, actions and undone entries from the documents, and what git shows for decisions."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from acting import MEETING, Company


def moves(company: Company, *words: str) -> list[dict[str, Any]]:
    report = json.loads(company.ok("log", "--format", "json", *words).out)
    assert (report["schema"], report["kind"]) == ("padctl/1", "log")
    found = report["data"]
    assert isinstance(found, list)
    return found


def verified(company: Company) -> list[dict[str, str]]:
    found = json.loads(company.padctl("log", "--format", "json", "--verify").out)["data"]
    return [move["verified"] for move in found if move["move"] == "decide"]


def decided(company: Company) -> None:
    """Decide twice on the first PAD: more work, then approved; the second commit claims to be from 1970."""
    company.submitted()
    company.ok("decide", "1", "rework", "--by", "sam", "--action", "pm: ask five teachers by 2026-12-01")
    company.ok("action", "done", "1", "A1")
    company.ok("submit", "1", "--meeting", MEETING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "1970-01-02T00:00:00+00:00")
        patch.setenv("GIT_AUTHOR_DATE", "1970-01-02T00:00:00+00:00")
        company.ok("decide", "1", "proceed", "--by", "sam", "--note", "=HYPERLINK(1)")


def commit_of(company: Company, subject: str) -> str:
    return company.git("log", "--format=%H", "--fixed-strings", f"--grep={subject}").strip()


def test_the_log_names_the_actions_of_a_decision(company: Company) -> None:
    decided(company)
    assert moves(company)[1]["actions"] == ["A1 pm: ask five teachers (done 24 Nov 2026)"]
    assert "                       A1 pm: ask five teachers (done 24 Nov 2026)\n" in company.ok("log").out


def test_csv_has_a_row_a_move_and_no_formula(company: Company) -> None:
    decided(company)
    rows = list(csv.DictReader(io.StringIO(company.ok("log", "--format", "csv").out)))
    assert [(row["n"], row["move"], row["outcome"]) for row in rows] == [
        ("1", "submit", ""), ("2", "decide", "rework"), ("3", "submit", ""), ("4", "decide", "proceed"),
    ]  # fmt: skip
    assert rows[3]["reason"] == "'=HYPERLINK(1)"
    assert "commit" not in rows[0]
    checked = list(csv.DictReader(io.StringIO(company.ok("log", "1", "--verify", "--format", "csv").out)))
    assert [row["entry"] for row in checked] == ["", "as committed", "", "as committed"]
    assert {row["author"] for row in checked} == {"Pia Madsen <pia@example.com>"}


def test_markdown_is_a_table_that_no_text_breaks(company: Company) -> None:
    company.submitted()
    company.ok("hold", "1", "--reason", "a | b <script>")
    said = company.ok("log", "--format", "md").out
    assert "| 2026-11-24 | PAD-0001 Team gallery | Put on hold | a \\| b \\<script\\> |\n" in said
    assert {line.replace(r"\|", "").count("|") for line in said.splitlines() if "|" in line} == {5}
    wide = company.ok("log", "--format", "md", "--verify").out
    assert {line.replace(r"\|", "").count("|") for line in wide.splitlines() if "|" in line} == {10}


def test_an_undone_move_is_marked_and_the_undoing_said(company: Company) -> None:
    company.submitted()
    company.ok("recall", "1")
    company.edit("move: recall,", "move: recall, undoes: 1,")
    first, second = moves(company)
    assert (first["undone_by"], second["undoes"]) == (2, 1)
    said = company.ok("log").out
    assert "Submitted problem framing for 2026-11-26 [undone]\n" in said
    assert "Undid the submit of 24 Nov 2026; back to problem" in said


def test_each_decision_is_verified_by_its_commit_whatever_its_date(company: Company) -> None:
    decided(company)
    rework, proceed = verified(company)
    assert rework == {
        "commit": commit_of(company, "not approved: more work"),
        "author": "Pia Madsen <pia@example.com>", "signature": "none", "entry": "as committed", "text": "",
        "changed_in": "",
    }  # fmt: skip
    assert proceed["commit"] == commit_of(company, "problem framing: approved")
    assert proceed["text"] == "as approved"
    assert company.ok("log", "--verify").err == ""


def test_a_text_or_an_entry_that_changed_since_is_said(company: Company) -> None:
    decided(company)
    company.edit("43 leave", "44 leave")
    company.edit("outcome: rework", "outcome: follow-up")
    company.commit_all("Tidy up")
    first, second = verified(company)
    assert (first["entry"], first["commit"]) == ("changed since", commit_of(company, "not approved: more work"))
    assert (second["entry"], second["text"]) == ("as committed", "edited since")
    tidied = company.git("rev-parse", "HEAD").strip()
    assert first["changed_in"] == second["changed_in"] == tidied
    said = company.padctl("log", "--verify")
    words = " ".join(said.out.split())
    assert said.code == 1
    assert f"text edited since (by commit {tidied[:12]})" in words
    assert words.endswith("2 decisions: 2 changed since, none not observed.")
    assert f"(by commit {tidied[:12]})" in company.padctl("log", "--verify", "--format", "md").out
    company.edit("44 leave", "45 leave")
    assert verified(company)[1]["changed_in"] == "not committed"
    assert "text edited since (not committed)" in " ".join(company.padctl("log", "--verify").out.split())


def test_every_move_and_an_advance_name_their_commit_and_who_made_it(company: Company) -> None:
    company.in_status("follow-up")
    company.ok("action", "done", "1", "A1")
    company.ok("advance", "1", "--by", "sponsor")
    found = moves(company, "--verify")
    assert [(move["move"], move["author"], bool(move["verified"])) for move in found] == [
        (kind, "Pia Madsen <pia@example.com>", kind != "submit") for kind in ("submit", "decide", "advance")
    ]
    said = company.ok("log", "--verify").out
    assert said.count("by Pia Madsen <pia@example.com>") == 3
    assert said.endswith("\n2 decisions: none changed since, none not observed.\n")


def test_a_decision_by_hand_is_not_observed(company: Company) -> None:
    company.submitted()
    line = "  - {n: 2, date: 2026-11-24, move: decide, outcome: proceed, by: [sam], to: solution-framing/draft}"
    company.edit("history:\n", f"history:\n{line}\n")
    company.commit_all("PAD-0001: approved\n\nPad-Id: PAD-0001\nPad-Move: submit")
    (hand,) = verified(company)
    assert hand == {
        **dict.fromkeys(("commit", "author", "signature", "entry", "text"), "not observed"),
        "changed_in": "",
    }
    assert (
        "1 of 1 decisions have no commit of their own here: squashed, or written by hand"
        in company.ok("log", "--verify").err
    )


def test_a_renamed_and_reformatted_file_keeps_its_commits(company: Company) -> None:
    decided(company)
    company.git("mv", company.relative(), "pads/PAD-0001-gallery-of-teams.md")
    company.commit_all("Rename")
    assert [found["entry"] for found in verified(company)] == ["as committed", "as committed"]


def test_what_was_squashed_or_lies_beyond_a_shallow_end_is_not_observed(company: Company, tmp_path: Path) -> None:
    decided(company)
    company.commit_all("Later")
    company.git("clone", "--quiet", "--depth", "1", f"file://{company.root}", str(tmp_path / "shallow"))
    shallow = Company(root=tmp_path / "shallow")
    assert [found["commit"] for found in verified(shallow)] == ["not observed"] * 2
    assert "this clone is shallow" in shallow.ok("log", "--verify").err

    first = company.git("rev-list", "--max-parents=0", "HEAD").strip()
    company.git("reset", "--quiet", "--soft", first)
    company.git("commit", "--quiet", "-m", "PAD-0001: the gallery (#12)\n\n* decide\n\nPad-Move: decide\n\n* more")
    assert [found["commit"] for found in verified(company)] == ["not observed"] * 2


def test_a_signature_is_checked_and_not_by_a_program_of_the_repository(company: Company, tmp_path: Path) -> None:
    if not shutil.which("ssh-keygen"):
        pytest.skip("needs ssh-keygen")
    key, signers, trace = tmp_path / "key", tmp_path / "signers", tmp_path / "trace"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers.write_text(f"pia@example.com {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "gpg.format": "ssh", "user.signingKey": str(key), "commit.gpgSign": "true", "log.showSignature": "true",
        "gpg.ssh.allowedSignersFile": str(signers), "color.ui": "always", "diff.noprefix": "true",
    }.items():  # fmt: skip
        company.git("config", name, value)
    decided(company)
    program = company.write("evil.sh", f"#!/bin/sh\ntouch {trace}\n")
    program.chmod(0o755)
    company.git("config", "gpg.ssh.program", str(program))
    assert [found["signature"] for found in verified(company)] == ["good", "good"]
    assert not trace.exists()


def test_verify_needs_git_and_reading_does_not(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(company)
    shutil.rmtree(company.root / ".git")
    assert company.padctl("log").code == 0
    assert company.padctl("log", "--verify").code == 2


def test_a_text_in_which_only_a_number_changed_is_as_approved(company: Company) -> None:
    company.submitted()
    company.ok("new", "Second gallery", "--owner", "dana")
    company.commit_all()
    company.edit("Of 100 teams, 43", "As in PAD-0002, of 100 teams, 43")
    company.commit_all()
    company.ok("decide", "1", "proceed", "--by", "sam")
    company.ok("renumber", "2", "--to", "9")
    assert "PAD-0009" in company.path().read_text(encoding="utf-8")
    assert [found["text"] for found in verified(company)] == ["as approved"]


@pytest.mark.parametrize("depth", [1, 2])
def test_the_last_commit_of_a_shallow_clone_brought_none_of_what_it_holds(
    company: Company, tmp_path: Path, depth: int
) -> None:
    decided(company)
    _, last = [found["commit"] for found in verified(company)]
    company.git("clone", "--quiet", "--depth", str(depth), f"file://{company.root}", str(tmp_path / "shallow"))
    shallow = [found["commit"] for found in verified(Company(root=tmp_path / "shallow"))]
    assert shallow == ["not observed", last if depth > 1 else "not observed"]
