"""Birthdays and people to write to again, as the daily mail and calendars tell of them: quietly."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from rapport.notifications.calendar import birthdays_of, calendar_of, version_of
from rapport.notifications.daily import day_of
from rapport.people.birthdays import coming_up
from rapport.people.models import CardIndex, Keeping, Person
from rapport.rules.card import Card
from rapport.rules.rhythm import Rhythm
from tests import world

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = datetime(2027, 12, 31, 9, tzinfo=UTC)


def born(name: str, day: str) -> Person:
    card = Card([*Card.of(name=name).lines, f"BDAY:{day}"])
    return Person.make(world.alex(), card, source="a book", at=world.NOW)


def test_birthdays_come_up_in_their_order_over_the_new_year_with_and_without_a_year() -> None:
    for name, day in (("Ann", "19800101"), ("Dana", "--1231"), ("Sam", "1990-01"), ("Zoe", "1970-01-20")):
        born(name, day)
    CardIndex.catch_up(world.alex(), at_most=10)
    found = coming_up(world.alex(), NEW_YEARS_EVE.date(), days=14, at_most=5)
    assert [(one.person.name, one.on, one.turns) for one in found] == [
        ("Dana", date(2027, 12, 31), None),
        ("Ann", date(2028, 1, 1), 48),
    ]
    first = coming_up(world.alex(), NEW_YEARS_EVE.date(), days=30, at_most=2)
    assert [one.person.name for one in first] == ["Dana", "Ann"]
    assert coming_up(world.robin(), NEW_YEARS_EVE.date(), days=14, at_most=5) == []


def test_the_daily_mail_tells_of_todays_birthdays_and_does_not_come_for_an_old_friend_alone() -> None:
    member = world.alex()
    sam = Person.make(member, Card.of(name="Sam Old"), source="a book", at=world.NOW)
    Keeping.begin(sam, Rhythm(1, "months"), by=member, at=world.NOW)
    quiet = day_of(member, NEW_YEARS_EVE, NEW_YEARS_EVE)
    assert ([line.what for line in quiet.touches], bool(quiet)) == (["Sam Old"], False)
    born("Dana", "1980-12-31")
    day = day_of(member, NEW_YEARS_EVE, NEW_YEARS_EVE)
    assert ([(line.what, line.when) for line in day.birthdays], bool(day)) == ([("Dana", "turns 47")], True)
    assert day.subject == "Today: the birthday of Dana"


def test_calendars_hold_birthdays_as_days_without_hours() -> None:
    member = world.alex()
    before = version_of(member, [], birthdays_of(member, NEW_YEARS_EVE))
    born("Dana", "1980-01-02")
    CardIndex.catch_up(member, at_most=10)
    birthdays = birthdays_of(member, NEW_YEARS_EVE)
    assert version_of(member, [], birthdays) != before
    (event,) = Calendar.from_ical(calendar_of(member, [], birthdays)).walk("VEVENT")
    assert (event["SUMMARY"], event["DTSTART"].dt) == ("Birthday: Dana (48)", date(2028, 1, 2))
    assert event["TRANSP"] == "TRANSPARENT"
    assert calendar_of(member, [], birthdays) == calendar_of(member, [], birthdays)
