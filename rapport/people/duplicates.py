"""Who of a book may be one person: the whole book grouped, one card looked up, and what the member said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.people.models import MatchKey, Person, ToldApart
from rapport.rules.card import Card
from rapport.rules.sameness import DIFFERENT, Judgement, groups, judge, match_keys, traits


@dataclass(frozen=True, slots=True)
class Duplicates:
    """People who may be one; `verdict` is same or maybe, `because` the reasons as sentences."""

    people: tuple[Person, ...]
    verdict: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody in the book who may be the person of a card."""

    person: Person
    judgement: Judgement


def duplicates(member: Member) -> list[Duplicates]:
    """Group a member's whole book; each group is one proposed person. Who was told apart stays apart.

    Cards are read one after the other: only what is compared of each is held in memory.
    """
    keys: list[int] = []
    book = []
    people = Person.objects.seen_by(member).order_by("pk").values_list("pk", "card")
    for key, card in people.iterator(chunk_size=500):
        keys.append(key)
        book.append(traits(_parsed(card), member.country))
    places = {key: place for place, key in enumerate(keys)}
    pairs = ToldApart.objects.seen_by(member).values_list("one", "other")
    found = groups(book, apart=[(places[one], places[other]) for one, other in pairs])
    shown = _in_bulk([keys[place] for group in found for place in group.places])
    return [
        Duplicates(tuple(shown[keys[place]] for place in group.places), group.verdict, group.because)
        for group in found
    ]


def alike(
    member: Member, card: Card, *, but: Person | None = None, records: int | None = None
) -> list[Alike]:
    """Find who in the book may be the person of a card, the likeliest first; `but` is the person the card is of.

    Judged as the whole book is, with the counts of the table of match keys. `records` is the size of the book, for who
    looks many cards up and has counted it once: counting 100,000 people takes longer than all the rest.
    """
    mine = traits(card, member.country)
    size = member.people.count() if records is None else records
    census = MatchKey.census(member, match_keys(mine), size)
    nearest = Person.objects.in_bulk(MatchKey.nearest(member, census))
    apart = _told_apart_from(but) if but else set()
    judged = (
        Alike(person, judge(mine, traits(_parsed(person.card), member.country), census))
        for person in nearest.values()
        if person != but and person.pk not in apart
    )
    found = [one for one in judged if one.judgement.verdict != DIFFERENT]
    return sorted(found, key=lambda one: (-one.judgement.score, one.person.pk))


def tell_apart(one: Person, other: Person, *, by: Member, at: datetime) -> ToldApart:
    """Remember that two are not the same person: they are not proposed again."""
    if one.pk == other.pk or one.member_id != other.member_id:
        raise NotAllowed("Only two different people of one book can be told apart.")
    first, second = sorted((one, other), key=lambda person: person.pk)
    with transaction.atomic():
        told, is_new = ToldApart.objects.get_or_create(one=first, other=second, defaults={"said_at": at})
        if is_new:
            record(by, "person.told_apart", f"{one} and {other} are not the same person.", one, other, at=at)
    return told


def take_back(told: ToldApart, *, by: Member, at: datetime) -> None:
    """Let two who were told apart be proposed again."""
    with transaction.atomic():
        if not ToldApart.objects.filter(pk=told.pk).delete()[0]:
            raise NotAllowed("This was taken back already.")
        says = f"{told.one} and {told.other} may be the same person after all."
        record(by, "person.told_apart_undone", says, told.one, told.other, at=at)


def _told_apart_from(person: Person) -> set[int]:
    pairs = ToldApart.objects.of(person).values_list("one", "other")
    return {key for pair in pairs for key in pair} - {person.pk}


def _in_bulk(keys: Sequence[int]) -> dict[int, Person]:
    """Load people by their keys in parts: SQLite takes a limited number of them at once."""
    found: dict[int, Person] = {}
    for start in range(0, len(keys), 500):
        found |= Person.objects.select_related("organisation").in_bulk(list(keys[start : start + 500]))
    return found


def _parsed(card: str) -> Card:
    return Card.parse(card) if card else Card(())
