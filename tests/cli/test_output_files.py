"""A report is not written over what padctl itself reads."""

import shlex
from pathlib import Path

import pytest
from acting import MEETING, Company

from padctl.errors import UsageError
from padctl.model.baseline import BASELINE
from padctl.store.outputs import check_output

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


_PAGE = "---\nid: x\n---\n"
_KINDS = {
    "padctl.toml": ("", "padctl's settings"),
    "pyproject.toml": ("", "padctl's settings"),
    BASELINE: ("{}", "padctl's baseline"),
    "below/padctl.toml": ("", ""),
    "templates/a.txt": ("", "a template"),
    "templates/report/a.md.j2": ("", "a template"),
    "templates.md": (_PAGE, ""),
    "our-templates/a.md": (_PAGE, ""),
    f"meetings/{MEETING}.md": ("", "a saved report"),
    f"meetings/growth/{MEETING}.md": ("", "a saved report"),
    "meetings/recap-2026.md": ("", "a saved report"),
    "meetings/notes.md": (_PAGE, ""),
    f"{MEETING}.md": ("", ""),
    "recap-2026.md": ("", ""),
    "pads/a.md": (_PAGE, "a PAD"),
    "pads/2026/a.md": (f"\ufeff{_PAGE}", "a PAD"),
    "pads/agenda.md": ("# Agenda\n---\n", ""),
    "pads/short.md": ("--", ""),
    "pads/README.md": (_PAGE, ""),
    "objectives/a.md": (_PAGE, "an objective"),
    "teams/a.md": (_PAGE, "a team's charter"),
    "teams/plain.md": ("# T\n", ""),
    "other/a.md": (_PAGE, ""),
}


def _kind(root: Path, path: Path | str) -> str:
    """Return as what a file is said to be read; empty where a report may be written over it."""
    try:
        check_output(root, root / path)
    except UsageError as error:
        refused = error
    else:
        return ""
    before, _, kind = refused.message.partition(" is read as ")
    assert (before, refused.fix) == (f"--output: {root / path}", "give the report a name of its own")
    return kind


@pytest.mark.parametrize("settings", ["", "[paths]\n", "[paths\n"])
def test_what_each_file_is_read_as(tmp_path: Path, settings: str) -> None:
    root = Company(root=tmp_path / "root")
    for path, (text, _) in _KINDS.items():
        root.write(path, text)
    root.write("padctl.toml", settings)
    assert {path: _kind(root.root, path) for path in _KINDS} == {path: kind for path, (_, kind) in _KINDS.items()}
    for path in ("pads/new.md", "pads", "templates/new.md", tmp_path / "outside.md"):
        assert _kind(root.root, path) == ""
    (tmp_path / "link").symlink_to(root.root)
    assert _kind(root.root, tmp_path / "link/pads/a.md") == "a PAD"
    assert _kind(tmp_path / "link", root.root / "pads/a.md") == "a PAD"
    assert _kind(root.root / "pads", root.root / "teams/a.md") == ""


def test_the_settings_say_where_what_is_read_lies(tmp_path: Path) -> None:
    root = Company(root=tmp_path / "root")
    names = ("pads", "objectives", "teams", "meetings")
    paths = "".join(f'{name} = "our/{name}"\n' for name in names)
    root.write("padctl.toml", f'[paths]\n{paths}templates = "our/frames"\n')
    for name in (*names, "frames", "templates"):
        for path in (f"{name}/recap-a.md", f"our/{name}/recap-a.md"):
            root.write(path, _PAGE)
    kinds = ("a PAD", "an objective", "a team's charter", "a saved report")
    for name, kind in zip(names, kinds, strict=True):
        assert _kind(root.root, f"{name}/recap-a.md") == ""
        assert _kind(root.root, f"our/{name}/recap-a.md") == kind
    assert _kind(root.root, "our/frames/recap-a.md") == "a template"
    assert _kind(root.root, "templates/recap-a.md") == ""
    root.write("padctl.toml", '[paths]\ntemplates = "+frames"\n')
    root.write("+frames/a.md", _PAGE)
    assert _kind(root.root, "+frames/a.md") == "a template"
    root.write("padctl.toml", '[paths]\ntemplates = "."\n')
    assert _kind(root.root, "our/frames/recap-a.md") == ""
    assert _kind(root.root, "pads/recap-a.md") == "a PAD"


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
