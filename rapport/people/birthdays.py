"""Birthdays that come up in a book, with a year and without one."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rapport.accounts.models import Member
from rapport.people.models import Person
from rapport.people.models.person import PersonQuerySet
from rapport.rules.rhythm import days_ahead


class Birthday(NamedTuple):
    """Whose, on which day, and how old they become; None without the year."""

    person: Person
    on: date
    turns: int | None


def with_birthday(people: PersonQuerySet, today: date, days: int) -> PersonQuerySet:
    """Narrow people to those who have their birthday today or in the next days."""
    return people.filter(card_index__birthday__in=list(days_ahead(today, days)))


def coming_up(member: Member, today: date, *, days: int, at_most: int) -> list[Birthday]:
    """Give the next birthdays from `today` on, the next first; the days of the next year are asked for apart."""
    ahead = days_ahead(today, days)
    found: list[Birthday] = []
    mine = Person.objects.seen_by(member).defer("notes", "how_met")
    this_year = [code for code, day in ahead.items() if day.year == today.year]
    for codes in (this_year, [code for code in ahead if code not in this_year]):
        if codes and len(found) < at_most:
            born = mine.filter(card_index__birthday__in=codes).order_by("card_index__birthday", "name", "pk")
            rows = born.values_list("card_index__birthday", "pk")[: at_most - len(found)]
            people = mine.in_bulk([key for _, key in rows])
            found += [_birthday(people[key], ahead[code]) for code, key in rows if code is not None]
    return found


def _birthday(person: Person, on: date) -> Birthday:
    born = person.current_card.birthday
    return Birthday(person, on, on.year - born.year if born and born.year else None)
