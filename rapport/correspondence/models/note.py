"""The words for one person on one channel."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before
from rapport.people.models import Person
from rapport.rows import write_changes
from rapport.rules.drafts.lengths import length
from rapport.rules.likeness import Resemblance, Written, resemblances

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rapport.rules.drafts import Draft

LONGEST_SUBJECT = 300
_REWORDED = ("note.edited", "note.started_over")
_DRAFTED = ("composed", "composed_subject", "limit", "composed_at", "text", "subject")
"""What a new draft may change."""

_CHANGES = (*_DRAFTED, "edited_at", "queued_at", "sent_at")
"""What ever changes of a note: whose it is, and to whom, stays at hand when it is read again."""

ACT_WORDS = {
    "thank": "thank-you",
    "invite": "invitation",
    "answer": "answer to the invitation",
    "talk_first": "first word",
    "check_in": "enquiry",
    "congratulate": "congratulation",
    "keep_in_touch": "hello",
    "ask_introduction": "request for an introduction",
    "make_introduction": "offer of an introduction",
}
CHANNEL_WORDS = {
    "email": "by e-mail",
    "letter": "by hand",
    "phone": "by phone",
    "text": "by text message",
    "message": "by message",
    "professional": "on a professional network",
    "social": "on a social network",
    "microblog": "on a microblog",
    "meeting": "to meet",
}


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes of a book."""

    def seen_by(self, member: Member) -> Self:
        """Give the member's own notes."""
        return self.filter(member=member)

    def beside(self, person: Person) -> Self:
        """Give what was written to the person and to others of the organisation, the newest first."""
        near = Q(person=person)
        if person.organisation_id is not None:
            near |= Q(person__organisation=person.organisation_id)
        return self.filter(near, member=person.member_id).order_by("-composed_at", "-pk")

    def used(self) -> Self:
        """Give those that were sent, are on their way, or were used for a step that is done."""
        return self.filter(Q(queued_at__isnull=False) | Q(sent_at__isnull=False) | Q(step__state="done"))


