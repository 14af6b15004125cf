"""With whom the member wants to keep in touch, and how often."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import stand_again, stored
from rapport.people.models.person import Person
from rapport.rules.rhythm import MOST, Rhythm

_AT_MOST = 2000
"""People one keeps in touch with; nobody has more friends, and Today looks through them all."""


class KeepingQuerySet(models.QuerySet["Keeping"]):
    """Rhythms of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member, person__merged_into=None)


class Keeping(models.Model):
    """Keep in touch with `person` every so many weeks or months, counted from the last real contact.

    While there was none it counts from `begun_at`. `later_until`: the member does not want to hear of it before.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="keepings")
    person = models.OneToOneField(Person, models.CASCADE, related_name="keeping")
    every = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8)
    begun_at = models.DateTimeField()
    later_until = models.DateTimeField(null=True)

    objects = KeepingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "keeping in touch"

    def __str__(self) -> str:
        return f"keep in touch with {self.person} {self.rhythm}"

    @property
    def rhythm(self) -> Rhythm:
        """How often."""
        return Rhythm(self.every, self.unit)

    @classmethod
    def begin(cls, person: Person, rhythm: Rhythm, *, by: Member, at: datetime) -> Keeping:
        """Keep in touch with somebody from now on, or in another rhythm; NotAllowed for one that cannot be meant."""
        if not rhythm.is_meant:
            raise NotAllowed(f"Every 1 to {MOST['weeks']} weeks, or 1 to {MOST['months']} months: say which.")
        with transaction.atomic():
            if cls.objects.seen_by(by).exclude(person=person).count() >= _AT_MOST:
                raise NotAllowed(f"You keep in touch with {_AT_MOST} people already. Let one go first.")
            before = cls.objects.filter(person=person).first()
            said = {"every": rhythm.every, "unit": rhythm.unit, "later_until": None}
            kept, _ = cls.objects.update_or_create(
                person=person, defaults=said, create_defaults={**said, "member": by, "begun_at": at}
            )
            says = f"You keep in touch with {person} {rhythm}."
            changes = {"row": [stored(before) if before else None, stored(kept)]}
            record(by, "keeping.begun", says, person, at=at, changes=changes)
        return kept

    def end(self, *, by: Member, at: datetime) -> None:
        """Keep in touch as it comes."""
        with transaction.atomic():
            says, changes = f"Nothing reminds you of {self.person} any more.", {"row": [stored(self), None]}
            record(by, "keeping.ended", says, self.person, at=at, changes=changes)
            self.delete()

    @classmethod
    def put_back(cls, entry: Entry, *, by: Member, at: datetime) -> None:
        """Keep in touch as before an entry; NotAllowed when that was changed since."""
        before, after = entry.changes["row"]
        key = (after or before)["person_id"]
        with transaction.atomic():
            now = cls.objects.seen_by(by).filter(person=key).first()
            if (stored(now) if now else None) != after:
                raise NotAllowed("This has changed since, or was taken back already.")
            if before is None or now is not None:
                cls.objects.filter(person=key).delete()
            if before is not None:
                stand_again(cls, before)
            person = Person.objects.get(pk=key)
            record(by, "keeping.put_back", entry.reversal, person, at=at, changes={"row": [after, before]})

    def put_off(self, until: datetime | None, *, by: Member, at: datetime) -> None:
        """Hear of it no sooner than `until`; None takes that back."""
        with transaction.atomic():
            self.later_until = until
            self.save(update_fields=["later_until"])
            says = (
                f"Writing to {self.person} can wait" if until else f"Writing to {self.person} waits no longer"
            )
            record(by, "keeping.put_off", f"{says}.", self.person, at=at)

    def due_at(self, last_contact: datetime | None) -> datetime:
        """When it is time, given the last real contact."""
        due = self.rhythm.after(last_contact or self.begun_at)
        return max(due, self.later_until or due)
