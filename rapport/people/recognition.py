"""Who of a book may be meant: match keys written for cards that have none yet, and one card looked up by them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from rapport.accounts.models import Member
from rapport.people.models import BookSize, CardTraits, MatchKey, Person, Recognised
from rapport.people.models.card_revision import digest
from rapport.rows import in_parts
from rapport.rules.card import Card
from rapport.rules.sameness import (
    DIFFERENT,
    MOST_COMPARED,
    SAME,
    Census,
    Judgement,
    Traits,
    judge,
    leads_to_people,
    match_keys,
    may_be_one,
    traits,
)
from rapport.rules.sameness.census import BOTH_NAMES, SWITCHBOARD, families, name_words
from rapport.rules.sameness.keys import IDENTIFYING, counted_of_pair, employers_of, value_keys
from rapport.rules.sameness.packing import packed, unpacked

_AT_ONCE, _KEYS_AT_ONCE = 500, 100
_MOST_JUDGED = 20
"""Of those who share keys with a card, so many who share most are judged."""


FEW_KEYS = 1000
"""People whose keys are written before an import looks somebody up; an import of many is not kept waiting."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who may be meant, by their key, and the judgement."""

    person: int
    judgement: Judgement


def traits_of(card: str, member: Member) -> Traits:
    """Give what is compared of a card's text, as the member's country dials."""
    return traits(Card.parse(card) if card else Card(()), member.country)


def write_keys(member: Member, at_most: int | None = None) -> int:
    """Write the keys of people whose card has changed since they were written; give how many people there were.

    Some hundreds at a time, each part in a transaction of its own.
    """
    written = 0
    while at_most is None or written < at_most:
        due = Person.objects.seen_by(member).filter(recognised=Recognised.NOT_YET).order_by("pk")
        some = list(due.values_list("pk", flat=True)[:_AT_ONCE])
        if not some:
            break
        with transaction.atomic():
            _write(member, some)
        written += len(some)
    if written:
        BookSize.objects.update_or_create(member=member, defaults={"people": _people_of(member)})
    return written


def write_keys_of(member: Member, people: Sequence[int]) -> None:
    """Write the keys of some people now, however many others wait for theirs."""
    for some in in_parts(people, _AT_ONCE):
        with transaction.atomic():
            _write(member, some)


def _write(member: Member, people: Sequence[int]) -> None:
    # Marked before they are read: a card that changes meanwhile waits for this to end, and is due again.
    concerned = Person.objects.filter(pk__in=people)
    concerned.update(recognised=Recognised.BY_KEYS)
    MatchKey.objects.filter(person__in=people).delete()
    CardTraits.objects.filter(person__in=people).delete()
    told = [(person, traits_of(card, member)) for person, card in concerned.values_list("pk", "card")]
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT, [(member.pk, person, key) for person, one in told for key in match_keys(one)]
        )
        cursor.executemany(_INSERT_TRAITS, [(person, packed(one)) for person, one in told])


_INSERT = "INSERT INTO people_matchkey (member_id, person_id, key) VALUES (%s, %s, %s)"
_INSERT_TRAITS = "INSERT INTO people_cardtraits (person_id, packed) VALUES (%s, %s)"
_COUNT = "SELECT key, COUNT(*) FROM people_matchkey WHERE member_id = %s AND key IN ({}) GROUP BY key"
_SIZE = "SELECT people FROM people_booksize WHERE member_id = %s"
_HOLDERS = """SELECT * FROM (SELECT key, person_id FROM people_matchkey
WHERE member_id = %s AND key = %s LIMIT %s) AS some_{}"""
_TRAITS = """SELECT told.person_id, told.packed FROM people_cardtraits told
JOIN people_person person ON person.id = told.person_id
WHERE told.person_id IN ({}) AND person.merged_into_id IS NULL"""
_NAMES = """SELECT borne.person_id, borne.key FROM people_matchkey held
JOIN people_matchkey borne ON borne.person_id = held.person_id
WHERE held.member_id = %s AND held.key = %s AND (borne.key LIKE 'f:%%' OR borne.key LIKE 'g:%%') LIMIT %s"""


