"""Cards that come in together: which of them are certainly of one person, by the scoring that compares a whole book."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import chain, combinations

from rapport.accounts.models import Member
from rapport.people.recognition import Looking
from rapport.rules.card import Card
from rapport.rules.sameness import (
    MOST_COMPARED,
    SAME,
    Census,
    grouped,
    match_keys,
    may_be_one,
    traits,
)
from rapport.rules.sameness.census import SWITCHBOARD, families, name_words
from rapport.rules.sameness.keys import counted_of_pair, counting_keys, value_keys
from rapport.rules.sameness.traits import phones_of


def together(member: Member, cards: Sequence[Card]) -> list[tuple[list[Card], tuple[str, ...]]]:
    """Give the cards of each person who certainly stands on several, and why; who shares no telephone is not compared.

    How rare a name is, and what is a switchboard, is counted in the book, as far as its keys are written, and among
    the cards.
    """
    pairs = _sharing_a_telephone(cards, member.country)
    told = {place: traits(cards[place], member.country) for place in sorted(set(chain(*pairs)))}
    pairs = [(one, other) for one, other in pairs if may_be_one(told[one], told[other])]
    if not pairs:
        return []
    places = sorted(set(chain(*pairs)))
    book = [told[place] for place in places]
    asked = set(chain(*map(match_keys, book)))
    asked.update(*(counted_of_pair(told[one], told[other]) for one, other in pairs))
    values = [value_keys(one) for one in book]
    counted = _counted(Looking(member), cards, asked, frozenset(chain(*values)))
    found = grouped(book, values, counted, verdicts=(SAME,))
    return [([cards[places[place]] for place in group.places], group.because) for group in found]


def _sharing_a_telephone(cards: Sequence[Card], country: str) -> list[tuple[int, int]]:
    """Give the places of cards, two and two, that share a telephone; one that very many share leads to nobody."""
    ringing: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        for phone in phones_of(card, country):
            ringing[phone].append(place)
    few = (places for places in ringing.values() if 1 < len(places) <= MOST_COMPARED)
    return list(dict.fromkeys(pair for places in few for pair in combinations(places, 2)))


def _counted(
    looking: Looking, cards: Sequence[Card], asked: Collection[str], values: Collection[str]
) -> Census:
    """Count keys, and the families behind values, in the book and among the cards."""
    holders = Counter(looking.count(asked))
    names: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for card in cards:
        one = traits(card, looking.member.country)
        holders.update(key for key in match_keys(one) if key in asked)
        for key in value_keys(one):
            if key in values:
                names[key].add(name_words(counting_keys(one)))
    sharing = {
        key: families([*borne, *looking.names_behind(key)])
        for key, borne in names.items()
        if holders[key] >= SWITCHBOARD
    }
    return Census(looking.records + len(cards), holders, sharing)
