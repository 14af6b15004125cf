"""Putting a draft together: the fitting form, phrases unlike those already written, within the limit."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from math import lcm
from typing import TYPE_CHECKING, Any

from rapport.rules.drafts import phrases
from rapport.rules.drafts.draft import Draft
from rapport.rules.drafts.fields import fields_of
from rapport.rules.drafts.lengths import cut, length
from rapport.rules.drafts.names import is_formal
from rapport.rules.drafts.wording import Form, Phrase, Wording, fill, holds, shipped_wording
from rapport.rules.likeness import least_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rapport.rules.drafts.known import Known

ATTEMPTS = 4
"""How many whole drafts are compared with what was written before the least alike is taken."""

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


class _Composer:
    """One form filled for one person, in as many ways as there are."""

    def __init__(self, form: Form, known: Known, channel: str) -> None:
        self.form = form
        self.known = known
        self.fields = fields_of(known, by_post=form.by_post)
        self.facts = _facts(channel, known, self.fields)
        names = dict.fromkeys(part for paragraph in form.paragraphs for part in paragraph)
        self.choices = {
            part: self._choices(part) for part in (*names, *([form.subject] if form.subject else []))
        }

    def _choices(self, part: str) -> Sequence[Phrase]:
        """Give the phrases that fit and stand in the fewest texts written, from this person's own place on."""
        for shelf in self.form.parts[part]:
            fitting = [phrase for phrase in shelf.phrases if all(self.fields[name] for name in phrase.needs)]
            if fitting and holds(shelf.when, self.facts):
                start = _seed(self.known.name, self.form.act, self.form.channel, part) % len(fitting)
                turned = fitting[start:] + fitting[:start]
                uses = [sum(phrase.trace in text for text in self.known.written) for phrase in turned]
                fewest = min(uses)
                return [phrase for phrase, used in zip(turned, uses, strict=True) if used == fewest]
        return ()

    def _say(self, part: str, attempt: int) -> str:
        choices = self.choices[part]
        return fill(choices[attempt % len(choices)], self.fields) if choices else ""

    def _paragraph(self, parts: Sequence[str], attempt: int) -> str:
        """Join parts, begun with a capital: a phrase written to follow "Hi Dana," has a small letter."""
        said = " ".join(filter(None, (self._say(part, attempt) for part in parts)))
        choices = self.choices[parts[0]]
        begins_small = bool(choices) and choices[attempt % len(choices)].says[:1].islower()
        return said[0].upper() + said[1:] if begins_small else said

    def text(self, attempt: int) -> str:
        """Give the whole text, said in the way of this attempt."""
        paragraphs = (self._paragraph(parts, attempt) for parts in self.form.paragraphs)
        said = [paragraph for paragraph in paragraphs if paragraph]
        return "\n".join(f"• {point}" for point in said) if self.form.points else "\n\n".join(said)

    def draft(self, attempt: int, text: str, hints: tuple[str, ...]) -> Draft:
        subject = self._say(self.form.subject, attempt) if self.form.subject else ""
        return Draft(subject, text, self.known.note_limit if self.form.limited else None, hints)

    def best(self, hints: tuple[str, ...]) -> Draft | None:
        """Give the draft least like those written, among those within the limit; None when none is."""
        said: dict[str, int] = {}
        ways = lcm(*(len(choices) for choices in self.choices.values() if choices))
        for attempt in range(min(ATTEMPTS, ways)):
            text = self.text(attempt)
            if not self.form.limited or length(text) <= self.known.note_limit:
                said.setdefault(text, attempt)
                if not self.known.written:
                    break
        chosen = least_like(said, self.known.written)
        return None if chosen is None else self.draft(said[chosen], chosen, hints)


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
    return shortest.draft(0, cut(shortest.text(0), known.note_limit), hints)
