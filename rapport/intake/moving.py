"""Which known interview sentences move, and which one they tell of as it stood before it was moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from rapport.accounts.models import Member
from rapport.importers.findings import Meeting
from rapport.importers.mail.letters import PROSE
from rapport.importers.settling import is_one_place
from rapport.importers.text.dates.zones import zone_of
from rapport.importers.text.names import is_same
from rapport.interviews.models import Interview
from rapport.journal.models import Entry
from rapport.rows import in_parts


class Moving:
    """The interviews that stand, with the hours at which each stood before, as the journal tells."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._interviews: dict[int, Interview] = {}
        self._stood: defaultdict[int, set[datetime]] = defaultdict(set)

    def know(self, interviews: Iterable[Interview]) -> None:
        """Know some interviews, and read where they stood; `interviewers` are read ahead."""
        some = {interview.pk: interview for interview in interviews}
        self._interviews |= some
        moves = Entry.objects.seen_by(self._member).filter(verb="interview.moved")
        for part in in_parts(some):
            for entry in moves.about_any(Interview, part).prefetch_related("mentions"):
                for key in entry.keys_of(Interview):
                    self._stood[key].update(_left(entry.changes))

    def made(self, interview: Interview) -> None:
        """Know an interview that was made just now."""
        self._interviews[interview.pk] = interview

    def leaves(self, interview: Interview) -> None:
        """Know that an interview is about to be moved."""
        self._stood[interview.pk].update(hours_of(interview))

    def moved_by(self, meeting: Meeting, at: datetime) -> Interview | None:
        """Give the one interview that a text moves, or asks to move; None where there are two, or it is no news.

        The text names the day that is left, or else there is one to come with those people. Written nobody knows when,
        it moves without such a day only what was never moved.
        """
        moved = meeting.moved
        if moved is None or meeting.cancelled:
            return None
        found = [one for one in self._interviews.values() if self._concerns(meeting, one)]
        if moved.on is None:
            found = [
                one for one in found if one.starts_at > (meeting.stamped or at) and _is_with(meeting, one)
            ]
            is_news = bool(meeting.stamped) or not any(one.sequence or one.moved_by_mail for one in found)
        else:
            found = [one for one in found if self._was_then(meeting, one)]
            is_news = True
        if len(found) != 1 or not is_news or is_older(meeting, found[0]):
            return None
        return found[0]

    def told_before(self, meeting: Meeting) -> Interview | None:
        """Give the one interview that stood at the hour of a meeting, where that was written before it was moved."""
        found = [
            one
            for one in self._interviews.values()
            if self._stood_then(meeting, one)
            and self._concerns(meeting, one)
            and (meeting.cancelled or not meeting.stamped or not _is_later(meeting, one))
        ]
        return found[0] if len(found) == 1 else None

    def _stood_then(self, meeting: Meeting, one: Interview) -> bool:
        there = self.in_its_zone(meeting, one)
        hours = hours_of(one) if there is not meeting else set((one.invited_for or ())[:1])
        return there.starts in self._stood[one.pk] | (hours if meeting.uid.endswith(PROSE) else set())

    def _concerns(self, meeting: Meeting, one: Interview) -> bool:
        """Whether both are of one organisation; where one of them names none, they share somebody."""
        place = one.application.organisation
        if one.cancelled_at is not None:
            return False
        if meeting.organisation and place:
            return is_one_place(meeting.organisation, place.name)
        return bool(_shared(meeting, one))

    def _was_then(self, meeting: Meeting, one: Interview) -> bool:
        """Whether it stands on the day, and at the hour, that a text leaves; what only asks may be answered by now."""
        moved = meeting.moved
        if moved is None:
            return False
        hours = hours_of(one) | (self._stood[one.pk] if moved.asks else set())
        if moved.starts:
            return bool({moved.starts, self._hour_there(meeting, one)} & hours)
        zones = (zone_of(meeting.time_zone or ""), zone_of(one.time_zone), self._member.zone)
        return any(hour.astimezone(zone).date() == moved.on for hour in hours for zone in zones if zone)

    def in_its_zone(self, meeting: Meeting, one: Interview) -> Meeting:
        """Give a meeting read in the zone of the interview that it moves, where the hour that it leaves tells it."""
        moved, hour = meeting.moved, self._hour_there(meeting, one)
        if moved is None or moved.starts is None or hour is None or hour == moved.starts:
            return meeting
        shift = hour - moved.starts
        told = f"The text names no time zone; the invitation's ({one.time_zone}) is taken, as the hour left fits it."
        remarks = tuple(told if remark == moved.zone_assumed else remark for remark in meeting.remarks)
        return replace(meeting, starts=meeting.starts + shift, ends=meeting.ends + shift, remarks=remarks)

    def _hour_there(self, meeting: Meeting, one: Interview) -> datetime | None:
        """Give the hour of an interview at which the clock there shows what a text without a zone leaves."""
        moved, there = meeting.moved, zone_of(one.time_zone)
        if moved is None or moved.starts is None or not moved.zone_assumed or there is None:
            return None
        clock = moved.starts.astimezone(self._member.zone).replace(tzinfo=None)
        hours = hours_of(one) | self._stood[one.pk]
        if moved.starts in hours:
            return moved.starts
        return next((hour for hour in hours if hour.astimezone(there).replace(tzinfo=None) == clock), None)


def is_older(meeting: Meeting, interview: Interview) -> bool:
    """Whether a meeting was written before what is known of an interview."""
    return bool(meeting.stamped and interview.stamped_at and meeting.stamped < interview.stamped_at)


def _is_later(meeting: Meeting, interview: Interview) -> bool:
    return not interview.stamped_at or bool(meeting.stamped and meeting.stamped > interview.stamped_at)


def _is_with(meeting: Meeting, one: Interview) -> bool:
    """Whether a text names the job and somebody of an interview, as far as it names any besides who wrote it."""
    jobs = {job.casefold() for job in (meeting.job_title, one.application.job_title) if job}
    is_one_job = all(job in max(jobs, key=len) for job in jobs)
    return is_one_job and (all(who.email for who in meeting.participants) or bool(_shared(meeting, one)))


def _shared(meeting: Meeting, one: Interview) -> list[str]:
    present = [who.person.name for who in one.interviewers.all()]
    return [name for name in present if any(is_same(name, who.name) for who in meeting.participants)]


def hours_of(interview: Interview) -> set[datetime]:
    """Give when an interview is, also as its invitation says where the member typed something else."""
    return {interview.starts_at, *(interview.invited_for or ())[:1]}


def _left(changes: dict[str, Any]) -> Iterator[datetime]:
    """Give from when an entry of the journal says that an interview was moved."""
    before = [changes.get("starts_at", [None])[0], (changes.get("typed", [None])[0] or {}).get("starts_at")]
    return (datetime.fromisoformat(said) for said in before if said)
