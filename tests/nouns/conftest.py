"""The interview that most tests of nouns begin with is taken in once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import world
from tests.copies import Copy

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session", autouse=True)
def interview_made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let `world.interview` copy what it took in."""
    with django_db_blocker.unblock():
        world.made_once["interview"] = Copy(world.interview)
