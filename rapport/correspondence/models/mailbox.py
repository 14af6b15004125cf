"""A member's own mail account: where their mail leaves from, and where answers come in."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.accounts.vault import seal, unseal
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record

LONGEST_FOLDER = 500
"""Characters of a folder's full name."""

INBOX = "INBOX"
"""What every server calls the folder where mail arrives (RFC 3501, 5.1)."""


class Security(models.TextChoices):
    """How a connection is kept from others' eyes (RFC 8314): TLS at once, or STARTTLS, which is then required."""

    TLS = "tls", "TLS from the start"
    STARTTLS = "starttls", "STARTTLS"
    NONE = "none", "None (this computer only)"


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    """Mail accounts of members."""

    def seen_by(self, member: Member) -> Self:
        """Give the member's own."""
        return self.filter(member=member)


class Mailbox(models.Model):
    """The account that a member's mail leaves from. `address` is the sender's; the name is the member's.

    The password is sealed (`accounts.vault`); in its place `token_command` may print an OAuth token on a laptop.
    `trouble` is what the server last said against signing in or being reached, empty when all is well.
    Without `imap_host` nothing is filed and no answers are noticed; `sent_folder` is where sent mail is filed, found
    by itself when empty; `reading_trouble` is as `trouble`, of the server that mail is read from.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="mailbox")
    address = models.EmailField()
    username = models.CharField(max_length=320)
    sealed_password = models.TextField(blank=True)
    token_command = models.CharField(max_length=1000, blank=True)
    smtp_host = models.CharField(max_length=255)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=16, choices=Security.choices, default=Security.TLS)
    imap_host = models.CharField(max_length=255, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=16, choices=Security.choices, default=Security.TLS)
    signature = models.TextField(blank=True)
    sent_folder = models.CharField(max_length=LONGEST_FOLDER, blank=True)
    trouble = models.TextField(blank=True)
    reading_trouble = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address

    @classmethod
    def keep(cls, member: Member, *, at: datetime, password: str = "", **said: Any) -> Mailbox:
        """Keep a member's account as they state it; an empty password leaves the one kept before.

        NotAllowed for a token command on a server, where it would run as the server.
        """
        if said.get("token_command"):
            if not settings.LAPTOP:
                raise NotAllowed("A command for tokens runs on a laptop only. Use an app password here.")
            shlex.split(said["token_command"])  # ValueError for an open quote, before it is kept
        if password:
            said["sealed_password"] = seal(password)
        with transaction.atomic():
            before = cls.objects.filter(member=member).values_list("imap_host", "username").first()
            kept, _ = cls.objects.update_or_create(
                member=member, defaults={**said, "trouble": "", "reading_trouble": "", "kept_at": at}
            )
            record(member, "mailbox.kept", f"Mail leaves from {kept.address}.", at=at)
            if before != (kept.imap_host, kept.username):
                kept.begin_reading(at)
        return kept

    def begin_reading(self, at: datetime) -> None:
        """Of another account everything is new; answers come into its inbox unless the member says otherwise."""
        names = list(self.folders.values_list("name", flat=True)) or [INBOX]
        self.folders.all().delete()
        self._watch(names if self.reads_mail else (), at)

    def _watch(self, names: Iterable[str], at: datetime) -> None:
        self.folders.bulk_create(self.folders.model(mailbox=self, name=name, due_at=at) for name in names)

    def watch(self, folders: Iterable[str], *, by: Member, at: datetime) -> None:
        """Look for answers in these folders from now on, and in no others; what was noticed stays.

        NotAllowed without a server to read from. A folder that was watched already goes on where it was.
        """
        names = list(dict.fromkeys(name.strip()[:LONGEST_FOLDER] for name in folders if name.strip()))
        if names and not self.reads_mail:
            raise NotAllowed(
                "Rapport does not know yet where your mail is read from. Say so in Settings, under Mail."
            )
        with transaction.atomic():
            self.folders.exclude(name__in=names).delete()
            present = set(self.folders.values_list("name", flat=True))
            self._watch([name for name in names if name not in present], at)
            says = f"Answers are looked for in {', '.join(names)}." if names else "No answers are looked for."
            record(by, "mailbox.watched", says, self, at=at)

    @property
    def password(self) -> str:
        """The password itself; raises `vault.Unreadable`. Never shown, never logged."""
        return unseal(self.sealed_password)

    @property
    def reads_mail(self) -> bool:
        """Whether there is a server to read from."""
        return bool(self.imap_host)

    def forget(self, *, by: Member, at: datetime) -> None:
        """Forget the account and its password; what was sent stays."""
        with transaction.atomic():
            record(by, "mailbox.forgotten", f"Mail does not leave from {self.address} any more.", at=at)
            self.delete()

    def is_troubled(self, said: str) -> None:
        """Keep what the server last said against us, for the page; an empty text: all is well."""
        if self.trouble != said:
            Mailbox.objects.filter(pk=self.pk).update(trouble=said)
            self.trouble = said

    def has_reading_trouble(self, said: str) -> None:
        """Keep what the server that mail is read from last said against us; an empty text: all is well."""
        if self.reading_trouble != said:
            Mailbox.objects.filter(pk=self.pk).update(reading_trouble=said)
            self.reading_trouble = said
