"""Secrets of members at rest: sealed with a key that is never in the database."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import digest
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class Unreadable(Exception):
    """A secret was sealed with a key that is not here; carries what to do."""


def seal(secret: str) -> str:
    """Give the secret as a text that only the key opens; an empty one stays empty."""
    return _keys().encrypt(secret.encode()).decode("ascii") if secret else ""


def unseal(sealed: str) -> str:
    """Give a sealed secret back; raises Unreadable when none of the keys opens it."""
    if not sealed:
        return ""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415  as in _keys

    try:
        return _keys().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise Unreadable(
            "The stored password cannot be read: the key it was sealed with (vault-key or RAPPORT_VAULT_KEY) is not "
            "here. Bring the key back, or type the password again in Settings."
        ) from error


def keyed_digests(text: str) -> list[bytes]:
    """Give the digest (HMAC-SHA256) of a text under each key, the first key's first.

    Who has the database and not the key cannot find out by guessing whether a text is among what was digested.
    """
    return [digest(word.encode(), text.encode(), "sha256") for word in _words()]


def _words() -> list[str]:
    """The keys of RAPPORT_VAULT_KEY, as they are written there."""
    return [word.strip() for word in str(settings.VAULT_KEY).split(",") if word.strip()]


def _keys() -> MultiFernet:
    """The keys of RAPPORT_VAULT_KEY, separated by commas: the first seals, each opens, so that keys can be changed."""
    # A tenth of a cold start, for the few commands that open a mailbox.
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415  see above

    return MultiFernet([Fernet(urlsafe_b64encode(sha256(word.encode()).digest())) for word in _words()])
