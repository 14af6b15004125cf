"""By what people of a book may be found to be the same: an indexed table, so that one new card is judged in a blink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models

from rapport.accounts.models import Member
from rapport.rules.sameness import MOST_COMPARED, Census, Traits, leads_to_people, match_keys

if TYPE_CHECKING:
    from rapport.people.models.person import Person

_NEAREST = 8
"""How many people a card is compared with at most: those who share most keys with it."""


class MatchKeyQuerySet(models.QuerySet["MatchKey"]):
    """Keys of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)


class MatchKey(models.Model):
    """One key of one person. `surname` is how the family name sounds, to see how many share a mailbox or telephone."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="match_keys")
    key = models.CharField(max_length=120)
    surname = models.CharField(max_length=40, blank=True)

    LONGEST_SURNAME = 40

    objects = MatchKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "key", "surname"], name="match_keys")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def census(cls, member: Member, keys: Iterable[str], records: int) -> Census:
        """Count who of a book of `records` people holds these keys, and the family names behind each.

        Straight from the table, as `nearest` is: Django's words for a query take longer than the query.
        """
        held = list(keys)
        counted = _asked(
            f"SELECT key, COUNT(*), COUNT(DISTINCT surname) FROM {cls._table()}"  # noqa: S608  (the table's own name)
            f" WHERE member_id = %s AND key IN ({_places(held)}) GROUP BY key",
            [member.pk, *held],
        )
        holders = {key: count for key, count, _ in counted}
        surnames = {key: names for key, _, names in counted}
        return Census(records, holders, surnames)

    @classmethod
    def nearest(cls, member: Member, census: Census) -> list[int]:
        """Give the keys of the people who share most of the counted keys that lead to people, the nearest first."""
        leading = [
            key
            for key, held in census.holders.items()
            if leads_to_people(key) and held <= MOST_COMPARED and not census.is_switchboard(key)
        ]
        if not leading:
            return []
        found = _asked(
            f"SELECT person_id, COUNT(*) FROM {cls._table()}"  # noqa: S608  (the table's own name)
            f" WHERE member_id = %s AND key IN ({_places(leading)})"
            " GROUP BY person_id ORDER BY 2 DESC, 1 LIMIT %s",
            [member.pk, *leading, _NEAREST],
        )
        return [person for person, _ in found]

    @classmethod
    def _table(cls) -> str:
        return connection.ops.quote_name(cls._meta.db_table)

    @classmethod
    def keep(cls, person: Person, traits: Traits) -> None:
        """Bring a person's keys in step with their card."""
        surname = traits.name.sounds[: cls.LONGEST_SURNAME]
        wanted = match_keys(traits)
        present = cls.objects.filter(person=person)
        stale = [row.pk for row in present if row.key not in wanted or row.surname != surname]
        kept = {row.key for row in present if row.pk not in stale}
        if stale:
            cls.objects.filter(pk__in=stale).delete()
        cls.keep_all([(person, traits)], but=kept)

    @classmethod
    def keep_all(cls, people: Sequence[tuple[Person, Traits]], but: Iterable[str] = ()) -> None:
        """Write the keys of people who have none yet, `but` some; straight to the table, as there are ten a person."""
        known = frozenset(but)
        rows = [
            (person.member_id, person.pk, key, traits.name.sounds[: cls.LONGEST_SURNAME])
            for person, traits in people
            for key in match_keys(traits) - known
        ]
        written = f"INSERT INTO {cls._table()} (member_id, person_id, key, surname) VALUES (%s, %s, %s, %s)"  # noqa: S608  (the table's own name)
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(written, rows)


def _places(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _asked(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
