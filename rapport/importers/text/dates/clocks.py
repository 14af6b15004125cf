"""A time of day as sentences state it: "2–3 pm", "14 Uhr", "2 o'clock in the afternoon"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from rapport.importers.text.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap](?:\.m\b\.?|m\b))?"
_RANGE = (
    r"(?:\s*(?:[–—-]|to|until|till|bis|à|a|alle|às)\s*(?P<until_hour>\d{1,2})(?:[:.h](?P<until_minute>\d{2}))?"
    r"\s*(?P<until_half>[ap](?:\.m\b\.?|m\b))?)?"
)
_DURATION = re.compile(
    r"(?P<count>\d{1,3}|an?|one|two|half an)[\s-]*"
    r"(?P<unit>minutes?|mins?|hours?|stunden?|minuten|heures?|horas?|ore|ora)\b"
    # how much before it one comes is not how long it takes
    r"(?!\W+(?:early|earlier|before|beforehand|prior|ahead|in advance|"
    r"vor|vorher|früher|avant|antes|prima|eerder|van tevoren)\b)",
    re.IGNORECASE,
)
NO_END = "The text does not say when it ends; one hour is assumed."
NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day with its end, if the text says until when, and where it stands in the text."""

    begins: time
    until: time | None
    at: int
    ends: int


@cache
def _expression() -> re.Pattern[str]:
    """Match a time of day. The part of the day may follow it and counts as am or pm, "2 o'clock in the afternoon"."""
    hours = r"(?:\s*(?:heures?|horas?|ore|uur|uhr))?"
    part = "|".join(
        f"(?P<{key}>{pattern('part_of_day', key).pattern})" for key in ("before_noon", "after_noon")
    )
    noon = rf"(?P<noon>(?:12(?:[:.]00)?\s*)?(?:{pattern('part_of_day', 'noon').pattern}))"
    return re.compile(
        rf"{noon}|(?<![\d.:/+-]){_CLOCK}(?:\s*(?P<word>uhr|h\b|o['’]clock))?{_RANGE}(?:{hours}\s*(?:{part}))?(?![\d/])",
        re.IGNORECASE,
    )


def clocks(text: str) -> Iterator[Clock]:
    """Give the times of day that a text states beyond doubt: a number alone is none."""
    for match in _expression().finditer(text):
        if match["noon"]:
            yield Clock(time(NOON), None, match.start(), match.end())
            continue
        part = "am" if match["before_noon"] else "pm" if match["after_noon"] else None
        is_clear = match["minute"] or match["half"] or match["word"] or match["until_half"] or part
        begins = _time(match["hour"], match["minute"], match["half"] or _same_half(match), part)
        if is_clear and begins:
            half = match["until_half"] or match["half"]
            until = _time(match["until_hour"], match["until_minute"], half, part)
            yield Clock(begins, until, match.start(), match.start() + len(match[0].rstrip()))


def end_of(starts: datetime, clock: Clock, after: str) -> tuple[datetime, tuple[str, ...]]:
    """Give when what begins at `starts` ends, as the clock or the words after it say, and what had to be assumed."""
    if clock.until and clock.until > clock.begins:
        begun = datetime.combine(starts.date(), clock.begins, UTC)
        return starts + (datetime.combine(starts.date(), clock.until, UTC) - begun), ()
    match = _DURATION.search(after)
    if match:
        count = match["count"].lower()
        is_minutes = match["unit"].lower().startswith("min")
        number = 0.5 if count == "half an" else float(_WORDS.get(count) or count)
        length = timedelta(minutes=number) if is_minutes else timedelta(hours=number)
        if timedelta(minutes=5) <= length <= timedelta(hours=NOON):
            return starts + length, ()
    return starts + timedelta(hours=1), (NO_END,)


def _same_half(match: re.Match[str]) -> str | None:
    """Give "1–2 pm" its first pm; in "11–12 pm" the first is before noon."""
    half = match["until_half"]
    if half and match["until_hour"] and int(match["hour"]) % NOON > int(match["until_hour"]) % NOON:
        return "am"
    return half


def _time(hour: str | None, minute: str | None, half: str | None, part: str | None) -> time | None:
    if hour is None:
        return None
    hours, minutes = int(hour), int(minute or 0)
    if half and not 1 <= hours <= NOON:
        return None
    if (half or part) and 1 <= hours <= NOON:  # "14:00 in the afternoon" says it twice
        hours = hours % NOON + (NOON if (half or part or "").lower().startswith("p") else 0)
    return time(hours, minutes) if hours <= _LAST_HOUR and minutes <= _LAST_MINUTE else None
