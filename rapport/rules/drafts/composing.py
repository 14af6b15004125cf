"""Putting a draft together: the fitting form, phrases unlike those already written, within the limit."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from math import lcm
from typing import TYPE_CHECKING, Any

from rapport.rules.drafts import phrases
from rapport.rules.drafts.days import has_begun
from rapport.rules.drafts.draft import Draft
from rapport.rules.drafts.fields import fields_of
from rapport.rules.drafts.lengths import cut, length
from rapport.rules.drafts.names import is_formal
from rapport.rules.drafts.wording import Form, Phrase, Wording, fill, holds, shipped_wording
from rapport.rules.likeness import NEAR_COPY, greatest_likeness, least_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rapport.rules.drafts.known import Known

ATTEMPTS = 4
"""How many whole drafts are compared with what was written before the least alike is taken."""

MIXTURES = 12
"""How many more, where all of those are near-copies: colleagues met together compare their notes."""

SHORTER_TOPICS = (50, 35, 22)
"""The lengths to which a topic is shortened, one after the other, to keep it within a site's limit."""


def moment(known: Known) -> str:
    """Name the moment: the decision, `waiting` while there is none, `elsewhere` without an interview."""
    if known.met not in ("", "interview") and known.decision in ("", "none"):
        return "elsewhere"
    return known.decision if known.decision not in ("", "none") else "waiting"


def _facts(channel: str, known: Known, fields: Mapping[str, str]) -> dict[str, Any]:
    """Give what conditions in the wording may ask about."""
    return {
        "moment": moment(known),
        "role": known.role,
        "kind": known.kind,
        "met": known.met,
        "again": known.interviews > 1,
        "formal": is_formal(fields["name"]),
        "accepts": channel != "social" if known.accepts is None else known.accepts,
        "connected": known.degree == 1,
        "begun": has_begun(known),
    }


def _rungs(known: Known) -> Iterator[Known]:
    """Give what is known, then less and less of it, the most personal last to go, for short texts."""
    yield known
    yield replace(known, topics=known.topics[:1])
    for longest in SHORTER_TOPICS:
        yield replace(known, topics=tuple(phrases.topic(said, longest) for said in known.topics[:1]))
    yield replace(
        known,
        job_title="",
        topics=tuple(phrases.topic(said, SHORTER_TOPICS[-1]) for said in known.topics[:1]),
    )
    yield replace(known, topics=())
    yield replace(known, topics=(), job_title="")
    yield replace(known, topics=(), job_title="", organisation="", me="")
    yield replace(known, topics=(), job_title="", organisation="", me="", name="", given_name="")


def _seed(*words: str) -> int:
    return int.from_bytes(
        blake2b("\x1f".join(words).encode("utf-8", "replace"), digest_size=8).digest(), "big"
    )


Way = dict[str, Phrase]
"""One phrase for each part of a form that has any to say."""


