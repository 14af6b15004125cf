"""When something takes place, as a text states it; nothing is guessed that would move an interview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rapport.importers.findings import Moved
from rapport.importers.text.dates.appointments import NEAR, Mention, Open, called_off, chosen, mentions_of
from rapport.importers.text.dates.clocks import NO_END, clocks, end_of
from rapport.importers.text.dates.days import days, relative_days, said
from rapport.importers.text.dates.moves import move_of
from rapport.importers.text.dates.standing import Standing
from rapport.importers.text.dates.zones import (
    ambiguous_letters,
    offset_named,
    zone_by_letters,
    zone_named,
    zone_of,
)
from rapport.importers.text.words import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapport.importers.text.dates.clocks import Clock
    from rapport.importers.text.dates.days import Day

_AS_LONG = "The text does not say when it ends; as long as before, else one hour, is assumed."
_AFTER_A_CLOCK = 60  # characters in which its own zone stands


@dataclass(frozen=True, slots=True)
class Stated:
    """From when to when a text says something takes place, in UTC, with the zone it names and what was assumed.

    `called_off` says that it does not take place, or that something else was called off; None: nothing is said of it.
    `moved` says from when it was moved there; None: the text moves nothing.
    """

    starts: datetime
    ends: datetime
    zone: str | None = None
    remarks: tuple[str, ...] = ()
    called_off: bool | None = None
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class Unstated:
    """What a text does not say about its time, in a sentence; `names_several` where it says too much.

    `names_no_day` where it names none on which something takes place; `is_left` where it names one that is left.
    """

    missing: str
    names_no_day: bool = False
    is_left: bool = False
    names_several: bool = False


def stated(
    text: str,
    home: str,
    written: datetime | None = None,
    read_at: datetime | None = None,
    title: str = "",
) -> Stated | Unstated:
    """Read when a text says it takes place; its `title` may say what it is about.

    A year left out is the next one after `written` (when the mail was sent), else the one nearest to `read_at`.
    """
    mentions = mentions_of(text, list(days(text, written, read_at)))
    if not any(one.stands for one in mentions):
        mentions = _with_relative_days(mentions, text, written)
    if not mentions:
        return Unstated("It names no date.", names_no_day=True)
    mention = chosen(mentions, text, written)
    if isinstance(mention, Open):
        several = not mention.names_no_day
        return Unstated(mention.says, mention.names_no_day, mention.is_left, names_several=several)
    when = _stated(mention, mentions, text, home)
    if isinstance(when, Unstated) or mention.day.on is None:
        return when
    moved = _moved(mention, mentions, text, home, written, title)
    return _as_long(replace(when, moved=moved)) if moved else when


def _as_long(when: Stated) -> Stated:
    """Let what is moved keep its length where the text does not say how long it is."""
    if NO_END not in when.remarks or when.moved is None:
        return when
    remarks = tuple(_AS_LONG if one == NO_END else one for one in when.remarks)
    return replace(when, remarks=remarks, moved=replace(when.moved, keeps_length=True))


def _with_relative_days(mentions: Sequence[Mention], text: str, written: datetime | None) -> list[Mention]:
    """Give beside the days that are named by their date those that "tomorrow" or a lone weekday mean."""
    dated = [one.day for one in mentions]
    told = [day for day in relative_days(text, written) if not any(_overlap(day, other) for other in dated)]
    return mentions_of(text, sorted([*dated, *told], key=lambda day: day.begins))


def _moved(
    chosen: Mention,
    mentions: Sequence[Mention],
    text: str,
    home: str,
    written: datetime | None,
    title: str,
) -> Moved | None:
    """Give from when the text moves something to the chosen day; a lone weekday may tell which day is left."""
    if chosen.standing is not Standing.NEW and not pattern("days", "moving", "left").search(
        f"{title}\n{text}"
    ):
        return None  # as most mails
    move = move_of(chosen, mentions, text, title)
    is_left = chosen.standing is Standing.NEW or pattern("days", "left").search(text)
    if is_left and (move is None or move.on is None):
        move = move_of(chosen, _with_relative_days(mentions, text, written), text, title) or move
    if move is None:
        return None
    if not (move.on and move.hour):
        return Moved(move.on, asks=move.asks)
    starts, _, remark = _placed(datetime.combine(move.on, move.hour), chosen, text, home)
    return Moved(move.on, starts, asks=move.asks, zone_assumed=remark)


def _overlap(one: Day, other: Day) -> bool:
    return one.begins < other.ends and other.begins < one.ends


def _stated(mention: Mention, mentions: Sequence[Mention], text: str, home: str) -> Stated | Unstated:
    day, clock = mention.day, mention.clock
    if day.on is None:
        return Unstated(day.problem)
    if clock is None:
        return Unstated(f"It names the day ({said(day.on)}) but no time.")
    starts, zone, remark = _placed(datetime.combine(day.on, clock.begins), mention, text, home)
    ends, remarks = end_of(starts, clock, text[day.ends : day.ends + 400])
    remarks = (*remarks, *filter(None, (day.remark, remark)))
    return Stated(starts, ends, zone, remarks, called_off(mention, mentions, text))


def _placed(local: datetime, mention: Mention, text: str, home: str) -> tuple[datetime, str | None, str]:
    """Give the moment in UTC of a local time, its zone as the words around a day name it, and what was assumed."""
    day = mention.day
    blank = " " * (day.ends - day.begins)
    nearby = text[max(0, day.begins - NEAR) : day.begins] + blank + text[day.ends : day.ends + NEAR]
    return _in_zone(local, home, _own_words(text, mention.clock) if mention.clock else "", nearby, text)


def _own_words(text: str, clock: Clock) -> str:
    """Give what stands beside a time up to the next one: there its own zone is named."""
    rest = text[clock.ends : clock.ends + _AFTER_A_CLOCK]
    following = next(clocks(rest), None)
    return text[clock.at : clock.ends] + rest[: following.at if following else None]


def _in_zone(local: datetime, home: str, *where: str) -> tuple[datetime, str | None, str]:
    """Give the moment in UTC of a local time, its zone, and what had to be assumed.

    `where` are the texts that may name the zone, the nearest to the time first; a short name counts in the nearest
    only, and one of several meanings is that of the zone which goes by it on that day.
    """
    letters = ""
    for number, text in enumerate(where):
        is_near = number < len(where) - 1
        zone = zone_named(text)
        if zone and (not letters or _goes_by(letters, local, zone)):
            return _utc(local, zone), zone, ""
        if not letters and (offset := offset_named(text)) is not None:
            return local.replace(tzinfo=UTC) - offset, None, ""
        if is_near and not letters and (zone := zone_by_letters(text)):
            return _utc(local, zone), zone, ""
        letters = letters or (ambiguous_letters(text) if is_near else "")
    if letters and _goes_by(letters, local, home):
        return _utc(local, home), home, ""
    said = f"“{letters}” may mean more than one time zone" if letters else "The text names no time zone"
    return _utc(local, home), None, f"{said}; yours ({home}) is assumed."


def _goes_by(letters: str, local: datetime, zone: str) -> bool:
    return local.replace(tzinfo=zone_of(zone)).tzname() == letters


def _utc(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=zone_of(zone) or UTC).astimezone(UTC)
