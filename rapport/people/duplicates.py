"""Who of a book may be one person: the whole book grouped by the evidence of its cards, and proposals kept of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.people.models import Person, Proposal, Recognised, ToldApart
from rapport.people.recognition import Looking, traits_of, write_keys
from rapport.rows import in_parts
from rapport.rules.sameness import Traits, grouped, groups, match_keys

FEW = 300
"""Up to how many people are each looked up by their keys; of more, the whole book is grouped anew."""

_PART = 1000
"""People whose keys are written between two looks at whether to stop."""

AT_ONCE = 25
"""Up to how many people are compared while a page is waited for."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """People who may be one; `verdict` is same or maybe, `because` the reasons as sentences."""

    people: tuple[Person, ...]
    verdict: str
    because: tuple[str, ...]


def duplicates(member: Member) -> list[Duplicates]:
    """Group a member's whole book; each group is one proposed person, told-apart pairs respected.

    Cards are read one after the other: only what is compared of each is held in memory.
    """
    keys, book = _whole_book(member)
    apart = _places_apart(keys, ToldApart.pairs(member))
    found = groups(book, apart=apart)
    shown = _in_bulk([keys[place] for group in found for place in group.places])
    return [
        Duplicates(tuple(shown[keys[place]] for place in group.places), group.verdict, group.because)
        for group in found
    ]


def proposed(member: Member, heads: Iterable[int] | None = None) -> list[tuple[int, ...]]:
    """Give the keys of people who are proposed as one, a tuple for all that hang together; of `heads`, or of all."""
    apart = ToldApart.pairs(member)
    together: dict[int, list[int]] = {}
    for pair in _hanging_together(member, Proposal.objects.heads(member) if heads is None else heads):
        if pair not in apart:
            mine, theirs = (together.get(key, [key]) for key in pair)
            if mine is not theirs:
                joined = [*mine, *theirs]
                together.update((key, joined) for key in joined)
    return sorted({tuple(sorted(found)) for found in together.values()})


def _hanging_together(member: Member, heads: Iterable[int]) -> set[tuple[int, int]]:
    """Give all proposals that hang together with those of some people."""
    pairs: set[tuple[int, int]] = set()
    reached: set[int] = set()
    edge = set(heads)
    while edge:
        reached |= edge
        for some in in_parts(sorted(edge)):
            near = Proposal.objects.seen_by(member).filter(Q(one__in=some) | Q(other__in=some))
            pairs.update(near.values_list("one", "other"))
        edge = {key for pair in pairs for key in pair} - reached
    return pairs


def judged(member: Member, proposals: Iterable[Sequence[int]]) -> list[Duplicates]:
    """Judge some proposals as the whole book would be: each gives its groups, with verdict and reasons."""
    proposals = list(proposals)
    people = _in_bulk([key for proposal in proposals for key in proposal])
    told = {key: traits_of(person.card, member) for key, person in people.items()}
    proposals = [[key for key in proposal if key in people] for proposal in proposals]
    pairs = [(told[a], told[b]) for proposal in proposals for a, b in combinations(proposal, 2)]
    keys = [key for proposal in proposals for key in proposal]
    book = [told[key] for key in keys]
    match = [match_keys(traits) for traits in book]
    apart = ToldApart.pairs(member)
    counted = Looking(member).census(pairs, frozenset().union(*match))
    found = grouped(book, match, counted, apart=_places_apart(keys, apart))
    return [
        Duplicates(tuple(people[keys[place]] for place in group.places), group.verdict, group.because)
        for group in found
    ]


def compare(member: Member, is_over: Callable[[], bool] = lambda: False, *, few: int = FEW) -> None:
    """Bring keys and proposals up to date with the cards; once `is_over`, the rest stays due.

    Up to `few` people are each looked up by their keys; of more, the whole book is grouped anew.
    """
    while write_keys(member, at_most=_PART):
        if is_over():
            return
    due = Person.objects.seen_by(member).filter(recognised=Recognised.BY_KEYS)
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    if len(keys) > few:
        _compare_all(member, keys, is_over)
        return
    apart = ToldApart.pairs(member)
    looking = Looking(member, apart=apart) if keys else None
    for key in keys:
        if looking is None or is_over():
            return
        _compare_one(member, key, looking)


def is_due(member: Member) -> int:
    """Give how many people of a book are not compared as they are now."""
    return Person.objects.seen_by(member).filter(recognised__lt=Recognised.COMPARED).count()


def _compare_one(member: Member, key: int, looking: Looking) -> None:
    with transaction.atomic():
        person = Person.objects.seen_by(member).filter(pk=key, recognised=Recognised.BY_KEYS).first()
        if person is None:
            return
        Proposal.objects.about(person).delete()
        found = looking.alike(traits_of(person.card, member), besides=key)
        _propose(member, [(key, one.person) for one in found])
        Person.objects.filter(pk=key, recognised=Recognised.BY_KEYS).update(recognised=Recognised.COMPARED)


def _compare_all(member: Member, due: Sequence[int], is_over: Callable[[], bool]) -> None:
    """Group the whole book; what its cards say is read once, and a card that changes meanwhile is due again."""
    keys, book = _whole_book(member)
    found = groups(book, apart=_places_apart(keys, ToldApart.pairs(member)), is_over=is_over)
    if is_over():
        return
    pairs = [(keys[group.places[0]], keys[place]) for group in found for place in group.places[1:]]
    with transaction.atomic():
        Proposal.objects.seen_by(member).delete()
        _propose(member, pairs)
        for some in in_parts(due):
            compared = Person.objects.filter(pk__in=some, recognised=Recognised.BY_KEYS)
            compared.update(recognised=Recognised.COMPARED)


def _propose(member: Member, pairs: Iterable[tuple[int, int]]) -> None:
    ordered = sorted({(min(pair), max(pair)) for pair in pairs})
    there = set(_in_bulk([key for pair in ordered for key in pair]))
    rows = (
        Proposal(member=member, one_id=one, other_id=other)
        for one, other in ordered
        if one in there and other in there
    )
    Proposal.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _whole_book(member: Member) -> tuple[list[int], list[Traits]]:
    keys: list[int] = []
    book: list[Traits] = []
    people = Person.objects.seen_by(member).order_by("pk").values_list("pk", "card")
    for key, card in people.iterator(chunk_size=500):
        keys.append(key)
        book.append(traits_of(card, member))
    return keys, book


def _places_apart(keys: Sequence[int], apart: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Give pairs of people by their places in a book, the smaller first."""
    concerned = {key for pair in apart for key in pair}
    places = {key: place for place, key in enumerate(keys) if key in concerned}
    pairs = ((places.get(one), places.get(other)) for one, other in apart)
    return frozenset(
        (one, other) for one, other in pairs if one is not None and other is not None and one < other
    )


def _in_bulk(keys: Sequence[int]) -> dict[int, Person]:
    """Load people by their keys in parts: SQLite takes a limited number of them at once."""
    found: dict[int, Person] = {}
    standing = (
        Person.objects.filter(merged_into=None).select_related("organisation").prefetch_related("emails")
    )
    for some in in_parts(keys):
        found |= standing.in_bulk(some)
    return found
