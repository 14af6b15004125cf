"""A whole book: every pair that shares a key judged, and the best joined first, never across a contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf

from rapport.rules.sameness.census import Census, census
from rapport.rules.sameness.judging import DIFFERENT, MAYBE, SAME, judge, may_be_one
from rapport.rules.sameness.keys import MOST_COMPARED, leads_to_people, match_keys
from rapport.rules.sameness.traits import Traits

_MOST_BITS, _LEAST_BITS = 5.0, -2.0
"""One pair counts for as much at most, and so much of all pairs on the average is needed, when groups come together."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one person, by their places in the book; `verdict` is the least sure of the joins."""

    places: tuple[int, ...]
    verdict: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    score: float
    one: int
    other: int
    verdict: str


def groups(
    book: Sequence[Traits],
    *,
    apart: Collection[tuple[int, int]] = (),
    verdicts: Collection[str] = (SAME, MAYBE),
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[Group, ...]:
    """Group the records of one person; `apart` are pairs of places (the smaller first) that a member told apart.

    With `verdicts` of "same" alone only what may be joined without asking. A large book takes a minute: once
    `is_over`, what was found so far is given.
    """
    keys = [match_keys(traits) for traits in book]
    counted = census(keys, book)
    return grouped(book, keys, counted, apart=apart, verdicts=verdicts, is_over=is_over)


def grouped(
    book: Sequence[Traits],
    keys: Sequence[Collection[str]],
    counted: Census,
    *,
    apart: Collection[tuple[int, int]] = (),
    verdicts: Collection[str] = (SAME, MAYBE),
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[Group, ...]:
    """Group records whose keys are known and counted."""
    pairs = _pairs(keys, counted, is_over)
    links = sorted(
        _links(book, pairs, counted, verdicts), key=lambda link: (-link.score, link.one, link.other)
    )
    known = {(link.one, link.other): link.score for link in links}
    clusters = _Clusters(_Favour(book, counted, frozenset(apart), known))
    joined = [link for link in links if clusters.join(link.one, link.other)]
    return tuple(_group(found, book, counted) for found in clusters.found(joined))


def _links(
    book: Sequence[Traits], pairs: Iterable[tuple[int, int]], counted: Census, verdicts: Collection[str]
) -> Iterator[_Link]:
    for one, other in pairs:
        names = may_be_one(book[one], book[other])
        if names is None:
            continue
        judged = judge(book[one], book[other], counted, names)
        if judged.verdict != DIFFERENT and judged.verdict in verdicts:
            yield _Link(judged.score, one, other, judged.verdict)


def _pairs(
    keys: Sequence[Collection[str]], counted: Census, is_over: Callable[[], bool]
) -> Iterator[tuple[int, int]]:
    """Give every pair that shares a key that leads to people, once: the smaller place first."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(keys):
        if is_over():
            return
        earlier: set[int] = set()
        for key in held:
            if leads_to_people(key) and 1 < counted.holders[key] <= MOST_COMPARED:
                earlier.update(holders[key])
                holders[key].append(place)
        yield from ((other, place) for other in earlier)


@dataclass(frozen=True, slots=True)
class _Favour:
    """The bits in favour of two records, within bounds; minus infinity for what must not come together."""

    book: Sequence[Traits]
    counted: Census
    apart: Collection[tuple[int, int]]
    known: Mapping[tuple[int, int], float]

    def __call__(self, one: int, other: int) -> float:
        pair = min(one, other), max(one, other)
        if pair in self.apart:
            return -inf
        score = self.known.get(pair)
        return self._judged(*pair) if score is None else min(score, _MOST_BITS)

    def _judged(self, one: int, other: int) -> float:
        judged = judge(self.book[one], self.book[other], self.counted)
        return -inf if judged.contradiction else max(min(judged.score, _MOST_BITS), -_MOST_BITS)


class _Clusters:
    """Records joined one link at a time, unless any two that would come together contradict each other.

    Nor may all that is known of the two groups speak against it on the average: of two people of one name, a record
    that could be either's would else join them.
    """

    def __init__(self, favour: Callable[[int, int], float]) -> None:
        self._favour = favour
        self._of: dict[int, list[int]] = {}

    def join(self, one: int, other: int) -> bool:
        """Join the clusters of two records; False when they were one already or something contradicts."""
        mine, theirs = self._of.get(one, [one]), self._of.get(other, [other])
        if mine is theirs or not self._belong(mine, theirs):
            return False
        together = [*mine, *theirs]
        self._of.update((place, together) for place in together)
        return True

    def _belong(self, mine: Sequence[int], theirs: Sequence[int]) -> bool:
        bits = 0.0
        for a, b in product(mine, theirs):
            favour = self._favour(a, b)
            if favour == -inf:
                return False
            bits += favour
        return bits >= _LEAST_BITS * len(mine) * len(theirs)

    def found(self, joined: Sequence[_Link]) -> list[list[_Link]]:
        """Give the links of each cluster, the best first, in the order of the book."""
        links: defaultdict[int, list[_Link]] = defaultdict(list)
        for link in joined:
            links[min(self._of[link.one])].append(link)
        return [links[first] for first in sorted(links)]


def _group(links: Sequence[_Link], book: Sequence[Traits], counted: Census) -> Group:
    places = sorted({place for link in links for place in (link.one, link.other)})
    weakest = links[-1]
    because = judge(book[weakest.one], book[weakest.other], counted).because
    return Group(tuple(places), MAYBE if any(link.verdict == MAYBE for link in links) else SAME, because)
