"""`padctl renumber`: a PAD and all that names it under another number, in one commit, or nothing changed."""

import re
import signal
from pathlib import Path

import pytest
from acting import MEETING, Company, padctl_process
from rooms import ended, started
from shell import hook

OLD, NEW = "PAD-0001-team-gallery.md", "PAD-0003-team-gallery.md"


@pytest.fixture
def named(company: Company) -> Company:
    """Return a repository in which PAD-0001, in review, is named by a PAD, an objective, a charter and minutes."""
    company.submitted()
    company.draft("Exports")
    company.edit(
        "reviewers: []", "reviewers: []\nrelated: [PAD-0001]\nlinks: {gallery: PAD-0001-team-gallery.md#why}", 2
    )
    other = company.path(2)
    said = f"\nSee [PAD-0001]({OLD} 'The gallery') and PAD-0001, not PAD-00011 or XPAD-0001.\n\n[g]: <./{OLD}>\n"
    other.write_text(other.read_text().replace("### Audience\n", f"{said}\n### Audience\n"))
    company.write("objectives/2026.md", f"---\nperiod: '2026'\n---\n## 2026-G1 Boards\n\nBy [it](../pads/{OLD}).\n")
    company.write("teams/growth.md", "---\nname: growth\n---\nOwns PAD-0001.\n")
    company.write("meetings/2026-11-26.md", f"# Minutes\n\n- PAD-0001: see https://git.example.com/x/pads/{OLD}\n")
    company.commit_all()
    return company


def twice(company: Company, *, created: str = "2026-11-24") -> None:
    """Write and commit two PADs with the id PAD-0001: the gallery, and exports that were created on a day."""
    company.draft()
    company.draft("Exports")
    company.path(2).rename(company.root / "pads/PAD-0001-exports.md")
    file = company.root / "pads/PAD-0001-exports.md"
    text = file.read_text().replace("id: PAD-0002", "id: PAD-0001")
    file.write_text(re.sub("created: .*", f"created: {created}", text))
    company.commit_all()


def test_everything_that_names_it_changes_in_one_commit(named: Company) -> None:
    before = named.pad().header
    said = named.ok("renumber", "1")
    assert said.out == f"PAD-0001 is PAD-0003 now: pads/{NEW}; 4 other files with it\n"
    assert named.git("status", "--porcelain") == ""
    assert named.git("diff", "--name-status", "-M", "HEAD~1").split("\n")[:-1] == [
        "M\tmeetings/2026-11-26.md", "M\tobjectives/2026.md",
        "M\tpads/PAD-0002-exports.md", f"R098\tpads/{OLD}\tpads/{NEW}", "M\tteams/growth.md",
    ] or "R0" in named.git("diff", "--name-status", "-M", "HEAD~1")  # fmt: skip
    assert named.git("log", "-1", "--format=%B").strip() == (
        "PAD-0003: renumber PAD-0001\n\nPad-Id: PAD-0003\nPad-Move: renumber\nPad-Formerly: PAD-0001"
    )
    other = named.path(2).read_text()
    assert "related: [PAD-0003]" in other
    assert f"gallery: {NEW}#why" in other
    assert f"See [PAD-0003]({NEW} 'The gallery') and PAD-0003, not PAD-00011 or XPAD-0001." in other
    assert f"[g]: <./{NEW}>" in other
    assert f"[it](../pads/{NEW})" in (named.root / "objectives/2026.md").read_text()
    assert "Owns PAD-0003." in (named.root / "teams/growth.md").read_text()
    assert (named.root / "meetings/2026-11-26.md").read_text() == (
        f"# Minutes\n\n- PAD-0003: see https://git.example.com/x/pads/{NEW}\n"
    )
    after = named.pad(3).header
    assert after
    assert before
    assert after.formerly == ("PAD-0001",)
    assert after.model_copy(update={"id": before.id, "formerly": ()}) == before
    assert named.ok("lint").out.endswith("no findings\n")
    assert named.ok("lint", "--base", "HEAD~1").out.endswith("no findings\n")


