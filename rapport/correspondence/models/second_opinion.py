"""Where a member asks for other words, if they want to: an endpoint of their own choice."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.accounts.vault import seal, unseal
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record

if TYPE_CHECKING:
    from rapport.correspondence.models.note import Note


class SecondOpinion(models.Model):
    """An OpenAI-compatible endpoint: `url` is what `/chat/completions` follows. The key is sealed, and may be empty."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="second_opinion")
    url = models.CharField(max_length=500)
    model = models.CharField(max_length=200)
    sealed_key = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host

    @classmethod
    def keep(cls, member: Member, url: str, model: str, key: str = "", *, at: datetime) -> SecondOpinion:
        """Keep a member's endpoint. An empty key leaves the one kept before, but only for the same host.

        NotAllowed for an address that words must not go to.
        """
        url = acceptable(url)
        said = {"url": url, "model": model.strip(), "kept_at": at}
        before = cls.objects.filter(member=member).first()
        if key or (before and before.host != _host(urlsplit(url))):
            said["sealed_key"] = seal(key)  # a key is shown to nobody but whom it was meant for
        with transaction.atomic():
            kept, _ = cls.objects.update_or_create(member=member, defaults=said)
            record(member, "second_opinion.kept", f"You may ask {kept.host} for other words.", at=at)
        return kept

    @property
    def host(self) -> str:
        """Who is asked, for people: host, and port when it is named."""
        return _host(urlsplit(self.url))

    @property
    def key(self) -> str:
        """The key itself; raises `vault.Unreadable`. Never shown, never logged."""
        return unseal(self.sealed_key)

    def note_asking(self, note: Note, *, by: Member, at: datetime) -> None:
        """Journal that other words are asked for, before they are."""
        record(
            by,
            "note.other_words_asked",
            f"You asked {self.host} for other words: {note.label}.",
            note,
            note.person,
            at=at,
        )

    def forget(self, *, by: Member, at: datetime) -> None:
        """Forget the endpoint and its key."""
        with transaction.atomic():
            record(by, "second_opinion.forgotten", f"{self.host} is not asked for words any more.", at=at)
            self.delete()


def acceptable(url: str) -> str:
    """Give an address that words may be sent to, without a slash at its end; NotAllowed with what is wrong.

    HTTPS, so that nobody reads along; HTTP only to this very computer, for a local model on a laptop.
    """
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  a port that is none says so here
    except ValueError as error:
        raise NotAllowed("That is no address. Write it as https://host/v1.") from error
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise NotAllowed("Write the whole address, as https://host/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise NotAllowed("The address has no name, key or question in it; the key has a field of its own.")
    if parts.scheme == "http" and not (settings.LAPTOP and _is_here(parts.hostname)):
        raise NotAllowed(
            "Without https others could read along. Only a model on this very computer is asked by http."
            if settings.LAPTOP
            else "Without https others could read along: write an address that begins with https://."
        )
    return url


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower()


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
