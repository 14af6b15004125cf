"""An address whose owner said that nobody is to ask them for their details again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from rapport.accounts.vault import keyed_digests


class LeftAlone(models.Model):
    """One address, known by a keyed digest only, so that this is no list of addresses.

    It belongs to no member: it holds for everybody in whose book the address is, and outlives accounts.
    """

    digest = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "left alone"

    def __str__(self) -> str:
        return f"left alone {self.digest[:8]}"

    @classmethod
    def covers(cls, addresses: Iterable[str]) -> bool:
        """Whether one of some e-mail addresses, in whatever capitals, is that of somebody who is left alone."""
        digests = [found.hex() for address in addresses for found in _digests(address)]
        return cls.objects.filter(digest__in=digests).exists()

    @classmethod
    def begin(cls, addresses: Iterable[str], *, at: datetime) -> None:
        """Leave the owner of some addresses alone, for good; a second time changes nothing."""
        rows = [LeftAlone(digest=_digests(address)[0].hex(), began_at=at) for address in addresses]
        LeftAlone.objects.bulk_create(rows, ignore_conflicts=True)


def _digests(address: str) -> list[bytes]:
    return keyed_digests(f"left alone\0{address.strip().casefold()}")
