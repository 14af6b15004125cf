"""Match keys: two cards that share none are never compared. The same keys serve a whole book and an indexed table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product

from rapport.rules.sameness.names import ADDRESS, SHORTEST_PART, Name, given_roots
from rapport.rules.sameness.readings import readings
from rapport.rules.sameness.script import bones, sound
from rapport.rules.sameness.traits import Traits

LONGEST = 120
"""Characters of a key."""

IDENTIFYING = ("m:", "t:", "w:")
"""Keys of what may identify somebody."""

COUNTED = ("g:", "f:", "o:", "d:")
"""Keys that only count how many bear a given name, a family name, work somewhere, or have a mailbox at a domain and a
company; nobody is compared by them."""

MOST_COMPARED = 80
"""A key that more records hold than this leads to nobody: it says too little."""


def value_keys(traits: Traits) -> list[str]:
    """Give the keys of what may identify somebody: mailboxes, telephones, profiles."""
    return [
        *(f"m:{mail}"[:LONGEST] for mail in traits.mails),
        *(f"t:{phone}"[:LONGEST] for phone in traits.phones),
        *(f"w:{profile[-100:]}" for profile in traits.profiles),
    ]


@lru_cache(maxsize=65536)
def full_name_keys(name: Name) -> frozenset[str]:
    """Give the keys of a full name, whichever part comes first, in all its forms; none without both parts."""
    words = {bones(word) for word in (*name.family, *name.middle, *name.elsewhere) if len(word) > 1}
    words |= readings(name.surname, name.script)
    givens = given_roots(name) | readings(name.given, name.script)
    return frozenset("n:" + " ".join(sorted((given, word))) for given in givens for word in words)


def name_keys(traits: Traits) -> Iterator[str]:
    """Give the keys of a name, whichever of its parts comes first, by its forms, its initial, and where they work."""
    name = traits.name
    if name.script == ADDRESS:
        yield from (f"go:{sound(name.given + name.surname)} {employer}" for employer in traits.employers)
    if not name.surname:
        return
    yield from full_name_keys(name)
    for family in (name.surname, *name.elsewhere):
        yield f"i:{sound(family)} {name.given[:1]}"
        yield from (f"fo:{sound(family)} {employer}" for employer in traits.employers)
    for employer in traits.employers:
        if len(name.given) > 1:
            yield f"go:{sound(name.given)} {employer}"


def counting_keys(traits: Traits) -> Iterator[str]:
    """Give the keys that are counted, to tell how rare a name and a company are."""
    name = traits.name
    if name.given:
        yield f"g:{sound(name.given)}"
    yield from (
        f"f:{sound(word)}" for word in name.family if len(word) >= SHORTEST_PART or word == name.surname
    )
    yield from (f"o:{employer}" for employer in traits.employers)


def counted_of_pair(one: Traits, other: Traits) -> set[str]:
    """Give the counting keys that comparing two cards asks for."""
    names = {key for traits in (one, other) for key in counting_keys(traits) if not key.startswith("o:")}
    shared = {f"o:{employer}" for employer in one.employers & other.employers}
    return names | (shared or {domain_key(*pair) for pair in product(one.employers, other.employers)})


def domain_key(one: str, other: str) -> str:
    """Give the key of cards that name an employer in both ways: by the domain of a mailbox and in full."""
    return f"d:{min(one, other)} {max(one, other)}"[:LONGEST]


def employers_of(keys: Iterable[str]) -> set[str]:
    """Give the keys that count the employers of such cards."""
    return {f"o:{name}" for key in keys if key.startswith("d:") for name in key[2:].split(" ")}


def match_keys(traits: Traits) -> frozenset[str]:
    """Give all keys of a card, each of at most `LONGEST` characters."""
    found = {*value_keys(traits), *name_keys(traits), *counting_keys(traits)}
    found.update(domain_key(*pair) for pair in combinations(traits.employers, 2))
    return frozenset(key[:LONGEST] for key in found)


def leads_to_people(key: str) -> bool:
    """Say whether those who share a key are compared."""
    return not key.startswith(COUNTED)