class _Composer:
    """One form filled for one person, in as many ways as there are."""

    def __init__(self, form: Form, known: Known, channel: str) -> None:
        self.form = form
        self.known = known
        self.fields = fields_of(known, by_post=form.by_post)
        self.facts = _facts(channel, known, self.fields)
        names = dict.fromkeys(part for paragraph in form.paragraphs for part in paragraph)
        self.choices = {
            part: choices
            for part in (*names, *([form.subject] if form.subject else []))
            if (choices := self._choices(part))
        }

    def _choices(self, part: str) -> Sequence[Phrase]:
        """Give the phrases that fit, those least used in what was written first, from this person's own place on."""
        for shelf in self.form.parts[part]:
            fitting = [phrase for phrase in shelf.phrases if all(self.fields[name] for name in phrase.needs)]
            if fitting and holds(shelf.when, self.facts):
                start = _seed(self.known.name, self.form.act, self.form.channel, part) % len(fitting)
                return sorted(fitting[start:] + fitting[:start], key=self._uses)
        return ()

    def _uses(self, phrase: Phrase) -> int:
        return sum(phrase.trace in text for text in self.known.written)

    def fresh(self) -> Iterator[Way]:
        """Give ways of the phrases least used."""
        least = {
            part: [phrase for phrase in choices if self._uses(phrase) == self._uses(choices[0])]
            for part, choices in self.choices.items()
        }
        for attempt in range(min(ATTEMPTS, lcm(*map(len, least.values())))):
            yield self._way({part: _from(choices, attempt) + choices for part, choices in least.items()})

    def mixed(self) -> Iterator[Way]:
        """Give ways of whatever phrases fit, for where many have been written to."""
        for attempt in range(MIXTURES):
            yield self._way(
                {
                    part: _from(choices, _seed(self.known.name, part, str(attempt)))
                    for part, choices in self.choices.items()
                }
            )

    def _way(self, choices: Mapping[str, Sequence[Phrase]]) -> Way:
        """Take the first choice for each part, or the first after it that repeats nothing of the parts before."""
        way: Way = {}
        said: set[str] = set()
        for part, phrases_of_part in choices.items():
            chosen = next((one for one in phrases_of_part if not one.runs & said), phrases_of_part[0])
            way[part] = chosen
            said |= chosen.runs
        return way

    def _paragraph(self, parts: Sequence[str], way: Way) -> str:
        """Join parts, begun with a capital: a phrase written to follow "Hi Dana," has a small letter."""
        said = " ".join(fill(way[part], self.fields) for part in parts if part in way)
        begins_small = parts[0] in way and way[parts[0]].says[:1].islower()
        return said[0].upper() + said[1:] if begins_small else said

    def text(self, way: Way) -> str:
        """Give the whole text, said in one way."""
        paragraphs = (self._paragraph(parts, way) for parts in self.form.paragraphs)
        said = [paragraph for paragraph in paragraphs if paragraph]
        return "\n".join(f"• {point}" for point in said) if self.form.points else "\n\n".join(said)

    def draft(self, way: Way, text: str, hints: tuple[str, ...]) -> Draft:
        """Give the draft of a text that was said in one way."""
        subject = way.get(self.form.subject)
        limit = self.known.note_limit if self.form.limited else None
        return Draft(fill(subject, self.fields) if subject else "", text, limit, hints)

    def best(self, hints: tuple[str, ...]) -> Draft | None:
        """Give the draft least like those written, among those within the limit; None when none is."""
        said: dict[str, Way] = {}
        chosen = None
        for ways in (self.fresh, self.mixed):
            for way in ways():
                text = self.text(way)
                if not self.form.limited or length(text) <= self.known.note_limit:
                    said.setdefault(text, way)
                    if not self.known.written:
                        break
            chosen = least_like(said, self.known.written)
            if chosen is not None and greatest_likeness(chosen, self.known.written) < NEAR_COPY:
                break
        return None if chosen is None else self.draft(said[chosen], chosen, hints)


def _from(choices: Sequence[Phrase], place: int) -> list[Phrase]:
    start = place % len(choices)
    return [*choices[start:], *choices[:start]]


def _hints(form: Form, wording: Wording, known: Known) -> tuple[str, ...]:
    """Say what the member could add, for the page to show beside the draft."""
    said = phrases.topics(known.topics)
    missing = {
        "topics": not said and not any(map(phrases.has_letters, known.topics)),
        "sentence": not said and any(map(phrases.has_letters, known.topics)),
        "me": not known.me.strip(),
        "third": not known.third.strip(),
        "purpose": True,
    }
    asked = ("sentence", *form.hints) if "topics" in form.hints else form.hints
    return tuple(wording.hints[hint] for hint in asked if missing[hint])


def compose(act: str, channel: str, known: Known) -> Draft | None:
    """Give the words for one act by one channel, or None where there is nothing to write.

    Pure and deterministic: the phrasing is chosen by the person and the act, away from `known.written`. A draft
    with a limit never exceeds it.
    """
    wording = shipped_wording()
    of_the_pair = wording.forms.get((act, channel), ())
    facts = _facts(channel, known, {"name": ""})
    forms = [form for form in of_the_pair if holds(form.when, facts)]
    if not forms:
        return None
    hints = _hints(forms[0], wording, known)
    if not forms[0].limited:
        return _Composer(forms[0], known, channel).best(hints)
    for rung in _rungs(known):
        for form in forms:
            if draft := _Composer(form, rung, channel).best(hints):
                return draft
    shortest = _Composer(forms[-1], rung, channel)
    way = next(shortest.fresh())
    return shortest.draft(way, cut(shortest.text(way), known.note_limit), hints)
