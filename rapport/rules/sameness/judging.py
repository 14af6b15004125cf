"""The verdict on two records, the same for a whole book and for one new card: same, maybe or different, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapport.rules.sameness.census import Census
from rapport.rules.sameness.comparing import Comparison, compare
from rapport.rules.sameness.contradictions import contradiction
from rapport.rules.sameness.likenesses import NameLikeness, likeness_of_names
from rapport.rules.sameness.reasons import reasons
from rapport.rules.sameness.traits import Traits
from rapport.rules.sameness.weights import weights

SAME, MAYBE, DIFFERENT = "same", "maybe", "different"


@dataclass(frozen=True)
class Judgement:
    """`verdict` is same, maybe or different; `contradiction` says in a sentence what refuses, if anything does."""

    verdict: str
    comparison: Comparison
    contradiction: str = ""

    @property
    def score(self) -> float:
        """Bits in favour."""
        return self.comparison.score

    @cached_property
    def because(self) -> tuple[str, ...]:
        """The reasons as sentences, the weightiest first."""
        said = reasons(self.comparison)
        return (self.contradiction, *said) if self.contradiction else said


def judge(one: Traits, other: Traits, census: Census, names: NameLikeness | None = None) -> Judgement:
    """Judge whether two records are one person; `names` spares comparing them again.

    A contradiction refuses. Without a mailbox, a telephone or a profile in common the verdict is "maybe" at most;
    so it is where only an initial, or a family name that changed, stands against what they share.
    """
    found = compare(one, other, census, names or likeness_of_names(one.name, other.name))
    against = contradiction(one, other, found.names)
    if against or found.score < weights().maybe or _is_only_a_telephone(found):
        return Judgement(DIFFERENT, found, against)
    sure = found.is_identified and found.score >= weights().same and _names_allow(found)
    return Judgement(SAME if sure else MAYBE, found)


def may_be_one(one: Traits, other: Traits) -> NameLikeness | None:
    """Give how their names compare if judging two records can be worth while: most that share a key fail by them."""
    names = likeness_of_names(one.name, other.name)
    if one.profiles & other.profiles:
        return names
    if names.conflicts:
        return None
    is_open = names.family != "differs" or one.mails & other.mails or one.phones & other.phones
    return names if is_open else None


def _is_only_a_telephone(found: Comparison) -> bool:
    """A telephone rings for a house or a desk: without a name that agrees it tells nothing."""
    if found.tells("mail same") or found.tells("profile same"):
        return False
    return not {found.names.given, found.names.family} - {"", "differs"}


def _names_allow(found: Comparison) -> bool:
    names = found.names
    if names.family in {"differs", "elsewhere"}:
        return False
    if found.tells("profile same"):
        return True
    if found.tells("mail same"):
        return names.is_full or names.family == "" or names.given == "initial"
    return names.is_full and names.given != "near"
