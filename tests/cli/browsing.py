"""A page opened from disk in a real browser without a network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

WIDTHS = (1280, 390)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a browser made of a page: how far it scrolls to the side, its console, what it asked for, what it shows."""

    overflow: int
    console: tuple[str, ...]
    requests: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A page in a browser, what stands in its console, and what it asked for, both as they grow."""

    page: Page
    console: list[str]
    requests: list[str]


@contextmanager
def browsed(file: Path, *, width: int, height: int = 900) -> Iterator[Opened]:
    """Open a file in a window of a size in pixels; skip the test where there is no browser."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser here: none of {', '.join(_BROWSERS)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened = Opened(page=browser.new_page(viewport={"width": width, "height": height}), console=[], requests=[])
        opened.page.on("console", lambda message: opened.console.append(message.text))
        opened.page.on("pageerror", lambda error: opened.console.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(file.as_uri())
        yield opened
        browser.close()


@contextmanager
def opened(file: Path, width: int) -> Iterator[Seen]:
    """Open a file at a width in pixels; skip the test where there is no browser."""
    with browsed(file, width=width) as seen:
        yield Seen(
            overflow=seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"),
            console=tuple(seen.console),
            requests=tuple(seen.requests),
            text=seen.page.inner_text("body"),
        )
