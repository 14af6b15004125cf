"""Something that another person did: what holds wait for, as the member told it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Received
from rapport.interviews.models import Application
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before
from rapport.people.models import Person


class HappeningQuerySet(models.QuerySet["Happening"]):
    """What people did."""

    def latest_word(self, person: Person) -> Happening | None:
        """The last time a person wrote or rang, unless it was taken back."""
        found = self._heard_from(person).last()
        if found is not None:
            found.person = person
        return found

    def words_of(self, person: Person) -> Self:
        """Give every word from a person that stands, the earliest first."""
        return self._heard_from(person).select_related("person", "received__delivery")

    def _heard_from(self, person: Person) -> Self:
        heard = self.filter(person=person, event="reply", taken_back_at=None)
        return heard.order_by("happened_at", "pk")

    def answering(self, application: int) -> Happening | None:
        """Give the last word that answered enquiries in an application, unless it was taken back."""
        found = self.filter(taken_back_at=None, enquiries__has_key=str(application))
        return found.order_by("happened_at", "pk").last()


class Happening(models.Model):
    """An event of the vocabulary that came from a person, by a channel. Taken back by mistake, it stays as a row.

    `received` is the mail that Rapport found it in; without one the member told it. `enquiries` are those that it
    answered, as {application: number}, so that they can stand again; `contact_before` is the last contact until then.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="happenings")
    event = models.CharField(max_length=32)
    channel = models.CharField(max_length=16, blank=True)
    happened_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    received = models.ForeignKey(Received, models.CASCADE, null=True, related_name="happenings")
    enquiries = models.JSONField(default=dict)
    contact_before = models.DateTimeField(null=True)

    objects = HappeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["received"], condition=Q(taken_back_at=None), name="one_happening_a_mail"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} from {self.person}"

    def answers_enquiries(self, application: int, number: int) -> None:
        """Keep that it answered so many more enquiries in an application; a negative number: fewer."""
        answered = self.enquiries.get(str(application), 0) + number
        self.enquiries = {**self.enquiries, str(application): answered}
        if answered <= 0:
            del self.enquiries[str(application)]
        self.save(update_fields=["enquiries"])

    def answers_one_less(self, application: Application, *, by: Member, at: datetime) -> None:
        """Of the enquiries that it answered in an application, one was never made."""
        before = self.enquiries
        with transaction.atomic():
            self.answers_enquiries(application.pk, -1)
            says = f"{application}: you did not ask where the decision stands."
            self._record(by, "happening.enquiry_undone", says, at, before)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let it answer what it answered before an entry; NotAllowed when it was changed since."""
        if self.taken_back_at is not None:
            raise NotAllowed(f"{self}: this was taken back since.")
        before, answered = self.enquiries, as_before(self, entry.changes)["enquiries"]
        with transaction.atomic():
            self.enquiries = answered
            self.save(update_fields=["enquiries"])
            self._record(by, "happening.put_back", entry.reversal, at, before)

    def _record(self, by: Member, verb: str, says: str, at: datetime, before: dict[str, int]) -> None:
        changes = {"enquiries": [before, self.enquiries]}
        record(by, verb, says, self, self.person, at=at, changes=changes)

    def take_back(self, *, by: Member, at: datetime) -> None:
        """It did not happen after all."""
        with transaction.atomic():
            if not Happening.objects.filter(pk=self.pk, taken_back_at=None).update(taken_back_at=at):
                raise NotAllowed("This was taken back already.")
            self.taken_back_at = at
            says = f"{self.person}: they did not get in touch after all."
            record(by, "happening.taken_back", says, self.person, at=at)

    def last_contact_without(self) -> datetime | None:
        """Give the person's last contact once this was taken back: what else was known of stays known."""
        last, mine = self.person.last_contact_at, self.happened_at
        if last is not None and last > mine:
            self.person.happenings.filter(contact_before=mine).update(contact_before=self.contact_before)
            return last
        others = self.person.happenings.filter(taken_back_at=None).values_list("happened_at", flat=True)
        known = [*others, *filter(None, [self.contact_before])]
        return max(known, default=None)