class Looking:
    """Cards looked up in a book by its match keys, as far as they are written; the book's size is asked once.

    Its queries are written out: to build them by Django's means takes longer than to answer them.
    """

    def __init__(self, member: Member, *, apart: Collection[tuple[int, int]] = ()) -> None:
        self.member = member
        self._apart = apart
        known = self._ask(_SIZE, [member.pk])
        self.records: int = known[0][0] if known else _people_of(member)

    def alike(self, card: Traits, *, besides: int = 0) -> list[Alike]:
        """Give who may be meant by a card, the surest first; `besides`: not the person whose card it is."""
        held = self._holders(key for key in match_keys(card) if leads_to_people(key))
        telling = {key: people for key, people in held.items() if len(people) <= MOST_COMPARED}
        close = [
            (key, theirs, names)
            for key, theirs in self._closest(telling, besides)
            if (besides, key) not in self._apart and (names := may_be_one(card, theirs))
        ]
        if not close:
            return []
        counted = {key: len(people) for key, people in telling.items()}
        census = self.census(
            [(card, theirs) for _, theirs, _ in close], held.keys() - telling.keys(), counted
        )
        judged = (Alike(key, judge(card, theirs, census, names)) for key, theirs, names in close)
        found = [one for one in judged if one.judgement.verdict != DIFFERENT]
        return sorted(found, key=lambda one: (-one.judgement.score, one.person))

    def census(
        self,
        pairs: Sequence[tuple[Traits, Traits]],
        more: Collection[str] = (),
        counted: Mapping[str, int] | None = None,
    ) -> Census:
        """Count in the book what comparing pairs of cards asks for, and `more` keys; `counted` are known already."""
        known = dict(counted or {})
        asked = {key for pair in pairs for key in counted_of_pair(*pair)} | set(more)
        known |= self.count(asked - known.keys())
        known |= self.count(
            employers_of(key for key in asked if known.get(key, 0) >= BOTH_NAMES) - known.keys()
        )
        shared = {key for one, other in pairs for key in {*value_keys(one)} & {*value_keys(other)}}
        many = (key for key in shared if known.get(key, 0) >= SWITCHBOARD)
        return Census(self.records, known, {key: families(self.names_behind(key)) for key in many})

    def _holders(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """Give who holds each of some keys, of a key that leads to nobody one more than it may lead to."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for some in in_parts(sorted(keys), _KEYS_AT_ONCE):
            queries = " UNION ALL ".join(_HOLDERS.format(place) for place in range(len(some)))
            values = [value for key in some for value in (self.member.pk, key, MOST_COMPARED + 1)]
            for key, person in self._ask(queries, values):
                found[key].append(person)
        return found

    def _closest(self, holders: Mapping[str, Sequence[int]], besides: int) -> list[tuple[int, Traits]]:
        """Give those who share most: first who shares more than a name, then by the number of keys."""
        shared = Counter(person for people in holders.values() for person in people if person != besides)
        identified = {
            person for key, people in holders.items() if key.startswith(IDENTIFYING) for person in people
        }
        ranked = sorted(shared, key=lambda person: (person not in identified, -shared[person], person))
        likeliest = ranked[: 2 * _MOST_JUDGED]  # some were merged into others since
        told = dict(self._ask(_TRAITS.format(_marks(likeliest)), likeliest)) if likeliest else {}
        standing = [person for person in likeliest if person in told]
        return [(person, unpacked(told[person])) for person in standing[:_MOST_JUDGED]]

    def count(self, keys: Collection[str]) -> dict[str, int]:
        """Give how many people of the book hold each of some keys; a key that nobody holds is left out."""
        found: dict[str, int] = {}
        for some in in_parts(sorted(keys), _AT_ONCE):
            found |= dict(self._ask(_COUNT.format(_marks(some)), [self.member.pk, *some]))
        return found

    def names_behind(self, key: str) -> list[frozenset[str]]:
        """Give the names of those who share a value, each by its words: as many as tell whether it is a switchboard."""
        names: defaultdict[int, list[str]] = defaultdict(list)
        for person, borne in self._ask(_NAMES, [self.member.pk, key, _AT_ONCE]):
            names[person].append(borne)
        return list(map(name_words, names.values()))

    def _ask(self, query: str, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())


def _people_of(member: Member) -> int:
    return Person.objects.seen_by(member).count()


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def certain(member: Member, cards: Sequence[Card]) -> dict[str, Alike]:
    """Give whom some cards mean with certainty, by each card's digest: one person, and no second as certain.

    A few keys that are missing are written first; of very many, those that there are must do. Only cards that share
    a mailbox, a telephone or a profile with somebody are looked up: a name alone is never certain.
    """
    if not cards or not Person.objects.seen_by(member).exists():
        return {}
    write_keys(member, at_most=FEW_KEYS)
    looking = Looking(member)
    found = {}
    for part in in_parts(cards, _AT_ONCE):
        some = [(card, traits(card, member.country)) for card in part]
        shared = looking.count([key for _, one in some for key in value_keys(one)])
        for card, one in some:
            if not shared.keys().isdisjoint(value_keys(one)):
                sure = [other for other in looking.alike(one) if other.judgement.verdict == SAME]
                if len(sure) == 1:
                    found[digest(card)] = sure[0]
    return found
