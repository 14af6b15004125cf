"""Etiquette: a situation and a set of norms give advice. Taste is data in `rules/norms`; mechanics is code here."""

from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question, Reason, Window
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import ACTS, EVENTS, FACTS, PAIRS, VERDICTS, Fact

__all__ = [
    "ACTS",
    "EVENTS",
    "FACTS",
    "PAIRS",
    "VERDICTS",
    "ActAdvice",
    "Advice",
    "Change",
    "Fact",
    "Question",
    "Reason",
    "Situation",
    "Window",
]
