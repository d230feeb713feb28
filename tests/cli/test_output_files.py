"""A report is not written over what padctl itself reads."""

import shlex
from pathlib import Path

import pytest
from acting import MEETING, Company

_CHARTER = "---\nname: growth\n---\nOwns the boards.\n"
_OBJECTIVE = "---\ntitle: Fewer empty boards\n---\n\n## O1: Fewer\n"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("pads/PAD-0001-team-gallery.md", "a PAD"),
        ("padctl.toml", "padctl's settings"),
        ("teams/growth.md", "a team's charter"),
        ("objectives/2026-Q4.md", "an objective"),
        ("templates/pad/light.md", "a template"),
        (f"meetings/{MEETING}.md", "a saved report"),
        ("link.md", "a PAD"),
    ],
)
def test_a_file_that_padctl_reads_is_not_written_over(company: Company, path: str, kind: str) -> None:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.ok("minutes", "--save", today="2026-11-27")
    company.ok("template", "eject", "light")
    company.write("teams/growth.md", _CHARTER)
    company.write("objectives/2026-Q4.md", _OBJECTIVE)
    (company.root / "link.md").symlink_to(company.relative())
    path = company.relative() if path.startswith("pads/") else path
    before = (company.root / path).read_bytes()
    said = company.refused("agenda", "--format", "md", "--output", path, code=2)
    assert f"--output: {path} is read as {kind}" in " ".join(said.split())
    assert (company.root / path).read_bytes() == before


def test_other_files_are_written_again_and_again(company: Company, tmp_path: Path) -> None:
    company.submitted()
    for path in ("agenda.md", "meetings/agenda.md", "pads/agenda.md", str(tmp_path / "PAD-0001-x.md")):
        (company.root / path).parent.mkdir(exist_ok=True)
        for _ in range(2):
            company.ok("agenda", "--format", "md", "--output", path)


@pytest.mark.parametrize("path", ["out/list.txt", "list.txt", "pads/../out/list.txt"])
def test_a_report_does_not_leave_the_repository_by_a_link(company: Company, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "out side"
    outside.mkdir()
    (company.root / "out").symlink_to(outside)
    (company.root / "list.txt").symlink_to(outside / "list.txt")

    said = company.refused("list", "--output", path, code=2)
    assert f"--output: {path} would be written to {outside}/list.txt, outside of the repository" in said
    assert list(outside.iterdir()) == []

    _, _, fix = said.strip().rpartition("name that place: ")
    company.ok("list", *shlex.split(fix))
    assert (outside / "list.txt").exists()


def test_a_report_may_go_through_a_link_within_the_repository(company: Company) -> None:
    (company.root / "public").symlink_to("objectives")
    company.ok("list", "--output", "public/list.txt")
    company.ok("list", "--output", "../list.txt")