def test_life_goes_on_and_old_names_resolve(named: Company) -> None:
    named.ok("renumber", "1")
    for word in ("PAD-0001", "1", "pad-1", "3"):
        assert named.ok("show", word).out.startswith("PAD-0003 Team gallery\n")
    named.ok("decide", "1", "proceed", "--by", "sponsor")
    assert named.state(3) == "solution-framing/draft"
    named.ok("undo", "1")
    named.ok("undo", "1")
    assert named.state(3) == "problem-framing/draft"
    assert "PAD-0004" in named.ok("new", "Next", "--owner", "pm", "--no-input").out


def test_a_dry_run_shows_a_diff_that_git_applies(named: Company, tmp_path: Path) -> None:
    with named.unchanged():
        said = named.ok("renumber", "1", "--dry-run")
    patch = tmp_path / "renumber.diff"
    patch.write_text(said.out)
    named.git("apply", "--index", str(patch))
    tree = named.git("write-tree")
    named.git("reset", "--quiet", "--hard")
    named.ok("renumber", "1")
    assert named.git("rev-parse", "HEAD^{tree}") == tree


def test_crlf_and_the_heading(company: Company) -> None:
    company.draft("PAD-0001: Gallery of PAD-0001")
    file = company.path()
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    company.commit_all()
    before = file.read_bytes()
    company.ok("renumber", "1", "--to", "0020")
    after = company.path(20).read_bytes()
    added = b"formerly: [PAD-0001]\r\n"
    assert added in after
    restored = after.replace(added, b"").replace(b"PAD-0020", b"PAD-0001")
    assert restored == before
    assert b"# PAD-0020: Gallery of PAD-0020\r\n" in after


def test_the_younger_of_two_moves_and_what_names_the_id_stays(company: Company) -> None:
    twice(company, created="2026-11-23")
    company.draft("Third")
    company.edit("reviewers: []", "reviewers: []\nrelated: [PAD-0001]", 2)
    company.edit("Of 100 teams", f"PAD-0001 or [it]({OLD}) of 100 teams", 2)
    company.commit_all()
    assert "padctl renumber PAD-0001" in " ".join(company.padctl("lint").out.split())
    said = company.ok("renumber", "1")
    assert said.out == f"PAD-0001 is PAD-0003 now: pads/{NEW}; 1 other file with it\n"
    third = company.relative(2)
    assert "PAD-0001 stays the id of the other PAD, so these stay: " in said.err
    assert len(re.findall(rf"{third}:\d+", said.err)) == 2
    text = company.path(2).read_text()
    assert "related: [PAD-0001]" in text
    assert f"PAD-0001 or [it]({NEW}) of 100 teams" in text
    assert company.ok("show", "1").out.startswith("PAD-0001 Exports")
    assert company.ok("show", "PAD-0001").out.startswith("PAD-0001 Exports")
    assert company.ok("lint").out.endswith("no findings\n")


def test_the_one_that_the_default_branch_does_not_hold_is_younger(company: Company) -> None:
    twice(company)
    company.git("clone", "--quiet", "--bare", ".", "../remote.git")
    company.git("switch", "--quiet", "--orphan", "published")
    company.git("checkout", "--quiet", "main", "--", "pads/PAD-0001-team-gallery.md", "padctl.toml")
    company.git("commit", "--quiet", "-m", "The gallery")
    company.git("push", "--quiet", "--force", "../remote.git", "published:main")
    company.git("switch", "--quiet", "main")
    company.git("remote", "add", "origin", "../remote.git")
    company.git("fetch", "--quiet", "origin")
    assert "pads/PAD-0002-exports.md" in company.ok("renumber", "1").out


