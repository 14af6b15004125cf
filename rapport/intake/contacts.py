"""When one wrote to each other last, by an archive's messages: the last real contact with people of the book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from rapport.importers.findings import Place, Wrote
from rapport.intake.differences import Difference
from rapport.people.models import Person
from rapport.rows import in_parts, write_changes

if TYPE_CHECKING:
    from rapport.intake.recognising import Recognising
    from rapport.intake.reconciling import Reconciling


class Last(NamedTuple):
    """The beginning of the day on which one wrote last, in UTC, and where that stands."""

    at: datetime
    place: Place


class Contacts:
    """The last messages by profile. Only the day is known of one, and a day to come is nobody's last."""

    def __init__(self, reconciling: Reconciling, wrote: Sequence[Wrote]) -> None:
        self._reconciling = reconciling
        self._by_profile: dict[str, Last] = {}
        for one in wrote:
            begins = datetime.combine(one.on, time(), reconciling.member.zone).astimezone(UTC)
            known = self._by_profile.get(one.profile)
            if begins <= reconciling.at and (known is None or known.at < begins):
                self._by_profile[one.profile] = Last(begins, one.place)

    def last(self, profile: str) -> datetime | None:
        """Give when somebody of that profile was written with last."""
        known = self._by_profile.get(profile)
        return known.at if known else None

    def bring_up_to_date(self, recognising: Recognising) -> None:
        """Let those who were in the book know of a later contact; whoever just came knows already."""
        found: dict[int, Last] = {}
        for profile, last in self._by_profile.items():
            key = recognising.by_profile(profile)
            if key is not None and (key not in found or found[key].at < last.at):
                found[key] = last
        self._reconciling.seen.update(found)
        for part in in_parts(found.keys() - self._reconciling.new):
            people = Person.objects.filter(pk__in=part).order_by("pk")
            later = [
                one for one in people if one.last_contact_at is None or one.last_contact_at < found[one.pk].at
            ]
            for person in later:
                self._note(person, found[person.pk])
            write_changes(later, ["last_contact_at"])

    def _note(self, person: Person, last: Last) -> None:
        zone, before = self._reconciling.member.zone, person.last_contact_at
        self._reconciling.ledger.changes(person, ["last_contact_at"])
        person.last_contact_at = last.at
        self._reconciling.touched(person.pk)
        was, now = (f"{moment.astimezone(zone):%-d %B %Y}" if moment else "" for moment in (before, last.at))
        change = Difference(person.name, "last contact", was, now, last.place.file, last.place.line)
        self._reconciling.differences.append(change)
