"""Who of a book may be meant: match keys written for cards that have none yet, and one card looked up by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from rapport.accounts.models import Member
from rapport.people.models import MatchKey, Person, Recognised
from rapport.people.models.card_revision import digest
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
from rapport.rules.sameness.census import SWITCHBOARD
from rapport.rules.sameness.keys import counting_keys, value_keys
from rapport.rules.sameness.likenesses import likeness_of_names
from rapport.rules.sameness.names import name_of

_AT_ONCE = 500
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
    return written


def _write(member: Member, people: Sequence[int]) -> None:
    # Marked before they are read: a card that changes meanwhile waits for this to end, and is due again.
    concerned = Person.objects.filter(pk__in=people)
    concerned.update(recognised=Recognised.BY_KEYS)
    MatchKey.objects.filter(person__in=people).delete()
    rows = [
        (member.pk, person, key)
        for person, card in concerned.values_list("pk", "card")
        for key in match_keys(traits_of(card, member))
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)


_INSERT = "INSERT INTO people_matchkey (member_id, person_id, key) VALUES (%s, %s, %s)"
_COUNT = "SELECT key, COUNT(*) FROM people_matchkey WHERE member_id = %s AND key IN ({}) GROUP BY key"
_HOLDERS = """SELECT person.id, person.name, person.card,
MAX(CASE WHEN SUBSTR(held.key, 1, 2) IN ('m:', 't:', 'w:') THEN 1 ELSE 0 END) AS identified FROM people_matchkey held
JOIN people_person person ON person.id = held.person_id
WHERE held.member_id = %s AND held.key IN ({}) AND person.merged_into_id IS NULL AND person.id <> %s
GROUP BY person.id ORDER BY identified DESC, COUNT(*) DESC, person.id LIMIT %s"""
_SURNAMES = """SELECT COUNT(DISTINCT borne.key) FROM people_matchkey held
JOIN people_matchkey borne ON borne.person_id = held.person_id AND borne.key LIKE 'f:%%'
WHERE held.member_id = %s AND held.key = %s"""


class Looking:
    """Cards looked up in a book by its match keys, as far as they are written; the book is counted once.

    Its three queries are written out: to build them by Django's means takes longer than to answer them.
    """

    def __init__(self, member: Member, *, apart: Collection[tuple[int, int]] = ()) -> None:
        self.member = member
        self._apart = apart
        self._records = Person.objects.seen_by(member).count()

    def alike(self, card: Traits, *, besides: int = 0) -> list[Alike]:
        """Give who may be meant by a card, the surest first; `besides`: not the person whose card it is."""
        keys = match_keys(card)
        holders = self.count(keys)
        telling = [key for key in keys if leads_to_people(key) and 0 < holders.get(key, 0) <= MOST_COMPARED]
        close = [
            (key, theirs)
            for key, name, text, identified in self._holders_of(telling, besides)
            if (besides, key) not in self._apart
            and (identified or _may_be_named(card, name))
            and may_be_one(card, theirs := traits_of(text, self.member))
        ]
        if not close:
            return []
        census = self.census([card, *(theirs for _, theirs in close)], counted=holders)
        judged = (Alike(key, judge(card, theirs, census)) for key, theirs in close)
        found = [one for one in judged if one.judgement.verdict != DIFFERENT]
        return sorted(found, key=lambda one: (-one.judgement.score, one.person))

    def census(
        self, cards: Sequence[Traits], more: Collection[str] = (), counted: dict[str, int] | None = None
    ) -> Census:
        """Count in the book what comparing some cards asks for, and `more` keys; `counted` are known already."""
        counted = dict(counted or {})
        asked = {key for card in cards for key in counting_keys(card)} | set(more)
        counted |= self.count(asked - set(counted))
        shared = Counter(key for card in cards for key in value_keys(card))
        many = (key for key, times in shared.items() if times > 1 and counted.get(key, 0) >= SWITCHBOARD)
        return Census(self._records, counted, {key: self._surnames(key) for key in many})

    def _holders_of(self, keys: Sequence[str], besides: int) -> list[tuple[Any, ...]]:
        """Give the people who share most of some keys: names, cards, and whether more than a name is shared."""
        if not keys:
            return []
        return self._ask(_HOLDERS.format(_marks(keys)), [self.member.pk, *keys, besides, _MOST_JUDGED])

    def count(self, keys: Collection[str]) -> dict[str, int]:
        """Give how many people of the book hold each of some keys; a key that nobody holds is left out."""
        wanted = sorted(set(keys))
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found |= dict(self._ask(_COUNT.format(_marks(some)), [self.member.pk, *some]))
        return found

    def _surnames(self, key: str) -> int:
        """Count the family names of those who share a value."""
        return int(self._ask(_SURNAMES, [self.member.pk, key])[0][0])

    def _ask(self, query: str, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())


def _may_be_named(card: Traits, name: str) -> bool:
    """Say quickly, before a card is read, whether somebody who shares no more than a name can be meant."""
    names = likeness_of_names(card.name, name_of(name))
    return not names.conflicts and names.family != "differs"


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def certain(member: Member, cards: Sequence[Card]) -> dict[str, int]:
    """Give whom some cards mean with certainty, by each card's digest: one person, and no second as certain.

    A few keys that are missing are written first; of very many, those that there are must do. Only cards that share
    a mailbox, a telephone or a profile with somebody are looked up: a name alone is never certain.
    """
    if not cards or not Person.objects.seen_by(member).exists():
        return {}
    write_keys(member, at_most=FEW_KEYS)
    looking = Looking(member)
    found = {}
    for start in range(0, len(cards), _AT_ONCE):
        some = [(card, traits(card, member.country)) for card in cards[start : start + _AT_ONCE]]
        shared = looking.count([key for _, one in some for key in value_keys(one)])
        for card, one in some:
            if not shared.keys().isdisjoint(value_keys(one)):
                sure = [other for other in looking.alike(one) if other.judgement.verdict == SAME]
                if len(sure) == 1:
                    found[digest(card)] = sure[0].person
    return found