def test_the_last_by_path_is_younger_and_a_path_names_one(company: Company) -> None:
    twice(company)
    assert f"+++ b/pads/{OLD.replace('0001', '0002')}" in company.ok("renumber", "1", "--dry-run").out
    company.ok("renumber", "pads/PAD-0001-exports.md")
    assert company.path(2).name == "PAD-0002-exports.md"


def test_a_former_id_is_not_renumbered_again_by_mistake(company: Company) -> None:
    company.draft()
    company.commit_all()
    company.ok("renumber", "1")
    for word in ("1", "pad-0001"):
        (reason,) = company.reasons("renumber", word)
        assert "PAD-0001 is PAD-0002 already" in reason
    company.ok("renumber", "PAD-0002")
    header = company.pad(3).header
    assert header
    assert header.formerly == ("PAD-0001", "PAD-0002")
    assert company.ok("show", "1").out == company.ok("show", "2").out


def test_two_that_both_had_an_id_before_are_ambiguous(company: Company) -> None:
    twice(company)
    company.ok("renumber", "1")
    company.ok("renumber", "1")
    said = company.refused("show", "PAD-0001", code=2)
    assert '"PAD-0001" is the name of 2 PADs' in said


def test_the_merge_of_two_branches_that_took_one_number(company: Company) -> None:
    company.draft()
    company.ok("submit", "1", "--meeting", MEETING)
    company.ok("decide", "1", "proceed", "--by", "sponsor")
    company.git("switch", "--quiet", "-c", "exports", "HEAD~2")
    (company.root / "pads").mkdir(exist_ok=True)
    company.write("pads/PAD-0001-exports.md", company.git("show", "main:pads/PAD-0001-team-gallery.md"))
    text = (company.root / "pads/PAD-0001-exports.md").read_text()
    text = re.sub(r"history:\n(  - .*\n)+", "", text.split("## Solution Framing")[0].replace("Team gallery", "Exports"))
    text = text.replace("stage: solution-framing", "stage: problem-framing").replace("2026-11-24", "2026-11-25", 1)
    company.write("pads/PAD-0001-exports.md", text)
    company.commit_all("Exports")
    company.git("merge", "--quiet", "-m", "Bring the branch up to date", "main")
    assert company.padctl("lint", "--base", "main").code == 1
    company.ok("renumber", "1")
    assert company.path(2).name == "PAD-0002-exports.md"
    assert company.ok("lint", "--base", "main").out.endswith("no findings\n")


def test_numbers_of_other_branches_are_taken(company: Company) -> None:
    company.draft()
    company.commit_all()
    company.git("switch", "--quiet", "-c", "other")
    company.ok("new", "Second", "--owner", "pm", "--no-input")
    company.commit_all()
    company.git("switch", "--quiet", "main")
    assert "--to: PAD-0002 is taken" in company.refused("renumber", "1", "--to", "2", code=2)
    assert "--to: PAD-0001 is taken" in company.refused("renumber", "1", "--to", "PAD-0001", code=2)
    for word in ("0", "x", "-3", "EPIC-4", "1.5"):
        assert "is no number" in company.refused("renumber", "1", f"--to={word}", code=2)
    assert company.ok("renumber", "1").out.startswith("PAD-0001 is PAD-0003 now")


def test_approved_text_that_only_names_it_anew_counts_as_approved(company: Company) -> None:
    company.draft()
    company.draft("Exports")
    company.edit("Of 100 teams", f"As [PAD-0001]({OLD}) says, of 100 teams", 2)
    company.commit_all()
    company.ok("submit", "2", "--meeting", MEETING)
    company.ok("decide", "2", "proceed", "--by", "sponsor")
    company.ok("renumber", "1")
    assert "PAD-0003 now" not in company.path(2).read_text()
    assert f"As [PAD-0003]({NEW}) says" in company.path(2).read_text()
    assert "PC512" not in company.ok("lint").out
    company.edit("of 100 teams", "of 200 teams", 2)
    assert "PC512" in company.ok("lint").out


