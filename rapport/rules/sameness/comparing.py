"""Two records compared: each outcome with its bits of evidence, their sum, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from rapport.rules.sameness.census import Census
from rapport.rules.sameness.keys import full_name_keys
from rapport.rules.sameness.likenesses import NameLikeness, shared_parts
from rapport.rules.sameness.names import Name
from rapport.rules.sameness.script import sound
from rapport.rules.sameness.traits import Traits
from rapport.rules.sameness.weights import weights


@dataclass(frozen=True, slots=True)
class Evidence:
    """One outcome of a comparison ("mail same") with its weight in bits, and the value it is about."""

    outcome: str
    bits: float
    about: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What speaks for and against one person; `score` is in bits, after the prior odds."""

    names: NameLikeness
    evidence: tuple[Evidence, ...]
    score: float

    def tells(self, outcome: str) -> bool:
        """Say whether an outcome was found."""
        return any(found.outcome == outcome for found in self.evidence)

    @property
    def is_identified(self) -> bool:
        """Whether a mailbox, a telephone or a profile is the same: a name alone never joins."""
        return any(found.outcome in {"mail same", "phone same", "profile same"} for found in self.evidence)


def compare(one: Traits, other: Traits, census: Census, names: NameLikeness) -> Comparison:
    """Compare two records, whose names compare so, of a book that `census` counted."""
    of_names = tuple(_of_names(one.name, other.name, names, census))
    evidence = (
        *of_names,
        *_of_both_names(one.name, other.name, names, of_names, census),
        *_of_values(one, other, census),
        *_of_employers(one, other, census),
        *_of_the_rest(one, other),
    )
    prior = -log2(max(census.records, weights().smallest_book))
    return Comparison(names, evidence, prior + sum(found.bits for found in evidence))


def _of_names(one: Name, other: Name, names: NameLikeness, census: Census) -> Iterator[Evidence]:
    w = weights()
    if names.given:
        keys = {f"g:{sound(one.given)}": one.given, f"g:{sound(other.given)}": other.given}
        yield _rare("given", names.given, keys, census)
    if names.family == "initial":
        yield Evidence("family initial", w.fixed["given initial"])
    elif names.family:
        words = shared_parts(one, other)[:1] if names.family == "part" else (one.surname, other.surname)
        yield _rare("family", names.family, {f"f:{sound(word)}": word for word in words}, census)
    if names.is_swapped:
        yield Evidence("swapped yes", w.fixed["swapped yes"])


def _of_both_names(
    one: Name, other: Name, names: NameLikeness, apart: tuple[Evidence, ...], census: Census
) -> Iterator[Evidence]:
    """Correct for names that go together: what one would expect of the two apart, brought in line with the book."""
    if not names.is_full:
        return
    w = weights()
    expected = min(w.together * 2.0 ** -sum(found.bits for found in apart if found.bits > 0), 1.0)
    shared = full_name_keys(one) & full_name_keys(other)
    if not shared:
        yield Evidence("together", -log2(w.together))
        return
    others = max(min(census.holders.get(key, 0) for key in shared) - 2, 0)
    seen = (others + w.trust) / (census.records + w.trust / expected)
    yield Evidence("together", -log2(w.together) + log2(expected / seen))


def _rare(trait: str, level: str, keys: dict[str, str], census: Census) -> Evidence:
    """Evidence of a name: the rarer, the more; of two spellings the commoner counts."""
    w = weights()
    outcome = f"{trait} {level}"
    if outcome in w.fixed:
        return Evidence(outcome, w.fixed[outcome])
    share = max(census.share_of_pair(trait, key, word) for key, word in keys.items())
    return Evidence(outcome, max(w.rare[outcome] - log2(share), 0.0), max(keys.values()))


def _of_values(one: Traits, other: Traits, census: Census) -> Iterator[Evidence]:
    w = weights()
    for trait, letter, mine, theirs in (
        ("profile", "w", one.profiles, other.profiles),
        ("mail", "m", one.mails, other.mails),
        ("phone", "t", one.phones, other.phones),
    ):
        if not mine or not theirs:
            continue
        shared = mine & theirs
        personal = sorted(value for value in shared if not census.is_switchboard(f"{letter}:{value}"))
        if personal:
            yield Evidence(f"{trait} same", w.fixed[f"{trait} same"], personal[0])
        elif not shared and trait != "profile":
            yield Evidence(f"{trait} differs", w.fixed[f"{trait} differs"])
        elif shared:
            yield Evidence("switchboard", 0.0, min(shared))


def _of_employers(one: Traits, other: Traits, census: Census) -> Iterator[Evidence]:
    w = weights()
    if not one.employers or not other.employers:
        return
    shared = one.employers & other.employers or _in_two_names(one, other, census)
    if shared:
        share, name = min((census.share_of_pair("employer", f"o:{name}"), name) for name in shared)
        shown = one.organisation or other.organisation or name
        yield Evidence("employer same", w.rare["employer same"] - log2(share), shown)
    elif (one.organisation and other.organisation) or (one.domains and other.domains):
        shown = (
            " and ".join(sorted((one.organisation, other.organisation)))
            if one.organisation and other.organisation
            else ""
        )
        yield Evidence("employer differs", w.fixed["employer differs"], shown)


def _in_two_names(one: Traits, other: Traits, census: Census) -> frozenset[str]:
    """Give the employers that the two records name differently, one perhaps by its domain."""
    pairs = ((mine, theirs) for mine in one.employers for theirs in other.employers)
    return frozenset(theirs for mine, theirs in pairs if census.is_one_employer(mine, theirs))


def _of_the_rest(one: Traits, other: Traits) -> Iterator[Evidence]:
    w = weights()
    if one.title and other.title:
        shared = one.title & other.title
        level = "same" if one.title == other.title else "alike" if shared else "differs"
        yield Evidence(f"title {level}", w.fixed[f"title {level}"])
    if one.born and one.born == other.born:
        yield Evidence("born same", w.fixed["born same"])
