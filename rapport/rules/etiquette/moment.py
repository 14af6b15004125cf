"""What follows from a situation at its moment: events become facts, and days are counted as they count them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.windows import Clock

_CLOSE_OF_BUSINESS = time(18)
_IMPLIED: Mapping[str, tuple[str, Any]] = {
    "joining": ("joined", True),
    "rejection": ("decision", "rejected"),
    "offer": ("decision", "offer"),
    "real_contact": ("contact_outside", True),
    "consent": ("may_connect", "yes"),
}
"""What an event that has happened says, where the fact itself is not known."""

_LONGEST = 36_500
"""Days: a count beyond a century is a slip of the pen, and is reckoned as one."""

_COUNTED = 366
"""Days back within which working days are counted; further back every day counts."""

_RECKONED = date(MINYEAR + 100, 1, 1), date(MAXYEAR - 100, 1, 1)


def moment(situation: Situation, calendar: WorkingCalendar) -> tuple[Clock, dict[str, Any]]:
    """Give the clock of a situation, and its facts with all that follows from them and from what has happened."""
    known = {name: value for name, value in situation.facts.items() if value is not None}
    happened = dict(situation.happened)
    zone = ZoneInfo(situation.time_zone)
    country = known.get("country", "")
    now = situation.now
    _count_from_the_interview(known, happened, now)
    _renew_thanks(known, happened)
    if "letter_arrival" in happened:
        known["letter_in_post"] = now < happened["letter_arrival"]
    for event, (fact, value) in _IMPLIED.items():
        if event in happened and happened[event] <= now:
            known.setdefault(fact, value)
    if known.get("joined"):
        known["decision"] = "accepted"
    for event, counted in (("real_contact", "days_since_contact"), ("decision", "days_since_decision")):
        if event in happened and happened[event] <= now:
            known.setdefault(counted, (now - happened[event]) // timedelta(days=1))
    promised = known.get("reply_by")
    if promised is not None:
        promised = min(max(promised, _RECKONED[0]), _RECKONED[1])
        known[OVERDUE] = _overdue(promised, now.astimezone(zone).date(), calendar, country)
        happened.setdefault("reply_by", calendar.local(promised, _CLOSE_OF_BUSINESS, zone))
    return Clock(calendar, now=now, zone=zone, country=country, happened=happened), known


def _count_from_the_interview(known: dict[str, Any], happened: dict[str, datetime], now: datetime) -> None:
    """The moment of the interview counts more than a number of days, which is out of date tomorrow."""
    ended = happened.get("interview_end")
    if ended is not None:
        known["days_since_interview"] = (now - ended) // timedelta(days=1)
    elif "days_since_interview" in known:
        days = min(max(known["days_since_interview"], -_LONGEST), _LONGEST)
        happened["interview_end"] = now - timedelta(days=days)


def _renew_thanks(known: dict[str, Any], happened: dict[str, datetime]) -> None:
    """Thanks stand for the interview that they followed, and for the decision that they followed."""
    thanked, ended = happened.get("thank_you_sent"), happened.get("interview_end")
    if thanked is None:
        return
    if ended is not None and thanked < ended:
        known["thanked"] = "none"
        del happened["thank_you_sent"]
        return
    decided = max(
        (happened[event] for event in ("decision", "offer", "rejection") if event in happened), default=None
    )
    if decided is not None:
        known.setdefault("thanked_since_decision", thanked > decided)


def _overdue(promised: date, today: date, calendar: WorkingCalendar, country: str) -> int:
    """Working days gone by since the promised day, at least one once it is past; minus the days still to come."""
    if today <= promised:
        return (today - promised).days
    if (today - promised).days > _COUNTED:
        return (today - promised).days
    return max(calendar.working_days_between(promised, today, country), 1)
