"""The day and time of an interview among all that a text names: which holds, and which is a deadline or is left."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rapport.importers.text.dates.clocks import clocks
from rapport.importers.text.dates.days import said
from rapport.importers.text.dates.standing import (
    Standing,
    asks_to_choose,
    calls_off,
    is_added,
    is_aside,
    is_choice,
    is_joint,
    is_move,
    is_offered,
    standing,
)
from rapport.importers.text.sentences import spans
from rapport.importers.text.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, time

    from rapport.importers.text.dates.clocks import Clock
    from rapport.importers.text.dates.days import Day

NEAR = 90  # characters between a date and its time
_LONGEST = 400  # characters of a sentence on either side of a day
_LEAD = 120  # characters that lead to a day in its sentence
_NEXT = re.compile(r"\s+[A-ZÀ-Ü][a-zà-ÿ]")
_STANDS = (Standing.HOLDS, Standing.NEW, Standing.MAYBE, Standing.OFF)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names, its time, how it stands, its sentence and what leads to it there, dates blanked."""

    day: Day
    standing: Standing
    clock: Clock | None
    sentence: str
    lead: str
    place: int  # of its sentence in the text
    is_choice: bool = False  # "2 pm or 4 pm"
    left: time | None = None  # the hour that its own takes the place of

    @property
    def stands(self) -> bool:
        """Say whether something may take place on it."""
        return self.standing in _STANDS


@dataclass(frozen=True, slots=True)
class Open:
    """What a text leaves open about its day, in a sentence.

    `names_no_day` where none of its days is meant; `is_left` where it says that one no longer holds.
    """

    says: str
    names_no_day: bool = False
    is_left: bool = False


def mentions_of(text: str, days: Sequence[Day]) -> list[Mention]:
    """Give each day with how it stands in its sentence, and the time that belongs to it."""
    blanked = _masked(text, [(day.begins, _end_of(day, text)) for day in days])
    times = list(clocks(blanked))
    masked = _masked(blanked, [(clock.at, _end_of(clock, text)) for clock in times])
    choices = _choices(masked, times)
    sentences = spans(masked)
    begun = [begins for begins, _ in sentences]
    moved = _moved(masked, sentences, days, times)
    clock_of = _assigned(masked, begun, days, list(moved))
    mentions = list[Mention]()
    for number, day in enumerate(days):
        place = bisect(begun, day.begins) - 1
        before = days[number - 1].ends if number else 0
        after = days[number + 1].begins if number + 1 < len(days) else len(text)
        begins = max(sentences[place][0], day.begins - _LONGEST)
        ends = max(day.ends, min(sentences[place][1], day.ends + _LONGEST))
        lead = masked[max(begins, before, day.begins - _LEAD) : day.begins]
        tail = masked[day.ends : max(day.ends, min(ends, after))]
        stands = standing(masked[begins : day.begins], lead, tail, follows_a_day=before > begins)
        clock = clock_of.get(number)
        left = moved.get(clock) if clock else None
        if left and stands in (Standing.HOLDS, Standing.LEFT):
            stands = Standing.NEW  # "of 20 November at 2 pm is moved to 4 pm"
        mentions.append(Mention(day, stands, clock, masked[begins:ends], lead, place, clock in choices, left))
    return mentions


def _choices(masked: str, times: Sequence[Clock]) -> set[Clock | None]:
    """Give the times of which one is to be chosen: "2 pm or 4 pm"."""
    either = (pair for pair in pairwise(times) if is_choice(masked[pair[0].ends : pair[1].at]))
    return {clock for pair in either for clock in pair}


