"""How fast they say they decide is read where they say it, and nowhere else."""

from datetime import UTC, date, datetime

import pytest

from rapport.importers.findings import Meeting
from rapport.importers.text.dates.promises import day_in, pace_in

WEDNESDAY = datetime(2026, 11, 18, 11, tzinfo=UTC)


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We will let you know by Friday.", date(2026, 11, 20)),
        ("Wir melden uns bis Freitag bei Ihnen.", date(2026, 11, 20)),
        ("You will hear back from us by the end of next week.", date(2026, 11, 27)),
        ("We hope to decide by the end of the week.", date(2026, 11, 20)),
        ("Sie bekommen Bescheid bis Ende nächster Woche.", date(2026, 11, 27)),
        ("Our decision comes no later than 4 December.", date(2026, 12, 4)),
        ("We will let you know by Wednesday.", date(2026, 11, 25)),
        ("Please bring your papers by Friday. We will decide together.", None),
        ("We decide in a few days.", None),
    ],
)
def test_a_promised_day_is_counted_from_the_interview(text, day):
    assert day_in(text, WEDNESDAY) == day


def test_the_day_is_taken_for_what_it_is_a_reading(reading):
    (meeting,) = [
        one
        for one in reading.event("DESCRIPTION:We will let you know by Friday.")
        if isinstance(one, Meeting)
    ]
    assert meeting.reply_by is not None
    assert meeting.reply_by.weekday() == 4
    assert "Correct the day" in meeting.remarks[-1]
