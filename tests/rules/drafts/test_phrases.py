"""What members note stands in a sentence, or is left out."""

import pytest

from rapport.rules.drafts.lengths import length
from rapport.rules.drafts.phrases import job, label, shorten, topic, topics


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("migration off the monolith", "migration off the monolith"),
        ("Hiring in Lisbon.", "hiring in Lisbon"),
        ("- The on-call rota", "the on-call rota"),
        ("Kubernetes at small scale", "Kubernetes at small scale"),
        ("Boeing contracts", "Boeing contracts"),
        ("We talked about their data model", "your data model"),
        ("talked with Dana about pricing", "pricing"),
        ("about the budget", "the budget"),
        ("  spread\tover \n lines ", "spread over lines"),
        ("She plans to hire five people", ""),
        ("Good talk. Ask for the slides", ""),
        ("[topic]", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_note_becomes_a_topic(noted: str, said: str) -> None:
    assert topic(noted) == said


def test_a_long_topic_ends_where_a_reader_would_pause() -> None:
    long = "the migration off the monolith, which has been going on for three years and needs a new plan for the data"
    assert topic(long) == "the migration off the monolith"


def test_a_long_topic_without_a_pause_ends_on_a_word_that_can_end_it() -> None:
    assert shorten("rebuilding the whole billing platform for the public sector of the country", 40) == (
        "rebuilding the whole billing platform"
    )


def test_the_same_topic_twice_is_one() -> None:
    assert topics(("pricing", "Pricing.", "pricing")) == ("pricing", "Pricing")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Senior Engineer (m/f/d)", "Senior Engineer"),
        ("Platform Engineer role", "Platform Engineer"),
        ("Head of Data [REF 1234]", "Head of Data"),
        ("x" * 100, ""),
    ],
)
def test_a_job_title_stands_before_the_word_role(title: str, said: str) -> None:
    assert job(title) == said


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert label("Ini\u202etech\u200b") == "Initech"
    assert length("👩‍🚀") == 5
