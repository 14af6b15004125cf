"""What an invitation promises about the answer: "we expect to decide within two weeks"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from rapport.importers.text.dates.days import named_day
from rapport.importers.text.words import label_of, pattern

_UNTIL = re.compile(
    r"\b(?:by|before|until|(?:no|not) later than|bis|spätestens|d['’]ici|avant|antes de|entro|até)\s+(?P<when>.{3,60})",
    re.IGNORECASE,
)
_WEEK_ENDS = re.compile(
    r"(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|that\s+)?(?P<next>next\s+|following\s+)?week\b"
    r"|(?:zum\s+)?ende\s+(?:der|dieser|(?P<nächste>(?:der\s+)?(?:nächsten|nächster|kommenden|kommender)))\s+woche\b"
    r"|la\s+fin\s+de\s+(?:la|cette)\s+semaine(?P<prochaine>\s+prochaine)?",
    re.IGNORECASE,
)
_FRIDAY = 4
_SENTENCES = re.compile(r"(?<=[.!?;])\s|\n\s*\n")


def pace_in(text: str) -> str | None:
    """Give how fast a text says they decide, a value of the fact `decision_pace`, or None where it does not say."""
    for sentence in _SENTENCES.split(text):
        if pattern("promise", "says").search(sentence) and (pace := label_of("pace", "is", sentence)):
            return pace
    return None


def day_in(text: str, since: datetime) -> date | None:
    """Give the day by which a text says they answer, counted from `since`, the interview; None where it names none."""
    for sentence in _SENTENCES.split(text):
        if pattern("promise", "says").search(sentence):
            for until in _UNTIL.finditer(" ".join(sentence.split())):
                if day := _week_end(until["when"], since) or named_day(until["when"], since):
                    return day
    return None


def understood(promised: date | None) -> tuple[str, ...]:
    """Say what was understood of a promised day, so that the reader can put it right."""
    if promised is None:
        return ()
    said = f"{promised:%A} {promised.day} {promised:%B %Y}"
    return (
        f"As it reads, they mean to answer by {said}. Correct the day in the application if it is another.",
    )


def _week_end(when: str, since: datetime) -> date | None:
    """Give the Friday with which a week ends, not before `since`."""
    match = _WEEK_ENDS.match(when)
    if match is None:
        return None
    day = since.date()
    friday = day + timedelta(days=_FRIDAY - day.weekday())
    return friday + timedelta(weeks=any(match.groups()) or friday < day)
