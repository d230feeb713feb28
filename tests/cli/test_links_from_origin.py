"""Where no address is set, links lead to the repository on its host: known by `origin`, and never with its secrets."""

import shutil

import pytest
from acting import MEETING, Company
from test_agenda import LATER

SECRET = "ghp_hunter2"
ORIGIN = f"https://dana:{SECRET}@github.com/tessaly/pads.git"
BASE = "https://github.com/tessaly/pads/blob/HEAD"


def said(company: Company, *words: str) -> str:
    out = company.ok(*words, today=LATER).all
    assert SECRET not in out
    return out.replace("\r\n ", "")


@pytest.fixture
def decided(company: Company) -> Company:
    company.submitted()
    company.ok("decide", "1", "proceed", "--by", "sponsor", today=MEETING)
    company.fill()
    company.ok("submit", "1", "--meeting", LATER, today=MEETING)
    company.git("remote", "add", "origin", ORIGIN)
    return company


def test_pages_and_calendars_link_to_the_host(decided: Company) -> None:
    address = f"{BASE}/{decided.relative()}"
    assert f'"link": "{address}"' in said(decided, "agenda", LATER, "--format", "json")
    assert f"]({address})" in said(decided, "agenda", LATER, "--format", "md")
    assert f'href="{address}"' in said(decided, "agenda", LATER, "--format", "html")
    assert address in said(decided, "agenda", LATER, "--format", "ics")
    assert f"](<{address}>)" in said(decided, "minutes", MEETING, "--format", "md")
    assert f'href="{address}"' in said(decided, "minutes", MEETING, "--format", "html")
    assert f'href="{address}"' in said(decided, "slides", "1", "--format", "html")


def test_text_and_saved_minutes_name_the_files(decided: Company) -> None:
    assert BASE not in said(decided, "agenda", LATER)
    said(decided, "minutes", MEETING, "--save")
    saved = (decided.root / f"meetings/{MEETING}.md").read_text(encoding="utf-8")
    assert "github.com" not in saved
    assert f"](<../{decided.relative()}>)" in saved


def test_the_settings_come_first(decided: Company) -> None:
    decided.edit_settings('[links]\nbase = "https://docs.example/pads"\n')
    assert f"](https://docs.example/pads/{decided.relative()})" in said(decided, "agenda", LATER, "--format", "md")


@pytest.mark.parametrize(
    "origin",
    ["/srv/pads.git", "https://git.example/tessaly/pads", "https://github.com@evil.example/a/b", "javascript://x/a/b"],
)
def test_an_unknown_origin_leaves_links_relative(decided: Company, origin: str) -> None:
    decided.git("remote", "set-url", "origin", origin)
    assert f"]({decided.relative()})" in said(decided, "agenda", LATER, "--format", "md")
    assert f"](<{decided.relative()}>)" in said(decided, "minutes", MEETING, "--format", "md")


@pytest.mark.parametrize(("folder", "quoted"), [("product docs", "product%20docs"), (".docs", ".docs")])
def test_a_root_below_the_top_folder(decided: Company, folder: str, quoted: str) -> None:
    decided.git("config", "url.git@github.com:.insteadOf", "gh:")
    decided.git("remote", "set-url", "origin", "gh:tessaly/pads")
    below, path = decided.root / folder, decided.relative()
    below.mkdir()
    for name in ("pads", "padctl.toml"):
        if (decided.root / name).exists():
            shutil.move(decided.root / name, below / name)
    out = said(decided, "--root", folder, "agenda", LATER, "--format", "md")
    assert f"]({BASE}/{quoted}/{path})" in out
