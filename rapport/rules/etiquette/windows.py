"""Windows of time: from a norm's offsets to moments in the recipient's zone, working days and waking hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rapport.rules.calendar import AT_WORK, AWAKE, Hours, WorkingCalendar
from rapport.rules.etiquette.advice import Window
from rapport.rules.etiquette.offsets import Offset

TIMELESS = frozenset({("record", ""), ("look_up", "professional")})
"""Acts that reach nobody: they have no window."""

_AT_WORK = frozenset({"phone", "meeting"})
_USUALLY = Offset(5, "working days")
"""How long an act stays timely when its norm names no end."""

_OVERDUE = Offset(1, "working days")
"""How long there is left for an act whose window has gone by."""

_NOON = time(12)


class Clock:
    """Reckons windows for one situation: its moment, the recipient's zone and country, and what has happened."""

    def __init__(
        self,
        calendar: WorkingCalendar,
        *,
        now: datetime,
        zone: ZoneInfo,
        country: str,
        happened: dict[str, datetime],
    ) -> None:
        self.calendar = calendar
        self.now = now.astimezone(UTC)
        self.zone = zone
        self.country = country
        self.happened = happened
        self._reckoned: dict[tuple[bool, Offset | None, Offset | None], Window] = {}

    def window(self, act: str, channel: str, after: Offset | None, within: Offset | None) -> Window | None:
        """Give the window of an act; one that has gone by altogether is opened anew from now, and says so.

        It never begins before the interview has ended.
        """
        if (act, channel) in TIMELESS:
            return None
        asked = (channel in _AT_WORK, after, within)
        window = self._reckoned.get(asked)
        if window is None:
            hours = AT_WORK if channel in _AT_WORK else AWAKE
            window = self._reckoned[asked] = self._reckon(hours, after, within)
        if channel == "letter":
            return window._replace(arrives=self.calendar.arrival(window.due, self.zone, self.country))
        return window

    def _reckon(self, hours: Hours, after: Offset | None, within: Offset | None) -> Window:
        usual = Offset(_USUALLY.number, _USUALLY.unit, after.event) if after else _USUALLY
        earliest, latest = self._edges(after, within or usual, hours)
        was_due = None
        if latest < self.now:
            was_due = latest if within else None
            days = _OVERDUE if within else _USUALLY
            earliest = self._open(self.now, hours)
            latest = max(self._end_of(self._day(self.now, days.number, days.unit), hours), earliest)
        return Window(earliest, self._due(earliest, latest), latest, was_due=was_due)

    def _edges(self, after: Offset | None, within: Offset, hours: Hours) -> tuple[datetime, datetime]:
        opens = self._anchor(within.event) if after is None else self._starts(after)
        ended = self.happened.get("interview_end")
        if ended is not None and ended > opens:
            opens = ended
        earliest = self._open(opens, hours)
        latest = self._ends(within, hours)
        return earliest, max(latest, earliest)

    def _open(self, moment: datetime, hours: Hours) -> datetime:
        return self.calendar.next_open(moment, self.zone, hours, self.country)

    def _anchor(self, event: str) -> datetime:
        """When the event happened; now when it has happened at a time not known, or not yet."""
        return self.happened.get(event, self.now)

    def _day(self, moment: datetime, count: int, unit: str) -> date:
        there = moment.astimezone(self.zone).date()
        if unit == "days":
            return there + timedelta(days=count)
        return self.calendar.working_day(there, count, self.country)

    def _starts(self, offset: Offset) -> datetime:
        anchor = self._anchor(offset.event)
        if offset.unit == "hours":
            return anchor + timedelta(hours=offset.number)
        return self.calendar.local(self._day(anchor, offset.number, offset.unit), time(0), self.zone)

    def _ends(self, offset: Offset, hours: Hours) -> datetime:
        anchor = self._anchor(offset.event)
        if offset.unit == "hours":
            end = anchor + timedelta(hours=offset.number)
            return min(end, self._end_of(end.astimezone(self.zone).date(), hours))
        return self._end_of(self._day(anchor, offset.number, offset.unit), hours)

    def _end_of(self, day: date, hours: Hours) -> datetime:
        if hours.working_days_only:
            day = self.calendar.working_day(day, 0, self.country)
        return self.calendar.local(day, hours.closes, self.zone)

    def _due(self, earliest: datetime, latest: datetime) -> datetime:
        """Noon of the last day, in the recipient's zone, when the window allows it and it has not struck yet."""
        noon = self.calendar.local(latest.astimezone(self.zone).date(), _NOON, self.zone)
        return noon if max(earliest, self.now) <= noon <= latest else latest