def test_the_history_of_others_stays(company: Company) -> None:
    company.draft()
    company.draft("Exports")
    company.commit_all()
    company.ok("withdraw", "2", "--reason", "solved by PAD-0001")
    company.ok("renumber", "1")
    assert "reason: solved by PAD-0001" in company.path(2).read_text()
    assert company.ok("lint", "--base", "HEAD~1").out.endswith("no findings\n")


def test_uncommitted_edits_in_any_file_are_refused_and_named(named: Company) -> None:
    (named.root / "teams/growth.md").write_text("---\nname: growth\n---\nOwns PAD-0001 still.\n")
    named.edit("Of 100 teams", "Of 200 teams", 2)
    named.git("add", named.relative(2))
    named.edit("Of 200 teams", "Of 300 teams", 2)
    reasons = named.reasons("renumber", "1")
    assert len(reasons) == 2
    assert any("teams/growth.md: 2 lines of edits are not committed" in reason for reason in reasons)
    assert any("pads/PAD-0002-exports.md: one part of its edits is staged" in reason for reason in reasons)


@pytest.mark.parametrize("name", [NEW, NEW.lower()])
def test_a_file_in_the_way_is_refused(named: Company, name: str) -> None:
    named.write(f"pads/{name}", "somebody's note\n")
    reasons = named.reasons("renumber", "1", "--to", "3") if name != NEW else []
    if name == NEW:
        assert "PAD-0003 is taken" in named.refused("renumber", "1", "--to", "3", code=2)
    else:
        assert f"pads/{name} exists already" in "".join(reasons)


def test_other_work_stays_as_it_was(named: Company) -> None:
    named.write("notes.txt", "mine\n")
    named.git("add", "notes.txt")
    named.write("padctl.toml", (named.root / "padctl.toml").read_text() + "\n# a comment\n")
    named.ok("renumber", "1")
    assert named.git("status", "--porcelain") == "A  notes.txt\n M padctl.toml\n"


def test_a_protected_branch_is_refused(named: Company) -> None:
    named.edit_settings("[git]\nprotected = true\n")
    (reason,) = named.reasons("renumber", "1")
    assert "main changes by pull request only" in reason


def test_a_stale_clone_is_refused(named: Company) -> None:
    named.git("clone", "--quiet", "--bare", ".", "../remote.git")
    named.git("remote", "add", "origin", "../remote.git")
    named.ok("recall", "1")
    named.git("push", "--quiet", "origin", "main")
    named.git("reset", "--quiet", "--hard", "HEAD~1")
    (reason,) = named.reasons("renumber", "1")
    assert "recall of 2026-11-24 is on origin/main and not here" in reason


def test_a_hook_that_refuses_leaves_everything(named: Company) -> None:
    hook(named.root, "pre-commit", "echo no; exit 1")
    (reason,) = named.reasons("renumber", "1")
    assert reason.startswith("no\n")


def test_a_pad_that_cannot_be_read_is_refused(named: Company) -> None:
    named.edit("owner: pm\n", "")
    named.commit_all()
    (reason,) = named.reasons("renumber", "1")
    assert '"owner" is missing' in reason


@pytest.mark.parametrize("name", ["pre-commit", "post-commit"])
def test_a_kill_in_the_middle_is_healed_by_the_next_run(named: Company, name: str) -> None:
    before, head = named.snapshot(), named.git("rev-parse", "HEAD")
    script = hook(named.root, name, "kill -9 $(ps -o ppid= -p $PPID); kill -9 $PPID")
    assert padctl_process("renumber", "1", cwd=named.root).code == -signal.SIGKILL
    script.unlink()
    assert f"a write of pads/{OLD}, pads/{NEW}" in " ".join(named.ok("doctor").out.split())
    said = named.padctl("renumber", "1")
    assert said.code == (0 if name == "pre-commit" else 1)
    assert "an interrupted run had changed" in said.err or "PAD-0001 is PAD-0003 already" in said.err
    assert named.git("status", "--porcelain") == ""
    assert named.git("rev-parse", "HEAD~1") == head
    assert named.path(3).name == NEW
    named.git("revert", "--no-edit", "HEAD")
    after = named.snapshot()
    assert {key: after[key] for key in after if key.startswith("file ")} == {
        key: before[key] for key in before if key.startswith("file ")
    }


