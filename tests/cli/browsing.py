"""A page opened from disk in a real browser without a network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

WIDTHS = (1280, 390)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a browser made of a page: how far it scrolls to the side, its console, what it asked for, what it shows."""

    overflow: int
    console: tuple[str, ...]
    requests: tuple[str, ...]
    text: str


@contextmanager
def opened(file: Path, width: int) -> Iterator[Seen]:
    """Open a file at a width in pixels; skip the test where there is no browser."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser here: none of {', '.join(_BROWSERS)} is installed")
    console: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: console.append(message.text))
        page.on("pageerror", lambda error: console.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri())
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        yield Seen(
            overflow=overflow, console=tuple(console), requests=tuple(requests), text=page.inner_text("body")
        )  # fmt: skip
        browser.close()
