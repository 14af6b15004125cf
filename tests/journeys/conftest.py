"""A filled book for journeys, and a look at every page that a journey comes past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.doors.web.book import Book, filled

if TYPE_CHECKING:
    from rapport.accounts.models import Member

expect.set_options(timeout=15_000)


@pytest.fixture
def book(alex: Member) -> Book:
    """Give Alex an interview of yesterday, with its people and plan."""
    return filled(alex)