def test_subfolders_and_names_with_spaces(company: Company) -> None:
    company.draft()
    company.draft("Exports")
    (company.root / "pads/2026").mkdir()
    company.path().rename(company.root / "pads/2026/PAD-0001 team gallery.md")
    said = "See [it](2026/PAD-0001%20team%20gallery.md) and [too](<2026/PAD-0001 team gallery.md>). Of 100 teams"
    company.edit("Of 100 teams", said, 2)
    company.commit_all()
    company.ok("renumber", "pads/2026/PAD-0001 team gallery.md")
    assert (company.root / "pads/2026/PAD-0003-team gallery.md").is_file()
    text = company.path(2).read_text()
    assert "[it](2026/PAD-0003-team%20gallery.md) and [too](<2026/PAD-0003-team gallery.md>)" in text
    assert company.ok("lint").out.endswith("no findings\n")


def test_addresses_of_other_sites_stay_and_other_spellings_are_named(company: Company) -> None:
    company.edit_settings('[links]\nbase = "https://git.example.com/x"\n')
    company.draft()
    foreign = (
        "[tracker](https://jira.example/browse/PAD-0001), https://jira.example/browse/PAD-0001, "
        "<mailto:sam@example.com?subject=PAD-0001> https://wiki.example/a_(PAD-0001) and https://git.example.com/xy/PAD-0001"
    )
    company.write(
        "teams/growth.md",
        f"---\nname: growth\n---\n{foreign}\n\nSee https://git.example.com/x/issues/PAD-0001 (PAD-0001).\n\n"
        "Not pad-0001-old.md, but pad-0001 and PAD-1.\n",
    )
    company.commit_all()
    said = company.ok("renumber", "1", "--to", "70")
    page = (company.root / "teams/growth.md").read_text()
    assert f"\n{foreign}\n" in page
    assert "See https://git.example.com/x/issues/PAD-0070 (PAD-0070)." in page
    assert "but pad-0001 and PAD-1." in page
    assert "PAD-0001 is written in other letters or digits here; correct it by hand: teams/growth.md:8" in said.err


def test_files_that_only_bear_the_id_keep_their_names(company: Company) -> None:
    company.draft()
    company.write("pads/img/PAD-0001.png", "a picture")
    company.write("pads/PAD-0001/notes.txt", "notes")
    said = (
        "![m](img/PAD-0001.png) [n](PAD-0001/notes.txt) [r][ref] `img/PAD-0001.png`: see PAD-0001. "
        "Of PAD-0001/PAD-0002, (PAD-0001) and [PAD-0001](#pad-0001)\n\n[ref]: PAD-0001/notes.txt\n"
    )
    company.edit("Of 100 teams", said)
    company.commit_all()
    company.ok("renumber", "1", "--to", "7")
    text = company.path(7).read_text()
    assert "![m](img/PAD-0001.png) [n](PAD-0001/notes.txt) [r][ref] `img/PAD-0001.png`: see PAD-0007. " in text
    assert "Of PAD-0007/PAD-0002, (PAD-0007) and [PAD-0007](#pad-0001)" in text
    assert "\n[ref]: PAD-0001/notes.txt\n" in text
    assert "broken-link" not in company.padctl("lint").all


def test_a_word_without_end_costs_no_time(company: Company) -> None:
    company.draft()
    company.draft("Exports")
    company.edit("Of 100 teams", "a" * 200_000 + " PAD-0002", 1)
    company.commit_all()
    said = ended(started(company, "renumber", "2", "--to", "7"))
    assert said.code == 0
    assert "a PAD-0007" in company.path(1).read_text()
