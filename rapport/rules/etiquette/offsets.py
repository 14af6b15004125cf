"""Offsets such as "1 working day of interview_end": a number, a unit, and the event they are counted from."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapport.rules.etiquette.conditions import nearest_spelling
from rapport.rules.etiquette.vocabulary import EVENTS

UNITS = ("hours", "days", "working days")
_WRITTEN = re.compile(r"(\d{1,4}) (hour|day|working day)s?(?: of (\w+))?")


class Offset(NamedTuple):
    """`number` units after `event`."""

    number: int
    unit: str
    event: str = "interview_end"

    @classmethod
    def parse(cls, text: str) -> Offset:
        """Read an offset as norms write it; ValueError with a sentence otherwise."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is no offset; write it as '2 working days of interview_end'.")
        event = match[3] or "interview_end"
        if event not in EVENTS:
            raise ValueError(f"{event!r} is no event.{nearest_spelling(event, EVENTS)}")
        return cls(int(match[1]), match[2] + "s", event)
