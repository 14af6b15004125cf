"""The interview that most tests of nouns begin with is taken in once."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def begin_with_a_copy(interview_made_once: None) -> None:
    """Let `world.interview` copy what it took in."""
