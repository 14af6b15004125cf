"""A file that goes with a note."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Sum

from rapport.accounts.models import Member
from rapport.correspondence.models.note import Note
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record

LARGEST = 25 * 1024 * 1024
"""Bytes of all files of one note; large providers take mails of 25 MB, and base64 makes a third more of it."""

KEPT = timedelta(days=1)
"""How long a file that was taken off can be put back."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]")
"""Control characters, signs that turn the reading direction (they hide what a file is), and folders."""


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files of notes."""

    def seen_by(self, member: Member) -> Self:
        """Give those of the member's own notes."""
        return self.filter(note__member=member)

    def going(self) -> Self:
        """Give those that go with their notes: they were not taken off."""
        return self.filter(detached_at=None)

    def forgotten(self, at: datetime) -> Self:
        """Give those that were taken off so long ago that nobody puts them back."""
        return self.filter(detached_at__lte=at - KEPT)

    def light(self) -> Self:
        """Give them without their contents, for pages."""
        return self.defer("content")


class Attachment(models.Model):
    """A file that goes with a note: its name as the recipient sees it, its media type, and its bytes.

    `detached_at`: it was taken off then, goes with nothing, and is kept for a day (KEPT) so that it can be put back.
    """

    note = models.ForeignKey(Note, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    detached_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["detached_at"],
                condition=models.Q(detached_at__isnull=False),
                name="files_taken_off",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def attach(
        cls, note: Note, name: str, media_type: str, content: bytes, *, by: Member, at: datetime
    ) -> Attachment:
        """Let a file go with a note. NotAllowed when all files together are too large, or the note is on its way."""
        cls._ask_room(note, name, len(content))
        with transaction.atomic():
            kept = cls.objects.create(
                note=note, name=plain_name(name), media_type=media_type, size=len(content), content=content
            )
            record(by, "note.file_attached", f"{kept.name} goes with {note.label}.", note, note.person, at=at)
        return kept

    @classmethod
    def _ask_room(cls, note: Note, name: str, size: int) -> None:
        if note.queued_at or note.sent_at:
            raise NotAllowed(f"On its way or sent: {note.label}. To add a file, take that back first.")
        held = note.attachments.going().aggregate(held=Sum("size"))["held"] or 0
        if held + size > LARGEST:
            raise NotAllowed(
                f"{name} is too large: the files of one mail hold 25 MB together. Send a link to it."
            )

    def detach(self, *, by: Member, at: datetime) -> None:
        """Let the file not go with the note; within a day it can be put back (`attach_again`)."""
        if self.note.queued_at or self.note.sent_at:
            raise NotAllowed(
                f"On its way or sent: {self.note.label}. To take a file off, take that back first."
            )
        with transaction.atomic():
            self._move(None, at)
            says = f"{self.name} does not go with {self.note.label}."
            record(by, "note.file_detached", says, self.note, self.note.person, at=at)

    def attach_again(self, *, by: Member, at: datetime) -> None:
        """Let a file that was taken off go with the note again. NotAllowed as in `attach`."""
        self._ask_room(self.note, self.name, self.size)
        with transaction.atomic():
            self._move(self.detached_at, None)
            says = f"{self.name} goes with {self.note.label} after all."
            record(by, "note.file_attached", says, self.note, self.note.person, at=at)

    def _move(self, old: datetime | None, new: datetime | None) -> None:
        """Change whether it goes, provided it is as it was read."""
        if old == new or not Attachment.objects.filter(pk=self.pk, detached_at=old).update(detached_at=new):
            raise NotAllowed(f"{self.name}: this was done already.")
        self.detached_at = new


def plain_name(name: str) -> str:
    """Give a file's name without folders and without signs that would hide what it is."""
    return _UNSEEN.sub("_", name).strip()[-200:] or "file"
