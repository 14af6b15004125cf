"""Naming days as people do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from rapport.rules.drafts.known import Known

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_FIRST = frozenset({"US", "PH", "PR"})
"""Countries that write November 20; everywhere else it is 20 November."""

WEEK = timedelta(days=6)
LONG_AGO = timedelta(days=180)


def day_there(moment: datetime, time_zone: str) -> date:
    """Give the day of an aware moment in an IANA zone; a zone that nobody knows leaves it in its own."""
    try:
        return moment.astimezone(ZoneInfo(time_zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return moment.date()


def written_day(day: date, country: str) -> str:
    """Write a day without its year: 20 November, or November 20 where that is how it is written."""
    month = MONTHS[day.month - 1]
    return f"{month} {day.day}" if country.upper() in MONTH_FIRST else f"{day.day} {month}"


def interview_day(known: Known, *, by_post: bool) -> str:
    """Write the day of the interview as it stands after "on", or nothing when it is today, to come or unknown.

    A weekday within six days; by post, which is read later, always the date.
    """
    if known.interviewed_at is None:
        return ""
    day = day_there(known.interviewed_at, known.time_zone)
    if known.now is None:
        return written_day(day, known.country)
    ago = day_there(known.now, known.time_zone) - day
    if ago < timedelta(days=1) and not by_post:
        return ""
    if ago <= WEEK and not by_post:
        return WEEKDAYS[day.weekday()]
    return f"{written_day(day, known.country)}{f' {day.year}' if ago > LONG_AGO else ''}"


def promised_day(known: Known) -> str:
    """Write the day an answer was promised for, when it has passed; nothing otherwise."""
    if known.reply_by is None or known.now is None:
        return ""
    today = day_there(known.now, known.time_zone)
    if known.reply_by >= today:
        return ""
    weekday = f"{WEEKDAYS[known.reply_by.weekday()]} " if today - known.reply_by <= 2 * WEEK else ""
    return f"{weekday}{written_day(known.reply_by, known.country)}"


def has_begun(known: Known) -> bool:
    """Whether the member's first day is there, or over."""
    if known.joins_on is None or known.now is None:
        return False
    return known.joins_on <= day_there(known.now, known.time_zone)
