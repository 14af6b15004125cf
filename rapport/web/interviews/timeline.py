"""The steps towards one person as a line in time: pure, so that the picture and the list say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from rapport.rules import moments

_WIDTH = 760
_MARGIN = 62
_BELOW = 58
_LINE = 16
_WRAP = 19


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the line. `at` is None for an event that has no day yet: it stands at the end.

    `kind` is happened, ahead, now, do, done, arrives or hold.
    """

    says: str
    kind: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark in its place: `x` in the picture's units, the day in words, short lines of what it says with their `y`."""

    x: int
    day: str
    lines: tuple[tuple[int, str], ...]
    says: str
    kind: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the line between two spots: past, ahead or unknown."""

    begins: int
    ends: int
    kind: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: its size, its spots from left to right and the stretches between them."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    stretches: tuple[Stretch, ...]


def draw(marks: Iterable[Mark], now: datetime, zone: ZoneInfo) -> Timeline:
    """Place the marks in the order of time, evenly, since what matters is what comes before what.

    Marks of the same day and kind share a spot; `now` is added where it falls. Days are those of `zone`.
    """
    found = list(marks)
    dated = [mark for mark in found if mark.at]
    undated = [mark for mark in found if mark.at is None]
    ordered = _together([*dated, Mark("now", "now", now)], zone) + undated
    places = _places(len(ordered))
    spots = tuple(_spot(mark, x, now, zone) for mark, x in zip(ordered, places, strict=True))
    deepest = max(len(spot.lines) for spot in spots)
    return Timeline(_WIDTH, _BELOW + _LINE * deepest, spots, _stretches(spots, now))


def _together(marks: Sequence[Mark], zone: ZoneInfo) -> list[Mark]:
    """Join marks of one day and kind, in the order of time."""
    joined: dict[tuple[object, str], Mark] = {}
    for mark in sorted(marks, key=lambda mark: mark.at.timestamp() if mark.at else 0):
        key = (mark.at.astimezone(zone).date() if mark.at else None, mark.kind)
        earlier = joined.get(key)
        joined[key] = Mark(f"{earlier.says}, {mark.says}", mark.kind, earlier.at) if earlier else mark
    return list(joined.values())


def _places(count: int) -> list[int]:
    if count == 1:
        return [_WIDTH // 2]
    step = (_WIDTH - 2 * _MARGIN) / (count - 1)
    return [round(_MARGIN + step * index) for index in range(count)]


def _spot(mark: Mark, x: int, now: datetime, zone: ZoneInfo) -> Spot:
    day = _shorter(moments.day_in_words(mark.at, now, zone)) if mark.at else ""
    lines = tuple((_BELOW + _LINE * number, line) for number, line in enumerate(_wrapped(mark.says)))
    return Spot(x, day, lines, mark.says, mark.kind, mark.at)


def _shorter(day: str) -> str:
    """A weekday in three letters and without the year: a picture has little room."""
    words = day.split()
    if len(words) == 1:
        return day[0].upper() + (day[1:] if day in {"today", "tomorrow", "yesterday"} else day[1:3])
    return " ".join([words[0], words[1], words[2][:3]]) if len(words) > 2 else day[0].upper() + day[1:]  # noqa: PLR2004 - a weekday, a day and a month


def _wrapped(says: str) -> tuple[str, ...]:
    lines = [""]
    for word in says.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _WRAP:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def _stretches(spots: Sequence[Spot], now: datetime) -> tuple[Stretch, ...]:
    def kind(end: Spot) -> str:
        if end.at is None:
            return "unknown"
        return "past" if end.at <= now else "ahead"

    return tuple(Stretch(begin.x, end.x, kind(end)) for begin, end in pairwise(spots))
