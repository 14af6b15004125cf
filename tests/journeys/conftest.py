"""A filled book for journeys, and a look at every page that a journey comes past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.doors.web.book import Book, filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapport.accounts.models import Member


@pytest.fixture(scope="session", autouse=True)
def _queries_beside_a_browser() -> Iterator[None]:
    """Let tables be prepared and emptied while a browser is open.

    Playwright's own event loop runs in the tests' thread; Django would take their queries for async ones.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def book(alex: Member) -> Book:
    """Give Alex an interview of yesterday, with its people and plan."""
    return filled(alex)
