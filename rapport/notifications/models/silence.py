"""An address to which Rapport sends no mail any more, because somebody there said so."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from datetime import datetime
from hmac import compare_digest

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.accounts.vault import keyed_digests
from rapport.correspondence.message import mailable
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record

_DIGEST, _SIGNATURE = 32, 16


class Silence(models.Model):
    """One address that is left in peace. It is known by a keyed digest only, so this is no list of addresses.

    It belongs to no member: it outlives accounts, and holds for people who never had one. A new first key in
    RAPPORT_VAULT_KEY changes nothing while the old ones stay in the list behind it.
    """

    digest = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"silence {self.digest[:8]}"

    @classmethod
    def covers(cls, address: str) -> bool:
        """Whether no mail may go to an address, in whatever capitals it is written. NotAllowed when it is none."""
        return cls.objects.filter(digest__in=[found.hex() for found in _digests(address)]).exists()

    @classmethod
    def token_of(cls, address: str) -> str:
        """Give the part of a link that ends all mail to an address: 64 letters that tell nobody the address.

        They are signed, so that nobody fills the table with inventions.
        """
        digest = _digests(address)[0]
        return urlsafe_b64encode(digest + _signatures(digest)[0]).decode("ascii")

    @classmethod
    def is_token(cls, token: str) -> bool:
        """Whether a link was made here."""
        return _read(token) is not None

    @classmethod
    def begin(cls, token: str, *, at: datetime) -> bool:
        """End all mail to the address of a link, for good; False when the link was not made here.

        A second time changes nothing.
        """
        digest = _read(token)
        if digest is None:
            return False
        cls.objects.get_or_create(digest=digest.hex(), defaults={"began_at": at})
        return True

    @classmethod
    def lift(cls, member: Member, *, at: datetime) -> None:
        """Let mail go again to the address that a member signs in with; nobody can do so for another address."""
        if not member.email:
            raise NotAllowed("You sign in without an address, so there is none to send to again.")
        digests = [found.hex() for found in _digests(member.email)]
        with transaction.atomic():
            if not cls.objects.filter(digest__in=digests).delete()[0]:
                raise NotAllowed(f"Mail to {member.email} was not ended.")
            record(member, "mail.allowed_again", f"Rapport may send mail to {member.email} again.", at=at)


def _digests(address: str) -> list[bytes]:
    return keyed_digests(f"silence\0{mailable(address).casefold()}")


def _signatures(digest: bytes) -> list[bytes]:
    return [found[:_SIGNATURE] for found in keyed_digests(f"end all mail\0{digest.hex()}")]


def _read(token: str) -> bytes | None:
    """Give the digest of a link, when its signature is one of ours."""
    try:
        held = urlsafe_b64decode(token.encode("ascii"))
    except (NoBase64, ValueError):
        return None
    digest, signature = held[:_DIGEST], held[_DIGEST:]
    is_ours = [compare_digest(signature, ours) for ours in _signatures(digest)]
    return digest if len(held) == _DIGEST + _SIGNATURE and any(is_ours) else None
