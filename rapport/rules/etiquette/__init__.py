"""Etiquette: a situation and a set of norms give advice. Taste is data in `rules/norms`; mechanics is code here."""

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question, Reason, Window
from rapport.rules.etiquette.debate import ActDebate, Debate, Opinion, debate
from rapport.rules.etiquette.engine import advise
from rapport.rules.etiquette.norm import CAUTION, Norm, School
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.reading import (
    DEFAULT,
    NormError,
    NormProblem,
    hard_norms,
    load_schools,
    read_file,
    read_school,
    stated_norms,
)
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import ACTS, EVENTS, FACTS, PAIRS, VERDICTS, Fact

__all__ = [
    "ACTS",
    "CAUTION",
    "DEFAULT",
    "EVENTS",
    "FACTS",
    "PAIRS",
    "VERDICTS",
    "ActAdvice",
    "ActDebate",
    "Advice",
    "Change",
    "Debate",
    "Fact",
    "Norm",
    "NormError",
    "NormProblem",
    "Norms",
    "Opinion",
    "Question",
    "Reason",
    "School",
    "Situation",
    "Window",
    "WorkingCalendar",
    "advise",
    "debate",
    "hard_norms",
    "load_schools",
    "read_file",
    "read_school",
    "stated_norms",
]