def chosen(mentions: Sequence[Mention], text: str, written: datetime | None) -> Mention | Open:
    """Give the day on which it takes place, or what is open about it.

    What it was moved to counts over all else, a day with its time over one without, and of several the one in whose
    sentence the interview is spoken of, with a remark. Days that are offered, or that contradict each other in one
    sentence, are none: the reader knows better.
    """
    stand = [one for one in mentions if one.stands]
    if not stand:
        return _none_holds(mentions)
    pool = _counting(stand)
    if written is not None:
        pool = [one for one in pool if one.day.on and one.day.on >= written.date()] or pool
    offered = [one for one in stand if one.clock and (one in pool or is_offered(one.lead))]
    if len({one.day.on for one in offered}) > 1:
        return _of_several(offered, text)
    if pool[0].is_choice:
        return Open("It names several times to choose from.")
    # "tomorrow, Thursday" needs no remark that a weekday alone was read
    is_told = any(one.day.on == pool[0].day.on and not one.day.remark for one in mentions)
    return replace(pool[0], day=replace(pool[0].day, remark="")) if is_told else pool[0]


def _none_holds(mentions: Iterable[Mention]) -> Open:
    if any(one.standing is Standing.LEFT for one in mentions):
        return Open("It names only a day that no longer holds.", names_no_day=True, is_left=True)
    return Open("It names only a day by which to answer.", names_no_day=True)


def called_off(mention: Mention, mentions: Iterable[Mention], text: str) -> bool | None:
    """Say whether the text calls off what takes place on the chosen day; None where it speaks of no such thing."""
    if mention.standing is Standing.OFF:
        return True
    if mention.standing is Standing.NEW or any(one.standing is Standing.OFF for one in mentions):
        return False
    return any(calls_off(text[begins:ends]) for begins, ends in spans(text)) or None


def _counting(stand: list[Mention]) -> list[Mention]:
    new = [one for one in stand if one.standing is Standing.NEW]
    if new:
        return [one for one in new if one.clock] or new
    for which in (Standing.HOLDS, Standing.MAYBE, Standing.OFF):
        if timed := [one for one in stand if one.clock and one.standing is which]:
            return timed
    return stand[:1]


def _of_several(pool: list[Mention], text: str) -> Mention | Open:
    names = ", ".join(dict.fromkeys(said(one.day.on) if one.day.on else one.day.problem for one in pool))
    several = Open(f"It names several days ({names}).")
    is_offer = any(is_offered(one.lead) or one.sentence.rstrip().endswith("?") for one in pool)
    if is_offer or asks_to_choose(text) or any(one.day.on is None for one in pool):
        return several
    spoken = [one for one in pool if pattern("interview", "strong").search(one.sentence)] or pool
    first = spoken[0]
    if first.day.on is None or any(_contradicts(one, first) for one in spoken):
        return several
    remark = f"The text names several days ({names}); {said(first.day.on)} is taken."
    return replace(first, day=replace(first.day, remark=" ".join(filter(None, (first.day.remark, remark)))))


def _contradicts(one: Mention, first: Mention) -> bool:
    """Say whether a sentence names one more day, without saying that it comes on top."""
    return one.place == first.place and one.day.on != first.day.on and not is_added(one.lead)


def _masked(text: str, where: Iterable[tuple[int, int]]) -> str:
    """Give a text with these places blanked by `_`, as long as before."""
    pieces, end = list[str](), 0
    for begins, ends in where:
        pieces += (text[end:begins], "_" * (ends - begins))
        end = ends
    return "".join((*pieces, text[end:]))


def _end_of(one: Day | Clock, text: str) -> int:
    """Leave the full stop of "4 p.m." or "20 Nov." to a sentence that it ends."""
    is_last = text[one.ends - 1] == "." and _NEXT.match(text, one.ends)
    return one.ends - 1 if is_last else one.ends


