"""A browser in front of the live server, and what is asked of every page it shows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.journeys.live import FLAGS, Live, other_look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

ACCESSIBILITY = Path(__file__).parent / "accessibility.js"
CHROMIUM = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
expect.set_options(timeout=15_000)  # milliseconds, for what a journey waits for


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    program = next((path for path in CHROMIUM if path.exists()), None)
    if program is None:
        pytest.fail(
            "The browser journeys need Chromium. Install it: apt-get install chromium-headless-shell",
            pytrace=False,
        )
    # Playwright's event loop runs in this thread until the end; Django would take our queries for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live(live_server: LiveServer, chromium: Browser) -> Iterator[Live]:
    """The web app on loopback and a browser in front of it; errors in its console fail the test."""
    opened = Live(address=live_server.url, browser=chromium)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture(scope="session")
def judged() -> list[str]:
    """The colours that were judged on their grounds, on any page before."""
    return []


@pytest.fixture
def axe(judged: list[str]) -> Callable[[Page], None]:
    """Give a check that finds no accessibility violation on a page, nor anything that is wider than its window.

    It looks twice: at the page as it stands, and as it would stand on the other size of screen in the other scheme.
    """
    script = Axe().axe_script

    def look(page: Page, *, again: bool) -> None:
        # What is still fading in has less contrast than it will have.
        page.evaluate("Promise.allSettled(document.getAnimations().map(motion => motion.finished))")
        answer = page.evaluate(ACCESSIBILITY.read_text(), {"judged": judged, "again": again})
        judged[:] = answer["judged"]
        assert answer["found"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a click returns when the next page begins to arrive
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        look(page, again=False)
        with other_look(page):
            look(page, again=True)

    return check
