"""How many records of a book hold a key: what is rare weighs more, and what many hold identifies nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapport.rules.sameness.keys import counting_keys, domain_key, value_keys
from rapport.rules.sameness.traits import Traits
from rapport.rules.sameness.weights import weights
from rapport.rules.sameness.words import common

SWITCHBOARD = 3
"""A value held by so many people whose names have nothing in common is a switchboard, or a mailbox of all."""


BOTH_NAMES, _SHARE_OF_BOTH = 2, 0.25
"""So many cards, and such a share of an employer's, must give both of its names: one card may be out of date."""


@dataclass(slots=True)
class Census:
    """The number of `records` of a book, of the `holders` of each key, and of the families that share a value.

    A value that is missing from `sharing` is held by too few to be a switchboard.
    """

    records: int
    holders: Mapping[str, int] = field(default_factory=dict)
    sharing: Mapping[str, int] = field(default_factory=dict)

    def is_switchboard(self, key: str) -> bool:
        """Say whether so many share a value that it identifies nobody."""
        return self.sharing.get(key, 0) >= SWITCHBOARD

    def is_one_employer(self, one: str, other: str) -> bool:
        """Say whether so many cards bear two names of an employer, as of a domain and in full, that both are one's."""
        both = self.holders.get(domain_key(one, other), 0)
        fewest = min(self.holders.get(f"o:{name}", 0) for name in (one, other))
        return both >= BOTH_NAMES and both >= fewest * _SHARE_OF_BOTH

    def share_of_pair(self, trait: str, key: str, word: str = "") -> float:
        """Give the share of people that a key fits, above 0: counted here, smoothed by what is usual.

        Of the two records compared one is left out: were they one person, they would be counted twice.
        """
        w = weights()
        others = max(self.holders.get(key, 0) - 1, 0)
        counted = (others + w.bulk * w.usual[trait]) / (self.records + w.bulk)
        names = common()
        if trait == "family" and word in names.families:
            return max(counted, names.family_share)
        if trait == "given" and word in names.givens:
            return max(counted, names.given_share)
        return counted


def census(keys: Iterable[frozenset[str]], book: Iterable[Traits]) -> Census:
    """Count a book held in memory; `keys` are each record's."""
    holders: Counter[str] = Counter()
    records = 0
    for held in keys:
        records += 1
        holders.update(held)
    return Census(records, holders, shared_values(book))


def shared_values(book: Iterable[Traits]) -> dict[str, int]:
    """Count the families behind each mailbox and telephone that several records hold."""
    found: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for traits in book:
        words = name_words(counting_keys(traits))
        for key in value_keys(traits):
            found[key].add(words)
    return {key: families(names) for key, names in found.items() if len(names) >= SWITCHBOARD}


def name_words(keys: Iterable[str]) -> frozenset[str]:
    """Give the words of a name, as they sound, of a record's counted keys."""
    return frozenset(key[2:] for key in keys if key.startswith(("g:", "f:")))


def families(names: Iterable[frozenset[str]]) -> int:
    """Count names, each by its words, that have none in common: one person's forms and slips, and a family, are one.

    Counting ends with a switchboard.
    """
    apart: list[frozenset[str]] = []
    for words in sorted(names, key=sorted):
        if words and len(apart) < SWITCHBOARD and all(words.isdisjoint(other) for other in apart):
            apart.append(words)
    return len(apart)
