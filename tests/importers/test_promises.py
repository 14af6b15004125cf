"""How fast they say they decide is read where they say it, and nowhere else."""

import pytest

from rapport.importers.findings import Meeting
from rapport.importers.text.promises import pace_in


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("We expect to decide within two weeks.", "weeks"),
        ("Thank you for coming.\n\nYou will hear back from us within\na few days.", "days"),
        ("We hope to have an answer for you by the end of the week.", "days"),
        ("We let you know the same day.", "same_day"),
        ("Wir melden uns in zwei Wochen.", "weeks"),
        ("The project takes two weeks. We will decide together.", None),
        ("Let me know within a few days whether it suits.", None),
        ("We decide soon.", None),
        ("", None),
    ],
)
def test_a_promise_is_read_from_its_own_sentence(text, pace):
    assert pace_in(text) == pace


def test_the_invitation_carries_it(reading):
    (meeting,) = [
        one
        for one in reading.event("DESCRIPTION:We expect to decide within two weeks.")
        if isinstance(one, Meeting)
    ]
    assert meeting.decision_pace == "weeks"
