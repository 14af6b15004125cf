"""The debate: one situation put to every school, act by act; each speaks with its own voice or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Change, Reason, Window
from rapport.rules.etiquette.engine import own_voice
from rapport.rules.etiquette.moment import moment
from rapport.rules.etiquette.norm import School
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.reading import hard_norms, load_schools, stated_norms
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import FACTS, PAIRS


class Opinion(NamedTuple):
    """What one school says on one act; `verdict` is None where it has no opinion."""

    school: School
    verdict: str | None = None
    until: str | None = None
    window: Window | None = None
    says: str = ""
    source: str = ""


class ActDebate(NamedTuple):
    """All schools on one act by one channel; `rules` are the hard norms and their own word that apply over all."""

    act: str
    channel: str
    opinions: tuple[Opinion, ...]
    rules: tuple[Reason, ...]

    def saying(self, verdict: str | None) -> tuple[Opinion, ...]:
        """The schools of one verdict; None for those without an opinion."""
        return tuple(opinion for opinion in self.opinions if opinion.verdict == verdict)


@dataclass(frozen=True, slots=True)
class Debate:
    """One situation, every act, every school."""

    acts: tuple[ActDebate, ...]

    def on(self, act: str, channel: str = "") -> ActDebate:
        """The debate on one act by one channel; a KeyError when the vocabulary has no such pair."""
        for debated in self.acts:
            if debated.act == act and debated.channel == channel:
                return debated
        raise KeyError((act, channel))


def debate(
    situation: Situation, calendar: WorkingCalendar, schools: Iterable[School] | None = None
) -> Debate:
    """Put `situation` to `schools` (by default all that ship)."""
    clock, known = moment(situation, calendar)
    asked = tuple(schools if schools is not None else load_schools().values())
    voices = [
        (school, Opinion(school), own_voice(Norms.of_school_alone(school), known, clock)) for school in asked
    ]
    over_all = [
        own_voice(Norms.of_school_alone(level), known, clock) for level in (hard_norms(), stated_norms())
    ]
    return Debate(
        tuple(
            ActDebate(
                *pair,
                opinions=tuple(
                    _opinion(school, voice[pair]) if pair in voice else silence
                    for school, silence, voice in voices
                ),
                rules=tuple(reason for voice in over_all if pair in voice for reason in voice[pair].because),
            )
            for pair in PAIRS
        )
    )


def _opinion(school: School, advised: ActAdvice) -> Opinion:
    if advised.because:
        return Opinion(
            school,
            advised.verdict,
            advised.until,
            advised.window,
            advised.because[0].says,
            advised.because[0].source,
        )
    return Opinion(school, advised.verdict, says=f"It depends. {_asked(advised)}", source=school.source)


def _asked(advised: ActAdvice) -> str:
    """Each question with what its answers would give."""
    answers: dict[str, list[str]] = {}
    for change in advised.would_change:
        if FACTS[change.fact].is_asked:
            answers.setdefault(change.fact, []).append(f"{_answer(change)}: {change.verdict}")
    return " ".join(f"{FACTS[fact].asks} ({', '.join(given)})" for fact, given in answers.items())


def _answer(change: Change) -> str:
    if isinstance(change.value, bool):
        return "yes" if change.value else "no"
    return str(change.value).replace("_", " ")
