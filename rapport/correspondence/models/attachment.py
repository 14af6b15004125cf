"""A file that goes with a note."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Sum

from rapport.accounts.models import Member
from rapport.correspondence.models.note import Note
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record

LARGEST = 25 * 1024 * 1024
"""Bytes of all files of one note; large providers take mails of 25 MB, and base64 makes a third more of it."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]")
"""Control characters, signs that turn the reading direction (they hide what a file is), and folders."""


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files of notes."""

    def seen_by(self, member: Member) -> Self:
        """Give those of the member's own notes."""
        return self.filter(note__member=member)

    def light(self) -> Self:
        """Give them without their contents, for pages."""
        return self.defer("content")


class Attachment(models.Model):
    """A file that goes with a note: its name as the recipient sees it, its media type, and its bytes."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def attach(
        cls, note: Note, name: str, media_type: str, content: bytes, *, by: Member, at: datetime
    ) -> Attachment:
        """Let a file go with a note. NotAllowed when all files together are too large, or the note is on its way."""
        if note.queued_at or note.sent_at:
            raise NotAllowed(f"On its way or sent: {note.label}. To add a file, take that back first.")
        held = note.attachments.aggregate(held=Sum("size"))["held"] or 0
        if held + len(content) > LARGEST:
            raise NotAllowed(
                f"{name} is too large: the files of one mail hold 25 MB together. Send a link to it."
            )
        with transaction.atomic():
            kept = cls.objects.create(
                note=note, name=plain_name(name), media_type=media_type, size=len(content), content=content
            )
            record(by, "note.file_attached", f"{kept.name} goes with {note.label}.", note, note.person, at=at)
        return kept

    def detach(self, *, by: Member, at: datetime) -> None:
        """Let the file not go with the note after all."""
        if self.note.queued_at or self.note.sent_at:
            raise NotAllowed(
                f"On its way or sent: {self.note.label}. To take a file off, take that back first."
            )
        with transaction.atomic():
            says = f"{self.name} does not go with {self.note.label}."
            record(by, "note.file_detached", says, self.note, self.note.person, at=at)
            self.delete()


def plain_name(name: str) -> str:
    """Give a file's name without folders and without signs that would hide what it is."""
    return _UNSEEN.sub("_", name).strip()[-200:] or "file"
