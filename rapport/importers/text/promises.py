"""What an invitation promises about the answer: "we expect to decide within two weeks"."""

from __future__ import annotations

import re

from rapport.importers.text.words import label_of, pattern

_SENTENCES = re.compile(r"(?<=[.!?;])\s|\n\s*\n")


def pace_in(text: str) -> str | None:
    """Give how fast a text says they decide, a value of the fact `decision_pace`, or None where it does not say."""
    for sentence in _SENTENCES.split(text):
        if pattern("promise", "says").search(sentence) and (pace := label_of("pace", "is", sentence)):
            return pace
    return None