class Note(models.Model):
    """Words drafted by Rapport, edited by the member, then sent by the member.

    `subject` and `text` are what will be used; `composed_subject` and `composed` what Rapport last drafted.
    Once `edited_at` is set, Rapport never overwrites the member's words; once `sent_at` or `queued_at` is, nobody
    does. Copying marks nothing; `sent_at` is set by the member's "I sent it", or when the mail server took it.
    `queued_at`: it is on its way by mail (`Delivery`). `limit` counts UTF-16 code units.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="correspondence")
    act = models.CharField(max_length=32)
    channel = models.CharField(max_length=16, blank=True)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField()
    composed_subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    composed = models.TextField()
    limit = models.PositiveIntegerField(null=True)
    composed_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.act} {self.channel}: {self.text[:40]}"

    @classmethod
    def drafted(
        cls, member: Member, person: Person, act: str, channel: str, draft: Draft, *, at: datetime
    ) -> Note:
        """Give a draft as the note to a person, not yet written down.

        Its `composed_at` says when it was composed, so the journal need not.
        """
        return cls(
            member=member,
            person=person,
            act=act,
            channel=channel,
            text=draft.text,
            subject=draft.subject,
            composed=draft.text,
            composed_subject=draft.subject,
            limit=draft.limit,
            composed_at=at,
        )

    @property
    def label(self) -> str:
        """What it is and to whom, inside a sentence: "thank-you by e-mail to Dana Lee"."""
        kind = (ACT_WORDS.get(self.act, self.act), CHANNEL_WORDS.get(self.channel, self.channel))
        return f"{' '.join(filter(None, kind))} to {self.person.name}"

    @property
    def length(self) -> int:
        """The length of the text as sites count it, in UTF-16 code units."""
        return length(self.text)

    @property
    def is_too_long(self) -> bool:
        """Whether the site would refuse it."""
        return self.limit is not None and self.length > self.limit

    def redrafted(self, draft: Draft, *, at: datetime) -> Note:
        """Give the note as it reads with a new draft, not yet written down.

        A sent note stays as it is. An edited one keeps the member's words and only remembers the new draft.
        """
        fresh = copy(self)
        if self.sent_at or self.queued_at or self.is_composed_as(draft):
            return fresh
        fresh.composed, fresh.composed_subject, fresh.limit = draft.text, draft.subject, draft.limit
        fresh.composed_at = at
        if self.edited_at is None:
            fresh.text, fresh.subject = draft.text, draft.subject
        return fresh

    @classmethod
    def refresh_all(cls, drafts: Mapping[Note, Draft], *, at: datetime) -> list[Note]:
        """Bring notes up to date, each with its draft (see `redrafted`); give those whose own text changed."""
        stale = {note.pk: draft for note, draft in drafts.items() if not note.is_composed_as(draft)}
        if not stale:
            return []
        given = {note.pk: note for note in drafts}
        changed = []
        with transaction.atomic():
            kept = cls.objects.filter(pk__in=stale).select_for_update().order_by("pk")
            both = [(note, note.redrafted(stale[note.pk], at=at)) for note in kept]
            write_changes([after for _, after in both], _DRAFTED)
            for before, after in both:
                if changes := before.differences({"text": after.text, "subject": after.subject}):
                    after.member, after.person = given[after.pk].member, given[after.pk].person
                    says = f"The draft was brought up to date: {after.label}."
                    record(after.member, "note.refreshed", says, after, after.person, at=at, changes=changes)
                    changed.append(after)
        return changed

    def is_composed_as(self, draft: Draft) -> bool:
        """Whether Rapport's own words for it are those of a draft."""
        return (self.composed, self.composed_subject, self.limit) == (draft.text, draft.subject, draft.limit)

    def edit(self, text: str, subject: str, *, by: Member, at: datetime) -> None:
        """Put the member's own words; NotAllowed without words, or once it was sent."""
        text = text.replace("\r\n", "\n").replace("\0", "").strip()
        subject = " ".join(subject.replace("\0", "").split())[:LONGEST_SUBJECT]
        if not text:
            raise NotAllowed("A note needs words. To have the drafted ones back, start over.")
        if changes := self.differences({"text": text, "subject": subject}):
            self._change(
                by,
                "note.edited",
                "You put it in your own words",
                at,
                changes,
                text=text,
                subject=subject,
                edited_at=at,
            )

    def start_over(self, *, by: Member, at: datetime) -> None:
        """Go back, on purpose, to the words that Rapport last drafted; NotAllowed once it was sent."""
        drafted = {"text": self.composed, "subject": self.composed_subject}
        self._change(
            by,
            "note.started_over",
            "You went back to the draft",
            at,
            self.differences(drafted),
            **drafted,
            edited_at=None,
        )

    def send(self, *, by: Member, at: datetime) -> None:
        """Mark it as sent by the member; NotAllowed when it is marked already."""
        self._change(by, "note.sent", "You sent it", at, {"sent_at": [None, at.isoformat()]}, sent_at=at)

    @property
    def is_on_its_way(self) -> bool:
        """Whether it is queued and not known to have left."""
        return self.queued_at is not None and self.sent_at is None

    def commit(self, *, at: datetime) -> None:
        """Hold the words as they are, because they are about to leave by mail; NotAllowed when they did already."""
        if self.is_too_long:
            raise NotAllowed(
                f"{self.label} is {self.length} characters long; the limit is {self.limit}. Shorten it."
            )
        if not Note.objects.filter(pk=self.pk, sent_at=None, queued_at=None).update(queued_at=at):
            raise NotAllowed(f"On its way already, or sent: {self.label}.")
        self.refresh_from_db(fields=_CHANGES)

    def release(self) -> None:
        """Let the words be changed again: the mail did not leave."""
        Note.objects.filter(pk=self.pk, sent_at=None).update(queued_at=None)
        self.refresh_from_db(fields=_CHANGES)

    def leave(self, *, at: datetime) -> None:
        """Note that the mail server took it; the delivery journals that."""
        if Note.objects.filter(pk=self.pk, sent_at=None).update(sent_at=at):
            self.sent_at = at
        else:
            self.refresh_from_db(fields=_CHANGES)

    def come_back(self) -> None:
        """Let the words be changed and sent again: the mail came back."""
        Note.objects.filter(pk=self.pk).update(queued_at=None, sent_at=None)
        self.refresh_from_db(fields=_CHANGES)

    def unsend(self, *, by: Member, at: datetime) -> None:
        """Take back the mark that it was sent; NotAllowed when there is none."""
        if self.sent_at is None:
            raise NotAllowed(f"Not marked as sent: {self.label}.")
        if self.queued_at is not None:
            raise NotAllowed(f"It left by mail, which nobody takes back: {self.label}.")
        before = self.sent_at
        with transaction.atomic():
            if not Note.objects.filter(pk=self.pk, sent_at=before).update(sent_at=None):
                raise NotAllowed("Somebody was faster: this changed in the meantime. Please look again.")
            says = f"You took back that it was sent: {self.label}."
            changes = {"sent_at": [before.isoformat(), None]}
            record(by, "note.unsent", says, self, self.person, at=at, changes=changes)
        self.refresh_from_db(fields=_CHANGES)

    def resembles(self, text: str = "", *, used: bool = False) -> tuple[Resemblance, ...]:
        """Find the near-copies among all that was written to the person and to others of the organisation.

        `text`: other words in place of the note's own. `used`: only among words that were used, not among drafts.
        """
        others = Note.objects.beside(self.person).exclude(pk=self.pk).select_related("person")
        others = others.used() if used else others
        written = [Written(str(other.pk), other.label, other.text) for other in others]
        return resemblances(text or self.text, written)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Put back the words that stood there before an entry, or that they were sent.

        NotAllowed when others stand there by now.
        """
        if "sent_at" in entry.changes:
            self._put_mark_back(entry, by, at)
            return
        before = self._before(entry)
        stands = {"text": self.text, "subject": self.subject} | before
        is_draft = stands == {"text": self.composed, "subject": self.composed_subject}
        is_mine = entry.verb != "note.refreshed" and not is_draft
        self._change(
            by,
            "note.put_back",
            "You put the earlier words back",
            at,
            self.differences(before),
            **before,
            edited_at=at if is_mine else None,
        )

    def _before(self, entry: Entry) -> dict[str, Any]:
        try:
            return as_before(self, entry.changes)
        except NotAllowed:
            raise NotAllowed(f"Other words stand there by now: {self.label}.") from None

    def _put_mark_back(self, entry: Entry, by: Member, at: datetime) -> None:
        """Let it count as sent, or as not sent, as before an entry; its words have to be those of then."""
        since = Entry.objects.seen_by(by).about(self).filter(pk__gt=entry.pk, verb__in=_REWORDED)
        if since.exists():
            raise NotAllowed(f"Other words stand there by now: {self.label}.")
        before = self._before(entry)
        if before["sent_at"] is None:
            self.unsend(by=by, at=at)
            return
        changes = {"sent_at": [None, before["sent_at"].isoformat()]}
        self._change(by, "note.put_back", "You sent it after all", at, changes, **before)

    def differences(self, fields: dict[str, str]) -> dict[str, Any]:
        """Give `[before, after]` of each field that would read otherwise, as the journal keeps them."""
        return {
            field: [getattr(self, field), value]
            for field, value in fields.items()
            if getattr(self, field) != value
        }

    def _change(
        self, by: Member, verb: str, says: str, at: datetime, changes: dict[str, Any], **fields: Any
    ) -> None:
        """Change a note that was not sent, and journal it; nobody's second click counts twice."""
        with transaction.atomic():
            if not Note.objects.filter(pk=self.pk, sent_at=None, queued_at=None).update(**fields):
                where = "On its way" if self.is_on_its_way else "Marked as sent"
                raise NotAllowed(f"{where}: {self.label}. To change it, take that back first.")
            record(by, verb, f"{says}: {self.label}.", self, self.person, at=at, changes=changes)
        self.refresh_from_db(fields=_CHANGES)
