"""A folder where answers are looked for, and how far it has been read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from rapport.accounts.models import Member
from rapport.correspondence.models.delivery import Delivery
from rapport.correspondence.models.mailbox import LONGEST_FOLDER, Mailbox
from rapport.rules.looking import looks_back_to, next_look

LEASE = timedelta(minutes=10)
"""How long a worker may have a folder without reading on; each step that it reads renews it."""


class WatchedFolderQuerySet(models.QuerySet["WatchedFolder"]):
    """Folders where answers are looked for."""

    def seen_by(self, member: Member) -> Self:
        """Give those of the member's own account."""
        return self.filter(mailbox__member=member)

    def due(self, at: datetime) -> Self:
        """Give those to be looked into now."""
        return self.filter(due_at__lte=at).exclude(mailbox__imap_host="")


class WatchedFolder(models.Model):
    """A folder by its name on the server. The row is the queue: a worker that has it moves `due_at` on.

    `uidvalidity` and `last_uid` say how far it has been read (RFC 3501, 2.3.1.1), `since` (a day) from when on its
    mails count. `attempts` counts the looks in a row that failed, `trouble` is what the server said against the last.
    """

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="folders")
    name = models.CharField(max_length=LONGEST_FOLDER)
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    since = models.DateField(null=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)

    objects = WatchedFolderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="one_folder_once_a_mailbox")]
        indexes = [models.Index(fields=["due_at"], name="folders_by_due")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def claim_next(cls, member: Member, *, at: datetime) -> WatchedFolder | None:
        """Give a folder to be looked into, which nobody else gets meanwhile; None when none is due."""
        for found in cls.objects.due(at).seen_by(member).select_related("mailbox").order_by("due_at", "pk"):
            if cls.objects.filter(pk=found.pk, due_at=found.due_at).update(due_at=at + LEASE):
                found.due_at = at + LEASE
                return found
        return None

    def begin(self, uidvalidity: int, *, at: datetime) -> None:
        """Go on where the last look ended; when the server numbers its mails anew, or is new, begin anew."""
        if self.uidvalidity == uidvalidity:
            return
        left = Delivery.objects.filter(member=self.mailbox.member_id).order_by("queued_at")
        since = looks_back_to(at, left.values_list("queued_at", flat=True).first())
        self._set(uidvalidity=uidvalidity, last_uid=0, since=since)

    def read_to(self, uid: int, *, at: datetime) -> None:
        """Note how far it has been read: whatever happens now, the next look goes on there."""
        self._set(last_uid=uid, due_at=at + LEASE)

    def end(self, *, is_done: bool, at: datetime) -> None:
        """Leave it alone for a while; at once again when the look was broken off in the middle."""
        self._set(due_at=next_look(0, at) if is_done else at, attempts=0, trouble="")

    def put_off(self, said: str = "", *, at: datetime) -> None:
        """Look again later, and ever more rarely while it fails."""
        self._set(due_at=next_look(self.attempts, at), attempts=self.attempts + 1, trouble=said)

    def _set(self, **fields: object) -> None:
        WatchedFolder.objects.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)
