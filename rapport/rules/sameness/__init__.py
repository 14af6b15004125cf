"""Sameness: which cards are of one person, by weights of evidence, and why. A name alone never joins."""

from rapport.rules.sameness.census import Census, census
from rapport.rules.sameness.comparing import Comparison
from rapport.rules.sameness.contradictions import contradiction
from rapport.rules.sameness.grouping import Group, grouped, groups
from rapport.rules.sameness.judging import DIFFERENT, MAYBE, SAME, Judgement, judge, may_be_one
from rapport.rules.sameness.keys import MOST_COMPARED, leads_to_people, match_keys
from rapport.rules.sameness.traits import Traits, traits

__all__ = [
    "DIFFERENT",
    "MAYBE",
    "MOST_COMPARED",
    "SAME",
    "Census",
    "Comparison",
    "Group",
    "Judgement",
    "Traits",
    "census",
    "contradiction",
    "grouped",
    "groups",
    "judge",
    "leads_to_people",
    "match_keys",
    "may_be_one",
    "traits",
]
