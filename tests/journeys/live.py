"""A browser in front of the live server, for journeys."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    from rapport.accounts.models import Member

PHONE = 360
DESK = 1280
HEIGHTS = {PHONE: 740, DESK: 900}
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--js-flags=--no-maglev --no-turbofan",  # a page is gone before code that is compiled better would pay
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Processes of the browser's own window, which nobody sees: a fifth of what a journey costs.
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-features=Translate,OptimizationHints,MediaRouter,WebUIOmniboxPopup,InitialWebUI,WebUIReloadButton",
]


@contextmanager
def other_look(page: Page) -> Iterator[None]:
    """Show `page` on a desk instead of a phone or the reverse, and dark instead of light or the reverse."""
    width, dark = page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]")
    _show(page, PHONE if width == DESK else DESK, dark=not dark)
    yield
    _show(page, width, dark=dark)


def _show(page: Page, width: int, *, dark: bool) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme="dark" if dark else "light")


@dataclass
class Live:
    """Opens pages, signed in or out, and listens to what the browser complains about."""

    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, member: Member | None = None, *, width: int = DESK, scheme: str = "light") -> Page:
        """Give a page of its own browser profile, `width` CSS pixels wide, where `member` is signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme="dark" if scheme == "dark" else "light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        if member is not None:
            client = Client()
            client.force_login(member)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def close(self) -> None:
        """Close every profile."""
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        # Chromium calls an answer of 4xx an error, too: a form sent back with 422 is none.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)