def _moved(
    masked: str, sentences: Sequence[tuple[int, int]], days: Sequence[Day], times: Sequence[Clock]
) -> dict[Clock, time | None]:
    """Give the times that hold, each with the one of the same day and sentence that is left for it, if any.

    "Moved from 2 pm to 4 pm", "at 2 pm has been moved to 4 pm", "at 4 pm instead of 2 pm".
    """
    held: dict[Clock, time | None] = {}
    left: set[Clock] = set()
    begun = [begins for begins, _ in sentences]
    ends_of_days = [day.ends for day in days]
    for one, other in pairwise((*times, None)):
        if one in left or one is None:
            continue
        if one.until and is_move(masked[max(0, one.at - NEAR) : one.at]):
            held[replace(one, begins=one.until, until=None)] = one.begins
            continue
        held.setdefault(one, None)
        place = bisect(begun, one.at) - 1
        if other is None or place != bisect(begun, other.at) - 1:
            continue
        if other.at - one.ends > NEAR or bisect(ends_of_days, one.at) != bisect(ends_of_days, other.at):
            continue
        between = masked[one.ends : other.at]
        after = masked[other.ends : min(sentences[place][1], other.ends + _LONGEST)]
        how = standing(f"_{between}", between, after, follows_a_day=True)
        if how is Standing.NEW:
            del held[one]
            held[other] = one.begins
        elif how is Standing.LEFT:
            held[one] = other.begins
            left.add(other)
    return held


def _assigned(
    masked: str, begun: Sequence[int], days: Sequence[Day], times: Sequence[Clock]
) -> dict[int, Clock]:
    """Give each day, by its number, its time; `begun` is where each sentence begins.

    A time of arriving, of closing or of a deadline gives way to any other, one of another sentence to that of its
    own, and one further off to the one that small words tie to the day; then the nearest after it, else before it.
    A time between two days belongs to the one that small words tie it to, else to that of its sentence, else to the
    nearer.
    """
    own: dict[int, tuple[tuple[bool, bool, bool, bool, int], Clock]] = {}
    asides = _asides(masked, begun, days, times)
    for clock in times:
        number = bisect([day.begins for day in days], clock.at)
        near = [
            other
            for other in (number - 1, number)
            if 0 <= other < len(days) and _gap(days[other], clock) <= NEAR
        ]
        ranks = [(*_distance(masked, begun, days[other], clock), other) for other in near]
        if not ranks:
            continue
        is_apart, is_loose, gap, owner = min(ranks, key=lambda rank: (rank[1], rank[0], rank[2]))
        rank = (clock in asides, is_apart, is_loose, clock.at < days[owner].begins, gap)
        if owner not in own or rank < own[owner][0]:
            own[owner] = (rank, clock)
    return {number: clock for number, (_, clock) in own.items()}


def _distance(masked: str, begun: Sequence[int], day: Day, clock: Clock) -> tuple[bool, bool, int]:
    """Say whether a time stands in another sentence than a day, whether no small words tie them, and how far off."""
    is_apart = bisect(begun, day.begins) != bisect(begun, clock.at)
    return is_apart, not is_joint(_between(masked, day, clock)), _gap(day, clock)


def _asides(masked: str, begun: Sequence[int], days: Sequence[Day], times: Sequence[Clock]) -> set[Clock]:
    """Give the times of something around an interview; the one time of a sentence about it is its own."""
    sentences = [bisect(begun, clock.at) for clock in times]
    ends = sorted((*begun, *(day.ends for day in days), *(clock.ends for clock in times)))
    among = Counter(sentences)
    asides: set[Clock] = set()
    for clock, place in zip(times, sentences, strict=True):
        before = ends[bisect(ends, clock.at) - 1]
        if is_aside(masked[max(before, clock.at - _LEAD) : clock.at]):
            end = begun[place] if place < len(begun) else len(masked)
            about = masked[max(begun[place - 1], clock.at - _LONGEST) : min(end, clock.at + _LONGEST)]
            if among[place] > 1 or not pattern("interview", "strong").search(about):
                asides.add(clock)
    return asides


def _gap(day: Day, clock: Clock) -> int:
    return clock.at - day.ends if clock.at >= day.ends else day.begins - clock.at


def _between(masked: str, day: Day, clock: Clock) -> str:
    return masked[day.ends : clock.at] if clock.at >= day.ends else masked[clock.ends : day.begins]
